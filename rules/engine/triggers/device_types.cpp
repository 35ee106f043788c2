#include "engine/triggers/device_types.hpp"

#include <algorithm>
#include <array>

#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using Kind = DeviceMeaning::Kind;
using jinja::Value;

struct Entry {
  std::string_view domain, type;
  DeviceMeaning meaning;
};

// binary_sensor: two words for each device class, on and off.
struct ClassWords {
  std::string_view device_class, on, off;
};
constexpr std::array kBinaryWords{ClassWords{"battery", "bat_low", "not_bat_low"},
                                  ClassWords{"battery_charging", "charging", "not_charging"},
                                  ClassWords{"carbon_monoxide", "co", "no_co"},
                                  ClassWords{"cold", "cold", "not_cold"},
                                  ClassWords{"connectivity", "connected", "not_connected"},
                                  ClassWords{"door", "opened", "not_opened"},
                                  ClassWords{"garage_door", "opened", "not_opened"},
                                  ClassWords{"gas", "gas", "no_gas"},
                                  ClassWords{"heat", "hot", "not_hot"},
                                  ClassWords{"light", "light", "no_light"},
                                  ClassWords{"lock", "not_locked", "locked"},
                                  ClassWords{"moisture", "moist", "not_moist"},
                                  ClassWords{"motion", "motion", "no_motion"},
                                  ClassWords{"moving", "moving", "not_moving"},
                                  ClassWords{"occupancy", "occupied", "not_occupied"},
                                  ClassWords{"opening", "opened", "not_opened"},
                                  ClassWords{"plug", "plugged_in", "not_plugged_in"},
                                  ClassWords{"power", "powered", "not_powered"},
                                  ClassWords{"presence", "present", "not_present"},
                                  ClassWords{"problem", "problem", "no_problem"},
                                  ClassWords{"running", "running", "not_running"},
                                  ClassWords{"safety", "unsafe", "not_unsafe"},
                                  ClassWords{"smoke", "smoke", "no_smoke"},
                                  ClassWords{"sound", "sound", "no_sound"},
                                  ClassWords{"tamper", "tampered", "not_tampered"},
                                  ClassWords{"update", "update", "no_update"},
                                  ClassWords{"vibration", "vibration", "no_vibration"},
                                  ClassWords{"window", "opened", "not_opened"}};

// Words that are states, or nearly.
constexpr std::array kWords{
    Entry{"cover", "opened", {Kind::state, "open", {}}},
    Entry{"cover", "position", {Kind::number, "current_position", {}}},
    Entry{"cover", "tilt_position", {Kind::number, "current_tilt_position", {}}},
    Entry{"climate", "hvac_mode_changed", {Kind::change, {}, {}}},
    Entry{"climate", "current_temperature_changed", {Kind::number, "current_temperature", {}}},
    Entry{"climate", "current_humidity_changed", {Kind::number, "current_humidity", {}}},
    Entry{"humidifier", "target_humidity_changed", {Kind::number, "humidity", {}}},
    Entry{"humidifier", "current_humidity_changed", {Kind::number, "current_humidity", {}}},
    Entry{"water_heater", "current_temperature_changed", {Kind::number, "current_temperature", {}}},
    Entry{"select", "current_option_changed", {Kind::change, {}, {}}},
    Entry{"button", "pressed", {Kind::change, {}, {}}},
    Entry{"number", "value", {Kind::number, {}, {}}},
    Entry{"device_tracker", "enters", {Kind::zone, "enter", {}}},
    Entry{"device_tracker", "leaves", {Kind::zone, "leave", {}}},
    Entry{"person", "enters", {Kind::zone, "enter", {}}},
    Entry{"person", "leaves", {Kind::zone, "leave", {}}}};

// Types that are the state that is entered.
constexpr std::array kStateDomains{std::string_view("cover"),
                                   std::string_view("valve"),
                                   std::string_view("lock"),
                                   std::string_view("media_player"),
                                   std::string_view("vacuum"),
                                   std::string_view("lawn_mower"),
                                   std::string_view("alarm_control_panel")};
