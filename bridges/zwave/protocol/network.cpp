#include "protocol/network.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace gable::zwave {

namespace {

wire::Error malformed(std::string text, std::string where) {
  return {wire::ErrorCode::malformed, std::move(text), std::move(where)};
}

std::optional<NodeStatus> status_of(std::string_view event) {
  constexpr std::array<std::pair<std::string_view, NodeStatus>, 4> kEvents{{
      {"wake up", NodeStatus::awake},
      {"sleep", NodeStatus::asleep},
      {"dead", NodeStatus::dead},
      {"alive", NodeStatus::alive},
  }};
  for (const auto& [name, status] : kEvents) {
    if (name == event) return status;
  }
  return std::nullopt;
}

wire::Value member(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? wire::Value() : *value;
}

// Events of the controller that carry nothing to keep, but that people who add devices want to hear.
bool told(std::string_view event) {
  constexpr std::array<std::string_view, 10> kTold{
      "inclusion started", "inclusion stopped", "inclusion failed",       "exclusion started",
      "exclusion stopped", "exclusion failed",  "grant security classes", "validate dsk and enter pin",
      "inclusion aborted", "identify"};
  for (const std::string_view name : kTold) {
    if (name == event) return true;
  }
  return false;
}

ValueId target_of(ValueId current) {
  current.property = std::string("targetValue");
  return current;
}

// Motors up to Multilevel Switch V3 do not report targets, so the server keeps the one that was last set. One
// that moves away from there was sent elsewhere, at the wall for instance.
void leave_target(Node& node, const ValueId& changed, const wire::Value& before) {
  if (changed.property != Property(std::string("currentValue"))) return;
  const auto target = node.values.find(target_of(changed));
  const wire::Value* now = node.known(changed);
  if (target == node.values.end() || now == nullptr) return;
  wire::Value& goal = target->second.value;
  if (!goal.is_number() || !before.is_number() || !now->is_number()) return;
  const double to = goal.number_or(0);
  if (std::fabs(now->number_or(0) - to) > std::fabs(before.number_or(0) - to)) goal = {};
}

}  // namespace

std::optional<wire::Error> Network::load(const wire::Object& state) {
  const wire::Object* controller = object_of(state, "controller");
  const wire::Value* listed = state.find("nodes");
  const wire::List* nodes = listed == nullptr ? nullptr : listed->as_list();
  if (controller == nullptr) return malformed("a state without a controller", "controller");
  if (nodes == nullptr) return malformed("a state without a list of nodes", "nodes");
  std::map<int, Node> loaded;
  for (const wire::Value& item : *nodes) {
    const wire::Object* given = item.as_object();
    if (given == nullptr) return malformed("a node that is no object", "nodes");
    auto node = read_node(*given);
    if (!node) return node.error();
    const int id = node->id;
    loaded.insert_or_assign(id, std::move(*node));
  }
  nodes_ = std::move(loaded);
  stopped_.clear();
  controller_ = 0;
  for (auto& [id, node] : nodes_) {
    if (!node.controller) continue;
    controller_ = id;
    if (const wire::Object* statistics = object_of(*controller, "statistics")) node.statistics = *statistics;
    node.firmware = text_of(*controller, "firmwareVersion");
  }
  return std::nullopt;
}

const Node* Network::find(int id) const {
  const auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : &found->second;
}

Change Network::apply(EventMessage event) {
  if (event.source == "controller") return apply_to_controller(std::move(event));
  if (event.source != "node" || !event.node) return {};
  const auto found = nodes_.find(*event.node);
  if (found == nodes_.end()) return {};
  return apply_to_node(found->second, event);
}

