#include "core/device_plane.hpp"

#include <algorithm>

#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

using wire::ErrorCode;
using wire::ParsedTopic;
using wire::TopicKind;

constexpr std::size_t kEntitiesPerBridge = 20'000;
constexpr std::size_t kBridges = 1'000;
constexpr std::size_t kDevicesPerBridge = 20'000;
constexpr std::size_t kWaitingBytes =
    4 * 1024 * 1024;                        // of states and events that wait for a description, in total
constexpr std::size_t kWaitingEvents = 16;  // of one device
constexpr std::uint32_t kEventExpirySeconds = 60;

std::string device_key(std::string_view bridge, std::string_view device) {
  return std::string(bridge).append("/").append(device);
}

}  // namespace

Bridge& DevicePlane::bridge(std::string_view id) {
  const auto found = bridges_.find(id);
  if (found != bridges_.end()) return found->second;
  Bridge& made = bridges_[std::string(id)];
  made.id = id;
  return made;
}

const Bridge* DevicePlane::find_bridge(std::string_view id) const {
  const auto found = bridges_.find(id);
  return found == bridges_.end() ? nullptr : &found->second;
}

const Bridge* DevicePlane::bridge_of(const Entity& entity) const {
  return entity.device == kNone ? nullptr : find_bridge(p_.registry.device(entity.device).bridge);
}

bool DevicePlane::fault(Turn& turn, const ParsedTopic& topic, const wire::Error& error) {
  std::string what = "bridge " + std::string(topic.owner);
  if (!topic.name.empty()) what += ", device " + std::string(topic.name);
  p_.problems.raise(turn, problem_id({"bridge", topic.owner, topic.name.empty() ? "document" : topic.name}),
                    {.severity = wire::Severity::warning,
                     .text = what + ": " + error.message(),
                     .help = "The message was ignored where it is wrong. `gable conformance " +
                             std::string(topic.owner) + "` shows what a bridge should send."});
  return false;
}

void DevicePlane::on_message(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  // What a bridge said is taken away when it is forgotten; that does not make it known again.
  if (!bridges_.contains(topic.owner) && (payload.empty() || bridges_.size() >= kBridges)) return;
  if (topic.owner == kDiscoveredBridge) {
    return p_.problems.raise(
        turn, problem_id({"bridge", topic.owner, "reserved"}),
        {.severity = wire::Severity::error,
         .text = "A bridge calls itself mqtt, which stands for devices that announce themselves",
         .help = "Give the bridge another id."});
  }
  Bridge& from = bridge(topic.owner);
  if (from.newer_schema && topic.kind != TopicKind::bridge_info && topic.kind != TopicKind::bridge_status)
    return;
  switch (topic.kind) {
    case TopicKind::bridge_status:
      return on_status(turn, from, topic, payload);
    case TopicKind::bridge_info:
      return on_info(turn, from, topic, payload);
    case TopicKind::bridge_inventory:
      return on_inventory(turn, from, topic, payload);
    case TopicKind::bridge_device:
      return on_device(turn, topic, payload);
    case TopicKind::bridge_state:
      return on_state(turn, topic, payload);
    case TopicKind::bridge_link:
      return on_link(turn, topic, payload);
    case TopicKind::bridge_event:
      return on_event(turn, topic, payload);
    case TopicKind::bridge_result:
      return on_result(turn, topic, payload);
    default:
      return;
  }
}

void DevicePlane::on_bad_topic(Turn& turn, std::string_view topic) {
  const std::string_view below = topic.substr(p_.topics.root().size() + 1);
  const auto begin = below.find('/') + 1;
  const std::string_view owner = below.substr(begin, below.find('/', begin) - begin);
  p_.problems.raise(turn, problem_id({"bridge", owner, "topic"}),
                    {.severity = wire::Severity::warning,
                     .text = "Not a topic of a bridge: " + clipped(topic),
                     .help = "Ids of bridges and devices are 1 to 128 of A-Z a-z 0-9 _ . : -"});
}

