#pragma once
// The filters and functions of lists, by file; lists.cpp has their tables.

#include <optional>
#include <string_view>

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

// Python's collections.abc.Iterable: can it be gone through at all? Text can, something undefined too.
bool is_iterable(Evaluation& evaluation, const Value& value);

// Python's reversed(); nothing where it refuses the type (a set, a generator, a number).
struct Reversed {
  Values values;
  std::string_view type_name;  // of the iterator
};
std::optional<Reversed> reversed(Evaluation& evaluation, const Value& value);

// The positional arguments as one list: that of the first parameter (if given) and the rest.
Values all_positional(const Bound& arguments);
// The items of a single argument that has some, else the arguments themselves.
Values spread(Evaluation& evaluation, const Bound& arguments);

// lists_order.cpp
Value sort(Evaluation& evaluation, const Bound& arguments);
Value dictsort(Evaluation& evaluation, const Bound& arguments);
Value groupby(Evaluation& evaluation, const Bound& arguments);
Value smallest(Evaluation& evaluation, const Bound& arguments);
Value largest(Evaluation& evaluation, const Bound& arguments);
Value shuffle(Evaluation& evaluation, const Bound& arguments);

// lists_sets.cpp
Value flatten(Evaluation& evaluation, const Bound& arguments);
Value combine(Evaluation& evaluation, const Bound& arguments);
Value intersect(Evaluation& evaluation, const Bound& arguments);
Value difference(Evaluation& evaluation, const Bound& arguments);
Value unite(Evaluation& evaluation, const Bound& arguments);
Value symmetric_difference(Evaluation& evaluation, const Bound& arguments);
Value make_set(Evaluation& evaluation, const Bound& arguments);
Value make_tuple(Evaluation& evaluation, const Bound& arguments);
Value merge_response(Evaluation& evaluation, const Bound& arguments);

}  // namespace gable::rules::jinja
