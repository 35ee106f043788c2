#pragma once
// DictView: what a dict's keys(), values() and items() give. Holds the dict.

#include <cstdint>

#include "template/value/object.hpp"

namespace gable::rules::jinja {

class DictView final : public Object {
 public:
  enum class Part : std::uint8_t { keys, values, items };
  // `dict` is one.
  DictView(Value dict, Part part) : dict_(std::move(dict)), part_(part) {}
  static Value make(const Value& dict, Part part);

  [[nodiscard]] const Dict& dict() const { return *dict_.as_dict(); }
  [[nodiscard]] Part part() const { return part_; }
  // `position` is below the dict's size.
  [[nodiscard]] Value at(std::size_t position) const;
  [[nodiscard]] Values reversed() const;
  // Do both have no key, or no pair, in common? TypeError where `other` cannot be gone through.
  [[nodiscard]] bool is_disjoint(Evaluation& evaluation, const Value& other) const;

  [[nodiscard]] std::string_view type_name() const override;
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<std::size_t> length() const override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override;
  // Keys and items are equal to sets and views with the same content.
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> contains(const Value& item) const override;
  // keys - other and items - other are sets.
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override;

 private:
  Value dict_;
  Part part_;
};

}  // namespace gable::rules::jinja
