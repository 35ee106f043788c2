// Filters and functions of numbers: calculating with one or two, and the tables of all.

#include "template/callables/numbers.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "template/value/big_integer.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

struct MathFunction {
  std::string_view name;
  double (*function)(double);
};

// In alphabetical order, as in the tables below.
constexpr std::array kMath{
    MathFunction{"acos", [](double x) { return std::acos(x); }},
    MathFunction{"asin", [](double x) { return std::asin(x); }},
    MathFunction{"atan", [](double x) { return std::atan(x); }},
    MathFunction{"cos", [](double x) { return std::cos(x); }},
    MathFunction{"sin", [](double x) { return std::sin(x); }},
    MathFunction{"sqrt", [](double x) { return std::sqrt(x); }},
    MathFunction{"tan", [](double x) { return std::tan(x); }},
};

template <std::size_t Which>
Value calculated(Evaluation& /*evaluation*/, const Bound& arguments) {
  const std::optional<double> number = to_real(arguments[0]);
  if (number) {
    const double result = kMath[Which].function(*number);
    // What becomes no number was outside the function's domain.
    if (!std::isnan(result) || std::isnan(*number)) return result;
  }
  return default_or_refuse(arguments, 1, kMath[Which].name);
}

// Python's math.log(x): nothing outside its domain.
std::optional<double> natural_logarithm(double number) {
  if (number <= 0) return std::nullopt;
  return std::log(number);
}

Value logarithm(Evaluation& evaluation, const Bound& arguments) {
  static const Value kBase = std::numbers::e;
  const std::optional<double> number = to_real(arguments[0]);
  const std::optional<double> base = number ? to_real(arguments.get(1, kBase)) : std::nullopt;
  const std::optional<double> numerator = base ? natural_logarithm(*number) : std::nullopt;
  const std::optional<double> denominator = numerator ? natural_logarithm(*base) : std::nullopt;
  if (!denominator) return default_or_refuse(arguments, 2, "log");
  return arithmetic(evaluation, Operator::divide, *numerator, *denominator);
}

// atan2(y, x), atan2([y, x]), each with a default behind.
Value arc_tangent2(Evaluation& evaluation, const Bound& arguments) {
  const bool listed = arguments[0].as_sequence() != nullptr;
  const Value* fallback = arguments.has(2) ? &arguments[2] : nullptr;
  if (listed && fallback == nullptr && arguments.has(1)) fallback = &arguments[1];
  try {
    if (!listed && arguments.has(1) && !arguments[1].is_none()) {
      const double y = float_of(arguments[0]);
      return std::atan2(y, float_of(arguments[1]));
    }
    const Values pair = items(evaluation, arguments[0]);
    if (pair.size() != 2) throw_type_error("atan2 expected 2 arguments, got " + std::to_string(pair.size()));
    const double y = float_of(pair[0]);
    return std::atan2(y, float_of(pair[1]));
  } catch (const EvaluationError& error) {
    if (fallback == nullptr || !is_bad_input(error.error_class())) throw;
    return *fallback;
  }
}

// float(value) op amount.
Value calculated_with(Evaluation& evaluation, const Bound& arguments, Operator op, std::string_view what) {
  const std::optional<double> number = to_real(arguments[0]);
  if (!number) return default_or_refuse(arguments, 2, what);
  try {
    return arithmetic(evaluation, op, *number, arguments[1]);
  } catch (const EvaluationError& error) {
    if (!is_bad_input(error.error_class())) throw;
    return default_or_refuse(arguments, 2, what);
  }
}

Value add(Evaluation& evaluation, const Bound& arguments) {
  return calculated_with(evaluation, arguments, Operator::add, "add");
}

Value multiply(Evaluation& evaluation, const Bound& arguments) {
  return calculated_with(evaluation, arguments, Operator::multiply, "multiply");
}

template <char TheOperator>
Value bits(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value first = int_of(arguments[0]);
  return bitwise(TheOperator, first, int_of(arguments[1]));
}

