#include "wire/utf8.hpp"

#include <gtest/gtest.h>

#include "wire/json.hpp"

namespace gable::wire::test {
namespace {

// Of one, two, three and four bytes.
constexpr std::string_view kText = "aé€💡z";

TEST(Utf8, APrefixEndsAtTheEndOfACharacter) {
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
  for (std::size_t bytes = 0; bytes <= kText.size(); ++bytes) {
    EXPECT_EQ(utf8_prefix(kText, bytes).size(), expected[bytes]) << bytes;
    EXPECT_TRUE(valid_utf8(utf8_prefix(kText, bytes))) << bytes;
  }
  EXPECT_EQ(utf8_prefix(kText, 1'000), kText);
  EXPECT_EQ(utf8_prefix("", 0), "");
}

TEST(Utf8, WhatIsLeftOutShows) {
  EXPECT_EQ(shortened(kText, kText.size()), kText);
  EXPECT_EQ(shortened(kText, kText.size() - 1), "aé€💡…");
  EXPECT_EQ(shortened(kText, 2), "a…");
  EXPECT_EQ(shortened("\x80\x80\x80", 2), "…") << "no UTF-8, but no trouble either";
}

TEST(Utf8, AStartIsUtf8) {
  EXPECT_EQ(utf8_start(kText), kText);
  EXPECT_EQ(utf8_start("no such escape: \xef"), "no such escape: ");
  EXPECT_EQ(utf8_start("\xef"), "");
}

TEST(Utf8, CountsCharacters) {
  EXPECT_EQ(utf8_length(kText), 5U);
  EXPECT_EQ(utf8_length(""), 0U);
}

TEST(Utf8, is_mended_byte_by_byte) {
  EXPECT_EQ(mended_utf8("käse €"), "käse €");
  EXPECT_EQ(mended_utf8("k\xe4se"), "k�se");          // Latin-1
  EXPECT_EQ(mended_utf8("cut \xe2\x82"), "cut ��");   // half a character at the end
  EXPECT_EQ(mended_utf8("a\xed\xa0\x80z"), "a���z");  // half a surrogate pair
  EXPECT_EQ(mended_utf8(std::string("a\0b", 3)), "a�b");
  EXPECT_TRUE(valid_utf8(mended_utf8("\xff\xc0\xaf\xf4\x90\x80\x80")));
}

}  // namespace
}  // namespace gable::wire::test
