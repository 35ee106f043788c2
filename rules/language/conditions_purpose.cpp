// Conditions that Home Assistant's editor names by their purpose: door.is_open, light.is_on. Each is a state
// condition in truth.

#include <algorithm>
#include <array>

#include "language/condition_readers.hpp"
#include "language/trigger_readers.hpp"

namespace gable::rules {

namespace {

struct Purpose {
  std::string_view subjects;  // the name before the dot: any of these, separated by blanks
  std::string_view verb;
  std::array<std::string_view, 2> states;  // of sensors and of covers
};
constexpr std::string_view kToggles =
    " light switch fan siren humidifier remote input_boolean automation schedule update ";
constexpr std::string_view kOpenings = " door window garage_door gate ";
constexpr std::string_view kSenses = " motion occupancy moisture smoke gas sound vibration tamper problem ";
constexpr std::array kPurposes{
    Purpose{kToggles, "is_on", {"on", ""}},         Purpose{kToggles, "is_off", {"off", ""}},
    Purpose{kOpenings, "is_open", {"on", "open"}},  Purpose{kOpenings, "is_closed", {"off", "closed"}},
    Purpose{kSenses, "is_detected", {"on", ""}},    Purpose{kSenses, "is_not_detected", {"off", ""}},
    Purpose{" lock ", "is_locked", {"locked", ""}}, Purpose{" lock ", "is_unlocked", {"unlocked", ""}},
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

}  // namespace

bool is_purpose_condition(std::string_view name) { return find_purpose(name) != nullptr; }

ConditionKind read_purpose_condition(Fields& fields, std::string_view name) {
  StateCondition condition;
  const Purpose* purpose = find_purpose(name);
  if (purpose == nullptr) return condition;
  Reading& reading = fields.reading();
  condition.entities = read_purpose_target(fields);
  condition.match_any = true;
  for (const std::string_view state : purpose->states) {
    if (!state.empty()) condition.states.emplace_back(state);
  }
  const auto options = fields.take("options");
  fields.finish();
  if (!options || options->is_null()) return condition;
  if (!options->is_map()) {
    reading.error(*options, "wrong_type", "options: expected a map, got " + shown(*options));
    return condition;
  }
  Fields own(reading, *options, fields.what());
  condition.hold = read_hold(own);
  if (const auto behavior = own.take("behavior"))
    condition.match_any = read_lower_choice(reading, *behavior, "behavior", {"any", "all"}) == "any";
  own.finish();
  return condition;
}

}  // namespace gable::rules
