// + - * / // % ** and the signs, for whatever has them in Python.

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "template/evaluate/evaluation.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/format.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

[[noreturn]] void throw_zero_division(std::string text) {
  throw_error(ErrorClass::zero_division_error, std::move(text));
}

double real_of(const Value& number) {
  if (const double* real = number.as_real()) return *real;
  std::int64_t small = 0;
  return small_integer(number, small) ? static_cast<double>(small) : number.as_big()->real();
}

// With the sign of the divisor, as all of Python's remainders.
double real_modulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

// The quotient is taken from what the remainder leaves, so that both fit together.
double real_floor_divide(double a, double b) {
  const double rest = std::fmod(a, b);
  double quotient = (a - rest) / b;
  if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double whole = std::floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

double real_power(double a, double b) {
  if (a == 0 && b < 0 && std::isfinite(b)) throw_zero_division("0.0 cannot be raised to a negative power");
  const bool finite = std::isfinite(a) && std::isfinite(b);
  if (finite && a < 0 && std::floor(b) != b) throw_value_error("the power is a complex number");
  const double result = std::pow(a, b);
  if (finite && std::isinf(result)) {
    throw_error(ErrorClass::overflow_error, "(34, 'Numerical result out of range')");
  }
  return result;
}

double real_arithmetic(Operator op, double a, double b) {
  switch (op) {
    case Operator::add:
      return a + b;
    case Operator::subtract:
      return a - b;
    case Operator::multiply:
      return a * b;
    case Operator::divide:
      if (b == 0) throw_zero_division("float division by zero");
      return a / b;
    case Operator::floor_divide:
      if (b == 0) throw_zero_division("float floor division by zero");
      return real_floor_divide(a, b);
    case Operator::modulo:
      if (b == 0) throw_zero_division("float modulo");
      return real_modulo(a, b);
    default:
      return real_power(a, b);
  }
}

Value number_arithmetic(Evaluation& evaluation, Operator op, const Value& a, const Value& b) {
  if (a.is(Kind::real) || b.is(Kind::real)) return real_arithmetic(op, real_of(a), real_of(b));
  Value result = integer_arithmetic(op, a, b);
  if (a.is(Kind::big_integer) || b.is(Kind::big_integer) || result.is(Kind::big_integer)) {
    evaluation.budget().step();
  }
  return result;
}

bool is_sequence(const Value& value) {
  return value.as_sequence() != nullptr || value.is(Kind::text) || value.is(Kind::bytes);
}

[[noreturn]] void throw_unsupported(Operator op, const Value& a, const Value& b) {
  const std::string sign = op == Operator::power ? "** or pow()" : std::string(operator_text(op));
  throw_type_error("unsupported operand type(s) for " + sign + ": '" + std::string(type_name(a)) + "' and '" +
                   std::string(type_name(b)) + "'");
}

std::string join(Evaluation& evaluation, const std::string& a, const std::string& b) {
  evaluation.budget().text(a.size() + b.size());
  return a + b;
}

Values join(Evaluation& evaluation, const Values& a, const Values& b) {
  evaluation.budget().work(a.size() + b.size());
  Values result;
  result.reserve(a.size() + b.size());
  result.insert(result.end(), a.begin(), a.end());
  result.insert(result.end(), b.begin(), b.end());
  return result;
}

Value add(Evaluation& evaluation, const Value& a, const Value& b) {
  if (a.kind() == b.kind()) {
    switch (a.kind()) {
      case Kind::text:
        return join(evaluation, *a.as_text(), *b.as_text());
      case Kind::bytes:
        return Bytes{join(evaluation, *a.as_bytes(), *b.as_bytes())};
      case Kind::list:
        return Value::list(join(evaluation, *a.as_list(), *b.as_list()));
      case Kind::tuple:
        return Value::tuple(join(evaluation, *a.as_tuple(), *b.as_tuple()));
      default:
        throw_unsupported(Operator::add, a, b);
    }
  }
  const std::string type(type_name(b));
  if (a.is(Kind::bytes)) throw_type_error("can't concat " + type + " to bytes");
  if (!is_sequence(a)) throw_unsupported(Operator::add, a, b);
  const std::string own(type_name(a));
  throw_type_error("can only concatenate " + own + " (not \"" + type + "\") to " + own);
}

// How often, of `size` octets or values each time: zero for a negative number.
std::size_t times(const Value& count, std::size_t size) {
  if (count.is(Kind::big_integer)) {
    throw_error(ErrorClass::overflow_error, "cannot fit 'int' into an index-sized integer");
  }
  std::int64_t number = 0;
  small_integer(count, number);
  if (number <= 0 || size == 0) return 0;
  constexpr std::int64_t kMost = std::int64_t{1} << 40;  // refused by every budget
  return static_cast<std::size_t>(std::min(number, kMost / static_cast<std::int64_t>(size)));
}

std::string repeat(Evaluation& evaluation, const std::string& text, const Value& count) {
  const std::size_t rounds = times(count, text.size());
  evaluation.budget().text(rounds * text.size());
  std::string result;
  result.reserve(rounds * text.size());
  for (std::size_t i = 0; i < rounds; ++i) result += text;
  return result;
}

Values repeat(Evaluation& evaluation, const Values& items, const Value& count) {
  const std::size_t rounds = times(count, items.size());
  evaluation.budget().work(rounds * items.size());
  Values result;
  result.reserve(rounds * items.size());
  for (std::size_t i = 0; i < rounds; ++i) result.insert(result.end(), items.begin(), items.end());
  return result;
}

Value multiply(Evaluation& evaluation, const Value& a, const Value& b) {
  const Value& sequence = is_sequence(a) ? a : b;
  const Value& count = is_sequence(a) ? b : a;
  if (!is_sequence(sequence)) throw_unsupported(Operator::multiply, a, b);
  if (!count.is_number() || count.is(Kind::real)) {
    throw_type_error("can't multiply sequence by non-int of type '" + std::string(type_name(count)) + "'");
  }
  switch (sequence.kind()) {
    case Kind::text:
      return repeat(evaluation, *sequence.as_text(), count);
    case Kind::bytes:
      return Bytes{repeat(evaluation, *sequence.as_bytes(), count)};
    case Kind::list:
      return Value::list(repeat(evaluation, *sequence.as_list(), count));
    default:
      return Value::tuple(repeat(evaluation, *sequence.as_tuple(), count));
  }
}

Value difference(Evaluation& evaluation, const Set& a, const Set& b) {
  evaluation.budget().work(a.size());
  auto result = std::make_shared<Set>();
  for (const Value& item : a.items()) {
    if (!b.contains(item)) result->insert(item);
  }
  return SetPtr(std::move(result));
}

std::optional<Value> object_arithmetic(Operator op, const Value& a, const Value& b) {
  if (const Object* left = a.as_object()) {
    if (std::optional<Value> result = left->arithmetic(op, b, false)) return result;
  }
  if (const Object* right = b.as_object()) return right->arithmetic(op, a, true);
  return std::nullopt;
}

[[noreturn]] void throw_bad_operand(std::string_view sign, const Value& value) {
  throw_type_error("bad operand type for unary " + std::string(sign) + ": '" + std::string(type_name(value)) +
                   "'");
}

}  // namespace

