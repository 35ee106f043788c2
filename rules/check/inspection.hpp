#pragma once
// What the checks of one rule share: the house, what was found, and what the rule's templates may name.
// Borrows everything; lives while one rule is checked.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/knowledge.hpp"
#include "check/mention.hpp"
#include "language/rule.hpp"

namespace gable::rules {

struct Inspection {
  const Knowledge& knowledge;
  Findings& findings;
  std::vector<Mention>& mentions;
  // Of the automation or template block; null where `trigger` comes from somewhere else (scripts).
  const std::vector<Trigger>* triggers = nullptr;
  std::set<std::string, std::less<>> variables;  // that the rule defines somewhere
  bool closed = false;                           // nobody else can define any

  Inspection(const Knowledge& house, Findings& found, std::vector<Mention>& mentioned)
      : knowledge(house), findings(found), mentions(mentioned) {}

  void error(Place place, std::string_view code, std::string message, std::string suggestion = {}) {
    add(Severity::error, place, code, std::move(message), std::move(suggestion));
  }
  void waits(Place place, std::string_view code, std::string message, std::string suggestion = {}) {
    add(Severity::waits, place, code, std::move(message), std::move(suggestion));
  }
  void mention(std::string_view name, Place place, Mentioned kind = Mentioned::entity);
  void warn(Place place, std::string_view code, std::string message, std::string suggestion = {}) {
    add(Severity::warning, place, code, std::move(message), std::move(suggestion));
  }

 private:
  // One place says the same once.
  void add(Severity severity, Place place, std::string_view code, std::string message,
           std::string suggestion);
};

// "; did you mean 'x'?", or nothing.
std::string did_you_mean(std::string_view suggestion);
// `enabled: false`, said once and for all.
bool is_disabled(const Rare<Templated>& enabled);

// The parts of a rule. What is disabled is passed over: it does nothing.
void inspect_triggers(Inspection& in, const std::vector<Trigger>& triggers);
void inspect_conditions(Inspection& in, const Conditions& conditions);
void inspect_sequence(Inspection& in, const Sequence& sequence);
void inspect_service(Inspection& in, const ServiceAction& step, Place place);
void inspect_device_action(Inspection& in, const DeviceAction& step, Place place);
// Every template within the value.
void inspect_templates(Inspection& in, const Templated& value);
void inspect_templates(Inspection& in, const Variables& variables);

// A device, and one of its entities if one is named, by whatever it is called.
void inspect_device(Inspection& in, std::string_view device, std::string_view entity, Place place);
// An entity that is named where one must be. False when nothing more can be said of it.
bool inspect_entity(Inspection& in, std::string_view id, Place place);
// Sunrise and sunset are known where the house's place is.
void inspect_sun(Inspection& in, Place place);
// A state or a value of an attribute that somebody waits for or compares with.
void inspect_expected(Inspection& in, std::string_view entity, std::string_view attribute,
                      const jinja::Value& value, Place place);
// An attribute that somebody reads.
void inspect_attribute(Inspection& in, std::string_view entity, std::string_view attribute, Place place);
// Bounds that no value can be within.
struct Bounds {
  Threshold above, below;
};
void inspect_bounds(Inspection& in, std::string_view entity, std::string_view attribute, const Bounds& bounds,
                    Place place);

// Conditions that contradict each other or what made the triggers fire; steps that are never come to.
void inspect_reachability(Inspection& in, const Automation& rule);
void inspect_reachability(Inspection& in, const Sequence& sequence);

}  // namespace gable::rules
