// Characters as Python 3.11 has them. (All of Unicode was compared with Python once; here are the corners.)
#include <gtest/gtest.h>

#include "template/value/unicode.hpp"

namespace gable::rules::jinja::unicode {
namespace {

TEST(Unicode, CountsCodePoints) {
  const std::string text = "aß日😀z";
  EXPECT_EQ(count(text), 5U);
  EXPECT_EQ(count(""), 0U);
  EXPECT_EQ(offset(text, 0), 0U);
  EXPECT_EQ(offset(text, 3), 6U);
  EXPECT_EQ(offset(text, 99), text.size());
  EXPECT_EQ(index(text, 6), 3U);
  EXPECT_EQ(sub(text, 1, 3), "ß日😀");
  EXPECT_EQ(sub(text, 4, 9), "z");
  EXPECT_EQ(sub(text, 9, 9), "");
}

TEST(Unicode, IllFormedOctetsAreCharacters) {
  const std::string text = "a\xFF\xC3z\xE2\x82";
  EXPECT_EQ(count(text), 6U);
  std::size_t at = 1;
  EXPECT_EQ(next(text, at), char32_t{0xDCFF});
  EXPECT_EQ(at, 2U);
  std::string copy;
  for (at = 0; at < text.size();) append(next(text, at), copy);
  EXPECT_EQ(copy, text);
  std::size_t backwards = 0;
  for (at = text.size(); at > 0; ++backwards) static_cast<void>(previous(text, at));
  EXPECT_EQ(backwards, 6U);
  // Overlong, a surrogate, beyond the last code point.
  EXPECT_EQ(count("\xC0\xAF"), 2U);
  EXPECT_EQ(count("\xED\xA0\x80"), 3U);
  EXPECT_EQ(count("\xF4\x90\x80\x80"), 4U);
}

TEST(Unicode, Case) {
  EXPECT_EQ(upper("straße"), "STRASSE");
  EXPECT_EQ(title("ßa ǆa ﬁn"), "Ssa ǅa Fin");
  EXPECT_EQ(capitalize("ßA"), "Ssa");
  EXPECT_EQ(swapcase("aBß"), "AbSS");
  EXPECT_EQ(casefold("Straße"), "strasse");
  EXPECT_EQ(lower("ὈΔΥΣΣΕΎΣ ΟΔΟΣ"), "ὀδυσσεύς οδος");
  EXPECT_EQ(lower("Σ ΑΣ. ΑΣΑ ΑΣ'"), "σ ας. ασα ας'");
  EXPECT_EQ(lower("İ"), "i\u0307");
  EXPECT_EQ(upper("ŉǰᾳᾀ"), "\u02BCNJ\u030C\u0391\u0399\u1F08\u0399");
  EXPECT_EQ(title("ᾀ"), "ᾈ");
  EXPECT_EQ(title("they're bill's 2nd o'neil"), "They'Re Bill'S 2Nd O'Neil");
}

TEST(Unicode, Ascii) {
  EXPECT_EQ(to_ascii("Küche – Ænima № ½ ﬁ ß"), "Kuche  nima No 12 fi ");
  EXPECT_EQ(to_ascii("plain"), "plain");
}

TEST(Unicode, Kinds) {
  EXPECT_TRUE(is_alpha("aß日"));
  EXPECT_FALSE(is_alpha("a1"));
  EXPECT_FALSE(is_alpha(""));
  EXPECT_TRUE(is_decimal("1٣"));
  EXPECT_FALSE(is_decimal("²"));
  EXPECT_TRUE(is_digit("²①"));
  EXPECT_FALSE(is_digit("½"));
  EXPECT_TRUE(is_numeric("½三Ⅷ"));
  EXPECT_TRUE(is_alnum("a½"));
  EXPECT_TRUE(is_space(" \t\u00A0\u3000\x1F"));
  EXPECT_FALSE(is_space("\u200B"));
  EXPECT_TRUE(is_upper("ABC 1"));
  EXPECT_FALSE(is_upper("1"));
  EXPECT_FALSE(is_upper("Aǅ"));
  EXPECT_TRUE(is_lower("ªⅷa"));
  EXPECT_TRUE(is_title("Ab Cd ǅa"));
  EXPECT_FALSE(is_title("AB"));
  EXPECT_TRUE(is_printable("a é"));
  EXPECT_TRUE(is_printable(""));
  EXPECT_FALSE(is_printable("\u00A0"));
  EXPECT_FALSE(is_printable("\uE000"));
}

TEST(Unicode, DecimalValues) {
  EXPECT_EQ(decimal_value(U'7'), 7);
  EXPECT_EQ(decimal_value(U'٣'), 3);
  EXPECT_EQ(decimal_value(char32_t{0x1D7CE}), 0);
  EXPECT_EQ(decimal_value(char32_t{0x1D7FF}), 9);
  EXPECT_EQ(decimal_value(char32_t{0xFF15}), 5);
  EXPECT_FALSE(decimal_value(U'²'));
}

TEST(Unicode, Trimming) {
  EXPECT_EQ(trim(" \u3000a b\u2028\n"), "a b");
  EXPECT_EQ(trim(" \t"), "");
  EXPECT_EQ(trim_left("\u00A0a "), "a ");
  EXPECT_EQ(trim_right("\u00A0a\u00A0"), "\u00A0a");
}

}  // namespace
}  // namespace gable::rules::jinja::unicode
