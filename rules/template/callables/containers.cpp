// Methods of list, tuple, dict and set.

#include <algorithm>

#include "template/callables/dict_view.hpp"
#include "template/callables/lists.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

const Value kNone;

// Python's clamping of an end for list.index.
std::size_t end_in(const Value& value, std::size_t size) {
  std::int64_t end = 0;
  if (!small_integer(value, end)) {
    throw_type_error("slice indices must be integers or have an __index__ method");
  }
  const auto length = static_cast<std::int64_t>(size);
  if (end < 0) end = std::max<std::int64_t>(0, std::max(end, -length) + length);
  return static_cast<std::size_t>(std::min(end, length));
}

Value sequence_count(Evaluation& evaluation, const Bound& arguments) {
  const Values& values = *arguments[0].as_sequence();
  evaluation.budget().work(values.size());
  return Value::size(static_cast<std::size_t>(
      std::ranges::count_if(values, [&](const Value& value) { return equals(value, arguments[1]); })));
}

Value sequence_index(Evaluation& evaluation, const Bound& arguments) {
  const Values& values = *arguments[0].as_sequence();
  evaluation.budget().work(values.size());
  const std::size_t stop = arguments.has(3) ? end_in(arguments[3], values.size()) : values.size();
  for (std::size_t i = arguments.has(2) ? end_in(arguments[2], values.size()) : 0; i < stop; ++i) {
    if (equals(values[i], arguments[1])) return Value::size(i);
  }
  if (arguments[0].is(Value::Kind::tuple)) throw_value_error("tuple.index(x): x not in tuple");
  throw_value_error(repr(arguments[1]) + " is not in list");
}

// Nothing changes them: a copy cannot be told from the original.
Value copy(Evaluation& /*evaluation*/, const Bound& arguments) { return arguments[0]; }

Value dict_get(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value* found = arguments[0].as_dict()->find(arguments[1]);
  return found != nullptr ? *found : arguments.get(2, kNone);
}

template <DictView::Part Which>
Value dict_part(Evaluation& /*evaluation*/, const Bound& arguments) {
  return DictView::make(arguments[0], Which);
}

Value dict_from_keys(Evaluation& evaluation, const Bound& arguments) {
  auto dict = std::make_shared<Dict>();
  for (Value& key : items(evaluation, arguments[1])) dict->set(std::move(key), arguments.get(2, kNone));
  return DictPtr(std::move(dict));
}

Set set_from(Evaluation& evaluation, const Value& value) {
  if (const Set* set = value.as_set()) {
    evaluation.budget().work(set->size());
    return *set;
  }
  Set set;
  for (Value& item : items(evaluation, value)) set.insert(std::move(item));
  return set;
}

// The items of `set` that `other` has (or has not).
Set chosen(const Set& set, const Set& other, bool present) {
  Set result;
  for (const Value& item : set.items()) {
    if (other.contains(item) == present) result.insert(item);
  }
  return result;
}

Value made(Set set) { return SetPtr(std::make_shared<Set>(std::move(set))); }

Value set_difference(Evaluation& evaluation, const Bound& arguments) {
  Set result = *arguments[0].as_set();
  evaluation.budget().work(result.size());
  for (const Value& value : arguments.rest()) result = chosen(result, set_from(evaluation, value), false);
  return made(std::move(result));
}

// Of two that are equal (1 and 1.0) Python keeps the other's, unless that is the larger set.
Value set_intersection(Evaluation& evaluation, const Bound& arguments) {
  Set result = *arguments[0].as_set();
  evaluation.budget().work(result.size());
  for (const Value& value : arguments.rest()) {
    const Set other = set_from(evaluation, value);
    const bool by_result = value.is(Value::Kind::set) && other.size() > result.size();
    result = by_result ? chosen(result, other, true) : chosen(other, result, true);
  }
  return made(std::move(result));
}

