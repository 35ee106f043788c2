#include "bridge/bridge_core.hpp"

#include <algorithm>
#include <utility>

#include "bridge/report_check.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

namespace {

using namespace std::chrono_literals;

// Devices that come or go in a row are one change of the inventory.
constexpr auto kInventoryDelay = 100ms;
// After the inventory is complete, retained messages of a former run still count for this long.
constexpr auto kLeftoversTime = 30s;

bool same_link(const wire::LinkDoc& a, const wire::LinkDoc& b) {
  return a.status == b.status && a.reason == b.reason && a.signal == b.signal && a.battery == b.battery;
}

}  // namespace

BridgeCore::BridgeCore(const wire::TopicTree& tree, CoreOptions options)
    : context_(tree, std::move(options.bridge), std::move(options.session_id)),
      commands_(context_, std::move(options.seen)),
      requests_(context_),
      leftovers_(context_),
      info_(std::move(options.info)) {}

Effects BridgeCore::handle(const Event& event, const Now& now) {
  context_.begin(now);
  std::visit([this](const auto& input) { on(input); }, event);
  return context_.take();
}

std::optional<node::Steady> BridgeCore::deadline() const {
  std::optional<node::Steady> first;
  for (const auto& candidate : {inventory_due_, leftovers_end_, commands_.deadline(), requests_.deadline()}) {
    if (candidate && (!first || *candidate < *first)) first = candidate;
  }
  return first;
}

DeviceRecord* BridgeCore::find(std::string_view device) {
  const auto found = devices_.find(device);
  return found == devices_.end() ? nullptr : &found->second;
}

// ── the broker ──

void BridgeCore::on(const Connected& event) {
  connected_ = true;
  context_.protocol_version = event.protocol_version;
  leftovers_.begin();
  for (const std::string& device : std::exchange(deleted_while_away_, {})) {
    if (find(device) == nullptr) delete_topics(device);
  }
  publish_everything();
  Subscribe subscribe;
  for (const auto kind : {wire::TopicKind::bridge_set, wire::TopicKind::bridge_request}) {
    // Stored commands cannot act (L8); the flag as published tells which sender stores them.
    subscribe.subscriptions.push_back({context_.tree().bridge_filter(kind, context_.bridge()), 1,
                                       node::RetainHandling::never, true, false});
  }
  context_.add(std::move(subscribe));
  publish_status(true);
}

void BridgeCore::on(const ConnectionLost& /*event*/) {
  connected_ = false;
  unsent_.clear();
}

void BridgeCore::on(const Inbound& event) {
  const auto topic = context_.tree().parse(event.message.topic);
  if (!topic || topic->owner != context_.bridge()) return;
  const bool happens =
      topic->kind == wire::TopicKind::bridge_set || topic->kind == wire::TopicKind::bridge_request;
  if (happens && event.message.repeated) return;
  if (topic->kind == wire::TopicKind::bridge_set) {
    const std::string reason = links_down_ ? degraded_.value_or("") : "";
    return commands_.on_set({topic->name, find(topic->name), complete_, reason}, event.message);
  }
  if (topic->kind == wire::TopicKind::bridge_request) return requests_.on_request(topic->name, event.message);
  on_own_document(*topic, event.message);
}

void BridgeCore::on_own_document(const wire::ParsedTopic& topic, const node::Message& message) {
  // Only what was retained before we came: our own publications come back without the flag, or not at all.
  if (!message.retain || message.payload.empty()) return;
  DeviceRecord* record = find(topic.name);
  if (record == nullptr) return leftovers_.found(topic.name, message.topic);
  if (topic.kind != wire::TopicKind::bridge_state) return;
  const auto document = wire::parse_object(message.payload);
  if (document && record->adopt(*document)) publish_state(std::string(topic.name), *record);
}

// ── the author ──

void BridgeCore::on(const DeviceAdded& event) {
  if (DeviceRecord* record = find(event.device)) {
    const bool changed = record->describe(event.description);
    publish_device(event.device, *record);
    if (changed) publish_state(event.device, *record);
    return;
  }
  if (devices_.size() >= kDeviceLimit) {
    context_.count_error();
    context_.log_once("device limit", LogLevel::error,
                      "more than " + std::to_string(kDeviceLimit) + " devices; the rest is left out");
    return;
  }
  const auto added = devices_.emplace(event.device, DeviceRecord(event.description)).first;
  publish_device(event.device, added->second);
  publish_link(event.device, added->second);
  inventory_changed();
}

