#include "core/discovery/neighbours.hpp"

#include <utility>

#include "wire/json.hpp"

namespace gable::hub {

namespace {

constexpr std::string_view kDropped = "$SYS/broker/publish/messages/dropped";
constexpr std::string_view kInfo = "/bridge/info";
constexpr std::string_view kDevices = "/bridge/devices";
constexpr std::size_t kMaxBases = 20;
constexpr std::size_t kMaxList = 4 * std::size_t{1024} * 1024;  // above that it is not compared
constexpr wire::JsonLimits kLimits{kMaxList, 32, 400'000};
constexpr std::size_t kNamed = 5;
// zigbee2mqtt lists its devices first and announces them then, one after the other.
constexpr std::chrono::seconds kPatience{30};
// What a start made the broker drop has been read again by other means; it tells of it 10 s later
// (sys_interval).
constexpr std::chrono::seconds kCounterIsLate{15};

const wire::Value* at(const wire::Object& object, std::string_view key) { return object.find(key); }

bool enabled(const wire::Object& info) {
  const wire::Value* config = at(info, "config");
  const wire::Value* theirs = config == nullptr || config->as_object() == nullptr
                                  ? nullptr
                                  : at(*config->as_object(), "homeassistant");
  if (theirs == nullptr) return true;  // a version that does not say
  if (theirs->as_object() == nullptr) return theirs->bool_or(true);
  const wire::Value* on = at(*theirs->as_object(), "enabled");
  return on == nullptr || on->bool_or(true);
}

bool is(const wire::Object& device, std::string_view key, bool fallback) {
  const wire::Value* value = device.find(key);
  return value == nullptr ? fallback : value->bool_or(fallback);
}

}  // namespace

std::vector<std::string> Neighbours::filters() {
  return {std::string(kDropped), "+/bridge/info", "+/bridge/devices", "+/+/bridge/info",
          "+/+/bridge/devices"};
}

bool Neighbours::on_message(Turn& turn, const MessageIn& message) {
  const std::string_view topic = message.topic;
  if (topic == kDropped) return on_dropped(turn, message.payload), true;
  if (topic.ends_with(kInfo))
    return on_info(turn, topic.substr(0, topic.size() - kInfo.size()), message.payload), true;
  if (topic.ends_with(kDevices))
    return on_devices(turn, topic.substr(0, topic.size() - kDevices.size()), message.payload), true;
  return false;
}

void Neighbours::on_info(Turn& turn, std::string_view base, const std::string& payload) {
  const auto info = wire::parse_object(payload, kLimits);
  if (!info || !info->contains("coordinator")) return;  // somebody else's
  const std::string id = problem_id({"discovery", base, "announce"});
  if (enabled(*info)) {
    silent_.erase(std::string(base));
    return problems_.solve(turn, id);
  }
  if (silent_.size() < kMaxBases) silent_.emplace(base);
  problems_.raise(turn, id,
                  {.severity = wire::Severity::warning,
                   .text = "zigbee2mqtt at " + clipped(base) + " does not announce its devices",
                   .help = "Set homeassistant: {enabled: true} in its configuration.yaml and restart it."});
}

void Neighbours::on_devices(Turn& turn, std::string_view base, const std::string& payload) {
  const std::string name(base);
  if (devices_.size() >= kMaxBases && !devices_.contains(name)) return;
  const auto list = wire::parse_json(payload, kLimits);
  if (!list || list->as_list() == nullptr) return;
  Names found;
  for (const wire::Value& entry : *list->as_list()) {
    const wire::Object* device = entry.as_object();
    if (device == nullptr || !is(*device, "supported", false) || is(*device, "disabled", false)) continue;
    const wire::Value* address = at(*device, "ieee_address");
    const wire::Value* type = at(*device, "type");
    if (address == nullptr || (type != nullptr && type->string_or("") == "Coordinator")) continue;
    const wire::Value* given = at(*device, "friendly_name");
    const std::string_view known_as = address->string_or("");
    found.emplace(known_as, given == nullptr ? known_as : given->string_or(known_as));
  }
  devices_[name] = std::move(found);
  if (settled_) look_later(turn);
}

void Neighbours::settle(const Turn& turn) {
  settled_ = true;
  dropped_counts_from_ = turn.now + kCounterIsLate;
  look_later(turn);
}

void Neighbours::look_later(const Turn& turn) {
  if (!devices_.empty()) deadlines_.set(DeadlineKind::neighbours, 0, turn.now + kPatience);
}

void Neighbours::on_deadline(Turn& turn) {
  bool missing = false;
  for (const auto& [base, names] : devices_) missing |= compare(turn, base);
  if (missing) look_later(turn);
}

// A broker with default settings cuts a burst of retained messages at 1,020 (experiment L1).
bool Neighbours::compare(Turn& turn, const std::string& base) {
  const std::string id = problem_id({"discovery", base, "missing"});
  if (silent_.contains(base)) {  // which is a problem of its own
    problems_.solve(turn, id);
    return false;
  }
  std::size_t missing = 0;
  std::string names;
  for (const auto& [address, name] : devices_[base]) {
    const Device* device = registry_.find_device(std::string(kDiscoveredBridge) + "/zigbee2mqtt_" + address);
    if (device != nullptr && device->described) continue;
    if (++missing <= kNamed) names += (names.empty() ? "" : ", ") + clipped(name);
  }
  if (missing == 0) {
    problems_.solve(turn, id);
    return false;
  }
  problems_.raise(
      turn, id,
      {.severity = wire::Severity::warning,
       .text = std::to_string(missing) + " of " + std::to_string(devices_[base].size()) +
               " devices of zigbee2mqtt at " + clipped(base) + " are not announced: " + names +
               (missing > kNamed ? " …" : ""),
       .help = "Set `max_queued_messages 0` in mosquitto.conf (gable broker-check says more), then restart "
               "zigbee2mqtt."});
  return true;
}

void Neighbours::on_dropped(Turn& turn, const std::string& payload) {
  wire::Value count;
  if (!wire::parse_scalar(payload, count) || count.as_int() == nullptr) return;
  const std::int64_t now = *count.as_int();
  const auto before = std::exchange(dropped_, now);
  if (!before || now <= *before || !settled_ || turn.now < dropped_counts_from_) return;
  problems_.raise(
      turn, "broker.dropped",
      {.severity = wire::Severity::warning,
       .text = "The broker has dropped " + std::to_string(now - *before) +
               " messages, of whomever: somebody could not take them as fast as they came",
       .help = "Set `max_queued_messages 0` in mosquitto.conf, or look for a client that hangs."});
}

}  // namespace gable::hub