void DevicePlane::on_status(Turn& turn, Bridge& from, const ParsedTopic& topic, std::string_view payload) {
  if (payload.empty()) {
    from.status_known = false;
    return judge_bridge(turn, from.id);
  }
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  auto status = wire::decode_status(*object);
  if (!status) return void(fault(turn, topic, status.error()));
  // A will of a former run must not hide the process that is running now (Sparkplug's rule; study 5.6).
  const bool other_session = from.status_known && !from.status.session.empty() && !status->session.empty() &&
                             status->session != from.status.session;
  if (other_session && status->status == wire::ParticipantStatus::offline &&
      from.status.status != wire::ParticipantStatus::offline) {
    return;
  }
  from.status = std::move(*status);
  from.status_known = true;
  note_bridge(turn, from);
  judge_bridge(turn, from.id);
}

void DevicePlane::note_bridge(Turn& turn, const Bridge& from) {
  using wire::ParticipantStatus;
  const std::string id = problem_id({"bridge", from.id, "status"});
  const auto status = from.status.status;
  if (status == ParticipantStatus::online || status == ParticipantStatus::starting)
    return p_.problems.solve(turn, id);
  const std::string reason = from.status.reason.empty() ? "" : ": " + from.status.reason;
  const bool off = status == ParticipantStatus::offline;
  p_.problems.raise(
      turn, id,
      {.severity = wire::Severity::warning,
       .text = "Bridge " + from.id + (off ? " is offline" : " has lost its devices") + reason,
       .help = off ? "Start gable-bridge-" + from.id + ", or forget it: gable forget bridge " + from.id
                   : "Look at the bridge's log; it goes on trying."});
}

void DevicePlane::on_info(Turn& turn, Bridge& from, const ParsedTopic& topic, std::string_view payload) {
  if (payload.empty()) return;
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  auto info = wire::decode_info(*object);
  const std::string id = problem_id({"bridge", from.id, "schema"});
  if (info) {
    from.newer_schema = false;
    from.info = std::move(*info);
    if (p_.problems.active(id)) judge_bridge(turn, from.id);
    return p_.problems.solve(turn, id);
  }
  if (info.error().code != ErrorCode::newer_schema) return void(fault(turn, topic, info.error()));
  from.newer_schema = true;
  p_.problems.raise(turn, id,
                    {.severity = wire::Severity::error,
                     .text = "Bridge " + from.id + " speaks a newer schema: " + info.error().text,
                     .help = "Update the hub; until then its devices are offline."});
  judge_bridge(turn, from.id);
}

void DevicePlane::on_inventory(Turn& turn, Bridge& from, const ParsedTopic& topic, std::string_view payload) {
  if (payload.empty()) return;
  auto object = wire::parse_object(payload, wire::kDocumentLimits);
  if (!object) return void(fault(turn, topic, object.error()));
  auto inventory = wire::decode_inventory(*object);
  if (!inventory) return void(fault(turn, topic, inventory.error()));
  from.inventory = std::move(*inventory);
  from.inventory_known = true;
  if (settled_) apply_inventory(turn, from);
}

void DevicePlane::apply_inventory(Turn& turn, Bridge& from) {
  if (!from.inventory_known || !from.inventory.complete) return;
  StringMap<bool> listed;
  for (const auto& id : from.inventory.devices) listed.emplace(id, true);
  for (Device& device : p_.registry.devices()) {
    if (device.bridge != from.id) continue;
    const bool present = listed.contains(device.id);
    const std::string id = problem_id({"ghost", from.id, device.id});
    if (!present && !device.entities.empty()) {
      p_.problems.raise(
          turn, id,
          {.severity = wire::Severity::warning,
           .text = "Device " + from.id + "/" + device.id + " has vanished from its bridge's inventory",
           .help = "If it is gone for good: gable forget " + from.id + "/" + device.id});
    } else {
      p_.problems.solve(turn, id);
    }
    if (device.present == present) continue;
    device.present = present;
    judge_device(turn, device);
  }
}

