#include "protocol/http_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::notify {
namespace {

TEST(HttpRequestTest, TheHeadOfARequest) {
  const std::string whole = "GET /a.wav?x=1 HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(parse_head(whole.substr(0, size)).state, HeadState::incomplete);
  const auto head = parse_head(whole + "more");
  EXPECT_EQ(head.state, HeadState::complete);
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.path, "/a.wav");
}

TEST(HttpRequestTest, WhatIsNone) {
  for (const char* wrong :
       {"\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n",
        "GET / HTTP/2\r\n\r\n", "GET /\x01 HTTP/1.1\r\n\r\n", "GET / / HTTP/1.1\r\n\r\n"})
    EXPECT_EQ(parse_head(wrong).state, HeadState::wrong) << wrong;
  EXPECT_EQ(parse_head(std::string(kHeadLimit, 'x')).state, HeadState::wrong);
  EXPECT_EQ(parse_head("GET / HTTP/1.1\r\nX: " + std::string(kHeadLimit, 'x') + "\r\n\r\n").state,
            HeadState::wrong);
}

TEST(HttpRequestTest, AnswersEndTheConnection) {
  EXPECT_THAT(answer_head(404, 0, "text/plain"), testing::StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(answer_head(200, 12, "audio/wav"), testing::HasSubstr("Content-Length: 12\r\n"));
  EXPECT_THAT(answer_head(200, 12, "audio/wav"), testing::EndsWith("Connection: close\r\n\r\n"));
}

}  // namespace
}  // namespace gable::notify
