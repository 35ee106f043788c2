// Integers of any size, on GMP. Those of 64 bits take the quick way and never reach it.

#include "template/value/big_integer.hpp"

#include <gmp.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

struct BigInteger::Number {
  Number() { mpz_init(z); }
  explicit Number(std::int64_t value) : Number() {
    const auto bits = static_cast<std::uint64_t>(value);
    const std::uint64_t size = value < 0 ? ~bits + 1 : bits;
    mpz_import(z, 1, -1, sizeof(size), 0, 0, &size);
    if (value < 0) mpz_neg(z, z);
  }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  ~Number() { mpz_clear(z); }

  mpz_t z;
};

namespace {

using Number = BigInteger::Number;
using NumberPtr = std::unique_ptr<Number>;

// Python refuses to convert longer ones from and to decimal digits.
constexpr std::size_t kMostDigits = 4300;

std::size_t bits(const Number& number) { return mpz_sizeinbase(number.z, 2); }

[[noreturn]] void throw_too_large() { throw_error(ErrorClass::overflow_error, "the integer is too large"); }

[[noreturn]] void throw_zero_division(std::string text) {
  throw_error(ErrorClass::zero_division_error, std::move(text));
}

// An integer of 64 bits where it fits.
Value value_of(NumberPtr number) {
  if (bits(*number) <= 64) {
    std::uint64_t size = 0;
    mpz_export(&size, nullptr, -1, sizeof(size), 0, 0, number->z);
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (mpz_sgn(number->z) >= 0 && size <= kMost) return static_cast<std::int64_t>(size);
    if (mpz_sgn(number->z) < 0 && size <= kMost + 1) return static_cast<std::int64_t>(~size + 1);
  }
  if (bits(*number) > BigInteger::kMaxBits) throw_too_large();
  return BigIntegerPtr(std::make_shared<const BigInteger>(std::move(number)));
}

// An operand as GMP wants it: borrowed from a big integer, else made.
class Operand {
 public:
  explicit Operand(const Value& value) {
    if (const BigInteger* big = value.as_big()) {
      number_ = &big->number();
      return;
    }
    std::int64_t small = 0;
    if (!small_integer(value, small)) throw_type_error("not an integer");
    made_ = std::make_unique<Number>(small);
    number_ = made_.get();
  }
  [[nodiscard]] mpz_srcptr operator*() const { return number_->z; }
  [[nodiscard]] const Number& number() const { return *number_; }