// Those that are on or off.
constexpr std::array kToggles{
    std::string_view("light"),         std::string_view("switch"),        std::string_view("fan"),
    std::string_view("humidifier"),    std::string_view("remote"),        std::string_view("siren"),
    std::string_view("update"),        std::string_view("input_boolean"), std::string_view("automation"),
    std::string_view("binary_sensor"), std::string_view("media_player"),  std::string_view("water_heater"),
    std::string_view("climate"),       std::string_view("script")};

template <typename Names>
bool is_in(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_generic(std::string_view domain) {
  const auto same = [domain](const Entry& entry) { return entry.domain == domain; };
  return domain == "sensor" || is_in(kToggles, domain) || is_in(kStateDomains, domain) ||
         std::any_of(kWords.begin(), kWords.end(), same);
}

std::optional<Value> option(const DeviceTrigger& asked, std::string_view name) {
  for (const auto& [key, value] : asked.options) {
    if (key == name && value.is_literal() && !value.literal().is_none()) return value.literal();
  }
  return std::nullopt;
}

StateFilter filter_of(const std::optional<Value>& value) {
  StateFilter filter;
  filter.given = true;
  if (!value) {
    filter.any = true;
  } else if (const jinja::Values* list = value->as_list()) {
    filter.values = *list;
  } else {
    filter.values = {*value};
  }
  return filter;
}

Threshold threshold_of(const std::optional<Value>& value) {
  Threshold threshold;
  if (value) threshold.number = jinja::to_real(*value);
  return threshold;
}

}  // namespace

std::optional<DeviceMeaning> binary_sensor_meaning(std::string_view type) {
  std::optional<DeviceMeaning> found;
  for (const ClassWords& words : kBinaryWords) {
    if (type != words.on && type != words.off) continue;
    const std::string_view state = type == words.on ? "on" : "off";
    // Doors, windows and garage doors have one word: then the class says nothing.
    found = DeviceMeaning{Kind::state, state, found ? std::string_view() : words.device_class};
  }
  return found;
}

DeviceMeaning meaning_of(const DeviceTrigger& asked) {
  const std::string_view domain = asked.domain;
  const std::string_view type = asked.type;
  if (!is_generic(domain)) return {};
  for (const Entry& entry : kWords) {
    if (entry.domain == domain && entry.type == type) return entry.meaning;
  }
  if (type == "changed_states") return {Kind::change, {}, {}};
  if (is_in(kToggles, domain) && type == "turned_on") return {Kind::state, "on", {}};
  if (is_in(kToggles, domain) && type == "turned_off") return {Kind::state, "off", {}};
  if (domain == "binary_sensor") {
    return binary_sensor_meaning(type).value_or(DeviceMeaning{Kind::unknown, {}, {}});
  }
  if (domain == "sensor") {
    const std::string_view device_class = type == "battery_level" ? "battery" : type == "value" ? "" : type;
    return {Kind::number, {}, device_class};
  }
  if (is_in(kStateDomains, domain)) return {Kind::state, type, {}};
  return {Kind::unknown, {}, {}};
}

std::optional<TriggerKind> trigger_kind_of(const DeviceTrigger& asked, const std::string& entity) {
  const DeviceMeaning meaning = meaning_of(asked);
  if (meaning.kind == Kind::state || meaning.kind == Kind::change) {
    StateTrigger state;
    state.entities = {entity};
    state.hold = asked.hold;
    state.to = filter_of(meaning.kind == Kind::state ? Value(meaning.value) : option(asked, "to"));
    if (const auto from = option(asked, "from")) state.from = filter_of(from);
    return state;
  }
  if (meaning.kind == Kind::number) {
    NumericStateTrigger number;
    number.entities = {entity};
    number.attribute = meaning.value;
    number.above = threshold_of(option(asked, "above"));
    number.below = threshold_of(option(asked, "below"));
    number.hold = asked.hold;
    return number;
  }
  if (meaning.kind == Kind::zone) {
    const std::optional<Value> zone = option(asked, "zone");
    return ZoneTrigger{{entity}, zone ? jinja::str(*zone) : "zone.home", meaning.value == "enter"};
  }
  return std::nullopt;
}

}  // namespace gable::rules
