// Window Covering (106), motors behind Multilevel Switch (38), Barrier Operator (102). Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// One axis of a cover: where it is, where it goes, and how it is moved and stopped.
struct Axis {
  ValueId current, target, up, down;
  bool position = true;  // false: it only knows up, down and stop
};

// Parameters that turn slats: vertical, horizontal; with an odd number, they know their position.
bool is_tilt(std::int64_t parameter) {
  return parameter == 10 || parameter == 11 || parameter == 22 || parameter == 23;
}

Axis covering_axis(int endpoint, std::int64_t parameter) {
  const auto id = [&](std::string_view property) {
    return ValueId{kWindowCovering, endpoint, std::string(property), parameter};
  };
  return {id("currentValue"), id("targetValue"), id("levelChangeUp"), id("levelChangeDown"),
          parameter % 2 == 1};
}

Axis motor_axis(const Node& node, int endpoint) {
  const auto id = [&](std::string_view property) {
    return ValueId{kMultilevelSwitch, endpoint, std::string(property)};
  };
  // Depending on the motor's class, the server calls the directions Up and Down or Open and Close.
  const bool opens = node.find(id("Open")) != nullptr;
  return {id("currentValue"), id("targetValue"), id(opens ? "Open" : "Up"), id(opens ? "Close" : "Down"),
          true};
}

int percent(double value) { return from_level(value, 100); }

void add_position(const Node& node, const Axis& axis, wire::Object& state) {
  const auto now = number_at(node, axis.current);
  if (!now || *now > 99) {
    state.set("state", nullptr);
    return;
  }
  // 254 is unknown; targets above 99 say nothing of a place.
  const double target = number_at(node, axis.target).value_or(*now);
  const bool moves = target <= 99 && target != *now;
  state.set("state", moves ? (target > *now ? "opening" : "closing") : *now > 0 ? "open" : "closed");
  if (axis.position) state.set("current_position", percent(*now));
}

Call move(const Node& node, const Axis& axis, double level) {
  if (axis.position) return set_value(node, axis.target, static_cast<int>(std::lround(level)));
  return set_value(node, level > 0 ? axis.up : axis.down, true);
}

std::optional<double> asked_level(const Order& order, std::string_view name) {
  const wire::Value* value = given(order, name);
  if (value == nullptr) return std::nullopt;
  return level_of(value->number_or(0), 100);
}

wire::Result<std::vector<Call>> cover_order(const Node& node, const Axis& axis, const Order& order) {
  const auto position = asked_level(order, "position");
  if (order.service == "open_cover") return std::vector<Call>{move(node, axis, 99)};
  if (order.service == "close_cover") return std::vector<Call>{move(node, axis, 0)};
  if (order.service == "stop_cover") return std::vector<Call>{set_value(node, axis.up, false)};
  if (order.service == "set_cover_position" && position)
    return std::vector<Call>{move(node, axis, *position)};
  return no_such_service(order);
}

wire::Result<std::vector<Call>> tilt_order(const Node& node, const Axis& axis, const Order& order) {
  const auto position = asked_level(order, "tilt_position");
  if (order.service == "open_cover_tilt") return std::vector<Call>{move(node, axis, 99)};
  if (order.service == "close_cover_tilt") return std::vector<Call>{move(node, axis, 0)};
  if (order.service == "stop_cover_tilt") return std::vector<Call>{set_value(node, axis.up, false)};
  if (order.service == "set_cover_tilt_position" && position) {
    return std::vector<Call>{move(node, axis, *position)};
  }
  return no_such_service(order);
}

void add_features(const Axis& axis, bool tilt, wire::EntityDescription& description) {
  const std::string suffix = tilt ? "_tilt" : "";
  for (const std::string_view verb : {"open", "close", "stop"}) {
    description.features.push_back(std::string(verb) + suffix);
  }
  if (axis.position) description.features.emplace_back(tilt ? "set_tilt_position" : "set_position");
}

Plan cover(std::string key, std::string name, const std::optional<Axis>& way,
           const std::optional<Axis>& tilt) {
  Plan plan{std::move(key), describe("cover", std::move(name)), {kWindowCovering, kMultilevelSwitch}};
  plan.description.device_class = tilt ? "blind" : "shade";
  if (way) add_features(*way, false, plan.description);
  if (tilt) add_features(*tilt, true, plan.description);
  plan.state = [way, tilt](const Node& now) {
    wire::Object state;
    add_position(now, way ? *way : *tilt, state);
    if (!way) state.erase("current_position");
    const auto angle = tilt ? number_at(now, tilt->current) : std::nullopt;
    if (angle && tilt->position) state.set("current_tilt_position", percent(*angle));
    return state;
  };
  plan.order = [way, tilt](const Node& now, const Order& order) -> wire::Result<std::vector<Call>> {
    const bool tilts = order.service.ends_with("_tilt") || order.service == "set_cover_tilt_position";
    if (tilts && tilt) return tilt_order(now, *tilt, order);
    if (!tilts && way) return cover_order(now, *way, order);
    return no_such_service(order);
  };
  return plan;
}

