// Binary Switch (37), Door Lock (98), Lock (118) and Sound Switch (121). Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <cmath>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// ── switches ──

Plan switch_plan(const Node& node, int endpoint) {
  Plan plan{key_of("switch", endpoint), describe("switch", name_of(node, {}, endpoint)), {kBinarySwitch}};
  plan.state = [endpoint](const Node& now) -> wire::Object {
    const auto on = flag_at(now, {kBinarySwitch, endpoint, "currentValue"});
    return {{"state", on ? wire::Value(*on ? "on" : "off") : wire::Value()}};
  };
  plan.order = [endpoint](const Node& now, const Order& order) -> wire::Result<std::vector<Call>> {
    if (order.service != "turn_on" && order.service != "turn_off") return no_such_service(order);
    const ValueId target{kBinarySwitch, endpoint, "targetValue"};
    return std::vector<Call>{set_value(now, target, order.service == "turn_on")};
  };
  return plan;
}

// ── locks ──

// Door Lock: 255 is secured, below 254 some way of being open, 254 unknown.
constexpr double kSecured = 255, kUnknownMode = 254;

wire::Object door_lock_state(const Node& node, int endpoint) {
  const auto mode = number_at(node, {kDoorLock, endpoint, "currentMode"});
  if (!mode || *mode == kUnknownMode) return {{"state", nullptr}};
  return {{"state", *mode == kSecured ? "locked" : "unlocked"}};
}

wire::Result<std::vector<Call>> lock_order(const Node& node, const ValueId& target, const Order& order) {
  const bool lock = order.service == "lock";
  if (!lock && order.service != "unlock") return no_such_service(order);
  if (target.command_class == kLock) return std::vector<Call>{set_value(node, target, lock)};
  return std::vector<Call>{set_value(node, target, lock ? static_cast<int>(kSecured) : 0)};
}

Plan door_lock(const Node& node, int endpoint) {
  Plan plan{key_of("lock", endpoint), describe("lock", name_of(node, {}, endpoint)), {kDoorLock}};
  plan.state = [endpoint](const Node& now) { return door_lock_state(now, endpoint); };
  plan.order = [target = ValueId{kDoorLock, endpoint, "targetMode"}](const Node& now, const Order& order) {
    return lock_order(now, target, order);
  };
  return plan;
}

Plan simple_lock(const Node& node, int endpoint) {
  Plan plan{key_of("lock", endpoint), describe("lock", name_of(node, {}, endpoint)), {kLock}};
  const ValueId locked{kLock, endpoint, "locked"};
  plan.state = [locked](const Node& now) -> wire::Object {
    const auto flag = flag_at(now, locked);
    return {{"state", flag ? wire::Value(*flag ? "locked" : "unlocked") : wire::Value()}};
  };
  plan.order = [locked](const Node& now, const Order& order) { return lock_order(now, locked, order); };
  return plan;
}

// The door that a lock is in, and its bolt: sensors of the lock.
Plan lock_part(const Node& node, const ValueId& id, std::string_view device_class) {
  const bool door = device_class == "door";
  Plan plan{key_of(door ? "door" : "bolt", id.endpoint),
            describe("binary_sensor", name_of(node, door ? "Door" : "Bolt", id.endpoint)),
            {kDoorLock}};
  plan.description.device_class = std::string(device_class);
  // Of the class `lock`, on means open.
  plan.state = [id](const Node& now) -> wire::Object {
    const wire::Value* value = now.known(id);
    const std::string_view text = value == nullptr ? "" : value->string_or("");
    if (text.empty()) return {{"state", nullptr}};
    return {{"state", text == "open" || text == "unlocked" ? "on" : "off"}};
  };
  return plan;
}

// ── sirens ──

struct Tone {
  std::int64_t id;
  std::string name;
};

// "Ding (1 sec)" is shown; "Ding" is its name.
std::string tone_name(const std::string& label) {
  const auto length = label.rfind(" (");
  return length == std::string::npos || length == 0 ? label : label.substr(0, length);
}

