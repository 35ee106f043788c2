// Thermostats: Mode (64), Operating State (66), Setpoint (67), Fan Mode (68). Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>
#include <cmath>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// A mode of the specification: what it is called here, and which setpoints count in it (0: none). A mode
// without a word of Home Assistant's is a preset.
struct Mode {
  std::int64_t number;
  std::string_view hvac;
  std::int64_t setpoint, second;
};
constexpr std::array<Mode, 12> kModes{{{0, "off", 0, 0},
                                       {1, "heat", 1, 0},
                                       {2, "cool", 2, 0},
                                       {3, "heat_cool", 1, 2},
                                       {4, "", 1, 0},
                                       {6, "fan_only", 0, 0},
                                       {8, "dry", 8, 0},
                                       {10, "auto", 10, 0},
                                       {11, "", 11, 0},
                                       {12, "", 12, 0},
                                       {13, "", 13, 14},
                                       {15, "", 15, 0}}};
constexpr std::string_view kNoPreset = "none";
constexpr std::int64_t kHeating = 1, kCooling = 2;

// Operating states 0–11.
constexpr std::array<std::string_view, 12> kActions{"idle",    "heating", "cooling", "fan",
                                                    "idle",    "idle",    "fan",     "heating",
                                                    "heating", "cooling", "heating", "heating"};

const Mode* mode_of(std::int64_t number) {
  const auto* found =
      std::find_if(kModes.begin(), kModes.end(), [&](const Mode& m) { return m.number == number; });
  return found == kModes.end() ? nullptr : found;
}

ValueId mode_id(int endpoint) { return {kThermostatMode, endpoint, "mode"}; }
ValueId fan_id(int endpoint) { return {kThermostatFanMode, endpoint, "mode"}; }
ValueId setpoint_id(int endpoint, std::int64_t type) {
  return {kThermostatSetpoint, endpoint, "setpoint", type};
}

// The tree has degrees Celsius; a device may have the other ones.
bool fahrenheit(const NodeValue& value) { return value.metadata.unit == "°F"; }

double celsius(const NodeValue& value, double number) {
  if (!fahrenheit(value)) return number;
  return std::round((number - 32) * 50 / 9) / 10;
}

double device_degrees(const NodeValue& value, double number) {
  return fahrenheit(value) ? std::round((number * 9 / 5 + 32) * 10) / 10 : number;
}

wire::Value degrees_at(const Node& node, const ValueId& id) {
  const NodeValue* value = node.find(id);
  if (value == nullptr || !value->value.is_number()) return nullptr;
  return celsius(*value, value->value.number_or(0));
}

// The setpoints that count now; without a mode, and while it is off, the first that there is.
std::vector<std::int64_t> active_setpoints(const Node& node, int endpoint) {
  const auto number = whole_at(node, mode_id(endpoint));
  const Mode* mode = number ? mode_of(*number) : nullptr;
  std::vector<std::int64_t> active;
  if (mode != nullptr) {
    for (const std::int64_t type : {mode->setpoint, mode->second}) {
      if (type != 0 && node.find(setpoint_id(endpoint, type)) != nullptr) active.push_back(type);
    }
  }
  if (!active.empty() || (mode != nullptr && mode->number != 0)) return active;
  for (const ValueId& id : values_named(node, kThermostatSetpoint, "setpoint")) {
    const auto* type = std::get_if<std::int64_t>(&id.key);
    if (type == nullptr || id.endpoint != endpoint) continue;
    active.push_back(*type);
    break;
  }
  return active;
}

const NodeValue* modes_value(const Node& node, int endpoint) { return node.find(mode_id(endpoint)); }

void add_mode(const Node& node, int endpoint, wire::Object& state) {
  const NodeValue* modes = modes_value(node, endpoint);
  if (modes == nullptr) {
    state.set("state", "heat");
    return;
  }
  const auto number = whole_at(node, mode_id(endpoint));
  const Mode* mode = number ? mode_of(*number) : nullptr;
  if (!number) {
    state.set("state", nullptr);
  } else if (mode != nullptr && !mode->hvac.empty()) {
    state.set("state", mode->hvac);
    state.set("preset_mode", kNoPreset);
  } else {
    const bool cools = mode != nullptr && mode->setpoint == 12;
    state.set("state", cools ? "cool" : "heat");
    state.set("preset_mode", label_of(modes->metadata, *number));
  }
}

