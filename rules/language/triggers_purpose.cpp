// Triggers that Home Assistant's editor names by their purpose: door.opened, motion.detected,
// light.turned_on. Each is a state trigger in truth; what is none (thresholds, zones, a first or last of
// several) is not offered.

#include <algorithm>
#include <array>

#include "language/trigger_readers.hpp"

namespace gable::rules {

namespace {

// What ends in `suffix` is about entities of these domains, by the states between which it fires. A change
// from unavailable or unknown is none.
struct Purpose {
  std::string_view subjects;  // the name before the dot: any of these, separated by blanks
  std::string_view verb;
  std::string_view from, to;
};
constexpr std::string_view kToggles =
    " light switch fan siren humidifier remote input_boolean automation schedule update ";
constexpr std::string_view kOpenings = " door window garage_door gate ";
constexpr std::string_view kSenses = " motion occupancy moisture smoke gas sound vibration tamper problem ";
constexpr std::array kPurposes{
    Purpose{kToggles, "turned_on", "off", "on"},
    Purpose{kToggles, "turned_off", "on", "off"},
    Purpose{kOpenings, "opened", "off closed opening closing", "on open"},
    Purpose{kOpenings, "closed", "on open opening closing", "off closed"},
    Purpose{kSenses, "detected", "off", "on"},
    Purpose{kSenses, "cleared", "on", "off"},
    Purpose{" lock ", "locked", "unlocked unlocking locking jammed open opening", "locked"},
    Purpose{" lock ", "unlocked", "locked locking unlocking jammed", "unlocked"},
};

const Purpose* find_purpose(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string subject = " " + std::string(name.substr(0, dot)) + " ";
  const auto found = std::ranges::find_if(kPurposes, [&](const Purpose& purpose) {
    return purpose.verb == name.substr(dot + 1) && purpose.subjects.find(subject) != std::string_view::npos;
  });
  return found == kPurposes.end() ? nullptr : &*found;
}

StateFilter filter_of(std::string_view states) {
  StateFilter filter;
  filter.given = true;
  while (!states.empty()) {
    const std::size_t blank = std::min(states.find(' '), states.size());
    filter.values.emplace_back(states.substr(0, blank));
    states.remove_prefix(std::min(blank + 1, states.size()));
  }
  return filter;
}

}  // namespace

EntityIds read_purpose_target(Fields& fields) {
  const auto target = fields.require("target");
  if (!target) return {};
  Reading& reading = fields.reading();
  if (!target->is_map()) {
    reading.error(*target, "wrong_type", "target: expected a map, got " + shown(*target));
    return {};
  }
  Fields own(reading, *target, "a target");
  for (const std::string_view key : {"device_id", "area_id", "floor_id", "label_id"}) {
    if (const auto node = own.take(key))
      reading.unsupported(*node, fields.what() + " takes entity_id here, not " + std::string(key));
  }
  const auto entities = own.take("entity_id");
  own.finish();
  if (!entities) {
    if (target->empty())
      reading.error(*target, "missing_key", fields.what() + " needs entity_id in its target");
    return {};
  }
  return read_entity_ids(reading, *entities, "entity_id");
}

bool is_purpose(std::string_view name) { return find_purpose(name) != nullptr; }

TriggerKind read_purpose_trigger(Fields& fields, std::string_view name) {
  StateTrigger trigger;
  const Purpose* purpose = find_purpose(name);
  if (purpose == nullptr) return trigger;
  Reading& reading = fields.reading();
  trigger.entities = read_purpose_target(fields);
  trigger.from = filter_of(purpose->from);
  trigger.to = filter_of(purpose->to);
  const auto options = fields.take("options");
  fields.finish();
  if (!options || options->is_null()) return trigger;
  if (!options->is_map()) {
    reading.error(*options, "wrong_type", "options: expected a map, got " + shown(*options));
    return trigger;
  }
  Fields own(reading, *options, fields.what());
  trigger.hold = read_hold(own);
  if (const auto behavior = own.take("behavior")) {
    const std::string way =
        read_lower_choice(reading, *behavior, "behavior", {"each", "any", "first", "last", "all"});
    if (way != "each" && way != "any" && trigger.entities.size() > 1)
      reading.unsupported(*behavior, "the '" + way + "' of several entities; a template trigger can say it");
  }
  own.finish();
  return trigger;
}

}  // namespace gable::rules