std::vector<Tone> tones_of(const Node& node, int endpoint) {
  std::vector<Tone> tones;
  const NodeValue* value = node.find({kSoundSwitch, endpoint, "toneId"});
  if (value == nullptr) return tones;
  for (const auto& [number, label] : value->metadata.states) {
    if (number > 0 && number < 255) tones.push_back({number, tone_name(label)});
  }
  return tones;
}

constexpr int kDefaultTone = 255;

wire::Result<std::int64_t> asked_tone(const Node& node, int endpoint, const Order& order) {
  const wire::Value* asked = given(order, "tone");
  if (asked == nullptr) return std::int64_t{kDefaultTone};
  const std::string name(asked->string_or(""));
  for (const Tone& tone : tones_of(node, endpoint)) {
    if (tone.name == name || asked->number_or(-1) == static_cast<double>(tone.id)) return tone.id;
  }
  return wire::Error{wire::ErrorCode::out_of_range, "it has no such tone; available_tones lists them",
                     "tone"};
}

wire::Result<std::vector<Call>> siren_order(const Node& node, int endpoint, const Order& order) {
  const ValueId tone{kSoundSwitch, endpoint, "toneId"};
  if (order.service == "turn_off") return std::vector<Call>{set_value(node, tone, 0)};
  if (order.service != "turn_on") return no_such_service(order);
  const auto id = asked_tone(node, endpoint, order);
  if (!id) return id.error();
  wire::Object options;
  if (const wire::Value* volume = given(order, "volume_level")) {
    options.set("volume",
                static_cast<std::int64_t>(std::llround(std::clamp(volume->number_or(0), 0.0, 1.0) * 100)));
  }
  return std::vector<Call>{set_value(node, tone, *id, std::move(options))};
}

Plan siren(const Node& node, int endpoint) {
  Plan plan{key_of("siren", endpoint), describe("siren", name_of(node, {}, endpoint)), {kSoundSwitch}};
  plan.description.features = {"turn_on", "turn_off", "tones", "volume_set"};
  wire::List names;
  for (const Tone& tone : tones_of(node, endpoint)) names.emplace_back(tone.name);
  plan.description.capabilities.set("available_tones", std::move(names));
  plan.state = [endpoint](const Node& now) -> wire::Object {
    const auto tone = number_at(now, {kSoundSwitch, endpoint, "toneId"});
    return {{"state", tone ? wire::Value(*tone > 0 ? "on" : "off") : wire::Value()}};
  };
  plan.order = [endpoint](const Node& now, const Order& order) { return siren_order(now, endpoint, order); };
  return plan;
}

}  // namespace

void plan_switches(const Node& node, std::vector<Plan>& plans) {
  for (const ValueId& id : values_named(node, kBinarySwitch, "currentValue")) {
    plans.push_back(switch_plan(node, id.endpoint));
  }
}

void plan_locks(const Node& node, std::vector<Plan>& plans) {
  for (const ValueId& id : values_named(node, kDoorLock, "currentMode")) {
    plans.push_back(door_lock(node, id.endpoint));
    const ValueId door{kDoorLock, id.endpoint, "doorStatus"}, bolt{kDoorLock, id.endpoint, "boltStatus"};
    if (node.known(door) != nullptr) plans.push_back(lock_part(node, door, "door"));
    if (node.known(bolt) != nullptr) plans.push_back(lock_part(node, bolt, "lock"));
  }
  for (const ValueId& id : values_named(node, kLock, "locked"))
    plans.push_back(simple_lock(node, id.endpoint));
}

void plan_sirens(const Node& node, std::vector<Plan>& plans) {
  for (const ValueId& id : values_named(node, kSoundSwitch, "toneId")) {
    plans.push_back(siren(node, id.endpoint));
  }
}

}  // namespace gable::zwave