void add_temperatures(const Node& node, int endpoint, wire::Object& state) {
  const auto active = active_setpoints(node, endpoint);
  const bool two = active.size() == 2;
  state.set("temperature",
            active.size() == 1 ? degrees_at(node, setpoint_id(endpoint, active[0])) : wire::Value());
  state.set("target_temp_low", two ? degrees_at(node, setpoint_id(endpoint, active[0])) : wire::Value());
  state.set("target_temp_high", two ? degrees_at(node, setpoint_id(endpoint, active[1])) : wire::Value());
  state.set("current_temperature", degrees_at(node, {kMultilevelSensor, endpoint, "Air temperature"}));
}

// Attributes of features that it does not announce are left out.
void drop_unannounced(const wire::EntityDescription& description, wire::Object& state) {
  if (!description.has_feature("preset_mode")) state.erase("preset_mode");
  if (!description.has_feature("target_temperature")) state.erase("temperature");
  if (description.has_feature("target_temperature_range")) return;
  state.erase("target_temp_low");
  state.erase("target_temp_high");
}

wire::Object climate_state(const Node& node, int endpoint, const wire::EntityDescription& description) {
  wire::Object state;
  add_mode(node, endpoint, state);
  add_temperatures(node, endpoint, state);
  drop_unannounced(description, state);
  const auto action = number_at(node, {kThermostatOperatingState, endpoint, "state"});
  if (action && *action >= 0 && *action < static_cast<double>(kActions.size())) {
    state.set("hvac_action", kActions[static_cast<std::size_t>(*action)]);
  }
  const NodeValue* fan = node.find(fan_id(endpoint));
  if (fan != nullptr && fan->value.as_int() != nullptr) {
    state.set("fan_mode", label_of(fan->metadata, *fan->value.as_int()));
  }
  return state;
}

// The number of a mode that the device has, by our word or its own label.
std::optional<std::int64_t> mode_number(const Node& node, int endpoint, std::string_view word) {
  const NodeValue* modes = modes_value(node, endpoint);
  if (modes == nullptr) return std::nullopt;
  for (const auto& [number, label] : modes->metadata.states) {
    const Mode* mode = mode_of(number);
    const std::string_view name =
        mode != nullptr && !mode->hvac.empty() ? mode->hvac : std::string_view(label);
    if (name == word) return number;
  }
  return std::nullopt;
}

wire::Result<std::vector<Call>> to_mode(const Node& node, int endpoint, std::string_view word) {
  const auto number = mode_number(node, endpoint, word);
  // A thermostat without modes heats, whatever it is told.
  if (!number && modes_value(node, endpoint) == nullptr && word == "heat") return std::vector<Call>{};
  if (!number) return wire::Error{wire::ErrorCode::out_of_range, "it has no mode " + std::string(word), {}};
  return std::vector<Call>{set_value(node, mode_id(endpoint), *number)};
}

void add_setpoint(const Node& node, const ValueId& id, const wire::Value* asked, std::vector<Call>& calls) {
  const NodeValue* value = node.find(id);
  if (asked == nullptr || value == nullptr) return;
  calls.push_back(set_value(node, id, device_degrees(*value, asked->number_or(0))));
}

wire::Result<std::vector<Call>> set_temperature(Node node, int endpoint, const Order& order) {
  std::vector<Call> calls;
  if (const wire::Value* mode = given(order, "hvac_mode")) {
    auto switched = to_mode(node, endpoint, mode->string_or(""));
    if (!switched) return switched.error();
    calls = std::move(*switched);
    // The temperatures are those of the mode that it will be in.
    const auto number = mode_number(node, endpoint, mode->string_or(""));
    if (number) node.values[mode_id(endpoint)].value = *number;
  }
  const auto active = active_setpoints(node, endpoint);
  if (active.size() == 1) {
    add_setpoint(node, setpoint_id(endpoint, active[0]), given(order, "temperature"), calls);
  } else if (active.size() == 2) {
    add_setpoint(node, setpoint_id(endpoint, active[0]), given(order, "target_temp_low"), calls);
    add_setpoint(node, setpoint_id(endpoint, active[1]), given(order, "target_temp_high"), calls);
  }
  if (calls.empty()) {
    return wire::Error{wire::ErrorCode::refused, "in the mode that it is in, it has no such temperature", {}};
  }
  return calls;
}

