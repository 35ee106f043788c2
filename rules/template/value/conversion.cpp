// Python's float() and int() of plain data.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "template/value/big_integer.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

// Decimal digits of other scripts as ASCII; `storage` holds the text where that changes anything.
std::string_view with_plain_digits(std::string_view text, std::string& storage) {
  if (unicode::is_ascii(text)) return text;
  storage.clear();
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next(text, at);
    const std::optional<int> digit = unicode::decimal_value(c);
    if (digit) {
      storage += static_cast<char>('0' + *digit);
    } else {
      unicode::append(c, storage);
    }
  }
  return storage;
}

// Takes out underscores, each of which has to stand between two digits. False where one does not.
template <typename IsDigit>
bool without_underscores(std::string_view& text, std::string& storage, const IsDigit& is_digit) {
  if (text.find('_') == std::string_view::npos) return true;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      plain += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return false;
    }
  }
  storage = std::move(plain);
  text = storage;
  return true;
}

// What a decimal number consists of, and how large it is.
struct Decimal {
  bool valid = false;
  bool zero = true;
  // Decimal exponent of the first digit that is not zero.
  std::int64_t magnitude = 0;
};

Decimal scan_decimal(std::string_view text) {
  Decimal decimal;
  std::size_t at = 0;
  std::int64_t point = 0;  // digits since the first significant one, before the decimal point
  std::int64_t zeros = 0;  // after the decimal point, before the first significant digit
  bool fraction = false;
  for (; at < text.size() && (is_ascii_digit(text[at]) || (text[at] == '.' && !fraction)); ++at) {
    if (text[at] == '.') {
      fraction = true;
      continue;
    }
    decimal.valid = true;
    decimal.zero = decimal.zero && text[at] == '0';
    if (!decimal.zero && !fraction) ++point;
    if (decimal.zero && fraction) ++zeros;
  }
  decimal.magnitude = point > 0 ? point - 1 : -zeros - 1;
  if (at == text.size() || !decimal.valid) return decimal;
  decimal.valid = lower(text[at]) == 'e';
  ++at;
  const bool down = at < text.size() && text[at] == '-';
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  if (at == text.size()) decimal.valid = false;
  std::int64_t exponent = 0;
  for (; at < text.size(); ++at) {
    if (!is_ascii_digit(text[at])) {
      decimal.valid = false;
      return decimal;
    }
    exponent = std::min<std::int64_t>(exponent * 10 + (text[at] - '0'), 1'000'000'000);
  }
  decimal.magnitude += down ? -exponent : exponent;
  return decimal;
}

std::optional<double> unsigned_real(std::string_view text) {
  if (is_word(text, "inf") || is_word(text, "infinity")) return std::numeric_limits<double>::infinity();
  if (is_word(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  const Decimal decimal = scan_decimal(text);
  if (!decimal.valid) return std::nullopt;
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc()) return number;
  // Out of range: to infinity or to zero.
  return decimal.zero || decimal.magnitude < 0 ? 0.0 : std::numeric_limits<double>::infinity();
}

std::optional<double> real_from_text(std::string_view text) {
  std::string storage;
  text = with_plain_digits(unicode::trim(text), storage);
  if (!without_underscores(text, storage, is_ascii_digit) || text.empty()) return std::nullopt;
  const bool minus = text.front() == '-';
  if (minus || text.front() == '+') text.remove_prefix(1);
  const std::optional<double> number = unsigned_real(text);
  return number && minus ? std::optional(-*number) : number;
}

// The base that "0x", "0o" or "0b" stands for, else 0.
int base_of_prefix(std::string_view text) {
  if (text.size() < 2 || text.front() != '0') return 0;
  switch (lower(text[1])) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

// Is it a decimal number with a leading zero, which base 0 does not take for octal?
bool is_old_octal(std::string_view digits) {
  return digits.size() > 1 && digits.front() == '0' &&
         digits.find_first_not_of("0_") != std::string_view::npos;
}

std::optional<Value> integer_from_text(std::string_view text, int base) {
  if (base != 0 && (base < 2 || base > 36)) return std::nullopt;
  std::string storage;
  text = with_plain_digits(unicode::trim(text), storage);
  const bool minus = !text.empty() && text.front() == '-';
  if (minus || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  const int prefix = base_of_prefix(text);
  if (prefix != 0 && (base == 0 || base == prefix)) {
    base = prefix;
    text.remove_prefix(2);
    if (text.starts_with('_')) text.remove_prefix(1);
  } else if (base == 0) {
    if (is_old_octal(text)) return std::nullopt;
    base = 10;
  }
  const auto is_digit = [](char c) { return c != '_'; };
  if (text.empty() || text.front() == '-' || text.front() == '+') return std::nullopt;
  std::string plain;
  if (!without_underscores(text, plain, is_digit)) return std::nullopt;
  if (!minus) return integer_from_digits(text, base);
  return integer_from_digits("-" + std::string(text), base);
}

}  // namespace

std::optional<double> to_real(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
      require_defined(value);
      return std::nullopt;
    case Kind::boolean:
      return *value.as_bool() ? 1.0 : 0.0;
    case Kind::integer:
      return static_cast<double>(*value.as_int());
    case Kind::big_integer:
      return value.as_big()->real();
    case Kind::real:
      return *value.as_real();
    case Kind::text:
      return real_from_text(*value.as_text());
    case Kind::bytes:
      return real_from_text(*value.as_bytes());
    default:
      return std::nullopt;
  }
}

std::optional<Value> to_integer(const Value& value, int base) {
  switch (value.kind()) {
    case Kind::undefined:
      require_defined(value);
      return std::nullopt;
    case Kind::boolean:
      return Value(*value.as_bool() ? 1 : 0);
    case Kind::integer:
    case Kind::big_integer:
      return value;
    case Kind::real:
      if (std::isnan(*value.as_real())) return std::nullopt;
      return integer_from_real(*value.as_real());
    case Kind::text:
      return integer_from_text(*value.as_text(), base);
    case Kind::bytes:
      return integer_from_text(*value.as_bytes(), base);
    default:
      return std::nullopt;
  }
}

}  // namespace gable::rules::jinja