void DevicePlane::on_device(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  if (payload.empty()) {
    if (Device* gone = p_.registry.find_device(topic.owner, topic.name)) {
      gone->present = false;
      judge_device(turn, *gone);
    }
    return;
  }
  auto object = wire::parse_object(payload, wire::kDocumentLimits);
  if (!object) return void(fault(turn, topic, object.error()));
  auto description = wire::decode_device(*object);
  if (!description) return void(fault(turn, topic, description.error()));
  if (!has_room(turn, topic)) return;
  Device& device = p_.registry.device_of(topic.owner, topic.name);
  describe(turn, device, std::move(*description));
  p_.problems.solve(turn, problem_id({"bridge", topic.owner, topic.name}));
  if (const auto waiting = waiting_states_.extract(device_key(topic.owner, topic.name)); !waiting.empty()) {
    waiting_bytes_ -= waiting.key().size() + waiting.mapped().size();
    ParsedTopic state = topic;
    state.kind = TopicKind::bridge_state;
    on_state(turn, state, waiting.mapped());
  }
  if (const auto waiting = waiting_events_.extract(device_key(topic.owner, topic.name)); !waiting.empty()) {
    ParsedTopic event = topic;
    event.kind = TopicKind::bridge_event;
    for (const std::string& document : waiting.mapped()) {
      waiting_bytes_ -= waiting.key().size() + document.size();
      on_event(turn, event, document);
    }
  }
}

void DevicePlane::describe(Turn& turn, Device& device, wire::DeviceDescription description) {
  std::size_t count = 0;
  for (const Device& other : p_.registry.devices()) {
    if (&other != &device && other.bridge == device.bridge) count += other.entities.size();
  }
  const std::size_t asked = description.entities.size();
  const std::size_t room = count >= kEntitiesPerBridge ? 0 : kEntitiesPerBridge - count;
  device.present = true;
  const auto outcome = p_.registry.describe(device, std::move(description), room);
  if (device.entities.size() < asked) {
    p_.problems.raise(turn, problem_id({"bridge", device.bridge, "quota"}),
                      {.severity = wire::Severity::error,
                       .text = "Bridge " + device.bridge + " announces more than " +
                               std::to_string(kEntitiesPerBridge) + " entities; the rest is not taken"});
  }
  for (const auto& [index, wish] : outcome.moved_aside) {
    const Entity* holder = p_.registry.find(wish);
    const Entity& entity = p_.registry.entity(index);
    if (holder == nullptr) continue;
    p_.problems.raise(turn, problem_id({"conflict", entity.id.domain(), entity.id.object_id()}),
                      {.severity = wire::Severity::info,
                       .text = entity.source + " asks to be " + wish.text() + ", which belongs to " +
                               holder->source + "; it is " + entity.id.text(),
                       .help = "Rename one of them: gable rename " + entity.id.text() + " NEW"});
  }
  for (const auto index : outcome.created) save_entity(turn, index);
  for (const auto index : outcome.changed) save_entity(turn, index);
  for (const auto index : outcome.created) p_.publisher.mark(index, Part::meta);
  for (const auto index : outcome.changed) p_.publisher.mark(index, Part::meta);
  for (const auto index : outcome.created) p_.publisher.mark(index, Part::state);
  for (const auto index : outcome.gone) {
    const Entity& entity = p_.registry.entity(index);
    p_.problems.raise(turn, problem_id({"ghost", entity.id.domain(), entity.id.object_id()}),
                      {.severity = wire::Severity::warning,
                       .text = entity.id.text() + " is no longer part of " + device.bridge + "/" + device.id,
                       .help = "If it is gone for good: gable forget " + entity.id.text()});
    p_.states.judge(turn, index, {Availability::offline, "no longer part of its device"});
  }
  save_device(turn, device);
  judge_device(turn, device);
}

