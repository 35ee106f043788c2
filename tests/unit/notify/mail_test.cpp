#include "protocol/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::notify {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MailTest, Addresses) {
  EXPECT_EQ(parse_address("anna@example.org")->address, "anna@example.org");
  const auto named = parse_address(" Anna \"B\" Bjørk  <anna@example.org> ");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->name, "Anna \"B\" Bjørk");
  for (const char* wrong :
       {"", "anna", "@x", "a@", "a@b@c", "a b@c", "A <a@b", "a@b>", "A\r\nBcc: x <a@b>", "a@b\n", "å@b"})
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  EXPECT_FALSE(parse_address(std::string(260, 'a') + "@b"));
}

TEST(MailTest, NothingFromOutsideBecomesAHeader) {
  Mail mail{{"The house", "house@example.org"},
            {{"", "a@b"}},
            "Hi\r\nBcc: all@x",
            "\r\n.\r\nQUIT\r\n",
            "x>\r\nX: y",
            0};
  const std::string text = compose(mail);
  EXPECT_THAT(text, Not(HasSubstr("\nBcc")));
  EXPECT_THAT(text, Not(HasSubstr("\nX: y")));
  EXPECT_THAT(text, HasSubstr("Message-ID: <x...X..y@example.org>"));
  EXPECT_THAT(text, Not(HasSubstr("QUIT")));
  const std::string head = text.substr(0, text.find("\r\n\r\n"));
  EXPECT_THAT(head, HasSubstr("From: The house <house@example.org>"));
  EXPECT_THAT(head, HasSubstr("Content-Transfer-Encoding: base64"));
}

TEST(MailTest, LinesAreShortAndCharactersWhole) {
  Mail mail{{"Ø", "h@e"},
            {{"", "a@b"}, {"Bo", "b@b"}},
            std::string(300, 'x') + "æøå",
            std::string(5000, 'y'),
            "id",
            0};
  for (int i = 0; i < 60; ++i) mail.subject += "ø";
  const std::string text = compose(mail);
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find("\r\n", begin)) != text.npos; begin = end + 2) {
    EXPECT_LE(end - begin, 100U);
    EXPECT_EQ(text.substr(begin, end - begin).find('\n'), text.npos);
  }
  EXPECT_EQ(begin, text.size());
}

TEST(MailTest, Dates) {
  EXPECT_EQ(mail_date(0), "Thu, 01 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(mail_date(951'782'400), "Tue, 29 Feb 2000 00:00:00 +0000");
  EXPECT_EQ(mail_date(1'795'358'999), "Sun, 22 Nov 2026 14:49:59 +0000");
  EXPECT_EQ(mail_date(4'107'542'400), "Mon, 01 Mar 2100 00:00:00 +0000");
  EXPECT_EQ(mail_date(-5), mail_date(0));
}

TEST(MailTest, Base64) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe"), "//4=");
}

}  // namespace
}  // namespace gable::notify
