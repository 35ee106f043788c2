#include <algorithm>

#include "bridge/report_check.hpp"
#include "conformance/checks.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::conformance {

namespace {

using wire::TopicKind;
using Problems = std::vector<std::string>;

bool deleted(const Seen& seen) { return seen.message.payload.empty(); }

// The document on a topic of the bridge, decoded; what is wrong goes to `problem`.
template <class Decode>
auto document(const Observer& observer, TopicKind kind, std::string_view name, const Decode& decode,
              std::string& problem) -> std::optional<std::decay_t<decltype(*decode(wire::Object{}))>> {
  const std::string topic = observer.tree().bridge(kind, observer.options().bridge, name);
  const std::string* payload = observer.latest(kind, name);
  if (payload == nullptr) {
    problem = "expected a retained document on " + topic + ", there is none";
    return {};
  }
  const auto object = wire::parse_object(*payload, wire::kDocumentLimits);
  if (!object) {
    problem = topic + ": " + object.error().message() + ": " + shown(*payload);
    return {};
  }
  auto decoded = decode(*object);
  if (!decoded) {
    problem = topic + ": " + decoded.error().message();
    return {};
  }
  return std::move(*decoded);
}

bool check_status(const Observer& observer, Announced& announced, Report& report) {
  std::string problem;
  const auto status = document(observer, TopicKind::bridge_status, {}, wire::decode_status, problem);
  if (!status) {
    report.fail("status", problem + " (is the bridge running, and is this its name?)");
    return false;
  }
  announced.session = status->session;
  const auto words = std::string(wire::to_string(status->status));
  const bool well = status->status == wire::ParticipantStatus::online;
  const bool poorly = status->status == wire::ParticipantStatus::degraded;
  if (!well && !poorly) {
    report.fail("status", "expected online or degraded, it says " + words);
    return false;
  }
  if (poorly && status->reason.empty()) {
    report.fail("status", "it says degraded; expected a reason");
  } else {
    report.pass("status");
  }
  if (status->session.empty()) {
    report.fail("status.session", "expected a session id that is new for every process start, there is none");
  } else {
    report.pass("status.session");
  }
  return true;
}

void check_info(const Observer& observer, Report& report) {
  std::string problem;
  const auto info = document(observer, TopicKind::bridge_info, {}, wire::decode_info, problem);
  if (!info) return report.fail("info", problem);
  report.pass("info");
  if (info->schema != wire::kBridgeSchema) {
    return report.fail("info.schema", "expected schema " + std::string(wire::kBridgeSchema) + ", it says \"" +
                                          shown(info->schema) + "\"");
  }
  report.pass("info.schema");
}

Problems read_devices(const Observer& observer, const std::vector<std::string>& ids, Announced& announced) {
  Problems problems;
  for (const std::string& id : ids) {
    std::string problem;
    auto device = document(observer, TopicKind::bridge_device, id, wire::decode_device, problem);
    if (device) {
      announced.devices.emplace(id, std::move(*device));
    } else {
      problems.push_back(problem);
    }
  }
  return problems;
}

void check_inventory(const Observer& observer, Announced& announced, Report& report) {
  std::string problem;
  const auto inventory = document(observer, TopicKind::bridge_inventory, {}, wire::decode_inventory, problem);
  if (!inventory) return report.fail("inventory", problem);
  Problems problems;
  if (!inventory->complete) problems.emplace_back("expected \"complete\": true beside status online");
  for (const std::string& id : inventory->devices) {
    if (!wire::valid_device_id(id)) problems.push_back("\"" + shown(id) + "\" is no device id");
  }
  report.add("inventory", problems);
  report.add("device", read_devices(observer, inventory->devices, announced));
  Problems ghosts;
  for (const auto kind : {TopicKind::bridge_device, TopicKind::bridge_state, TopicKind::bridge_link}) {
    for (const std::string& name : observer.names(kind)) {
      if (std::find(inventory->devices.begin(), inventory->devices.end(), name) != inventory->devices.end())
        continue;
      ghosts.push_back(observer.tree().bridge(kind, observer.options().bridge, name) +
                       " is there, but the inventory does not have the device");
    }
  }
  report.add("inventory.ghosts", ghosts);
}

std::string named(std::string text, std::string_view name) {
  text += ": ";
  return text += name;
}

void check_values(const wire::EntityDescription& entity, const wire::Object& values, const std::string& where,
                  Problems& problems) {
  for (const auto& [name, value] : values) {
    if (name.starts_with('_')) continue;
    if (const auto error = bridge::check_report(entity, name, value)) {
      problems.push_back(named(where, name) + ": " + error->message());
    }
  }
  // Domains that only act or only tell of events have no state to report.
  const bool stateless = entity.domain->state_kind == wire::StateKind::time;
  if (!stateless && !values.contains("state")) {
    problems.push_back(where + ": expected a complete document, it has no \"state\"");
  }
}

void check_state(const wire::DeviceDescription& device, const wire::Object& state, const std::string& topic,
                 Problems& problems) {
  if (device.single) return check_values(device.entities.front().second, state, topic, problems);
  for (const auto& [key, value] : state) {
    if (key.starts_with('_')) continue;
    const auto entity = std::find_if(device.entities.begin(), device.entities.end(),
                                     [&key = key](const auto& entry) { return entry.first == key; });
    if (entity == device.entities.end()) {
      problems.push_back(topic + ": the description has no entity \"" + shown(key) + "\"");
    } else if (value.as_object() == nullptr) {
      problems.push_back(named(topic, key) + ": expected an object, as in {\"state\": …}");
    } else {
      check_values(entity->second, *value.as_object(), named(topic, key), problems);
    }
  }
}

Problems state_problems(const Seen& seen, const Announced& announced) {
  const auto device = announced.devices.find(seen.name);
  if (deleted(seen) || device == announced.devices.end()) return {};
  const auto object = wire::parse_object(seen.message.payload, wire::kDocumentLimits);
  if (!object) return {seen.message.topic + ": " + object.error().message()};
  Problems problems;
  check_state(device->second, *object, seen.message.topic, problems);
  return problems;
}

void check_states(const Observer& observer, const Announced& announced, Report& report) {
  Problems problems;
  for (const Seen& seen : observer.seen()) {
    if (!seen.known || seen.kind != TopicKind::bridge_state) continue;
    for (std::string& problem : state_problems(seen, announced)) problems.push_back(std::move(problem));
  }
  report.add("state", problems);
}

void check_links(const Observer& observer, const Announced& announced, Report& report) {
  Problems problems;
  for (const auto& [id, device] : announced.devices) {
    std::string problem;
    const auto link = document(observer, TopicKind::bridge_link, id, wire::decode_link, problem);
    if (!link) problems.push_back(problem);
  }
  report.add("link", problems);
}

bool must_be_retained(TopicKind kind) {
  using enum TopicKind;
  return kind == bridge_status || kind == bridge_info || kind == bridge_inventory || kind == bridge_device ||
         kind == bridge_state || kind == bridge_link || kind == bridge_health;
}

bool is_ours(TopicKind kind) { return kind == TopicKind::bridge_set || kind == TopicKind::bridge_request; }

}  // namespace