// A state that came before its device's description, which may never come.
void DevicePlane::keep_waiting(std::string key, std::string_view payload) {
  if (const auto former = waiting_states_.extract(key); !former.empty())
    waiting_bytes_ -= former.key().size() + former.mapped().size();
  const std::size_t bytes = key.size() + payload.size();
  if (payload.size() > wire::JsonLimits{}.bytes || waiting_bytes_ + bytes > kWaitingBytes) return;
  waiting_bytes_ += bytes;
  waiting_states_.emplace(std::move(key), payload);
}

// An event that came before its device's description: a bridge first says what happened while the hub was
// away.
void DevicePlane::keep_event(std::string key, std::string_view payload) {
  const std::size_t bytes = key.size() + payload.size();
  if (payload.size() > wire::JsonLimits{}.bytes || waiting_bytes_ + bytes > kWaitingBytes) return;
  std::vector<std::string>& waiting = waiting_events_[std::move(key)];
  if (waiting.size() >= kWaitingEvents) return;
  waiting_bytes_ += bytes;
  waiting.emplace_back(payload);
}

bool DevicePlane::has_room(Turn& turn, const ParsedTopic& topic) {
  if (p_.registry.find_device(topic.owner, topic.name) != nullptr) return true;
  if (p_.registry.devices_of(topic.owner) < kDevicesPerBridge) return true;
  p_.problems.raise(turn, problem_id({"bridge", topic.owner, "devices"}),
                    {.severity = wire::Severity::error,
                     .text = "Bridge " + std::string(topic.owner) + " speaks of more than " +
                             std::to_string(kDevicesPerBridge) + " devices; the rest is not taken"});
  return false;
}

void DevicePlane::on_state(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  if (payload.empty()) return;
  Device* device = p_.registry.find_device(topic.owner, topic.name);
  if (device == nullptr || !device->described) {
    return keep_waiting(device_key(topic.owner, topic.name), payload);
  }
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  apply_state(turn, *device, *object, topic);
}

// True for a stored report from before what we know already: the broker came back with an old database, and
// the bridge will publish anew. What is told live counts whatever its clock says.
bool DevicePlane::outdated(Device& device, const Object& document) const {
  const wire::Value* value = document.find("_at");
  const auto at = value == nullptr ? std::nullopt : wire::parse_time(value->string_or(""));
  if (!settled_ && at && device.last_at && *at < *device.last_at) return true;
  if (at) device.last_at = at;
  return false;
}

void DevicePlane::apply_state(Turn& turn, Device& device, const Object& document, const ParsedTopic& topic) {
  if (outdated(device, document)) return;
  std::vector<wire::Error> faults;
  const bool first = !device.reported;
  device.reported = true;
  for (std::size_t i = 0; i < device.entities.size(); ++i) {
    const auto index = device.entities[i].second;
    const Entity& entity = p_.registry.entity(index);
    Report report;
    if (device.description.single) {
      report = decode_report(entity, document, faults);
    } else {
      const wire::Value* part = document.find(device.entities[i].first);
      if (part == nullptr) continue;
      report = decode_report(entity, *part, faults);
    }
    report.context = device.context;
    p_.states.report(turn, index, std::move(report));
    // A value ends a stale spell; the verdict needs judging only then, or with the first report.
    if (first || entity.availability != Availability::online) judge(turn, index);
  }
  const std::string id = problem_id({"report", device.bridge, device.id});
  if (!faults.empty()) {
    ++device.problems;
    p_.problems.raise(turn, id,
                      {.severity = wire::Severity::warning,
                       .text = "Bridge " + device.bridge + " reports wrongly: " + faults.front().message(),
                       .help = "The value was left out; everything else in the report was taken."});
  } else if (device.problems > 0) {
    device.problems = 0;
    p_.problems.solve(turn, id);
  }
  if (p_.problems.active(problem_id({"bridge", device.bridge, device.id}))) {
    p_.problems.solve(turn, problem_id({"bridge", topic.owner, topic.name}));
  }
}

