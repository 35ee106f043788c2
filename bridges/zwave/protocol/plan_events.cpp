// Central Scene (91), Scene Activation (43), Basic (32): buttons that are pressed. Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// Key attributes of Central Scene.
constexpr std::array<std::string_view, 7> kPresses{
    "press", "release", "hold", "double_press", "triple_press", "press_4_times", "press_5_times"};

constexpr std::array<std::string_view, 9> kInclusionEvents{
    "inclusion_started", "inclusion_stopped", "inclusion_failed", "exclusion_started", "exclusion_stopped",
    "exclusion_failed",  "pin_needed",        "node_added",       "node_removed"};

std::optional<std::string_view> press_of(std::int64_t attribute) {
  if (attribute < 0 || attribute >= static_cast<std::int64_t>(kPresses.size())) return std::nullopt;
  return kPresses[static_cast<std::size_t>(attribute)];
}

// "001" → "1"
std::string scene_number(const ValueId& id) {
  std::string text = to_text(id.key);
  const std::size_t digits = text.find_first_not_of('0');
  return digits == std::string::npos ? text : text.substr(digits);
}

Plan scene(const Node& node, const ValueId& id, const NodeValue& value) {
  const std::string number = scene_number(id);
  Plan plan{key_of("scene_" + slug_of(number), id.endpoint),
            describe("event", name_of(node, "Scene " + number, id.endpoint)),
            {}};
  plan.description.device_class = "button";
  for (const auto& [attribute, label] : value.metadata.states) {
    if (const auto press = press_of(attribute)) plan.description.event_types.emplace_back(*press);
  }
  if (plan.description.event_types.empty()) {
    for (const std::string_view press : kPresses) plan.description.event_types.emplace_back(press);
  }
  plan.events = [id](const Change& change) -> std::optional<Happening> {
    if (change.kind != ChangeKind::pulse || change.value != id || change.payload.as_int() == nullptr)
      return {};
    const auto press = press_of(*change.payload.as_int());
    if (!press) return {};
    return Happening{std::string(*press), {}};
  };
  return plan;
}

// A number that a remote control sends; which ones, nobody says beforehand.
Plan number_event(const Node& node, const ValueId& id, std::string_view name) {
  Plan plan{key_of(slug_of(name), id.endpoint),
            describe("event", name_of(node, std::string(name), id.endpoint)),
            {}};
  plan.description.device_class = "button";
  plan.description.event_types = {"press"};
  plan.events = [id](const Change& change) -> std::optional<Happening> {
    if (change.kind != ChangeKind::pulse || change.value != id) return {};
    return Happening{"press", {{"value", change.payload}}};
  };
  return plan;
}

// ── the controller: adding and removing devices ──

std::string underlined(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

std::optional<Happening> inclusion_event(const Change& change) {
  if (change.name.empty()) return std::nullopt;
  const wire::Object* event = change.payload.as_object();
  if (change.name == "validate dsk and enter pin") {
    return Happening{"pin_needed", {{"dsk", event == nullptr ? "" : text_of(*event, "dsk")}}};
  }
  if (change.name == "node added" || change.name == "node removed") {
    return Happening{underlined(change.name), {{"node", change.node}}};
  }
  if (change.kind != ChangeKind::controller) return std::nullopt;
  const std::string type = underlined(change.name);
  const bool known =
      std::find(kInclusionEvents.begin(), kInclusionEvents.end(), type) != kInclusionEvents.end();
  if (!known) return std::nullopt;
  return Happening{type, {}};
}

Plan inclusion() {
  Plan plan{"inclusion", describe("event", "Adding and removing"), {}};
  for (const std::string_view type : kInclusionEvents) plan.description.event_types.emplace_back(type);
  plan.events = inclusion_event;
  return plan;
}

}  // namespace

void plan_events(const Node& node, std::vector<Plan>& plans) {
  if (node.controller) plans.push_back(inclusion());
  for (const auto& [id, value] : node.values) {
    if (id.command_class == kCentralScene && id.property == Property("scene")) {
      plans.push_back(scene(node, id, value));
    }
    if (id.command_class == kSceneActivation && id.property == Property("sceneId")) {
      plans.push_back(number_event(node, id, "Scene"));
    }
    if (id.command_class == kBasic && id.property == Property("event")) {
      plans.push_back(number_event(node, id, "Basic"));
    }
  }
}

}  // namespace gable::zwave
