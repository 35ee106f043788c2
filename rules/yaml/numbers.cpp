// The numbers of scalars, as PyYAML's constructors compute them.

#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

#include "wire/value.hpp"
#include "yaml/scalars.hpp"

namespace gable::rules::yaml {
namespace {

std::string without_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c != '_') out += c;
  }
  return out;
}

// Takes the sign from the front; true for '-'.
bool take_sign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

// A natural number of any size, in limbs of 32 bits, lowest first.
class Natural {
 public:
  void multiply_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::uint32_t& limb : limbs_) {
      carry += std::uint64_t{limb} * factor;
      limb = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
  }

  [[nodiscard]] std::optional<std::uint64_t> small() const {
    if (limbs_.size() > 2) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = limbs_.size(); i > 0; --i) value = (value << 32U) | limbs_[i - 1];
    return value;
  }

  [[nodiscard]] std::string decimal() const {
    constexpr std::uint64_t kBillion = 1'000'000'000;
    std::vector<std::uint32_t> rest = limbs_;
    std::string reversed;
    while (!rest.empty()) {
      std::uint64_t remainder = 0;
      for (std::size_t i = rest.size(); i > 0; --i) {
        const std::uint64_t part = (remainder << 32U) | rest[i - 1];
        rest[i - 1] = static_cast<std::uint32_t>(part / kBillion);
        remainder = part % kBillion;
      }
      while (!rest.empty() && rest.back() == 0) rest.pop_back();
      for (int digit = 0; digit < 9; ++digit, remainder /= 10) {
        reversed += static_cast<char>('0' + static_cast<char>(remainder % 10));
      }
    }
    while (reversed.size() > 1 && reversed.back() == '0') reversed.pop_back();
    return reversed.empty() ? "0" : std::string(reversed.rbegin(), reversed.rend());
  }

 private:
  std::vector<std::uint32_t> limbs_;
};

std::uint32_t digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  return static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
}

std::optional<Natural> read_digits(std::string_view text, std::uint32_t base) {
  if (text.empty()) return std::nullopt;
  Natural number;
  for (const char c : text) {
    const std::uint32_t digit = digit_of(c);
    if (digit >= base) return std::nullopt;
    number.multiply_add(base, digit);
  }
  return number;
}

std::optional<Natural> read_sexagesimal(std::string_view text) {
  const std::size_t colon = text.find(':');
  std::optional<Natural> number = read_digits(text.substr(0, colon), 10);
  while (number && text.find(':') != std::string_view::npos) {
    text.remove_prefix(text.find(':') + 1);
    const auto part = read_digits(text.substr(0, text.find(':')), 10);
    const auto small = part ? part->small() : std::nullopt;
    if (!small || *small >= 60) return std::nullopt;
    number->multiply_add(60, static_cast<std::uint32_t>(*small));
  }
  return number;
}

std::optional<Natural> read_natural(std::string_view text) {
  if (text.empty() || text.size() > kIntegerDigits) return std::nullopt;
  if (text.starts_with("0b")) return read_digits(text.substr(2), 2);
  if (text.starts_with("0x")) return read_digits(text.substr(2), 16);
  if (text.front() == '0') return read_digits(text, 8);
  if (text.find(':') != std::string_view::npos) return read_sexagesimal(text);
  return read_digits(text, 10);
}

std::optional<double> read_decimal(std::string_view text) {
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || text.find_first_of("nN") != std::string_view::npos) {
    return std::nullopt;
  }
  if (code == std::errc{}) return number;
  if (code != std::errc::result_out_of_range) return std::nullopt;
  // Too large is infinite in Python, too small is 0: the exponent's sign, or digits before the point, tell.
  const std::size_t exponent = text.find_first_of("eE");
  const bool tiny = exponent != std::string_view::npos
                        ? text.substr(exponent + 1).starts_with('-')
                        : text.substr(0, text.find('.')).find_first_not_of('0') == std::string_view::npos;
  return tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

// The highest part first; PyYAML adds from the lowest, which decides how sums are rounded.
std::optional<double> read_base_60(std::string_view text) {
  double sum = 0, base = 1;
  while (true) {
    const std::size_t colon = text.rfind(':');
    const auto part = read_decimal(colon == std::string_view::npos ? text : text.substr(colon + 1));
    if (!part) return std::nullopt;
    sum += *part * base;
    base *= 60;
    if (colon == std::string_view::npos) return sum;
    text = text.substr(0, colon);
  }
}

}  // namespace

std::optional<std::int64_t> integer_of(std::string_view text) {
  // The usual case, without copies: a few plain digits.
  constexpr std::size_t kShort = 18;
  if (text.size() <= kShort && !text.empty() && text.front() >= '1' && text.front() <= '9') {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc{} && end == text.data() + text.size()) return number;
  }
  const std::string digits = without_lines(text);
  std::string_view rest = digits;
  const bool negative = take_sign(rest);
  const auto natural = read_natural(rest);
  const auto small = natural ? natural->small() : std::nullopt;
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (!small || *small > kLargest + (negative ? 1 : 0)) return std::nullopt;
  return negative ? static_cast<std::int64_t>(0 - *small) : static_cast<std::int64_t>(*small);
}

std::optional<std::string> decimal_of(std::string_view text) {
  const std::string digits = without_lines(text);
  std::string_view rest = digits;
  const bool negative = take_sign(rest);
  const auto natural = read_natural(rest);
  if (!natural) return std::nullopt;
  std::string out = natural->decimal();
  return negative && out != "0" ? "-" + out : out;
}

std::optional<double> real_of(std::string_view text) {
  const std::string digits = without_lines(text);
  std::string_view rest = digits;
  const double sign = take_sign(rest) ? -1 : 1;
  if (rest.starts_with('-') || rest.starts_with('+')) return std::nullopt;
  if (rest == ".inf" || rest == ".Inf" || rest == ".INF")
    return sign * std::numeric_limits<double>::infinity();
  if (rest == ".nan" || rest == ".NaN" || rest == ".NAN") return std::numeric_limits<double>::quiet_NaN();
  const auto number = rest.find(':') == std::string_view::npos ? read_decimal(rest) : read_base_60(rest);
  if (!number) return std::nullopt;
  return sign * *number;
}

std::string real_text(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  return wire::number_text(number);
}

}  // namespace gable::rules::yaml