wire::Result<std::vector<Call>> climate_order(const Node& node, int endpoint, const Order& order) {
  const auto word = [&](std::string_view name) {
    const wire::Value* value = given(order, name);
    return std::string(value == nullptr ? "" : value->string_or(""));
  };
  if (order.service == "set_hvac_mode") return to_mode(node, endpoint, word("hvac_mode"));
  if (order.service == "turn_off") return to_mode(node, endpoint, "off");
  if (order.service == "set_temperature") return set_temperature(node, endpoint, order);
  if (order.service == "turn_on") {
    for (const std::string_view mode : {"heat_cool", "auto", "heat", "cool"}) {
      if (mode_number(node, endpoint, mode)) return to_mode(node, endpoint, mode);
    }
  }
  if (order.service == "set_preset_mode") {
    const std::string preset = word("preset_mode");
    return to_mode(node, endpoint, preset == kNoPreset ? "heat" : preset);
  }
  const NodeValue* fan = node.find(fan_id(endpoint));
  if (order.service == "set_fan_mode" && fan != nullptr) {
    for (const auto& [number, label] : fan->metadata.states) {
      if (label == word("fan_mode")) return std::vector<Call>{set_value(node, fan_id(endpoint), number)};
    }
  }
  return no_such_service(order);
}

// ── its description ──

void describe_modes(const Node& node, int endpoint, wire::EntityDescription& description) {
  const NodeValue* modes = modes_value(node, endpoint);
  wire::List hvac, presets{wire::Value(kNoPreset)};
  if (modes == nullptr) hvac.emplace_back("heat");
  bool off = false;
  for (const auto& [number, label] :
       modes == nullptr ? decltype(Metadata::states){} : modes->metadata.states) {
    const Mode* mode = mode_of(number);
    off = off || number == 0;
    (mode != nullptr && !mode->hvac.empty()) ? hvac.emplace_back(mode->hvac) : presets.emplace_back(label);
  }
  if (off) description.features.emplace_back("turn_off");
  if (off && hvac.size() > 1) description.features.emplace_back("turn_on");
  description.capabilities.set("hvac_modes", std::move(hvac));
  if (presets.size() == 1) return;
  description.features.emplace_back("preset_mode");
  description.capabilities.set("preset_modes", std::move(presets));
}

void describe_setpoints(const Node& node, int endpoint, wire::EntityDescription& description) {
  std::optional<double> lowest, highest;
  for (const ValueId& id : values_named(node, kThermostatSetpoint, "setpoint")) {
    const NodeValue& value = *node.find(id);
    if (id.endpoint != endpoint) continue;
    const auto& [min, max] = std::pair(value.metadata.min, value.metadata.max);
    if (min) lowest = std::min(lowest.value_or(celsius(value, *min)), celsius(value, *min));
    if (max) highest = std::max(highest.value_or(celsius(value, *max)), celsius(value, *max));
  }
  description.features.emplace_back("target_temperature");
  const bool both = node.find(setpoint_id(endpoint, kHeating)) != nullptr &&
                    node.find(setpoint_id(endpoint, kCooling)) != nullptr;
  if (both && mode_number(node, endpoint, "heat_cool")) {
    description.features.emplace_back("target_temperature_range");
  }
  if (lowest) description.capabilities.set("min_temp", *lowest);
  if (highest) description.capabilities.set("max_temp", *highest);
  description.capabilities.set("target_temp_step", 0.5);
}

Plan climate(const Node& node, int endpoint) {
  Plan plan{key_of("climate", endpoint),
            describe("climate", name_of(node, {}, endpoint)),
            {kThermostatMode, kThermostatOperatingState, kThermostatSetpoint, kThermostatFanMode,
             kMultilevelSensor}};
  describe_modes(node, endpoint, plan.description);
  if (!values_named(node, kThermostatSetpoint, "setpoint").empty()) {
    describe_setpoints(node, endpoint, plan.description);
  }
  if (const NodeValue* fan = node.find(fan_id(endpoint))) {
    wire::List modes;
    for (const auto& [number, label] : fan->metadata.states) modes.emplace_back(label);
    plan.description.features.emplace_back("fan_mode");
    plan.description.capabilities.set("fan_modes", std::move(modes));
  }
  plan.state = [endpoint, description = plan.description](const Node& now) {
    return climate_state(now, endpoint, description);
  };
  plan.order = [endpoint](const Node& now, const Order& order) {
    return climate_order(now, endpoint, order);
  };
  return plan;
}

}  // namespace

void plan_climate(const Node& node, std::vector<Plan>& plans) {
  std::set<int> endpoints;
  for (const ValueId& id : values_named(node, kThermostatMode, "mode")) endpoints.insert(id.endpoint);
  for (const ValueId& id : values_named(node, kThermostatSetpoint, "setpoint")) endpoints.insert(id.endpoint);
  for (const int endpoint : endpoints) plans.push_back(climate(node, endpoint));
}

}  // namespace gable::zwave