Change Network::apply_to_controller(EventMessage event) {
  if (event.name == "statistics updated") {
    const wire::Object* statistics = object_of(event.body, "statistics");
    const auto own = nodes_.find(controller_);
    if (statistics == nullptr || own == nodes_.end()) return {};
    own->second.statistics = *statistics;
    return {ChangeKind::statistics, controller_};
  }
  if (told(event.name)) {
    return {
        ChangeKind::controller, controller_, {}, std::move(event.name), wire::Value(std::move(event.body))};
  }
  const wire::Object* given = object_of(event.body, "node");
  if (given == nullptr) return {};
  if (event.name == "node added") {
    auto node = read_node(*given);
    if (!node) return {};
    const int id = node->id;
    nodes_.insert_or_assign(id, std::move(*node));
    return {ChangeKind::described, id, {}, std::move(event.name)};
  }
  if (event.name == "node removed") {
    const int id = static_cast<int>(whole_of(*given, "nodeId").value_or(0));
    if (nodes_.erase(id) == 0) return {};
    return {ChangeKind::removed, id, {}, std::move(event.name)};
  }
  return {};
}

Change Network::apply_to_node(Node& node, const EventMessage& event) {
  const int id = node.id;
  if (event.name == "ready") {
    const wire::Object* state = object_of(event.body, "nodeState");
    if (state == nullptr) return {};
    auto read = read_node(*state);
    if (!read || read->id != id) return {};
    node = std::move(*read);
    return {ChangeKind::described, id};
  }
  if (const auto status = status_of(event.name)) {
    node.status = *status;
    return {ChangeKind::status, id};
  }
  if (event.name == "interview started") {
    node.ready = false;
    return {ChangeKind::status, id};
  }
  if (event.name == "statistics updated") {
    const wire::Object* statistics = object_of(event.body, "statistics");
    if (statistics == nullptr) return {};
    node.statistics = *statistics;
    return {ChangeKind::statistics, id};
  }
  if (event.name == "notification") {
    Change change{ChangeKind::notice, id, {}, {}, member(event.body, "args")};
    change.value.command_class = static_cast<int>(whole_of(event.body, "ccId").value_or(0) & 0xffff);
    change.value.endpoint = static_cast<int>(whole_of(event.body, "endpointIndex").value_or(0) & 0x7f);
    return change;
  }
  return apply_value(node, event);
}

void Network::describe_value(NodeValue& value, const wire::Object& args) {
  value.property_name = text_of(args, "propertyName");
  value.key_name = text_of(args, "propertyKeyName");
  if (const wire::Object* metadata = object_of(args, "metadata")) value.metadata = read_metadata(*metadata);
}

bool Network::forget_target(int node, const ValueId& current) {
  const auto found = nodes_.find(node);
  if (found == nodes_.end()) return false;
  const auto target = found->second.values.find(target_of(current));
  if (target == found->second.values.end() || target->second.value.is_null()) return false;
  target->second.value = {};
  return true;
}

Change Network::apply_value(Node& node, const EventMessage& event) {
  const wire::Object* args = object_of(event.body, "args");
  if (args == nullptr) return {};
  auto id = read_value_id(*args);
  if (!id) return {};
  const auto found = node.values.find(*id);
  if (event.name == "value notification") {
    return {ChangeKind::pulse, node.id, std::move(*id), {}, member(*args, "value")};
  }
  if (event.name == "value removed") {
    if (found == node.values.end()) return {};
    node.values.erase(found);
    return {ChangeKind::described, node.id};
  }
  const bool is_value = event.name == "value updated" || event.name == "value added";
  if (!is_value && event.name != "metadata updated") return {};
  if (found == node.values.end()) {
    if (node.values.size() >= kValueLimit) return {};
    NodeValue& added = node.values[std::move(*id)];
    describe_value(added, *args);
    added.value = member(*args, "newValue");
    return {ChangeKind::described, node.id};
  }
  if (!is_value) {
    describe_value(found->second, *args);
    return {ChangeKind::described, node.id};
  }
  const wire::Value before = std::exchange(found->second.value, member(*args, "newValue"));
  leave_target(node, *id, before);
  if (stopped_.erase({node.id, *id}) > 0) forget_target(node.id, *id);
  return {ChangeKind::value, node.id, std::move(*id)};
}

}  // namespace gable::zwave
