// float, int, bool and round as filters and functions.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "template/callables/numbers.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// int(float(value)); nothing where one of them refuses.
std::optional<Value> integer_of_real(const Value& value) {
  const std::optional<double> number = to_real(value);
  if (!number || std::isnan(*number)) return std::nullopt;
  return integer_from_real(*number);
}

bool is_base(const Value& value, std::int64_t& base) {
  return small_integer(value, base) && (base == 0 || (base >= 2 && base <= 36));
}

std::optional<bool> truth_of_word(std::string_view word) {
  constexpr std::array<std::string_view, 5> kTrue{"1", "true", "yes", "on", "enable"};
  constexpr std::array<std::string_view, 5> kFalse{"0", "false", "no", "off", "disable"};
  if (std::ranges::find(kTrue, word) != kTrue.end()) return true;
  if (std::ranges::find(kFalse, word) != kFalse.end()) return false;
  return std::nullopt;
}

double read_back(std::string_view digits) {
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc()) throw_error(ErrorClass::overflow_error, "rounded value too large to represent");
  return number;
}

// 10^308 has 309 digits; 323 more behind the point, the point and a sign.
using Digits = std::array<char, 640>;

std::string_view fixed_text(double number, int precision, Digits& digits) {
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                          std::chars_format::fixed, precision);
  return {digits.data(), static_cast<std::size_t>(end - digits.data())};
}

// Rounds to tens, hundreds …: `zeros` ≥ 1 digits before the point.
double round_to_tens(double number, std::size_t zeros) {
  Digits buffer;
  const double whole = std::trunc(std::abs(number));
  std::string digits(fixed_text(whole, 0, buffer));
  if (digits.size() <= zeros) digits.insert(0, zeros + 1 - digits.size(), '0');
  const std::size_t kept = digits.size() - zeros;
  const std::string_view tail = std::string_view(digits).substr(kept);
  std::string half(zeros, '0');
  half[0] = '5';
  const int order = tail.compare(half);
  const bool exact_half = order == 0 && whole == std::abs(number);
  const bool odd = (digits[kept - 1] - '0') % 2 == 1;
  const bool up = exact_half ? odd : order >= 0;
  std::fill(digits.begin() + static_cast<std::ptrdiff_t>(kept), digits.end(), '0');
  if (up) {
    std::size_t i = kept;
    while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
    if (i > 0) {
      ++digits[i - 1];
    } else {
      digits.insert(0, 1, '1');
    }
  }
  return std::copysign(read_back(digits), number);
}

// ceil or floor at 10^precision.
Value rounded_towards(Evaluation& evaluation, double number, const Value& scale, bool up) {
  const Value scaled = arithmetic(evaluation, Operator::multiply, number, scale);
  const double real = *scaled.as_real();
  return arithmetic(evaluation, Operator::divide, integer_from_real(up ? std::ceil(real) : std::floor(real)),
                    scale);
}

Value rounded_number(Evaluation& evaluation, const Bound& arguments) {
  static const Value kZero = 0;
  static const Value kCommon = "common";
  double number = float_of(arguments[0]);
  const Value& precision = arguments.get(1, kZero);
  const std::string* method = arguments.get(2, kCommon).as_text();
  std::int64_t digits = 0;
  const bool whole = small_integer(precision, digits);
  // Only two methods calculate with it, but Python fails for all.
  const bool towards = method != nullptr && (*method == "ceil" || *method == "floor");
  Value scale;
  if (towards || !whole) scale = arithmetic(evaluation, Operator::power, 10, precision);
  if (towards) {
    const Value result = rounded_towards(evaluation, number, scale, *method == "ceil");
    number = *result.as_real();
  } else if (method != nullptr && *method == "half") {
    const Value doubled = integer_from_real(std::nearbyint(number * 2));
    number = *arithmetic(evaluation, Operator::divide, doubled, 2).as_real();
  } else if (!whole) {
    throw_type_error("'" + std::string(type_name(precision)) +
                     "' object cannot be interpreted as an integer");
  } else {
    number = round_to_digits(number, digits);
  }
  if (!equals(precision, 0)) return number;
  return integer_from_real(number);
}

}  // namespace

Value to_float(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const std::optional<double> number = to_real(arguments[0])) return *number;
  return default_or_refuse(arguments, 1, "float");
}

Value to_int(Evaluation& /*evaluation*/, const Bound& arguments) {
  static const Value kTen = 10;
  const Value& value = arguments[0];
  std::optional<Value> number;
  std::int64_t base = 10;
  if (!value.is(Kind::text)) {
    number = to_integer(value);
  } else if (is_base(arguments.get(2, kTen), base)) {
    number = to_integer(value, static_cast<int>(base));
  }
  // "42.23" is 42.
  if (!number) number = integer_of_real(value);
  if (number) return *std::move(number);
  return default_or_refuse(arguments, 1, "int");
}

Value to_bool(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value& value = arguments[0];
  if (value.is_number()) return truth(value);
  if (const std::string* text = value.as_text()) {
    const std::string lower = unicode::lower(*text);
    if (const std::optional<bool> known = truth_of_word(unicode::trim(lower))) return *known;
  }
  return default_or_refuse(arguments, 1, "bool");
}

Value is_number(Evaluation& /*evaluation*/, const Bound& arguments) {
  const std::optional<double> number = to_real(arguments[0]);
  return number && std::isfinite(*number);
}

Value rounded(Evaluation& evaluation, const Bound& arguments) {
  try {
    return rounded_number(evaluation, arguments);
  } catch (const EvaluationError& error) {
    if (!is_bad_input(error.error_class())) throw;
    return default_or_refuse(arguments, 3, "round");
  }
}

double round_to_digits(double number, std::int64_t digits) {
  // Beyond these nothing is left to round, or nothing at all.
  constexpr std::int64_t kFinest = 323;
  constexpr std::int64_t kCoarsest = -308;
  if (!std::isfinite(number) || digits > kFinest) return number;
  if (digits < kCoarsest) return 0.0 * number;
  if (digits < 0) return round_to_tens(number, static_cast<std::size_t>(-digits));
  if (digits == 0) return std::nearbyint(number);
  Digits buffer;
  return read_back(fixed_text(number, static_cast<int>(digits), buffer));
}

}  // namespace gable::rules::jinja
