// Triggers: the entities that they listen to and the states that they wait for.
#include <algorithm>

#include "check/inspection.hpp"
#include "engine/triggers/device_types.hpp"

namespace gable::rules {

namespace {

void inspect_filter(Inspection& in, const StateTrigger& trigger, const StateFilter& filter, Place place) {
  for (const std::string& entity : trigger.entities) {
    for (const jinja::Value& value : filter.values)
      inspect_expected(in, entity, trigger.attribute, value, place);
  }
}

void inspect_threshold(Inspection& in, const Threshold& threshold, Place place) {
  if (!threshold.entity.empty()) inspect_entity(in, threshold.entity, place);
}

class TriggerInspector {
 public:
  TriggerInspector(Inspection& in, const Trigger& trigger)
      : in_(in), place_(trigger.place), written_(trigger.platform == "state") {}

  void operator()(const StateTrigger& trigger) {
    for (const std::string& entity : trigger.entities) {
      if (inspect_entity(in_, entity, place_)) inspect_attribute(in_, entity, trigger.attribute, place_);
    }
    // The states of door.opened are for sensors and covers alike.
    for (const StateFilter* filter : {&trigger.from, &trigger.to, &trigger.not_from, &trigger.not_to}) {
      if (written_) inspect_filter(in_, trigger, *filter, place_);
    }
    maybe(trigger.hold);
  }

  void operator()(const NumericStateTrigger& trigger) {
    inspect_threshold(in_, trigger.above, place_);
    inspect_threshold(in_, trigger.below, place_);
    for (const std::string& entity : trigger.entities) {
      if (!inspect_entity(in_, entity, place_)) continue;
      inspect_attribute(in_, entity, trigger.attribute, place_);
      if (!trigger.value_template)
        inspect_bounds(in_, entity, trigger.attribute, {trigger.above, trigger.below}, place_);
    }
    maybe(trigger.value_template);
    maybe(trigger.hold);
  }

  void operator()(const TimeTrigger& trigger) {
    for (const TimeAt& at : trigger.at) {
      if (!at.entity.empty()) inspect_entity(in_, at.entity, place_);
      maybe(at.at_template);
    }
  }

  void operator()(const TemplateTrigger& trigger) {
    inspect_templates(in_, trigger.condition);
    maybe(trigger.hold);
  }

  void operator()(const MqttTrigger& trigger) {
    inspect_templates(in_, trigger.topic);
    maybe(trigger.payload);
    maybe(trigger.value_template);
  }

  void operator()(const EventTrigger& trigger) {
    for (const Templated& type : trigger.types) inspect_templates(in_, type);
    inspect_templates(in_, trigger.data);
    inspect_templates(in_, trigger.context);
  }

  void operator()(const ZoneTrigger& trigger) {
    for (const std::string& entity : trigger.entities) inspect_entity(in_, entity, place_);
    inspect_entity(in_, trigger.zone, place_);
  }

  void operator()(const DeviceTrigger& trigger) {
    if (meaning_of(trigger).kind == DeviceMeaning::Kind::unknown) {
      in_.error(place_, "unknown_type",
                "devices' " + trigger.domain + " has no trigger type '" + trigger.type + "'");
    }
    inspect_device(in_, trigger.device, trigger.entity, place_);
    inspect_templates(in_, trigger.options);
    maybe(trigger.hold);
  }

  void operator()(const CalendarTrigger& trigger) {
    if (!trigger.entity.empty()) inspect_entity(in_, trigger.entity, place_);
  }

  void operator()(const TimePatternTrigger&) {}
  void operator()(const SunTrigger&) { inspect_sun(in_, place_); }
  void operator()(const HomeassistantTrigger&) {}
  void operator()(const WebhookTrigger&) {}
  void operator()(const TagTrigger&) {}

 private:
  void maybe(const Rare<Templated>& value) {
    if (value) inspect_templates(in_, *value);
  }

  Inspection& in_;
  Place place_;
  bool written_;  // its states stand in the file
};

}  // namespace

void inspect_triggers(Inspection& in, const std::vector<Trigger>& triggers) {
  for (const Trigger& trigger : triggers) {
    if (is_disabled(trigger.enabled)) continue;
    inspect_templates(in, trigger.variables);
    std::visit(TriggerInspector(in, trigger), trigger.kind);
  }
}

}  // namespace gable::rules
