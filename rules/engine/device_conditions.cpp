// Conditions of devices, in the names that Home Assistant's editor writes for the generic domains: they are
// conditions on a state or a number of one of the device's entities.
#include <algorithm>
#include <array>

#include "engine/device_entity.hpp"
#include "engine/judgement.hpp"
#include "engine/triggers/device_types.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;
using std::string_view;

// "is_" and a word that is a state, between blanks.
struct States {
  string_view domain, words;
};
constexpr std::array kStates{
    States{"light", " on off "},
    States{"switch", " on off "},
    States{"fan", " on off "},
    States{"humidifier", " on off "},
    States{"remote", " on off "},
    States{"siren", " on off "},
    States{"update", " on off "},
    States{"input_boolean", " on off "},
    States{"automation", " on off "},
    States{"script", " on off "},
    States{"binary_sensor", " on off "},
    States{"media_player", " on off idle paused playing buffering "},
    States{"cover", " open closed opening closing "},
    States{"valve", " open closed opening closing "},
    States{"lock", " locked unlocked locking unlocking jammed open opening "},
    States{"vacuum", " docked "},
    States{"lawn_mower", " mowing docked paused returning "},
    States{"device_tracker", " home "},
    States{"person", " home "},
    States{"alarm_control_panel",
           " triggered disarmed armed_home armed_away armed_night armed_vacation armed_custom_bypass "}};

// Words with a state, an attribute or an option of their own.
struct Special {
  string_view domain, type;
  std::array<string_view, 2> states{};
  string_view attribute, option;  // the option says the state, or the attribute's value
};
constexpr std::array kSpecial{Special{"vacuum", "is_cleaning", {"cleaning", "returning"}, {}, {}},
                              Special{"climate", "is_hvac_mode", {}, {}, "hvac_mode"},
                              Special{"climate", "is_preset_mode", {}, "preset_mode", "preset_mode"},
                              Special{"humidifier", "is_mode", {}, "mode", "mode"},
                              Special{"select", "selected_option", {}, {}, "option"}};

// Numbers; an empty attribute is the state.
struct Number {
  string_view domain, type, attribute;
};
constexpr std::array kNumbers{Number{"cover", "is_position", "current_position"},
                              Number{"cover", "is_tilt_position", "current_tilt_position"},
                              Number{"valve", "is_position", "current_position"}};

std::optional<Value> option(const DeviceCondition& asked, string_view name) {
  for (const auto& [key, value] : asked.options) {
    if (key == name && value.is_literal() && !value.literal().is_none()) return value.literal();
  }
  return std::nullopt;
}

Threshold threshold(const DeviceCondition& asked, string_view name) {
  Threshold out;
  if (const auto value = option(asked, name)) out.number = jinja::to_real(*value);
  return out;
}

bool is_state_word(string_view domain, const std::string& word) {
  return std::any_of(kStates.begin(), kStates.end(), [&](const States& each) {
    return each.domain == domain && each.words.find(" " + word + " ") != each.words.npos;
  });
}

std::optional<std::vector<Value>> special_states(const Special& special, const DeviceCondition& asked) {
  if (special.option.empty()) return std::vector<Value>{Value(special.states[0]), Value(special.states[1])};
  const auto value = option(asked, special.option);
  return value ? std::optional(std::vector<Value>{*value}) : std::nullopt;
}

class DeviceJudge {
 public:
  DeviceJudge(const DeviceCondition& asked, const Judgement& how) : asked_(asked), how_(how) {}

  Verdict judge() {
    const string_view type = asked_.type;
    for (const Special& special : kSpecial) {
      if (special.domain != asked_.domain || special.type != type) continue;
      const auto states = special_states(special, asked_);
      if (!states) return how_.error(asked_.type + " needs " + std::string(special.option));
      return by_state(*states, {}, special.attribute);
    }
    for (const Number& number : kNumbers) {
      if (number.domain == asked_.domain && number.type == type) return by_number(number.attribute, {});
    }
    if (!type.starts_with("is_")) return unknown();
    const std::string word(type.substr(3));
    if (asked_.domain == "sensor")
      return by_number({}, word == "battery_level" ? "battery" : word == "value" ? "" : word);
    const bool tracked = asked_.domain == "device_tracker" || asked_.domain == "person";
    if (tracked && word == "not_home") return opposite(by_state({Value("home")}, {}, {}));
    if (is_state_word(asked_.domain, word)) return by_state({Value(word)}, {}, {});
    return asked_.domain == "binary_sensor" ? by_class(word) : unknown();
  }

 private:
  Verdict unknown() const {
    return how_.error("there is no condition '" + asked_.type + "' of devices' " + asked_.domain);
  }

  static Verdict opposite(Verdict verdict) {
    if (verdict == Verdict::error) return verdict;
    return verdict == Verdict::yes ? Verdict::no : Verdict::yes;
  }

  // "open", "not_occupied": the words of triggers, but for doors.
  Verdict by_class(const std::string& word) const {
    const std::string_view opened = word == "open" ? "opened" : word == "not_open" ? "not_opened" : "";
    const auto meaning = binary_sensor_meaning(opened.empty() ? std::string_view(word) : opened);
    if (!meaning) return unknown();
    return by_state({Value(meaning->value)}, meaning->device_class, {});
  }

  [[nodiscard]] std::string entity(string_view device_class) const {
    return find_entity({asked_.device, asked_.domain, asked_.entity, device_class},
                       how_.surroundings().house());
  }

  Verdict no_entity() const {
    return how_.error("device " + asked_.device + " has no " + asked_.domain + " here that '" + asked_.type +
                      "' can only mean");
  }

  Verdict by_state(std::vector<Value> states, string_view device_class, string_view attribute) const {
    StateCondition condition;
    condition.entities = {entity(device_class)};
    if (condition.entities.front().empty()) return no_entity();
    condition.states = std::move(states);
    condition.attribute = attribute;
    condition.hold = asked_.hold;
    return judge_state(condition, how_);
  }

  Verdict by_number(string_view attribute, string_view device_class) const {
    NumericStateCondition condition;
    condition.entities = {entity(device_class)};
    if (condition.entities.front().empty()) return no_entity();
    condition.attribute = attribute;
    condition.above = threshold(asked_, "above");
    condition.below = threshold(asked_, "below");
    return judge_numeric(condition, how_);
  }

  const DeviceCondition& asked_;
  const Judgement& how_;
};

}  // namespace

Verdict judge_device(const DeviceCondition& condition, const Judgement& how) {
  return DeviceJudge(condition, how).judge();
}

}  // namespace gable::rules
