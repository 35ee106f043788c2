#pragma once
// StateObject: the state of one entity as templates see it (Home Assistant's TemplateState). Borrows from the
// house: lives no longer than the evaluation.

#include <optional>
#include <string>
#include <string_view>

#include "template/house/house.hpp"
#include "template/time/zone.hpp"
#include "template/value/object.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class StateObject final : public Object {
 public:
  // `local`: the house's time zone, for printing.
  StateObject(const EntityState& state, const Zone& local) : state_(state), local_(local) {}

  [[nodiscard]] const EntityState& state() const { return state_; }

  [[nodiscard]] std::string_view type_name() const override { return "TemplateState"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] bool truth() const override { return true; }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  std::optional<Value> item(Evaluation& evaluation, const Value& key) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override { return std::hash<std::string_view>()(state_.entity_id); }

 private:
  [[nodiscard]] std::optional<Value> text_attribute(std::string_view name) const;
  [[nodiscard]] std::optional<Value> time_attribute(std::string_view name) const;
  const Value& attributes();

  EntityState state_;
  Zone local_;
  Value attributes_;  // a dict, once somebody has asked
};

[[nodiscard]] std::string_view domain_of(std::string_view entity_id);
[[nodiscard]] std::string_view object_id_of(std::string_view entity_id);
// The attribute friendly_name, else the object id with spaces.
[[nodiscard]] std::string name_of(const EntityState& state);
// As people are shown it: a sensor's number rounded, the unit behind it.
[[nodiscard]] std::string shown_state(const EntityState& state, bool rounded, bool with_unit);

}  // namespace gable::rules::jinja
