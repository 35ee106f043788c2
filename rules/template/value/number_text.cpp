// Digits of floats in each of C's conversions, groups of digits, padding.

#include "template/value/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::size_t kMostWholeDigits = 330;  // of a double, and some for point, sign and exponent

std::string convert(double number, std::chars_format format, std::size_t precision) {
  std::string text(precision + kMostWholeDigits, '\0');
  const auto result =
      std::to_chars(text.data(), text.data() + text.size(), number, format, static_cast<int>(precision));
  text.resize(static_cast<std::size_t>(result.ptr - text.data()));
  return text;
}

void drop_trailing_zeros(std::string& digits) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
}

std::string exponent_text(std::int64_t exponent) {
  const std::string digits = std::to_string(exponent < 0 ? -exponent : exponent);
  return std::string(exponent < 0 ? "e-" : "e+") + (digits.size() < 2 ? "0" : "") + digits;
}

// `digits` with the point after `point` of them, which may lie outside.
std::string with_point(std::string digits, std::int64_t point, const RealStyle& style) {
  if (point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  const auto whole = static_cast<std::size_t>(point);
  if (digits.size() > whole) return digits.insert(whole, ".");
  digits.resize(whole, '0');
  return digits + (style.alternate ? "." : style.point_zero ? ".0" : "");
}

// 'g': the exponent decides between both notations.
std::string general_digits(double number, const RealStyle& style) {
  const std::size_t precision = std::max<std::size_t>(style.precision, 1);
  const std::string text = convert(number, std::chars_format::scientific, precision - 1);
  const std::size_t e = text.find('e');
  std::int64_t exponent = 0;
  const char* begin = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(begin, text.data() + text.size(), exponent);
  std::string digits = text.substr(0, 1) + (e > 2 ? text.substr(2, e - 2) : "");
  if (!style.alternate) drop_trailing_zeros(digits);
  const auto limit = static_cast<std::int64_t>(precision) - (style.point_zero ? 1 : 0);
  if (exponent >= -4 && exponent < limit) return with_point(std::move(digits), exponent + 1, style);
  if (digits.size() > 1 || style.alternate) digits.insert(1, ".");
  return digits + exponent_text(exponent);
}

std::string finite_digits(double number, const RealStyle& style) {
  switch (style.type) {
    case 'e':
    case 'E': {
      std::string text = convert(number, std::chars_format::scientific, style.precision);
      if (style.alternate && style.precision == 0) text.insert(1, ".");
      return text;
    }
    case 'f':
    case 'F': {
      std::string text = convert(number, std::chars_format::fixed, style.precision);
      return style.alternate && style.precision == 0 ? text + "." : text;
    }
    case 'g':
    case 'G':
      return general_digits(number, style);
    default:
      return real_text(number);
  }
}

}  // namespace

std::string real_digits(double number, const RealStyle& style) {
  if (std::isnan(number)) number = std::abs(number);
  std::string text =
      std::isfinite(number) ? finite_digits(std::abs(number), style) : real_text(std::abs(number));
  if (style.type == 'E' || style.type == 'F' || style.type == 'G') {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return text;
}

std::string grouped(std::string_view digits, char separator, std::size_t group, std::size_t width) {
  std::string reversed;
  std::size_t taken = 0;
  std::size_t in_group = 0;
  while (taken < digits.size() || reversed.size() < width || in_group == 0) {
    if (in_group == group) {
      reversed += separator;
      in_group = 0;
      continue;
    }
    reversed += taken < digits.size() ? digits[digits.size() - 1 - taken] : '0';
    ++taken;
    ++in_group;
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

void append_padded(std::string_view text, const Padding& padding, std::string& out) {
  const std::size_t length = unicode::count(text);
  const std::size_t missing = padding.width > length ? padding.width - length : 0;
  const std::size_t before = padding.align == '<' ? 0 : padding.align == '>' ? missing : missing / 2;
  for (std::size_t i = 0; i < before; ++i) out += padding.fill;
  out += text;
  for (std::size_t i = before; i < missing; ++i) out += padding.fill;
}

}  // namespace gable::rules::jinja
