// Methods of int and float.

#include <algorithm>
#include <bit>
#include <cmath>

#include "template/callables/numbers.hpp"
#include "template/value/big_integer.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// One table serves int and float: what the other has not is refused in Jinja's words.
void require(const Bound& arguments, bool wanted, std::string_view method) {
  if (wanted) return;
  throw_error(ErrorClass::undefined_error, "'" + std::string(type_name(arguments[0])) +
                                               " object' has no attribute '" + std::string(method) + "'");
}

bool is_real(const Bound& arguments) { return arguments[0].is(Kind::real); }

// The digits of |value| in base 2.
std::string binary(const Value& value) {
  if (const BigInteger* big = value.as_big()) {
    std::string digits = big->text(2);
    if (digits.front() == '-') digits.erase(0, 1);
    return digits;
  }
  std::int64_t number = 0;
  static_cast<void>(small_integer(value, number));
  auto magnitude = static_cast<std::uint64_t>(number);
  if (number < 0) magnitude = 0 - magnitude;
  std::string digits;
  for (; magnitude != 0; magnitude >>= 1U) digits.insert(digits.begin(), (magnitude & 1U) != 0 ? '1' : '0');
  return digits;
}

Value bit_length(Evaluation& /*evaluation*/, const Bound& arguments) {
  require(arguments, !is_real(arguments), "bit_length");
  return Value::size(binary(arguments[0]).size());
}

Value bit_count(Evaluation& /*evaluation*/, const Bound& arguments) {
  require(arguments, !is_real(arguments), "bit_count");
  const std::string digits = binary(arguments[0]);
  return static_cast<std::int64_t>(std::ranges::count(digits, '1'));
}

Value conjugate(Evaluation& /*evaluation*/, const Bound& arguments) { return positive(arguments[0]); }

Value is_integer(Evaluation& /*evaluation*/, const Bound& arguments) {
  require(arguments, is_real(arguments), "is_integer");
  const double number = *arguments[0].as_real();
  return std::isfinite(number) && std::trunc(number) == number;
}

Value as_integer_ratio(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (!is_real(arguments)) return Value::tuple({positive(arguments[0]), 1});
  const double number = *arguments[0].as_real();
  if (std::isnan(number)) throw_value_error("cannot convert NaN to integer ratio");
  if (std::isinf(number)) {
    throw_error(ErrorClass::overflow_error, "cannot convert Infinity to integer ratio");
  }
  int exponent = 0;
  double mantissa = std::frexp(number, &exponent);
  while (std::trunc(mantissa) != mantissa) {  // at most 53 times
    mantissa *= 2;
    --exponent;
  }
  const Value power = integer_arithmetic(Operator::power, 2, std::abs(exponent));
  const Value whole = integer_from_real(mantissa);
  if (exponent < 0) return Value::tuple({whole, power});
  return Value::tuple({integer_arithmetic(Operator::multiply, whole, power), 1});
}

// sys.float_info's way: sign, 0x1., 13 hexadecimal digits, p and the exponent of 2.
Value hexadecimal(Evaluation& /*evaluation*/, const Bound& arguments) {
  require(arguments, is_real(arguments), "hex");
  const double number = *arguments[0].as_real();
  if (!std::isfinite(number)) return real_text(number);
  std::string text = std::signbit(number) ? "-" : "";
  if (number == 0) return text + "0x0.0p+0";
  const auto octets = std::bit_cast<std::uint64_t>(number);
  const std::uint64_t fraction = octets & 0xfffffffffffffU;
  const int stored = static_cast<int>((octets >> 52U) & 0x7ffU);
  text += stored == 0 ? "0x0." : "0x1.";
  for (unsigned shift = 52; shift > 0; shift -= 4)
    text += "0123456789abcdef"[(fraction >> (shift - 4)) & 0xfU];
  const int exponent = stored == 0 ? -1022 : stored - 1023;
  text += exponent < 0 ? "p" : "p+";
  return text + std::to_string(exponent);
}

// How to_bytes lays out a number.
struct Layout {
  std::size_t length = 1;
  bool little = false;
  bool is_signed = false;
};

Layout layout_of(Evaluation& evaluation, const Bound& arguments) {
  Layout layout;
  std::int64_t length = 1;
  if (arguments.has(1) && !small_integer(arguments[1], length)) {
    throw_type_error("'" + std::string(type_name(arguments[1])) +
                     "' object cannot be interpreted as an integer");
  }
  if (length < 0) throw_value_error("length argument must be non-negative");
  layout.length = static_cast<std::size_t>(length);
  evaluation.budget().text(layout.length);
  if (arguments.has(2)) {
    const std::string* order = arguments[2].as_text();
    if (order == nullptr) throw_type_error("to_bytes() argument 'byteorder' must be str");
    layout.little = *order == "little";
    if (!layout.little && *order != "big") throw_value_error("byteorder must be either 'little' or 'big'");
  }
  layout.is_signed = arguments.flag(3, false);
  return layout;
}

Value to_bytes(Evaluation& evaluation, const Bound& arguments) {
  require(arguments, !is_real(arguments), "to_bytes");
  const Layout layout = layout_of(evaluation, arguments);
  Value rest = arguments[0];
  const bool below_zero = less(rest, 0);
  if (below_zero && !layout.is_signed) {
    throw_error(ErrorClass::overflow_error, "can't convert negative int to unsigned");
  }
  std::string octets;
  std::int64_t octet = 0;
  for (std::size_t i = 0; i < layout.length; ++i) {  // floor division: two's complement
    evaluation.budget().work(8);
    static_cast<void>(small_integer(integer_arithmetic(Operator::modulo, rest, 256), octet));
    octets += static_cast<char>(octet);
    rest = integer_arithmetic(Operator::floor_divide, rest, 256);
  }
  const bool top_bit = octet >= 128;
  const bool fits =
      equals(rest, below_zero ? -1 : 0) && (!layout.is_signed || layout.length == 0 || top_bit == below_zero);
  if (!fits) throw_error(ErrorClass::overflow_error, "int too big to convert");
  if (!layout.little) std::ranges::reverse(octets);
  return Bytes{std::move(octets)};
}

constexpr std::array kMethods{
    Callable{"as_integer_ratio", "self, /", as_integer_ratio},
    Callable{"bit_count", "self, /", bit_count},
    Callable{"bit_length", "self, /", bit_length},
    Callable{"conjugate", "self, /", conjugate},
    Callable{"hex", "self, /", hexadecimal},
    Callable{"is_integer", "self, /", is_integer},
    Callable{"to_bytes", "self, length?, byteorder?, signed?", to_bytes},
};

}  // namespace

CallableTable number_methods() { return kMethods; }

}  // namespace gable::rules::jinja