Value set_union(Evaluation& evaluation, const Bound& arguments) {
  Set result = *arguments[0].as_set();
  evaluation.budget().work(result.size());
  for (const Value& other : arguments.rest()) {
    for (Value& item : items(evaluation, other)) result.insert(std::move(item));
  }
  return made(std::move(result));
}

Value set_symmetric_difference(Evaluation& evaluation, const Bound& arguments) {
  const Set& set = *arguments[0].as_set();
  evaluation.budget().work(set.size());
  const Set other = set_from(evaluation, arguments[1]);
  Set result = chosen(set, other, false);
  for (const Value& item : other.items()) {
    if (!set.contains(item)) result.insert(item);
  }
  return made(std::move(result));
}

Value set_is_disjoint(Evaluation& evaluation, const Bound& arguments) {
  return chosen(set_from(evaluation, arguments[1]), *arguments[0].as_set(), true).size() == 0;
}

Value set_is_subset(Evaluation& evaluation, const Bound& arguments) {
  const Set& set = *arguments[0].as_set();
  return chosen(set, set_from(evaluation, arguments[1]), true).size() == set.size();
}

Value set_is_superset(Evaluation& evaluation, const Bound& arguments) {
  return chosen(set_from(evaluation, arguments[1]), *arguments[0].as_set(), false).size() == 0;
}

constexpr Callable forbidden(std::string_view name) { return {name, "self, /, *, **", forbidden_method}; }

constexpr std::array kListMethods{
    forbidden("append"),
    forbidden("clear"),
    Callable{"copy", "self, /", copy},
    Callable{"count", "self, value, /", sequence_count},
    forbidden("extend"),
    Callable{"index", "self, value, start?, stop?, /", sequence_index},
    forbidden("insert"),
    forbidden("pop"),
    forbidden("remove"),
    forbidden("reverse"),
    forbidden("sort"),
};

constexpr std::array kTupleMethods{
    Callable{"count", "self, value, /", sequence_count},
    Callable{"index", "self, value, start?, stop?, /", sequence_index},
};

constexpr std::array kDictMethods{
    forbidden("clear"),
    Callable{"copy", "self, /", copy},
    Callable{"fromkeys", "self, iterable, value?, /", dict_from_keys},
    Callable{"get", "self, key, default?, /", dict_get},
    Callable{"items", "self, /", dict_part<DictView::Part::items>},
    Callable{"keys", "self, /", dict_part<DictView::Part::keys>},
    forbidden("pop"),
    forbidden("popitem"),
    forbidden("setdefault"),
    forbidden("update"),
    Callable{"values", "self, /", dict_part<DictView::Part::values>},
};

constexpr std::array kSetMethods{
    forbidden("add"),
    forbidden("clear"),
    Callable{"copy", "self, /", copy},
    Callable{"difference", "self, /, *", set_difference},
    forbidden("difference_update"),
    forbidden("discard"),
    Callable{"intersection", "self, /, *", set_intersection},
    forbidden("intersection_update"),
    Callable{"isdisjoint", "self, other, /", set_is_disjoint},
    Callable{"issubset", "self, other, /", set_is_subset},
    Callable{"issuperset", "self, other, /", set_is_superset},
    forbidden("pop"),
    forbidden("remove"),
    Callable{"symmetric_difference", "self, other, /", set_symmetric_difference},
    forbidden("symmetric_difference_update"),
    Callable{"union", "self, /, *", set_union},
    forbidden("update"),
};

}  // namespace

Value forbidden_method(Evaluation& /*evaluation*/, const Bound& arguments) {
  const std::string_view type = arguments.has(0) ? type_name(arguments[0]) : "";
  throw_error(ErrorClass::security_error,
              "access to a method that changes a '" + std::string(type) + "' object is unsafe.");
}

CallableTable list_methods() { return kListMethods; }
CallableTable tuple_methods() { return kTupleMethods; }
CallableTable dict_methods() { return kDictMethods; }
CallableTable set_methods() { return kSetMethods; }

}  // namespace gable::rules::jinja
