#pragma once
// What Python does with values: print, compare, hash, calculate, look up, go through. Every failure is an
// EvaluationError with Python's (or Jinja's) class; an undefined operand is an UndefinedError where Jinja
// makes it one.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "template/value/object.hpp"
#include "template/value/operator.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

// str(value) and repr(value). RecursionError when nested deeper than Python would go (our limit: 200 levels).
std::string str(const Value& value);
std::string repr(const Value& value);
// Python's ascii(): repr with all that is not ASCII escaped.
std::string ascii_repr(const Value& value);
void append_str(const Value& value, std::string& out);
// Python's float: shortest text that reads back as the same, "21.0", "1e+16", "nan", "inf".
std::string real_text(double number);
// "int", "str", "NoneType", "list", "datetime" …: Python's name of the type.
std::string_view type_name(const Value& value);

[[nodiscard]] bool truth(const Value& value);
[[nodiscard]] bool equals(const Value& a, const Value& b);
[[nodiscard]] bool less(const Value& a, const Value& b);  // a < b; TypeError where Python has no order
[[nodiscard]] bool compare(Evaluation& evaluation, Operator op, const Value& a,
                           const Value& b);          // the eight comparisons
[[nodiscard]] std::size_t hash(const Value& value);  // TypeError for list, dict and set

// The seven arithmetic operators. Text %, text and bytes * and +, list + and *, set - and so on included.
// `evaluation` is charged for the size of what is made.
Value arithmetic(Evaluation& evaluation, Operator op, const Value& a, const Value& b);
Value negative(const Value& value);
Value positive(const Value& value);

// Text of Unicode: `size` and positions count code points.
[[nodiscard]] std::optional<std::size_t> length(const Value& value);  // nothing: the type has no len()
// Goes through the items: TypeError where Python has none. Undefined has none to go through and is no error.
IteratorPtr iterate(Evaluation& evaluation, const Value& value);
// All items. Charged to the evaluation's budget.
Values items(Evaluation& evaluation, const Value& value);
bool contains(Evaluation& evaluation, const Value& container, const Value& item);  // `item in container`

// Jinja's environment.getattr (x.name: attribute or method first, then item) and getitem (x[key]: item first,
// then, for text, attribute). What is not there is undefined; on something undefined both are an
// UndefinedError. Names that begin with an underscore are not handed out (undefined).
Value attribute(Evaluation& evaluation, const Value& object, std::string_view name);
Value item(Evaluation& evaluation, const Value& object, const Value& key);
// Python's own x[key], without Jinja's kindness: IndexError, KeyError, TypeError.
Value subscript(Evaluation& evaluation, const Value& object, const Value& key);
// x[start:stop:step]; each may be None.
struct Slice {
  Value start, stop, step;
};
Value slice(Evaluation& evaluation, const Value& object, const Slice& slice);

// UndefinedError "'name' is undefined" if it is so.
void require_defined(const Value& value);

// Python's float(value) and int(value) as far as plain data goes; nothing for ValueError or TypeError. Text
// as Python reads it: surrounding white space, underscores between digits, "inf", "nan", any number of
// digits.
std::optional<double> to_real(const Value& value);
std::optional<Value> to_integer(const Value& value, int base = 10);

}  // namespace gable::rules::jinja
