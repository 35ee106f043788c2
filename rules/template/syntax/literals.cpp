// What literals stand for.
#include "template/syntax/literals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "template/syntax/syntax_error.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Escape {
  char letter;
  char meaning;
};
constexpr std::array kEscapes{Escape{'\\', '\\'}, Escape{'\'', '\''}, Escape{'"', '"'},  Escape{'a', '\a'},
                              Escape{'b', '\b'},  Escape{'f', '\f'},  Escape{'n', '\n'}, Escape{'r', '\r'},
                              Escape{'t', '\t'},  Escape{'v', '\v'}};

class Unescaping {
 public:
  explicit Unescaping(const Token& token)
      : token_(token), text_(token.text.substr(1, token.text.size() - 2)) {}

  std::string run() {
    std::string out;
    out.reserve(text_.size());
    while (at_ < text_.size()) {
      const std::size_t next = std::min(text_.find('\\', at_), text_.size());
      out += text_.substr(at_, next - at_);
      at_ = next;
      if (at_ < text_.size()) escape(out);
    }
    return out;
  }

 private:
  void escape(std::string& out) {
    const char letter = text_[++at_];
    for (const Escape& known : kEscapes) {
      if (known.letter != letter) continue;
      out += known.meaning;
      ++at_;
      return;
    }
    switch (letter) {
      case '\n':  // the line goes on
        ++at_;
        return;
      case 'x':
        return hexadecimal(2, out);
      case 'u':
        return hexadecimal(4, out);
      case 'U':
        return hexadecimal(8, out);
      case 'N':
        fail(
            "expected a character by its number (\\u00b0), got one by its name (\\N{…}), which is not there");
      default:
        break;
    }
    if (letter >= '0' && letter <= '7') return octal(out);
    unknown(out);
  }

  void hexadecimal(std::size_t digits, std::string& out) {
    ++at_;
    char32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      const int value = at_ < text_.size() ? hex_value(text_[at_]) : -1;
      if (value < 0)
        fail("expected " + std::to_string(digits) + " hexadecimal digits behind the backslash, got others");
      code = code * 16 + static_cast<char32_t>(value);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
      fail(
          "expected a character of Unicode, got a number that is none (half of a surrogate pair, or too "
          "large)");
    }
    unicode::append(code, out);
  }

  void octal(std::string& out) {
    char32_t code = 0;
    for (int i = 0; i < 3 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++i, ++at_) {
      code = code * 8 + static_cast<char32_t>(text_[at_] - '0');
    }
    unicode::append(code, out);
  }

  // Python keeps the backslash. Behind one, Jinja's way over ASCII shows: "\é" becomes the text "\xe9".
  void unknown(std::string& out) {
    out += '\\';
    const char32_t c = unicode::next(text_, at_);
    if (c < 0x80) {
      out += static_cast<char>(c);
      return;
    }
    const unsigned digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out += digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (unsigned i = digits; i-- > 0;) out += kHexDigits[(c >> (4 * i)) & 0xFU];
  }

  [[noreturn]] void fail(std::string text) const { throw SyntaxError(token_.position, std::move(text)); }

  const Token& token_;
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string without_underscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

// Is a float that no double can hold infinite (or zero)? By the power of ten of its first digit.
bool is_huge(std::string_view text) {
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, exponent_at);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = std::min(digits.find_first_not_of("0."), digits.size());
  const auto order = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (exponent_at == text.size()) return order > 0;
  std::string_view exponent = text.substr(exponent_at + 1);
  const bool negative = exponent.front() == '-';
  if (negative || exponent.front() == '+') exponent.remove_prefix(1);
  std::int64_t power = 0;
  const auto result = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
  if (result.ec != std::errc{}) return !negative;
  return order + (negative ? -power : power) > 0;
}

}  // namespace

std::string string_of(const Token& token) { return Unescaping(token).run(); }

Value integer_of(const Token& token) {
  constexpr std::size_t kMostDigits = 4300;  // Python's own limit
  const std::string text = without_underscores(token.text);
  std::string_view digits = text;
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0' && !is_digit(digits[1])) {
    base = digits[1] == 'b' || digits[1] == 'B' ? 2 : digits[1] == 'o' || digits[1] == 'O' ? 8 : 16;
    digits.remove_prefix(2);
  }
  std::int64_t small = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), small, base);
  if (result.ec == std::errc{}) return small;
  std::optional<Value> big;
  if (base != 10 || digits.size() <= kMostDigits) big = integer_from_digits(digits, base);
  if (!big) throw SyntaxError(token.position, "expected a smaller number, got one with too many digits");
  return *std::move(big);
}

double real_of(const Token& token) {
  const std::string text = without_underscores(token.text);
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc{}) return number;
  return is_huge(text) ? std::numeric_limits<double>::infinity() : 0.0;
}

}  // namespace gable::rules::jinja