 private:
  NumberPtr made_;
  const Number* number_ = nullptr;
};

// A binary function of GMP.
template <typename Function>
Value calculate(const Value& a, const Value& b, const Function& function) {
  auto result = std::make_unique<Number>();
  function(result->z, *Operand(a), *Operand(b));
  return value_of(std::move(result));
}

// |quotient| · 2^-shift, rounded to the nearest double, ties to even; `quotient` has its lowest bit set where
// something was cut off. Infinity beyond the range.
double rounded(const Number& quotient, std::int64_t shift) {
  constexpr std::int64_t kDigits = std::numeric_limits<double>::digits;
  constexpr std::int64_t kLeastExponent = std::numeric_limits<double>::min_exponent - 1;
  const auto size = static_cast<std::int64_t>(bits(quotient));
  const std::int64_t exponent = size - 1 - shift;
  if (exponent > std::numeric_limits<double>::max_exponent) return std::numeric_limits<double>::infinity();
  const std::int64_t digits = std::min(kDigits, kDigits - (kLeastExponent - exponent));
  if (digits < 0) return 0;
  const std::int64_t dropped = size - digits;
  if (dropped <= 0) return std::ldexp(mpz_get_d(quotient.z), static_cast<int>(-shift));
  const auto cut = static_cast<mp_bitcnt_t>(dropped);
  Number mantissa;
  mpz_tdiv_q_2exp(mantissa.z, quotient.z, cut);
  const bool half = mpz_tstbit(quotient.z, cut - 1) != 0;
  const bool more = mpz_scan1(quotient.z, 0) < cut - 1;
  if (half && (more || mpz_odd_p(mantissa.z))) mpz_add_ui(mantissa.z, mantissa.z, 1);
  return std::ldexp(mpz_get_d(mantissa.z), static_cast<int>(dropped - shift));
}

// a / b as the nearest double; b is not zero.
double ratio(const Number& a, const Number& b) {
  if (mpz_sgn(a.z) == 0) return mpz_sgn(b.z) < 0 ? -0.0 : 0.0;
  constexpr std::int64_t kEnough = 66;  // bits of the quotient: more than a double has, and one to round by
  const std::int64_t shift =
      kEnough - (static_cast<std::int64_t>(bits(a)) - static_cast<std::int64_t>(bits(b)));
  Number numerator;
  Number denominator;
  mpz_abs(numerator.z, a.z);
  mpz_abs(denominator.z, b.z);
  if (shift > 0) mpz_mul_2exp(numerator.z, numerator.z, static_cast<mp_bitcnt_t>(shift));
  if (shift < 0) mpz_mul_2exp(denominator.z, denominator.z, static_cast<mp_bitcnt_t>(-shift));
  Number rest;
  mpz_tdiv_qr(numerator.z, rest.z, numerator.z, denominator.z);
  if (mpz_sgn(rest.z) != 0) mpz_setbit(numerator.z, 0);
  const double result = rounded(numerator, shift);
  return mpz_sgn(a.z) != mpz_sgn(b.z) ? -result : result;
}

double real_of(const Value& integer) {
  std::int64_t small = 0;
  return small_integer(integer, small) ? static_cast<double>(small) : integer.as_big()->real();
}

double divide(const Value& a, const Value& b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  const auto exact = [](const Value& value, std::int64_t& out) {
    return small_integer(value, out) && out >= -kExact && out <= kExact;
  };
  std::int64_t x = 0;
  std::int64_t y = 0;
  if (exact(a, x) && exact(b, y)) return static_cast<double>(x) / static_cast<double>(y);
  const double result = ratio(Operand(a).number(), Operand(b).number());
  if (std::isinf(result)) {
    throw_error(ErrorClass::overflow_error, "integer division result too large for a float");
  }
  return result;
}

Value power(const Value& a, const Value& b) {
  const Operand base(a);
  const Operand exponent(b);
  if (mpz_sgn(*exponent) < 0) {
    if (mpz_sgn(*base) == 0) throw_zero_division("0.0 cannot be raised to a negative power");
    return std::pow(real_of(a), real_of(b));
  }
  if (mpz_cmpabs_ui(*base, 1) <= 0) {  // 0, 1 and -1, to any power
    if (mpz_sgn(*exponent) == 0) return 1;
    return mpz_sgn(*base) < 0 && mpz_even_p(*exponent) ? 1 : static_cast<int>(mpz_sgn(*base));
  }
  const std::size_t size = bits(base.number()) - 1;
  if (mpz_cmp_ui(*exponent, BigInteger::kMaxBits) > 0 ||
      size * mpz_get_ui(*exponent) > BigInteger::kMaxBits) {
    throw_too_large();
  }
  auto result = std::make_unique<Number>();
  mpz_pow_ui(result->z, *base, mpz_get_ui(*exponent));
  return value_of(std::move(result));
}

// Where 64 bits suffice; nothing where they do not.
std::optional<std::int64_t> small_arithmetic(Operator op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case Operator::add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::subtract:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::multiply:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    default:
      break;
  }
  if ((op != Operator::floor_divide && op != Operator::modulo) || b == 0 || b == -1) return std::nullopt;
  const std::int64_t rest = a % b;
  const bool below = rest != 0 && (rest < 0) != (b < 0);
  if (op == Operator::modulo) return below ? rest + b : rest;
  return a / b - (below ? 1 : 0);
}

bool is_zero(const Value& integer) {
  std::int64_t small = 0;
  return small_integer(integer, small) && small == 0;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

}  // namespace

BigInteger::BigInteger(std::unique_ptr<Number> number) : number_(std::move(number)) {}

BigInteger::~BigInteger() = default;

