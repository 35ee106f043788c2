#include "zwave_bridge.hpp"

#include <utility>

#include "wire/json.hpp"

namespace gable::zwave {

namespace {

constexpr std::string_view kControllerDevice = "controller";
constexpr std::string_view kNodePrefix = "node_";

using namespace std::chrono_literals;

// A server that has just been started knows its nodes one after the other, from its own store; then all of
// them.
constexpr auto kPatience = 60s;

// The slowest awnings take a minute from end to end, and some report nothing on the way.
constexpr auto kStanding = 90s;

// What it is, is known: from an interview, or from the server's store. A dead node is not waited for.
bool known(const Node& node) { return node.ready || !node.values.empty(); }

bool touches(const Plan& plan, const ValueId* value) {
  if (!plan.state) return false;
  if (value == nullptr) return true;
  return plan.classes.contains(value->command_class);
}

// Why a node cannot be reached; empty when it can.
std::string trouble_with(const Node& node) {
  if (node.status == NodeStatus::dead) return "does not answer: the Z-Wave controller takes it for dead";
  if (!node.ready) return "is being asked what it is (interview)";
  return {};
}

bridge::Model model_of(const Node& node, const std::vector<Plan>& plans) {
  wire::DeviceDescription description = describe_device(node, std::string(kControllerDevice));
  for (const Plan& plan : plans) description.entities.emplace_back(plan.key, plan.description);
  return description;
}

}  // namespace

ZwaveBridge::ZwaveBridge(bridge::Bridge& bridge, const ZwaveConfig& config)
    : bridge_(bridge), config_(config), link_(bridge.loop(), config.server), desk_(bridge, link_) {
  ZwaveLink::Listener listener;
  listener.listening = [this] { listening(); };
  listener.changed = [this](const Change& change) { changed(change); };
  listener.lost = [this] { desk_.drop(0, "the connection to the Z-Wave server was lost"); };
  link_.listen(std::move(listener));
  // What a former run has announced stays until the server has told what there is.
  bridge_.discovering();
  if (config_.entities.statistics) {
    bridge_.loop().every(config_.statistics_interval, [this] { report_statistics(); });
  }
  bridge_.use(link_);
}

std::string ZwaveBridge::device_id(int node) const {
  if (node == link_.session().network().controller()) return std::string(kControllerDevice);
  return std::string(kNodePrefix) + std::to_string(node);
}

const Node* ZwaveBridge::node_of(std::string_view device) const {
  for (const auto& [id, node] : link_.session().network().nodes()) {
    if (device_id(id) == device) return &node;
  }
  return nullptr;
}

void ZwaveBridge::listening() {
  const auto& nodes = link_.session().network().nodes();
  std::set<std::string> there;
  for (const auto& [id, node] : nodes) there.insert(device_id(id));
  for (const std::string& device : bridge_.devices()) {
    if (!there.contains(device)) bridge_.remove(device);
  }
  to_show_.clear();
  statistics_.clear();
  std::erase_if(shown_, [&nodes](const auto& entry) { return !nodes.contains(entry.first); });
  for (const auto& [id, node] : nodes) {
    if (known(node) || shown_.contains(id)) show(node);
  }
  if (!complete_ && patience_ == 0) {
    patience_ = bridge_.loop().after(kPatience, [this] {
      complete_ = true;
      bridge_.inventory_complete();
    });
  }
  complete_when_known();
}

void ZwaveBridge::complete_when_known() {
  if (complete_) return;
  for (const auto& [id, node] : link_.session().network().nodes()) {
    if (!known(node) && node.status != NodeStatus::dead) return;
  }
  complete_ = true;
  bridge_.loop().cancel(patience_);
  bridge_.inventory_complete();
}

void ZwaveBridge::changed(const Change& change) {
  if (change.kind == ChangeKind::removed) remove(change.node);
  const Node* node = link_.session().network().find(change.node);
  if (node != nullptr && change.kind == ChangeKind::described) {
    if (to_show_.empty()) {
      bridge_.loop().post([this] { show_waiting(); });
    }
    to_show_.insert(change.node);
  } else if (node != nullptr && change.kind == ChangeKind::value) {
    report(*node, &change.value);
    desk_.look(*node);
    watch_travel(*node, change.value);
  } else if (node != nullptr && change.kind == ChangeKind::status) {
    report(*node, nullptr);
    show_link(*node);
  } else if (change.kind == ChangeKind::statistics) {
    statistics_.insert(change.node);
  }
  if (change.kind == ChangeKind::status || change.kind == ChangeKind::removed) complete_when_known();
  happened(change);
}

void ZwaveBridge::happened(const Change& change) {
  // The coming and going of nodes is told at the controller.
  const bool told = !change.name.empty();
  const int at = told ? link_.session().network().controller() : change.node;
  const auto shown = shown_.find(at);
  const auto device = bridge_.find(device_id(at));
  if (shown == shown_.end() || !device) return;
  for (const Plan& plan : shown->second.plans) {
    if (!plan.events) continue;
    if (auto happening = plan.events(change))
      device->event(plan.key, happening->type, std::move(happening->data));
  }
  if (change.kind == ChangeKind::controller && change.name == "grant security classes") {
    const wire::Object* event = change.payload.as_object();
    const wire::Object* requested = event == nullptr ? nullptr : object_of(*event, "requested");
    // What the device asks for; refusing would leave it without the encryption that it can have.
    if (requested != nullptr) {
      link_.call("controller.grant_security_classes", {{"inclusionGrant", *requested}},
                 [](const Finished&) {});
    }
  }
}

void ZwaveBridge::show_waiting() {
  for (const int id : std::exchange(to_show_, {})) {
    const Node* node = link_.session().network().find(id);
    if (node != nullptr && (known(*node) || shown_.contains(id))) show(*node);
  }
  complete_when_known();
}

void ZwaveBridge::show(const Node& node) {
  Shown& shown = shown_[node.id];
  shown.plans = plan_entities(node, config_.entities);
  const bridge::Model model = model_of(node, shown.plans);
  std::string description = wire::to_json(wire::encode(model.description()));
  const std::string id = device_id(node.id);
  if (description != shown.description || !bridge_.find(id)) {
    const bridge::Device device = bridge_.add(id, model);
    shown.description = std::move(description);
    const int number = node.id;
    device.on_command([this, number](const bridge::Command& order,
                                     const bridge::Reply& reply) { command(number, order, reply); },
                      kLongestCommand + std::chrono::minutes(1));
  }
  report(node, nullptr);
  show_link(node);
  desk_.look(node);
}

void ZwaveBridge::report(const Node& node, const ValueId* value) {
  const auto shown = shown_.find(node.id);
  const auto device = bridge_.find(device_id(node.id));
  if (shown == shown_.end() || !device) return;
  // A report would bring its link online; when it is back, everything is reported.
  if (shown->second.offline && !trouble_with(node).empty()) return;
  for (const Plan& plan : shown->second.plans) {
    if (!touches(plan, value)) continue;
    wire::Object state = plan.state(node);
    if (!state.empty()) device->report(plan.key, std::move(state));
  }
}

void ZwaveBridge::watch_travel(const Node& node, const ValueId& changed) {
  if (changed.command_class != kMultilevelSwitch && changed.command_class != kWindowCovering) return;
  ValueId current = changed, target = changed;
  current.property = std::string("currentValue");
  target.property = std::string("targetValue");
  if (changed != current && changed != target) return;
  const std::pair travel{node.id, current};
  if (const auto earlier = travels_.extract(travel)) bridge_.loop().cancel(earlier.mapped());
  const wire::Value *now = node.known(current), *goal = node.known(target);
  if (now == nullptr || goal == nullptr || *now == *goal) return;
  travels_[travel] = bridge_.loop().after(kStanding, [this, travel] {
    travels_.erase(travel);
    link_.forget_target(travel.first, travel.second);
  });
}

void ZwaveBridge::report_statistics() {
  for (const int id : std::exchange(statistics_, {})) {
    const Node* node = link_.session().network().find(id);
    const auto shown = shown_.find(id);
    const auto device = bridge_.find(device_id(id));
    if (node == nullptr || shown == shown_.end() || !device || !trouble_with(*node).empty()) continue;
    for (const Plan& plan : shown->second.plans) {
      if (plan.statistic) device->report(plan.key, plan.state(*node));
    }
  }
}

void ZwaveBridge::show_link(const Node& node) {
  const auto device = bridge_.find(device_id(node.id));
  if (!device) return;
  wire::LinkDoc link;
  link.reason = trouble_with(node);
  if (!link.reason.empty()) link.status = wire::LinkStatus::offline;
  shown_[node.id].offline = !link.reason.empty();
  const wire::Value* battery = node.known({kBattery, 0, "level"});
  if (battery != nullptr && battery->is_number()) link.battery = battery->number_or(0);
  device->link(std::move(link));
}

void ZwaveBridge::remove(int node) {
  desk_.drop(node, "the device has left the Z-Wave network");
  shown_.erase(node);
  statistics_.erase(node);
  bridge_.remove(device_id(node));
}

void ZwaveBridge::command(int node, const bridge::Command& command, const bridge::Reply& reply) {
  const Node* found = link_.session().network().find(node);
  const auto shown = shown_.find(node);
  if (found == nullptr || shown == shown_.end() || !link_.session().listening()) {
    return reply.failed("the Z-Wave network is not known now", wire::ErrorCode::unavailable);
  }
  for (const Plan& plan : shown->second.plans) {
    if (plan.key == command.entity) return desk_.take(*found, plan, command, reply);
  }
  reply.rejected("the device has no such entity now", wire::ErrorCode::unknown_entity);
}

}  // namespace gable::zwave