Value absolute(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value& value = arguments[0];
  if (const double* real = value.as_real()) return std::abs(*real);
  if (value.is_number()) return less(value, 0) ? negative(value) : positive(value);
  if (const Object* object = value.as_object()) {
    // A length of time: of it and its opposite, the one that is not before the other.
    if (const std::optional<Value> opposite = object->negated()) {
      return less(value, *opposite) ? *opposite : value;
    }
  }
  throw_type_error("bad operand type for abs(): '" + std::string(type_name(value)) + "'");
}

constexpr std::string_view kOneNumber = "value, default?";
constexpr std::string_view kMany = "value?, *, default?";
constexpr std::string_view kTwoValues = "first_value, second_value";
constexpr std::string_view kAtan2 = "y, x?, default?";
constexpr std::string_view kClamp = "value, min_value, max_value";
constexpr std::string_view kRemap = "value, in_min, in_max, out_min, out_max, *, steps?, edges?";

constexpr std::array kFunctions{
    Callable{"acos", kOneNumber, calculated<0>},
    Callable{"asin", kOneNumber, calculated<1>},
    Callable{"atan", kOneNumber, calculated<2>},
    Callable{"atan2", kAtan2, arc_tangent2},
    Callable{"average", kMany, average},
    Callable{"bitwise_and", kTwoValues, bits<'&'>},
    Callable{"bitwise_or", kTwoValues, bits<'|'>},
    Callable{"bitwise_xor", kTwoValues, bits<'^'>},
    Callable{"bool", kOneNumber, to_bool},
    Callable{"clamp", kClamp, clamp},
    Callable{"cos", kOneNumber, calculated<3>},
    Callable{"float", kOneNumber, to_float},
    Callable{"int", "value, default?, base?", to_int},
    Callable{"is_number", "value", is_number},
    Callable{"log", "value, base?, default?", logarithm},
    Callable{"median", kMany, median},
    Callable{"remap", kRemap, remap},
    Callable{"sin", kOneNumber, calculated<4>},
    Callable{"sqrt", kOneNumber, calculated<5>},
    Callable{"statistical_mode", kMany, statistical_mode},
    Callable{"tan", kOneNumber, calculated<6>},
    Callable{"wrap", kClamp, wrap},
    // Filters only, from here on.
    Callable{"abs", "x, /", absolute},
    Callable{"add", "value, amount, default?", add},
    Callable{"multiply", "value, amount, default?", multiply},
    Callable{"round", "value, precision?, method?, default?", rounded},
};
constexpr std::size_t kFiltersOnly = 4;

}  // namespace

const Value& default_or_refuse(const Bound& arguments, std::size_t index, std::string_view what) {
  if (arguments.has(index)) return arguments[index];
  const std::string input = arguments.has(0) ? str(arguments[0]) : std::string();
  throw_value_error("'" + std::string(what) + "' got invalid input '" + input + "' and no default was given");
}

bool is_bad_input(ErrorClass error_class) {
  return error_class == ErrorClass::value_error || error_class == ErrorClass::type_error;
}

double float_of(const Value& value) {
  if (const std::optional<double> number = to_real(value)) return *number;
  if (value.is(Kind::text) || value.is(Kind::bytes)) {
    throw_value_error("could not convert string to float: " + repr(value));
  }
  throw_type_error("float() argument must be a string or a real number, not '" +
                   std::string(type_name(value)) + "'");
}

Value int_of(const Value& value) {
  if (std::optional<Value> number = to_integer(value)) return *std::move(number);
  if (value.is(Kind::real)) throw_value_error("cannot convert float NaN to integer");
  if (value.is(Kind::text) || value.is(Kind::bytes)) {
    throw_value_error("invalid literal for int() with base 10: " + repr(value));
  }
  throw_type_error("int() argument must be a string, a bytes-like object or a real number, not '" +
                   std::string(type_name(value)) + "'");
}

std::optional<Value> number_constant(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  if (name == "e") return std::numbers::e;
  if (name == "tau") return std::numbers::pi * 2;
  if (name == "inf") return std::numeric_limits<double>::infinity();
  return std::nullopt;
}

CallableTable number_filters() { return kFunctions; }
CallableTable number_functions() { return CallableTable(kFunctions).first(kFunctions.size() - kFiltersOnly); }

}  // namespace gable::rules::jinja