void BridgeCore::on(const DeviceRemoved& event) {
  if (devices_.erase(event.device) == 0) return;
  commands_.on_removed(event.device);
  if (connected_) {
    delete_topics(event.device);
  } else {
    deleted_while_away_.push_back(event.device);
  }
  inventory_changed();
}

void BridgeCore::delete_topics(std::string_view device) {
  for (const auto kind :
       {wire::TopicKind::bridge_device, wire::TopicKind::bridge_state, wire::TopicKind::bridge_link}) {
    context_.publish_retained(context_.topic(kind, device), "");
  }
}

void BridgeCore::on(const HandlerSet& event) {
  if (DeviceRecord* record = find(event.device)) {
    record->takes_commands = true;
    record->timeout = event.timeout;
  }
}

void BridgeCore::on(const Reported& event) { report(event.device, event.entity, event.state); }

void BridgeCore::report(const std::string& device, const std::string& entity, const wire::Object& state) {
  DeviceRecord* record = find(device);
  if (record == nullptr) return;
  // Reports of one turn make one document, but a value that changes twice is seen twice.
  if (record->overwrites_unsent(entity, state)) send_unsent(device);
  const ReportOutcome outcome = record->report(entity, state, context_.now());
  log_refusals(device, outcome.refused);
  if (outcome.publish && connected_) unsent_.insert(device);
  record->link.last_seen = context_.now().wall;
  if (record->link.status == wire::LinkStatus::online) return;
  // Coming back: state first (design section 2, rule 5).
  record->link.status = wire::LinkStatus::online;
  record->link.reason.clear();
  send_unsent(device);
  publish_link(device, *record);
}

void BridgeCore::log_refusals(const std::string& device, const std::vector<Refusal>& refused) {
  for (const Refusal& refusal : refused) {
    context_.count_error();
    std::string where = device;
    if (!refusal.entity.empty()) where += "/" + refusal.entity;
    if (!refusal.name.empty()) where += ": " + refusal.name;
    context_.log_once("report " + where, LogLevel::warning,
                      where + " is not published: " + refusal.error.message());
  }
}

void BridgeCore::on(const EventHappened& event) {
  const DeviceRecord* record = find(event.device);
  if (record == nullptr) return;
  const wire::EntityDescription* entity = record->entity(event.entity);
  std::optional<wire::Error> bad =
      entity == nullptr ? wire::Error{wire::ErrorCode::unknown_entity, "the device has no such entity", {}}
                        : check_event(*entity, event.event_type);
  wire::Object body{{"event_type", event.event_type}};
  for (const auto& [name, value] : event.data) {
    if (!name.starts_with('_') && name != "event_type") body.set(name, value);
  }
  if (!bad && wire::to_json(body).size() > kStateLimit) {
    bad = wire::Error{wire::ErrorCode::too_large, "the event is too large", {}};
  }
  if (bad) return log_refusals(event.device, {{event.entity, event.event_type, *bad}});
  send_unsent(event.device);
  wire::Object document = record->description().single ? std::move(body) : wire::Object{{event.entity, body}};
  document.set("_id", context_.make_id());
  document.set("_at", wire::format_time(context_.now().wall));
  context_.publish_once(context_.topic(wire::TopicKind::bridge_event, event.device), wire::to_json(document));
}

void BridgeCore::on(const LinkChanged& event) {
  DeviceRecord* record = find(event.device);
  if (record == nullptr) return;
  wire::LinkDoc link = event.link;
  if (!link.last_seen) link.last_seen = record->link.last_seen;
  const bool changed = !same_link(record->link, link);
  record->link = std::move(link);
  if (!changed) return;
  send_unsent(event.device);
  publish_link(event.device, *record);
}

void BridgeCore::on(const InventoryChanged& event) {
  complete_ = event.complete;
  if (complete_) {
    leftovers_.complete([this](std::string_view device) { return find(device) != nullptr; });
    leftovers_end_ = context_.now().steady + kLeftoversTime;
  }
  on(Flush{});
  publish_inventory();
  publish_status(false);
}

