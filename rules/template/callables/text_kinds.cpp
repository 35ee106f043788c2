// How arguments become text and positions.

#include "template/callables/text_kinds.hpp"

#include <limits>

#include "template/value/big_integer.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

std::string_view text_of(const Value& value, std::string& kept) {
  if (const std::string* const text = value.as_text()) return *text;
  kept = str(value);
  return kept;
}

std::string_view need_text(const Value& value, std::string_view what) {
  if (const std::string* const text = value.as_text()) return *text;
  throw_type_error(std::string(what) + " must be str, not " + std::string(type_name(value)));
}

void throw_wrong_kind(bool text, const Value& value) {
  const std::string name(type_name(value));
  throw_type_error(text ? "must be str, not " + name : "a bytes-like object is required, not '" + name + "'");
}

std::int64_t need_index(const Value& value) {
  std::int64_t number = 0;
  if (small_integer(value, number)) return number;
  if (value.is(Value::Kind::big_integer)) {
    throw_error(ErrorClass::overflow_error, "Python int too large to convert to C ssize_t");
  }
  throw_type_error("'" + std::string(type_name(value)) + "' object cannot be interpreted as an integer");
}

void throw_no_attribute(const Value& value, std::string_view name) {
  throw_error(ErrorClass::attribute_error,
              "'" + std::string(type_name(value)) + "' object has no attribute '" + std::string(name) + "'");
}

namespace {

[[noreturn]] void throw_no_number(const Value& value, std::string_view wanted, std::string_view bad_text) {
  if (value.as_text() == nullptr && value.as_bytes() == nullptr) {
    throw_type_error(std::string(wanted) + ", not '" + std::string(type_name(value)) + "'");
  }
  throw_value_error(std::string(bad_text) + repr(value));
}

}  // namespace

Value need_whole(const Value& value) {
  require_defined(value);
  if (std::optional<Value> number = to_integer(value)) return *std::move(number);
  throw_no_number(value, "int() argument must be a string, a bytes-like object or a real number",
                  "invalid literal for int() with base 10: ");
}

double need_real(const Value& value) {
  require_defined(value);
  if (const std::optional<double> number = to_real(value)) return *number;
  throw_no_number(value, "float() argument must be a string or a real number",
                  "could not convert string to float: ");
}

std::int64_t slice_index(const Bound& arguments, std::size_t i, std::int64_t fallback) {
  if (!arguments.has(i) || arguments[i].is_none()) return fallback;
  std::int64_t number = 0;
  if (small_integer(arguments[i], number)) return number;
  if (const BigInteger* const big = arguments[i].as_big()) {
    using Range = std::numeric_limits<std::int64_t>;
    return big->sign() < 0 ? Range::min() : Range::max();
  }
  throw_type_error("slice indices must be integers or None or have an __index__ method");
}

void charge_search(Evaluation& evaluation, std::size_t hay, std::size_t needle) {
  constexpr std::size_t kFree = 64;
  evaluation.budget().work(hay * (1 + needle / kFree));
}

void reserve_text(Evaluation& evaluation, std::size_t size, std::size_t more) {
  Budget& budget = evaluation.budget();
  const std::size_t limit = budget.limits().output;
  if (more > limit || size + more > limit) budget.text(limit + 1);
  budget.work(more + 1);
}

}  // namespace gable::rules::jinja