Value arithmetic(Evaluation& evaluation, Operator op, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return number_arithmetic(evaluation, op, a, b);
  // Before anything undefined is refused: that may well be printed.
  if (op == Operator::modulo) {
    if (const std::string* text = a.as_text()) return percent_format(evaluation, *text, b);
  }
  require_defined(a);
  require_defined(b);
  if (std::optional<Value> result = object_arithmetic(op, a, b)) return *std::move(result);
  if (op == Operator::add) return add(evaluation, a, b);
  if (op == Operator::multiply) return multiply(evaluation, a, b);
  if (op == Operator::subtract && a.is(Kind::set) && b.is(Kind::set)) {
    return difference(evaluation, *a.as_set(), *b.as_set());
  }
  throw_unsupported(op, a, b);
}

Value negative(const Value& value) {
  if (const double* real = value.as_real()) return -*real;
  if (value.is_number()) return integer_negative(value);
  require_defined(value);
  if (const Object* object = value.as_object()) {
    if (std::optional<Value> result = object->negated()) return *std::move(result);
  }
  throw_bad_operand("-", value);
}

Value positive(const Value& value) {
  std::int64_t small = 0;
  if (small_integer(value, small)) return small;
  if (value.is_number()) return value;
  require_defined(value);
  if (value.is(Kind::object) && value.as_object()->negated()) return value;
  throw_bad_operand("+", value);
}

}  // namespace gable::rules::jinja
