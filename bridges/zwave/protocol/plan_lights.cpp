// Multilevel Switch (38) with Color Switch (51): lights, and what else has a level. Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>
#include <cmath>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// Device classes of the specification: generic, and specific within Multilevel Switch.
constexpr std::int64_t kGenericThermostat = 8, kGenericMultilevel = 17, kSpecificFan = 8;
// Warm and cold white as nearly all bulbs have them.
constexpr double kWarmest = 2700, kColdest = 6500;
// 255: the level that it had before.
constexpr int kPreviousLevel = 255;

// Color components by their numbers (Color Switch), and by their names in a whole color.
struct Component {
  std::int64_t number;
  std::string_view name;
};
constexpr std::array<Component, 5> kComponents{
    {{0, "warmWhite"}, {1, "coldWhite"}, {2, "red"}, {3, "green"}, {4, "blue"}}};

struct Colors {
  bool rgb = false, warm = false, cold = false;
  [[nodiscard]] bool temperature() const { return warm && cold; }
  // One white beside the colors is a channel of its own.
  [[nodiscard]] bool rgbw() const { return rgb && warm != cold; }
  [[nodiscard]] bool any() const { return rgb || temperature(); }
};

ValueId level(int endpoint, std::string_view property) {
  return {kMultilevelSwitch, endpoint, std::string(property)};
}

ValueId component(int endpoint, std::int64_t number) {
  return {kColorSwitch, endpoint, "currentColor", number};
}

Colors colors_of(const Node& node, int endpoint) {
  const auto has = [&](std::int64_t number) { return node.find(component(endpoint, number)) != nullptr; };
  return {has(2) && has(3) && has(4), has(0), has(1)};
}

int component_at(const Node& node, int endpoint, std::int64_t number) {
  const double value = number_at(node, component(endpoint, number)).value_or(0);
  return static_cast<int>(std::lround(std::clamp(value, 0.0, 255.0)));
}

double kelvin_of(int warm, int cold) {
  const double share = warm + cold == 0 ? 0 : static_cast<double>(cold) / (warm + cold);
  return kWarmest + share * (kColdest - kWarmest);
}

void add_color(const Node& node, int endpoint, const Colors& colors, wire::Object& state) {
  const int warm = component_at(node, endpoint, 0), cold = component_at(node, endpoint, 1);
  wire::List rgb;
  int brightest = 0;
  for (std::int64_t number = 2; number <= 4; ++number) {
    rgb.emplace_back(component_at(node, endpoint, number));
    brightest = std::max(brightest, component_at(node, endpoint, number));
  }
  for (const std::string_view name : {"rgb_color", "rgbw_color", "color_temp_kelvin"}) {
    state.set(std::string(name), nullptr);
  }
  if (colors.temperature() && (!colors.rgb || (brightest == 0 && warm + cold > 0))) {
    state.set("color_mode", "color_temp");
    state.set("color_temp_kelvin", static_cast<std::int64_t>(std::llround(kelvin_of(warm, cold))));
  } else if (colors.rgbw()) {
    rgb.emplace_back(colors.warm ? warm : cold);
    state.set("color_mode", "rgbw");
    state.set("rgbw_color", std::move(rgb));
  } else {
    state.set("color_mode", "rgb");
    state.set("rgb_color", std::move(rgb));
  }
}

wire::Object light_state(const Node& node, int endpoint) {
  const auto now = number_at(node, level(endpoint, "currentValue"));
  if (!now) return {{"state", nullptr}};
  wire::Object state{{"state", *now > 0 ? "on" : "off"}};
  state.set("brightness", *now > 0 ? wire::Value(from_level(*now, 255)) : wire::Value());
  const Colors colors = colors_of(node, endpoint);
  if (!colors.any()) {
    state.set("color_mode", "brightness");
  } else {
    add_color(node, endpoint, colors, state);
  }
  return state;
}

int byte_at(const wire::List& list, std::size_t index) {
  if (index >= list.size()) return 0;
  return static_cast<int>(std::lround(std::clamp(list[index].number_or(0), 0.0, 255.0)));
}

// All components that it has, so that none keeps what it had before.
wire::Object whole_color(const Colors& colors, const wire::List& rgbw, int warm, int cold) {
  wire::Object color;
  const std::array<int, 5> values{warm, cold, byte_at(rgbw, 0), byte_at(rgbw, 1), byte_at(rgbw, 2)};
  for (const Component& each : kComponents) {
    const bool has = each.number == 0 ? colors.warm : each.number == 1 ? colors.cold : colors.rgb;
    if (has) color.append(std::string(each.name), values[static_cast<std::size_t>(each.number)]);
  }
  return color;
}

std::optional<wire::Object> ordered_color(const Order& order, const Colors& colors) {
  if (const wire::Value* kelvin = given(order, "color_temp_kelvin")) {
    const double share = std::clamp((kelvin->number_or(0) - kWarmest) / (kColdest - kWarmest), 0.0, 1.0);
    const int cold = static_cast<int>(std::lround(share * 255));
    return whole_color(colors, {}, 255 - cold, cold);
  }
  for (const std::string_view name : {"rgb_color", "rgbw_color"}) {
    const wire::Value* value = given(order, name);
    if (value == nullptr || value->as_list() == nullptr) continue;
    const int white = byte_at(*value->as_list(), 3);
    return whole_color(colors, *value->as_list(), colors.warm && colors.rgbw() ? white : 0,
                       colors.cold && colors.rgbw() ? white : 0);
  }
  return std::nullopt;
}

