#pragma once
// BigInteger: Python's int beyond 64 bits, on GMP (one unit sees its header). A Value holds one only when the
// number does not fit 64 bits: integer_value() sees to that. Pure.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "template/value/operator.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class BigInteger {
 public:
  // More bits than this are an OverflowError (budget): 10 ** 10 ** 10 would fill the memory.
  static constexpr std::size_t kMaxBits = 1 << 16;

  struct Number;  // hides GMP
  explicit BigInteger(std::unique_ptr<Number> number);
  BigInteger(const BigInteger&) = delete;
  BigInteger& operator=(const BigInteger&) = delete;
  ~BigInteger();

  [[nodiscard]] std::string text(int base = 10) const;
  [[nodiscard]] double real() const;  // OverflowError beyond a double's range
  [[nodiscard]] int sign() const;
  [[nodiscard]] std::size_t hash() const;
  [[nodiscard]] const Number& number() const { return *number_; }

 private:
  std::unique_ptr<Number> number_;
};

// Arithmetic of two integers of any size (bool counts as 0 and 1), with Python's floor division and modulo.
// Divide (/) is a float. ZeroDivisionError; OverflowError for too many bits.
Value integer_arithmetic(Operator op, const Value& a, const Value& b);
Value integer_negative(const Value& a);
// -1, 0, 1.
int compare_integers(const Value& a, const Value& b);
int compare_integer_with_real(const Value& a, double b);  // exact; b is not NaN
// Digits with an optional sign, in base 2 to 36; nothing when it is not a number. No white space, no
// underscores.
std::optional<Value> integer_from_digits(std::string_view digits, int base);
// A float cut towards zero. ValueError for NaN, OverflowError for infinity, as Python's int().
Value integer_from_real(double number);
// Bit operations for bitwise_and …: op is '&', '|' or '^'.
Value bitwise(char op, const Value& a, const Value& b);

}  // namespace gable::rules::jinja