std::string BigInteger::text(int base) const {
  std::string digits(mpz_sizeinbase(number_->z, base) + 2, '\0');
  mpz_get_str(digits.data(), base, number_->z);
  digits.resize(digits.find('\0'));
  const bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && digits.size() - (sign() < 0 ? 1 : 0) > kMostDigits) {
    throw_value_error("Exceeds the limit (4300 digits) for integer string conversion");
  }
  return digits;
}

double BigInteger::real() const {
  const double result = ratio(*number_, Number(1));
  if (std::isinf(result)) throw_error(ErrorClass::overflow_error, "int too large to convert to float");
  return result;
}

int BigInteger::sign() const { return mpz_sgn(number_->z); }

// The hash of an equal float where there is one.
std::size_t BigInteger::hash() const {
  const double nearest = ratio(*number_, Number(1));
  if (!std::isinf(nearest) && mpz_cmp_d(number_->z, nearest) == 0) return std::hash<double>{}(nearest);
  return std::hash<std::string>{}(text(16));
}

Value integer_arithmetic(Operator op, const Value& a, const Value& b) {
  std::int64_t x = 0;
  std::int64_t y = 0;
  if (small_integer(a, x) && small_integer(b, y)) {
    if (const std::optional<std::int64_t> result = small_arithmetic(op, x, y)) return *result;
  }
  const bool by_zero = is_zero(b);
  switch (op) {
    case Operator::add:
      return calculate(a, b, mpz_add);
    case Operator::subtract:
      return calculate(a, b, mpz_sub);
    case Operator::multiply:
      return calculate(a, b, mpz_mul);
    case Operator::divide:
      if (by_zero) throw_zero_division("division by zero");
      return divide(a, b);
    case Operator::floor_divide:
      if (by_zero) throw_zero_division("integer division or modulo by zero");
      return calculate(a, b, mpz_fdiv_q);
    case Operator::modulo:
      if (by_zero) throw_zero_division("integer modulo by zero");
      return calculate(a, b, mpz_fdiv_r);
    case Operator::power:
      return power(a, b);
    default:
      throw_type_error("no arithmetic: " + std::string(operator_text(op)));
  }
}

Value integer_negative(const Value& a) { return integer_arithmetic(Operator::subtract, 0, a); }

int compare_integers(const Value& a, const Value& b) {
  const int order = mpz_cmp(*Operand(a), *Operand(b));
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

int compare_integer_with_real(const Value& a, double b) {
  if (std::isinf(b)) return b > 0 ? -1 : 1;
  const int order = mpz_cmp_d(*Operand(a), b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::optional<Value> integer_from_digits(std::string_view digits, int base) {
  std::string_view rest = digits;
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  for (const char c : rest) {
    if (digit_of(c) >= base) return std::nullopt;
  }
  std::string_view all = digits;
  if (all.front() == '+') all.remove_prefix(1);
  std::int64_t small = 0;
  const auto read = std::from_chars(all.data(), all.data() + all.size(), small, base);
  if (read.ec == std::errc()) return Value(small);
  const bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && rest.size() > kMostDigits) return std::nullopt;
  if (rest.size() > BigInteger::kMaxBits) throw_too_large();
  auto number = std::make_unique<Number>();
  mpz_set_str(number->z, std::string(all).c_str(), base);
  return value_of(std::move(number));
}

Value integer_from_real(double number) {
  if (std::isnan(number)) throw_value_error("cannot convert float NaN to integer");
  if (std::isinf(number)) {
    throw_error(ErrorClass::overflow_error, "cannot convert float infinity to integer");
  }
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (number >= -kTwoTo63 && number < kTwoTo63) return static_cast<std::int64_t>(number);
  auto result = std::make_unique<Number>();
  mpz_set_d(result->z, number);
  return value_of(std::move(result));
}

Value bitwise(char op, const Value& a, const Value& b) {
  Value result = calculate(a, b, op == '&' ? mpz_and : op == '|' ? mpz_ior : mpz_xor);
  std::int64_t small = 0;
  const bool truths = a.as_bool() != nullptr && b.as_bool() != nullptr;
  return truths && small_integer(result, small) ? Value(small != 0) : result;
}

}  // namespace gable::rules::jinja
