#pragma once
// The filters and functions of numbers, by file; numbers.cpp has their tables.

#include <string_view>

#include "template/callables/callable.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

// The default that a call gives at parameter `index`; a ValueError that names `what` and the bad input where
// it gives none.
const Value& default_or_refuse(const Bound& arguments, std::size_t index, std::string_view what);
// Did Python's code fail in a way that a default is for?
bool is_bad_input(ErrorClass error_class);
// Python's float(value) and int(value), with their ValueError or TypeError.
double float_of(const Value& value);
Value int_of(const Value& value);

// numbers_convert.cpp
Value to_float(Evaluation& evaluation, const Bound& arguments);
Value to_int(Evaluation& evaluation, const Bound& arguments);
Value to_bool(Evaluation& evaluation, const Bound& arguments);
Value is_number(Evaluation& evaluation, const Bound& arguments);
Value rounded(Evaluation& evaluation, const Bound& arguments);
// Python's round(number, digits): the exact binary value, correctly rounded, half to even.
double round_to_digits(double number, std::int64_t digits);

// numbers_statistics.cpp
Value average(Evaluation& evaluation, const Bound& arguments);
Value median(Evaluation& evaluation, const Bound& arguments);
Value statistical_mode(Evaluation& evaluation, const Bound& arguments);

// numbers_range.cpp
Value clamp(Evaluation& evaluation, const Bound& arguments);
Value wrap(Evaluation& evaluation, const Bound& arguments);
Value remap(Evaluation& evaluation, const Bound& arguments);

}  // namespace gable::rules::jinja