wire::Result<std::vector<Call>> light_order(const Node& node, int endpoint, const Order& order) {
  std::vector<Call> calls;
  const wire::Object options = transition_options(order);
  const ValueId target = level(endpoint, "targetValue");
  if (order.service == "turn_off") {
    calls.push_back(set_value(node, target, 0, options));
    return calls;
  }
  if (order.service != "turn_on") return no_such_service(order);
  const auto color = ordered_color(order, colors_of(node, endpoint));
  if (color) calls.push_back(set_value(node, {kColorSwitch, endpoint, "targetColor"}, *color, options));
  const wire::Value* brightness = given(order, "brightness");
  const bool is_on = number_at(node, level(endpoint, "currentValue")).value_or(0) > 0;
  if (brightness != nullptr) {
    calls.push_back(set_value(node, target, level_of(brightness->number_or(0), 255), options));
  } else if (!is_on || !color) {
    calls.push_back(set_value(node, target, kPreviousLevel, options));
  }
  return calls;
}

Plan light(const Node& node, int endpoint) {
  Plan plan{key_of("light", endpoint),
            describe("light", name_of(node, {}, endpoint)),
            {kMultilevelSwitch, kColorSwitch}};
  const Colors colors = colors_of(node, endpoint);
  plan.description.features = {"brightness", "transition"};
  wire::List modes;
  if (colors.rgb) modes.emplace_back(colors.rgbw() ? "rgbw" : "rgb");
  if (colors.temperature()) modes.emplace_back("color_temp");
  for (const wire::Value& mode : modes) plan.description.features.emplace_back(mode.string_or(""));
  if (modes.empty()) modes.emplace_back("brightness");
  plan.description.capabilities.set("supported_color_modes", std::move(modes));
  if (colors.temperature()) {
    plan.description.capabilities.set("min_color_temp_kelvin", static_cast<std::int64_t>(kWarmest));
    plan.description.capabilities.set("max_color_temp_kelvin", static_cast<std::int64_t>(kColdest));
  }
  plan.state = [endpoint](const Node& now) { return light_state(now, endpoint); };
  plan.order = [endpoint](const Node& now, const Order& order) { return light_order(now, endpoint, order); };
  return plan;
}

wire::Object fan_state(const Node& node, int endpoint) {
  const auto now = number_at(node, level(endpoint, "currentValue"));
  if (!now) return {{"state", nullptr}};
  return {{"state", *now > 0 ? "on" : "off"}, {"percentage", from_level(*now, 100)}};
}

wire::Result<std::vector<Call>> fan_order(const Node& node, int endpoint, const Order& order) {
  constexpr double kStep = 10;  // of a fan whose speeds are not known
  const double now = from_level(number_at(node, level(endpoint, "currentValue")).value_or(0), 100);
  const wire::Value* percentage = given(order, "percentage");
  const wire::Value* asked = given(order, "percentage_step");
  const double step = asked == nullptr ? kStep : asked->number_or(kStep);
  int target = kPreviousLevel;
  if (order.service == "turn_off") {
    target = 0;
  } else if (order.service == "increase_speed") {
    target = level_of(std::min(now + step, 100.0), 100);
  } else if (order.service == "decrease_speed") {
    target = level_of(now - step, 100);
  } else if (percentage != nullptr) {
    target = level_of(percentage->number_or(0), 100);
  } else if (order.service != "turn_on") {
    return no_such_service(order);
  }
  return std::vector<Call>{set_value(node, level(endpoint, "targetValue"), target)};
}

Plan fan(const Node& node, int endpoint) {
  Plan plan{key_of("fan", endpoint), describe("fan", name_of(node, {}, endpoint)), {kMultilevelSwitch}};
  plan.description.features = {"set_speed", "turn_on", "turn_off"};
  plan.state = [endpoint](const Node& now) { return fan_state(now, endpoint); };
  plan.order = [endpoint](const Node& now, const Order& order) { return fan_order(now, endpoint, order); };
  return plan;
}

// The valve of a radiator thermostat: a level that is no light.
Plan valve_level(const Node& node, int endpoint) {
  Plan plan{
      key_of("level", endpoint), describe("number", name_of(node, "Level", endpoint)), {kMultilevelSwitch}};
  plan.description.min = 0;
  plan.description.max = 99;
  plan.description.step = 1;
  plan.state = [endpoint](const Node& now) -> wire::Object {
    const auto value = number_at(now, level(endpoint, "currentValue"));
    return {{"state", value ? wire::Value(*value) : wire::Value()}};
  };
  plan.order = [endpoint](const Node& now, const Order& order) -> wire::Result<std::vector<Call>> {
    const wire::Value* value = given(order, "value");
    if (order.service != "set_value" || value == nullptr) return no_such_service(order);
    const auto whole = std::clamp<std::int64_t>(std::llround(value->number_or(0)), 0, 99);
    return std::vector<Call>{set_value(now, level(endpoint, "targetValue"), whole)};
  };
  return plan;
}

}  // namespace

void plan_lights(const Node& node, std::vector<Plan>& plans) {
  for (const ValueId& id : values_named(node, kMultilevelSwitch, "currentValue")) {
    if (level_is_cover(node, id.endpoint)) continue;
    const auto endpoint = node.endpoints.find(id.endpoint);
    const Endpoint kind = endpoint == node.endpoints.end() ? Endpoint{} : endpoint->second;
    if (kind.generic == kGenericMultilevel && kind.specific == kSpecificFan) {
      plans.push_back(fan(node, id.endpoint));
    } else if (kind.generic == kGenericThermostat) {
      plans.push_back(valve_level(node, id.endpoint));
    } else {
      plans.push_back(light(node, id.endpoint));
    }
  }
}

}  // namespace gable::zwave
