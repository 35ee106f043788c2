#pragma once
// Pure: no clock, thread or socket.
// A mail as RFC 5322 has it, with words of any language in subject and body (RFC 2047, base64), and nothing
// in it that a text from outside could turn into a header of its own.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gable::notify {

struct MailAddress {
  std::string name;     // for people; may be empty
  std::string address;  // anna@example.org
};
// "anna@example.org" or "Anna Berg <anna@example.org>". Nothing when it is neither.
std::optional<MailAddress> parse_address(std::string_view text);

struct Mail {
  MailAddress from;
  std::vector<MailAddress> to;
  std::string subject, text;
  std::string id;         // becomes the Message-ID: the same for each attempt
  std::int64_t date = 0;  // seconds since 1970, UTC
};
// Lines end in CR LF.
std::string compose(const Mail& mail);

std::string base64(std::string_view bytes);
// "Sun, 22 Nov 2026 14:50:00 +0000"
std::string mail_date(std::int64_t seconds);

}  // namespace gable::notify