void DevicePlane::on_link(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  if (!has_room(turn, topic)) return;
  Device& device = p_.registry.device_of(topic.owner, topic.name);
  if (payload.empty()) {
    device.link_known = false;
    return judge_device(turn, device);
  }
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  auto link = wire::decode_link(*object);
  if (!link) return void(fault(turn, topic, link.error()));
  device.link = std::move(*link);
  device.link_known = true;
  judge_device(turn, device);
}

// A press that the broker delivers again is no second press. The payload belongs to it, since a bridge may
// begin its ids anew.
bool DevicePlane::came_before(Turn& turn, const ParsedTopic& topic, const Object& event,
                              std::string_view payload) {
  const wire::Value* id = event.find("_id");
  if (id == nullptr) return false;
  const std::string text = wire::plain_text(*id);
  const auto key = device_key(topic.owner, topic.name).append("/").append(wire::utf8_prefix(text, 128)) + "/";
  return events_.seen(turn, key + std::to_string(std::hash<std::string_view>{}(payload)));
}

void DevicePlane::on_event(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  Device* device = p_.registry.find_device(topic.owner, topic.name);
  if (payload.empty()) return;
  if (device == nullptr || (!device->described && device->entities.empty()))
    return keep_event(device_key(topic.owner, topic.name), payload);
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  if (came_before(turn, topic, *object, payload)) return;
  for (std::size_t i = 0; i < device->entities.size(); ++i) {
    const auto& [key, index] = device->entities[i];
    const wire::Value* part = device->description.single ? nullptr : object->find(key);
    if (device->description.single)
      fire_event(turn, *device, index, *object);
    else if (part != nullptr && part->as_object() != nullptr)
      fire_event(turn, *device, index, *part->as_object());
  }
}

void DevicePlane::fire_event(Turn& turn, Device& device, EntityIndex index, const Object& document) {
  Entity& entity = p_.registry.entity(index);
  if (entity.disabled()) return;
  entity.initial_pending = false;  // an event is never old news: the first after a start counts too
  Object event;
  for (const auto& member : document) {
    if (!member.key.starts_with('_')) event.append(member.key, member.value);
  }
  publish_event(turn, entity, event, document.find("_id"));
  device.reported = true;
  if (event_listener_) event_listener_(turn, entity, event);
  if (entity.description->domain->state_kind != wire::StateKind::time) return;
  Report report;
  report.text = wire::format_time(turn.now);
  report.attributes = std::move(event);
  report.context = device.context;
  p_.states.report(turn, index, std::move(report));
}

void DevicePlane::publish_event(Turn& turn, const Entity& entity, const Object& event,
                                const wire::Value* id) const {
  Object line;
  line.append("t", wire::format_time(turn.now));
  line.append("k", "event");
  line.append("e", entity.id.text());
  line.append("data", event);
  turn.out.journal.emplace_back(wire::to_json(line));
  Object published = event;
  published.append("_at", wire::format_time(turn.now));
  if (id != nullptr) published.append("_id", *id);
  turn.out.publishes.push_back({.topic = p_.topics.entity(TopicKind::event, entity.id),
                                .payload = wire::to_json(published),
                                .expiry_seconds = kEventExpirySeconds});
}

void DevicePlane::on_result(Turn& turn, const ParsedTopic& topic, std::string_view payload) {
  auto object = wire::parse_object(payload);
  if (!object) return void(fault(turn, topic, object.error()));
  const auto result = wire::decode_result(*object);
  if (!result) return void(fault(turn, topic, result.error()));
  p_.desk.on_result(turn, *result);
}

}  // namespace gable::hub