// The parameters of each endpoint, the ones with a position first.
std::map<int, std::vector<std::int64_t>> covering_parameters(const Node& node) {
  std::map<int, std::vector<std::int64_t>> found;
  for (const ValueId& id : values_named(node, kWindowCovering, "currentValue")) {
    const auto* parameter = std::get_if<std::int64_t>(&id.key);
    if (parameter != nullptr && *parameter >= 0 && *parameter <= 23) found[id.endpoint].push_back(*parameter);
  }
  for (auto& [endpoint, parameters] : found) {
    std::stable_sort(parameters.begin(), parameters.end(),
                     [](std::int64_t a, std::int64_t b) { return a % 2 > b % 2; });
  }
  return found;
}

void plan_coverings(const Node& node, std::vector<Plan>& plans) {
  for (const auto& [endpoint, parameters] : covering_parameters(node)) {
    std::vector<std::int64_t> ways;
    std::optional<Axis> tilt;
    for (const std::int64_t parameter : parameters) {
      if (!is_tilt(parameter)) ways.push_back(parameter);
      if (is_tilt(parameter) && !tilt) tilt = covering_axis(endpoint, parameter);
    }
    if (ways.empty()) {
      plans.push_back(cover(key_of("cover", endpoint), name_of(node, {}, endpoint), std::nullopt, tilt));
    }
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const Axis way = covering_axis(endpoint, ways[i]);
      const NodeValue* value = node.find(way.current);
      // Several in one frame: curtains from the left and from the right, say.
      const std::string part = i == 0 || value == nullptr ? std::string() : value->key_name;
      const std::string key = part.empty() ? "cover" : "cover_" + slug_of(part);
      plans.push_back(
          cover(key_of(key, endpoint), name_of(node, part, endpoint), way, i == 0 ? tilt : std::nullopt));
    }
  }
}

// ── garage doors ──

constexpr double kClosing = 252, kOpening = 254, kOpen = 255;

wire::Object barrier_state(const Node& node, int endpoint) {
  const auto now = number_at(node, {kBarrierOperator, endpoint, "currentState"});
  if (!now) return {{"state", nullptr}};
  if (*now == kClosing) return {{"state", "closing"}};
  if (*now == kOpening) return {{"state", "opening"}};
  return {{"state", *now == 0 ? "closed" : "open"}};
}

wire::Result<std::vector<Call>> barrier_order(const Node& node, int endpoint, const Order& order) {
  const ValueId target{kBarrierOperator, endpoint, "targetState"};
  if (order.service == "open_cover")
    return std::vector<Call>{set_value(node, target, static_cast<int>(kOpen))};
  if (order.service == "close_cover") return std::vector<Call>{set_value(node, target, 0)};
  return no_such_service(order);
}

Plan barrier(const Node& node, int endpoint) {
  Plan plan{key_of("cover", endpoint), describe("cover", name_of(node, {}, endpoint)), {kBarrierOperator}};
  plan.description.device_class = "garage";
  plan.description.features = {"open", "close"};
  plan.state = [endpoint](const Node& now) { return barrier_state(now, endpoint); };
  plan.order = [endpoint](const Node& now, const Order& order) {
    return barrier_order(now, endpoint, order);
  };
  return plan;
}

}  // namespace

bool level_is_cover(const Node& node, int endpoint) {
  // Generic class Multilevel Switch; its motors are 3 (multiposition) and 5 to 7 (with end points, or not).
  constexpr std::int64_t kGenericMultilevel = 17;
  constexpr std::array<std::int64_t, 4> kMotors{3, 5, 6, 7};
  for (const ValueId& id : values_named(node, kWindowCovering, "currentValue")) {
    if (id.endpoint == endpoint) return true;
  }
  const auto found = node.endpoints.find(endpoint);
  return found != node.endpoints.end() && found->second.generic == kGenericMultilevel &&
         std::find(kMotors.begin(), kMotors.end(), found->second.specific) != kMotors.end();
}

void plan_covers(const Node& node, std::vector<Plan>& plans) {
  plan_coverings(node, plans);
  for (const ValueId& id : values_named(node, kMultilevelSwitch, "currentValue")) {
    const bool covering = !values_named(node, kWindowCovering, "currentValue").empty();
    if (covering || !level_is_cover(node, id.endpoint)) continue;
    plans.push_back(cover(key_of("cover", id.endpoint), name_of(node, {}, id.endpoint),
                          motor_axis(node, id.endpoint), std::nullopt));
  }
  for (const ValueId& id : values_named(node, kBarrierOperator, "currentState")) {
    plans.push_back(barrier(node, id.endpoint));
  }
}

}  // namespace gable::zwave
