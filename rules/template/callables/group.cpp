#include "template/callables/group.hpp"

#include "template/callables/callable.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

const Value& plain_tuple(const Value& value) {
  const auto* const group = value.as<Group>();
  return group != nullptr ? group->pair() : value;
}

std::string Group::repr() const { return jinja::repr(pair_); }

std::optional<Value> Group::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "grouper") return (*pair_.as_tuple())[0];
  if (name == "list") return (*pair_.as_tuple())[1];
  const Callable* method = find_method(pair_, name);
  if (method == nullptr) return std::nullopt;
  return bound_method(*method, pair_);
}

std::optional<Value> Group::item(Evaluation& /*evaluation*/, const Value& key) {
  std::int64_t index = 0;
  if (!small_integer(key, index) || index < -2 || index > 1) return std::nullopt;
  return (*pair_.as_tuple())[index % 2 == 0 ? 0 : 1];
}

std::optional<Value> Group::sliced(Evaluation& evaluation, const Slice& slice) {
  return jinja::slice(evaluation, pair_, slice);
}

IteratorPtr Group::iterate(Evaluation& evaluation) { return jinja::iterate(evaluation, pair_); }

bool Group::equals(const Value& other) const { return jinja::equals(pair_, plain_tuple(other)); }

std::size_t Group::hash() const { return jinja::hash(pair_); }

std::optional<bool> Group::less(const Value& other) const {
  const Value& tuple = plain_tuple(other);
  if (!tuple.is(Value::Kind::tuple)) return std::nullopt;
  return jinja::less(pair_, tuple);
}

std::optional<Value> Group::arithmetic(Operator op, const Value& other, bool reflected) const {
  const Values* others = plain_tuple(other).as_tuple();
  if (op != Operator::add || others == nullptr) return std::nullopt;
  Values first = reflected ? *others : *pair_.as_tuple();
  const Values& second = reflected ? *pair_.as_tuple() : *others;
  first.insert(first.end(), second.begin(), second.end());
  return Value::tuple(std::move(first));
}

}  // namespace gable::rules::jinja
