#include "protocol/attempt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/json.hpp"

namespace gable::notify {
namespace {

Attempt answered(int status) { return {Failure::none, true, status, "words", {}}; }

TEST(AttemptTest, WhatAnswersMean) {
  const std::pair<int, Verdict> http[] = {
      {200, Verdict::delivered}, {204, Verdict::delivered}, {301, Verdict::never}, {400, Verdict::never},
      {401, Verdict::refused},   {403, Verdict::refused},   {404, Verdict::never}, {408, Verdict::again},
      {429, Verdict::again},     {500, Verdict::again},     {501, Verdict::never}, {503, Verdict::again}};
  for (const auto& [status, verdict] : http) {
    EXPECT_EQ(to_string(judge_http(answered(status)).verdict), to_string(verdict)) << status;
    EXPECT_EQ(judge_http(answered(status)).reason.empty(), verdict == Verdict::delivered);
  }
  const std::pair<int, Verdict> mail[] = {{250, Verdict::delivered}, {421, Verdict::again},
                                          {451, Verdict::again},     {550, Verdict::never},
                                          {535, Verdict::refused},   {554, Verdict::never}};
  for (const auto& [status, verdict] : mail)
    EXPECT_EQ(to_string(judge_mail(answered(status)).verdict), to_string(verdict)) << status;
}

TEST(AttemptTest, OnlyWhatSurelyWasNotTakenIsTriedAgain) {
  EXPECT_EQ(judge_http({Failure::unreachable, false, 0, "", {}}).verdict, Verdict::away);
  EXPECT_EQ(judge_http({Failure::cut, false, 0, "", {}}).verdict, Verdict::away);
  EXPECT_EQ(judge_http({Failure::cut, true, 0, "", {}}).verdict, Verdict::unknown);
  EXPECT_EQ(judge_mail({Failure::cut, true, 354, "", {}}).verdict, Verdict::unknown);
  EXPECT_EQ(judge_mail({Failure::cancelled, false, 250, "", {}}).verdict, Verdict::away);
  EXPECT_EQ(judge_mail({Failure::refused, false, 535, "", {}}).verdict, Verdict::refused);
  EXPECT_EQ(judge_mail({Failure::untrusted, false, 0, "", {}}).verdict, Verdict::refused);
  EXPECT_EQ(judge_http({Failure::none, true, 503, "", Moment(7000)}).after, Moment(7000));
}

TEST(AttemptTest, WhatIsShownIsText) {
  EXPECT_EQ(shown("a\r\n\x01 b\n", 80), "a    b");
  EXPECT_EQ(shown("grün", 3), "gr…");
  EXPECT_EQ(shown("\xff<html>", 80), "?<html>");
  EXPECT_TRUE(wire::valid_utf8(shown(std::string(10, '\xf0') + "\x9f", 5)));
}

}  // namespace
}  // namespace gable::notify
