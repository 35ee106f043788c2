// Conditions: the entities that they ask and the states that they compare with.
#include <algorithm>

#include "check/inspection.hpp"
#include "check/trigger_ids.hpp"

namespace gable::rules {

namespace {

class ConditionInspector {
 public:
  ConditionInspector(Inspection& in, const Condition& condition)
      : in_(in), place_(condition.place), written_(condition.name.find('.') == std::string::npos) {}

  void operator()(const LogicalCondition& condition) { inspect_conditions(in_, condition.members); }

  void operator()(const StateCondition& condition) {
    for (const std::string& entity : condition.entities) {
      if (!inspect_entity(in_, entity, place_)) continue;
      inspect_attribute(in_, entity, condition.attribute, place_);
    }
    for (const std::string& entity : condition.entities) {
      // The states of door.is_open are for sensors and covers alike.
      for (std::size_t i = 0; written_ && i < condition.states.size(); ++i)
        inspect_expected(in_, entity, condition.attribute, condition.states[i], place_);
    }
    maybe(condition.hold);
  }

  void operator()(const NumericStateCondition& condition) {
    for (const Threshold* threshold : {&condition.above, &condition.below}) {
      if (!threshold->entity.empty()) inspect_entity(in_, threshold->entity, place_);
    }
    for (const std::string& entity : condition.entities) {
      if (!inspect_entity(in_, entity, place_)) continue;
      inspect_attribute(in_, entity, condition.attribute, place_);
      if (!condition.value_template)
        inspect_bounds(in_, entity, condition.attribute, {condition.above, condition.below}, place_);
    }
    maybe(condition.value_template);
  }

  void operator()(const TemplateCondition& condition) { inspect_templates(in_, condition.condition); }

  void operator()(const TimeCondition& condition) {
    for (const auto& bound : {condition.after, condition.before}) {
      if (bound && !bound->entity.empty()) inspect_entity(in_, bound->entity, place_);
    }
  }

  void operator()(const ZoneCondition& condition) {
    for (const std::string& entity : condition.entities) inspect_entity(in_, entity, place_);
    for (const std::string& zone : condition.zones) inspect_entity(in_, zone, place_);
  }

  void operator()(const TriggerCondition& condition) {
    if (in_.triggers == nullptr) return;
    for (const std::string& id : condition.ids) inspect_trigger_id(in_, id, place_);
  }

  void operator()(const DeviceCondition& condition) {
    inspect_device(in_, condition.device, condition.entity, place_);
    inspect_templates(in_, condition.options);
    maybe(condition.hold);
  }

  void operator()(const SunCondition&) { inspect_sun(in_, place_); }

 private:
  void maybe(const Rare<Templated>& value) {
    if (value) inspect_templates(in_, *value);
  }

  Inspection& in_;
  Place place_;
  bool written_;  // its states stand in the file
};

}  // namespace

void inspect_conditions(Inspection& in, const Conditions& conditions) {
  for (const Condition& condition : conditions) {
    if (!is_disabled(condition.enabled)) std::visit(ConditionInspector(in, condition), condition.kind);
  }
}

}  // namespace gable::rules