bool check_documents(Observer& observer, Announced& announced, Report& report) {
  if (!check_status(observer, announced, report)) return false;
  check_info(observer, report);
  check_inventory(observer, announced, report);
  check_states(observer, announced, report);
  check_links(observer, announced, report);
  return true;
}

void check_live_documents(const Observer& observer, const Announced& announced, Report& report) {
  Problems flags, unknown, states;
  const auto& all = observer.seen();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Seen& seen = all[i];
    if (!observer.of_bridge(seen) || deleted(seen)) continue;
    if (!seen.known) {
      unknown.push_back(seen.message.topic + " is no topic of the tree");
      continue;
    }
    const bool stored = i < observer.stored();
    if (stored && !must_be_retained(seen.kind)) {
      flags.push_back(seen.message.topic +
                      " is retained; nothing but status, info, inventory, device, state, link " +
                      "and health may be");
    }
    // Only MQTT 5 shows the flag of what is published now.
    if (stored || observer.protocol_version() < 5 || is_ours(seen.kind)) continue;
    if (seen.message.retain != must_be_retained(seen.kind)) {
      flags.push_back(seen.message.topic +
                      (seen.message.retain ? " was published retained" : " was not retained"));
    }
    if (seen.kind == TopicKind::bridge_state) {
      for (std::string& problem : state_problems(seen, announced)) states.push_back(std::move(problem));
    }
  }
  report.add("retained_flags", flags);
  report.add("topics", unknown);
  report.add("state.live", states);
}

}  // namespace gable::conformance
