#pragma once
// Group: what groupby gives for each group, a tuple of two with the names `grouper` and `list`.

#include "template/value/object.hpp"

namespace gable::rules::jinja {

class Group final : public Object {
 public:
  Group(Value grouper, Value list) : pair_(Value::tuple({std::move(grouper), std::move(list)})) {}

  // The plain tuple.
  [[nodiscard]] const Value& pair() const { return pair_; }

  [[nodiscard]] std::string_view type_name() const override { return "_GroupTuple"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<std::size_t> length() const override { return 2; }
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] std::optional<Value> item(Evaluation& evaluation, const Value& key) override;
  [[nodiscard]] std::optional<Value> sliced(Evaluation& evaluation, const Slice& slice) override;
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override;

 private:
  Value pair_;
};

// A group's plain tuple; all else as it is.
const Value& plain_tuple(const Value& value);

}  // namespace gable::rules::jinja