void BridgeCore::on(const ConditionChanged& event) {
  const bool links_changed = links_down_ != (event.reason.has_value() && event.links);
  degraded_ = event.reason;
  links_down_ = event.reason.has_value() && event.links;
  // Going bad: availability first. Coming back: what can be read is current before we say so.
  if (degraded_) publish_status(false);
  if (links_changed) {
    for (const auto& [device, record] : devices_) publish_link(device, record);
  }
  if (!degraded_) publish_status(false);
}

void BridgeCore::on(const Answered& event) {
  const auto subject = commands_.subject(event.token);
  if (subject && event.state) report(subject->device, subject->entity, *event.state);
  // State comes before the result.
  if (subject) send_unsent(subject->device);
  commands_.on_answer(event);
}

void BridgeCore::on(const Responded& event) { requests_.on_response(event); }

void BridgeCore::on(const MethodAdded& event) { requests_.add_method(event.method, event.help); }

void BridgeCore::on(const TopicsCleared& event) {
  if (find(event.device) == nullptr) delete_topics(event.device);
}

void BridgeCore::on(const RefreshAsked& /*event*/) {
  if (!connected_) return;
  publish_everything();
  publish_status(true);
}

void BridgeCore::on(const Flush& /*event*/) {
  while (!unsent_.empty()) send_unsent(*unsent_.begin());
}

void BridgeCore::on(const Tick& /*event*/) {
  const node::Steady now = context_.now().steady;
  commands_.on_tick();
  requests_.on_tick();
  if (inventory_due_ && *inventory_due_ <= now) publish_inventory();
  if (leftovers_end_ && *leftovers_end_ <= now) {
    leftovers_end_.reset();
    leftovers_.end();
  }
}

// ── what goes out ──

void BridgeCore::publish_everything() {
  unsent_.clear();
  context_.publish_retained(context_.topic(wire::TopicKind::bridge_info), wire::to_json(wire::encode(info_)));
  for (const auto& [device, record] : devices_) publish_device(device, record);
  for (auto& [device, record] : devices_) publish_state(device, record);
  for (const auto& [device, record] : devices_) publish_link(device, record);
  publish_inventory();
}

void BridgeCore::publish_device(const std::string& device, const DeviceRecord& record) {
  if (!connected_) return;
  context_.publish_retained(context_.topic(wire::TopicKind::bridge_device, device),
                            wire::to_json(wire::encode(record.description())));
}

void BridgeCore::publish_state(const std::string& device, DeviceRecord& record) {
  if (!connected_ || !record.has_state()) return;
  context_.publish_retained(context_.topic(wire::TopicKind::bridge_state, device),
                            wire::to_json(record.state_document()));
  record.published(context_.now());
}

void BridgeCore::send_unsent(const std::string& device) {
  const auto waiting = unsent_.find(device);
  if (waiting == unsent_.end()) return;
  const std::string id = unsent_.extract(waiting).value();
  if (DeviceRecord* record = find(id)) publish_state(id, *record);
}

void BridgeCore::publish_link(const std::string& device, const DeviceRecord& record) {
  if (!connected_) return;
  wire::LinkDoc link = record.link;
  if (links_down_) {
    link.status = wire::LinkStatus::offline;
    link.reason = degraded_.value_or("");
  }
  context_.publish_retained(context_.topic(wire::TopicKind::bridge_link, device),
                            wire::to_json(wire::encode(link)));
}

void BridgeCore::inventory_changed() {
  ++rev_;
  if (!inventory_due_) inventory_due_ = context_.now().steady + kInventoryDelay;
}

void BridgeCore::publish_inventory() {
  inventory_due_.reset();
  if (!connected_) return;
  wire::InventoryDoc inventory;
  inventory.rev = rev_;
  inventory.complete = complete_;
  for (const auto& [device, record] : devices_) inventory.devices.push_back(device);
  context_.publish_retained(context_.topic(wire::TopicKind::bridge_inventory),
                            wire::to_json(wire::encode(inventory)));
}

void BridgeCore::publish_status(bool again) {
  if (!connected_) return;
  const auto status = degraded_   ? wire::ParticipantStatus::degraded
                      : complete_ ? wire::ParticipantStatus::online
                                  : wire::ParticipantStatus::starting;
  const std::string reason = degraded_.value_or("");
  if (!again && said_ == status && said_reason_ == reason) return;
  said_ = status;
  said_reason_ = reason;
  context_.add(SetStatus{status, reason});
}

}  // namespace gable::bridge
