// Reading patterns and replacements character by character.

#include "template/callables/regex_scanner.hpp"

#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {

char32_t RegexScanner::peek() const {
  std::size_t at = at_;
  return at_end() ? 0 : unicode::next(text_, at);
}

char32_t RegexScanner::next() { return at_end() ? 0 : unicode::next(text_, at_); }

bool RegexScanner::take(char c) {
  if (at_end() || text_[at_] != c) return false;
  ++at_;
  return true;
}

std::string_view RegexScanner::until(char end) {
  const std::size_t found = text_.find(end, at_);
  if (found == std::string_view::npos) fail(std::string("missing ") + end);
  const std::string_view part = text_.substr(at_, found - at_);
  at_ = found + 1;
  return part;
}

std::optional<char32_t> RegexScanner::escaped(char32_t c) {
  switch (c) {
    case 'x':
      return hexadecimal(c, 2);
    case 'u':
      return hexadecimal(c, 4);
    case 'U':
      return hexadecimal(c, 8);
    case '0':
      return octal(0, 2);
    case 'a':
      return 0x07;
    case 'f':
      return 0x0C;
    case 'n':
      return 0x0A;
    case 'r':
      return 0x0D;
    case 't':
      return 0x09;
    case 'v':
      return 0x0B;
    default:
      return std::nullopt;
  }
}

bool RegexScanner::octal_ahead(std::size_t distance) const {
  return at_ + distance < text_.size() && text_[at_ + distance] >= '0' && text_[at_ + distance] <= '7';
}

char32_t RegexScanner::octal(char32_t value, int most) {
  constexpr char32_t kLast = 0377;
  for (; most > 0 && octal_ahead(0); --most) value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
  if (value > kLast) fail("octal escape value outside of range 0-0o377");
  return value;
}

char32_t RegexScanner::hexadecimal(char32_t letter, int digits) {
  constexpr char32_t kLast = 0x10FFFF;
  char32_t value = 0;
  for (int i = 0; i < digits; ++i) {
    const char c = at_end() ? '\0' : text_[at_++];
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      fail(std::string("incomplete escape \\") + static_cast<char>(letter));
    }
  }
  if (value > kLast) fail("bad escape");
  return value;
}

void RegexScanner::fail(std::string_view what) const {
  throw_value_error("regular expression: " + std::string(what) + " at position " +
                    std::to_string(unicode::index(text_, at_)));
}

}  // namespace gable::rules::jinja
