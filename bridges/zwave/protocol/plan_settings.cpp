// Configuration (112) and defaults of sirens as settings; the status and statistics of the node itself.
// Declared in plan.hpp. Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>
#include <cmath>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// Two settings may have the same label.
std::vector<std::string> option_labels(const Metadata& metadata) {
  std::vector<std::string> labels;
  for (const auto& [number, label] : metadata.states) {
    const bool taken = label.empty() || std::find(labels.begin(), labels.end(), label) != labels.end();
    labels.push_back(taken ? label + " (" + std::to_string(number) + ")" : label);
  }
  return labels;
}

wire::Object choice_state(const Node& node, const ValueId& id) {
  const NodeValue* value = node.find(id);
  if (value == nullptr || value->value.as_int() == nullptr) return {{"state", nullptr}};
  const auto labels = option_labels(value->metadata);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (value->metadata.states[i].first == *value->value.as_int()) return {{"state", labels[i]}};
  }
  return {{"state", nullptr}};
}

// The place of the option that is meant; `select_next` and the like go round.
std::optional<std::size_t> chosen(const Order& order, const std::vector<std::string>& labels,
                                  std::size_t now) {
  const auto count = labels.size();
  const wire::Value* option = given(order, "option");
  if (option != nullptr) {
    const auto found = std::find(labels.begin(), labels.end(), option->string_or(""));
    if (found == labels.end()) return std::nullopt;
    return static_cast<std::size_t>(found - labels.begin());
  }
  if (order.service == "select_first") return 0;
  if (order.service == "select_last") return count - 1;
  if (order.service == "select_next") return (now + 1) % count;
  if (order.service == "select_previous") return (now + count - 1) % count;
  return std::nullopt;
}

wire::Result<std::vector<Call>> choice_order(const Node& node, const ValueId& id, const Order& order) {
  const NodeValue* value = node.find(id);
  if (value == nullptr || value->metadata.states.empty()) return no_such_service(order);
  const auto labels = option_labels(value->metadata);
  const auto& states = value->metadata.states;
  std::size_t now = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (value->value.as_int() != nullptr && *value->value.as_int() == states[i].first) now = i;
  }
  const auto place = chosen(order, labels, now);
  if (!place) return no_such_service(order);
  return std::vector<Call>{set_value(node, id, states[*place].first)};
}

wire::Result<std::vector<Call>> number_order(const Node& node, const ValueId& id, const Order& order) {
  const wire::Value* value = given(order, "value");
  if (order.service != "set_value" || value == nullptr) return no_such_service(order);
  const double number = value->number_or(0);
  if (number != std::floor(number)) {
    return wire::Error{wire::ErrorCode::out_of_range, "a whole number is needed", "value"};
  }
  return std::vector<Call>{set_value(node, id, static_cast<std::int64_t>(number))};
}

Plan choice(wire::EntityDescription base, const ValueId& id, const NodeValue& value) {
  Plan plan{{}, std::move(base), {id.command_class}};
  plan.description.options = option_labels(value.metadata);
  plan.state = [id](const Node& now) { return choice_state(now, id); };
  plan.order = [id](const Node& now, const Order& order) { return choice_order(now, id, order); };
  return plan;
}

Plan setting_number(wire::EntityDescription base, const ValueId& id, const NodeValue& value) {
  Plan plan{{}, std::move(base), {id.command_class}};
  plan.description.min = value.metadata.min.value_or(0);
  plan.description.max = value.metadata.max.value_or(255);
  plan.description.step = 1;
  plan.description.unit = value.metadata.unit;
  plan.state = [id](const Node& now) -> wire::Object {
    const auto number = number_at(now, id);
    return {
        {"state", number ? wire::Value(static_cast<std::int64_t>(std::llround(*number))) : wire::Value()}};
  };
  plan.order = [id](const Node& now, const Order& order) { return number_order(now, id, order); };
  return plan;
}

