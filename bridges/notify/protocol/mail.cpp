// Pure: no clock, thread or socket.
#include "protocol/mail.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace gable::notify {

namespace {

constexpr std::size_t kAddressLimit = 254;  // RFC 5321, 4.5.3.1
constexpr std::size_t kWordBytes = 42;      // of one encoded word: within 75 characters (RFC 2047, 2)
constexpr std::size_t kLineBytes = 57;      // 76 characters of base64

bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Words that need no quoting and cannot be mistaken for anything else.
bool plain(std::string_view text) {
  return text.size() < 60 && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x80 && !control(c) &&
                  std::string_view("\"<>()[]:;@\\,=?").find(c) == std::string_view::npos;
         });
}

std::string encoded_words(std::string_view text) {
  if (plain(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min(kWordBytes, text.size());
    // No character is cut in half.
    while (size > 1 && size < text.size() && continues(text[size])) --size;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string header_text(const MailAddress& who) {
  return who.name.empty() ? who.address : encoded_words(who.name) + " <" + who.address + ">";
}

std::string one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), control, ' ');
  return text;
}

// What may stand within <…@…> of a Message-ID.
std::string safe_id(std::string_view id) {
  std::string out;
  for (const char c : id.substr(0, 128)) {
    const bool safe =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    out += safe ? c : '.';
  }
  return out.empty() || out.front() == '.' || out.back() == '.' ? "m" + out + "m" : out;
}

bool valid_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == text.npos || at + 1 == text.size() || text.size() > kAddressLimit) return false;
  return text.find('@', at + 1) == text.npos && std::all_of(text.begin(), text.end(), [](char c) {
           return !control(c) && static_cast<unsigned char>(c) < 0x80 &&
                  std::string_view(" \"<>()[],;:\\").find(c) == std::string_view::npos;
         });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::optional<MailAddress> parse_address(std::string_view text) {
  text = trimmed(text);
  MailAddress out;
  if (!text.empty() && text.back() == '>') {
    const std::size_t open = text.rfind('<');
    if (open == text.npos) return std::nullopt;
    out.name = trimmed(text.substr(0, open));
    text = text.substr(open + 1, text.size() - open - 2);
  }
  out.address = text;
  const bool clean = std::none_of(out.name.begin(), out.name.end(), control);
  if (!valid_address(out.address) || !clean) return std::nullopt;
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < 3; ++i)
      three = three << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i > count ? '=' : kDigits[three >> (18 - 6 * i) & 63U];
  }
  return out;
}

std::string mail_date(std::int64_t seconds) {
  constexpr std::array kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  seconds = std::clamp<std::int64_t>(seconds, 0, 253'402'300'799);  // the end of 9999
  const std::int64_t day = seconds / 86'400, rest = seconds % 86'400;
  // The civil calendar by eras of 400 years, beginning with March.
  const std::int64_t shifted = day + 719'468, era = shifted / 146'097, of_era = shifted % 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * of_year + 2) / 153;
  const auto month = static_cast<std::size_t>((month_from_march + 2) % 12);
  const std::int64_t year = year_of_era + era * 400 + (month < 2 ? 1 : 0);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                kDays[static_cast<std::size_t>(day % 7)],
                static_cast<int>(of_year - (153 * month_from_march + 2) / 5 + 1), kMonths[month],
                static_cast<int>(year), static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                static_cast<int>(rest % 60));
  return text.data();
}

std::string compose(const Mail& mail) {
  const std::string host = mail.from.address.substr(mail.from.address.find('@') + 1);
  std::string out = "Date: " + mail_date(mail.date) + "\r\nFrom: " + header_text(mail.from) + "\r\nTo: ";
  for (std::size_t i = 0; i < mail.to.size(); ++i) out += (i == 0 ? "" : ",\r\n ") + header_text(mail.to[i]);
  out += "\r\nSubject: " + encoded_words(one_line(mail.subject)) + "\r\nMessage-ID: <" + safe_id(mail.id) +
         "@" + host +
         ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
         "charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n";
  for (std::string_view rest = mail.text; !rest.empty();
       rest.remove_prefix(std::min(kLineBytes, rest.size())))
    out += base64(rest.substr(0, kLineBytes)) + "\r\n";
  return out;
}

}  // namespace gable::notify