void add_setting(const Node& node, const ValueId& id, std::string key, std::vector<Plan>& plans) {
  const NodeValue& value = *node.find(id);
  if (value.metadata.type != "number" || !value.metadata.writeable) return;
  const bool listed = !value.metadata.states.empty() && !value.metadata.manual_entry;
  std::string label = value.metadata.label.empty() ? key : value.metadata.label;
  wire::EntityDescription base =
      describe(listed ? "select" : "number", name_of(node, std::move(label), id.endpoint));
  base.entity_category = "config";
  Plan plan = listed ? choice(std::move(base), id, value) : setting_number(std::move(base), id, value);
  plan.key = std::move(key);
  plans.push_back(std::move(plan));
}

// ── the node itself ──

std::string_view status_word(NodeStatus status) {
  switch (status) {
    case NodeStatus::asleep:
      return "asleep";
    case NodeStatus::awake:
      return "awake";
    case NodeStatus::dead:
      return "dead";
    case NodeStatus::alive:
      return "alive";
    case NodeStatus::unknown:
      break;
  }
  return "unknown";
}

struct Statistic {
  std::string_view key, name, unit;
};
constexpr std::array<Statistic, 4> kControllerStatistics{{{"messagesTX", "Messages sent", ""},
                                                          {"messagesRX", "Messages received", ""},
                                                          {"messagesDroppedTX", "Messages not sent", ""},
                                                          {"timeoutResponse", "Answers missing", ""}}};
constexpr std::array<Statistic, 6> kNodeStatistics{{{"commandsTX", "Commands sent", ""},
                                                    {"commandsRX", "Commands received", ""},
                                                    {"commandsDroppedTX", "Commands not sent", ""},
                                                    {"timeoutResponse", "Answers missing", ""},
                                                    {"rtt", "Round trip time", "ms"},
                                                    {"rssi", "Signal strength", "dBm"}}};
// Values from 125 up are no signal strengths but reasons why there is none.
constexpr double kNoSignal = 125;

wire::Object statistic_state(const Node& node, std::string_view key) {
  const wire::Value* value = node.statistics.find(key);
  const bool known =
      value != nullptr && value->is_number() && (key != "rssi" || value->number_or(0) < kNoSignal);
  return {{"state", known ? *value : wire::Value()}};
}

Plan statistic(const Statistic& each) {
  Plan plan{slug_of(each.name), describe("sensor", std::string(each.name)), {}};
  plan.description.entity_category = "diagnostic";
  plan.description.state_class = each.unit.empty() ? "total_increasing" : "measurement";
  plan.description.unit = each.unit;
  if (each.unit == "dBm") plan.description.device_class = "signal_strength";
  plan.statistic = true;
  plan.state = [key = each.key](const Node& now) { return statistic_state(now, key); };
  return plan;
}

}  // namespace

void plan_parameters(const Node& node, std::vector<Plan>& plans) {
  for (const auto& [id, value] : node.values) {
    if (id.command_class != kConfiguration || !std::holds_alternative<std::int64_t>(id.property)) continue;
    std::string key = "parameter_" + to_text(id.property);
    if (id.key != Property{}) key += "_" + to_text(id.key);
    add_setting(node, id, slug_of(key_of(key, id.endpoint)), plans);
  }
  for (const auto& [property, key] :
       {std::pair("defaultToneId", "default_tone"), {"defaultVolume", "default_volume"}}) {
    for (const ValueId& id : values_named(node, kSoundSwitch, property)) {
      add_setting(node, id, key_of(key, id.endpoint), plans);
    }
  }
}

void plan_status(const Node& node, const PlanOptions& options, std::vector<Plan>& plans) {
  Plan status{"status", describe("sensor", "Status"), {}};
  status.description.device_class = "enum";
  status.description.entity_category = "diagnostic";
  status.description.options = {"unknown", "asleep", "awake", "dead", "alive"};
  status.state = [](const Node& now) -> wire::Object { return {{"state", status_word(now.status)}}; };
  plans.push_back(std::move(status));
  if (!options.statistics) return;
  if (node.controller) {
    for (const Statistic& each : kControllerStatistics) plans.push_back(statistic(each));
  } else {
    for (const Statistic& each : kNodeStatistics) plans.push_back(statistic(each));
  }
}

}  // namespace gable::zwave
