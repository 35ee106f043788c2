#include "discovery/survey/survey.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "discovery/announcement/announcement.hpp"
#include "wire/documents.hpp"
#include "wire/json.hpp"

namespace gable::discovery {

namespace {

constexpr std::size_t kMaxDevices = 100'000;
constexpr std::size_t kMaxGroups = 1'000;
constexpr wire::JsonLimits kLimits{16 * 1024 * 1024, 32, 2'000'000};  // zigbee2mqtt's list of all devices

std::vector<std::string_view> levels_of(std::string_view topic) {
  std::vector<std::string_view> levels;
  for (std::size_t begin = 0; begin <= topic.size();) {
    const auto end = std::min(topic.find('/', begin), topic.size());
    levels.push_back(topic.substr(begin, end - begin));
    begin = end + 1;
  }
  return levels;
}

std::string join(const std::vector<std::string_view>& levels, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out.append(i == 0 ? "" : "/").append(levels[i]);
  return out;
}

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

// What is known of programs that are no announcers by themselves.
struct Known {
  std::string_view name;
  bool read;  // as it is, without its announcing anything
  std::string_view missing, advice;
};
constexpr std::array<Known, 10> kKnown{
    Known{"Tasmota", true, "", ""},
    Known{"Shelly (Gen2 and later)", true, "", ""},
    Known{"Shelly (Gen1)", true, "", ""},
    Known{"Homie", true, "", ""},
    Known{"ESPHome", false, "does not announce",
          "in the device's mqtt: block: discovery: true (its default)"},
    Known{"rtl_433", false, "does not announce", "run its rtl_433_mqtt_hass.py beside it"},
    Known{"zwave-js-ui", false, "does not announce", "Settings, Home Assistant: MQTT discovery on"},
    Known{"OpenMQTTGateway", false, "does not announce", "build it with ZmqttDiscovery (its default)"},
    Known{"Frigate", false, "announces nothing over MQTT", "describe what you need of it with a device map"},
    Known{"WLED", false, "announces nothing over MQTT", "describe it with a device map"},
};

const Known* known(std::string_view name) {
  const auto found =
      std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& k) { return k.name == name; });
  return found == kKnown.end() ? nullptr : &*found;
}

bool is_online(std::string_view payload) {
  const auto document = wire::parse_object(payload);
  const auto status =
      document ? wire::decode_status(*document) : wire::Result<wire::StatusDoc>(wire::Error{});
  return status && status->status == wire::ParticipantStatus::online;
}

}  // namespace

Survey::Survey(std::string prefix, std::string root) : prefix_(std::move(prefix)), root_(std::move(root)) {}

void Survey::hear(std::string_view topic, std::string_view payload, bool retained) {
  ++messages_;
  if (topic == "$SYS/broker/version") broker_ = payload;
  if (topic.starts_with('$') || payload.empty()) return;
  if (topic == prefix_ + "/status") {
    (retained ? retained_birth_ : birth_) |= payload == "online" || !retained;
    return;
  }
  const Levels levels = levels_of(topic);
  if (levels.front() == root_) {
    if (topic == root_ + "/hub/status") hub_ = is_online(payload);
    if (levels.size() == 4 && levels[1] == "bridge" && levels[3] == "status")
      add("Gable bridge", "", levels[2]);
    return;
  }
  if (announcement(topic, payload) || zigbee(levels, payload) || homie(levels) || named(levels)) return;
  if (others_.size() < kMaxGroups || others_.contains(std::string(levels.front())))
    ++others_[std::string(levels.front())];
}

void Survey::add(const char* name, std::string_view base, std::string_view device) {
  const std::pair<std::string, std::string> key(name, base);
  if (groups_.size() >= kMaxGroups && !groups_.contains(key)) return;
  Group& group = groups_[key];
  if (group.devices.size() < kMaxDevices) group.devices.emplace(device);
}

bool Survey::announcement(std::string_view topic, std::string_view payload) {
  const auto parsed = parse_announcement_topic(prefix_, topic);
  if (!parsed) return false;
  const auto read = read_announcement(*parsed, payload);
  if (!read) return true;
  for (const Component& component : read->components) {
    Announcer& from = announcers_[component.origin.name.empty() ? "(no origin)" : component.origin.name];
    ++from.entities;
    from.version = component.origin.sw_version;
    const DeviceInfo& device = component.device;
    if (from.devices.size() >= kMaxDevices) continue;
    if (!device.identifiers.empty())
      from.devices.insert(device.identifiers.front());
    else if (!device.connections.empty())
      from.devices.insert(device.connections.front().second);
  }
  return true;
}

// <base>/bridge/info, <base>/bridge/devices, <base>/bridge/state
bool Survey::zigbee(const Levels& levels, std::string_view payload) {
  const std::size_t count = levels.size();
  if (count < 3 || levels[count - 2] != "bridge") {
    const std::string first(levels.front());
    return zigbee_.contains(first);  // what its devices say
  }
  const std::string_view what = levels[count - 1];
  if (what != "info" && what != "devices") return false;
  const auto document = wire::parse_json(payload, kLimits);
  if (!document) return false;
  if (what == "devices") {
    if (document->as_list() == nullptr) return false;
    std::size_t devices = 0;
    for (const auto& device : *document->as_list()) {
      const wire::Object* object = device.as_object();
      devices += object != nullptr && text_at(*object, "type") != "Coordinator" ? 1U : 0U;
    }
    zigbee_[join(levels, count - 2)].devices = devices;
    return true;
  }
  const wire::Object* info = document->as_object();
  if (info == nullptr || !info->contains("coordinator")) return false;
  Zigbee& found = zigbee_[join(levels, count - 2)];
  found.told = true;
  found.version = text_at(*info, "version");
  const wire::Value* config = info->find("config");
  const wire::Value* theirs = config == nullptr || config->as_object() == nullptr
                                  ? nullptr
                                  : config->as_object()->find("homeassistant");
  if (theirs != nullptr && theirs->as_object() != nullptr) {
    const wire::Value* enabled = theirs->as_object()->find("enabled");
    found.announces = enabled == nullptr || enabled->bool_or(true);
  } else {
    found.announces = theirs != nullptr && theirs->bool_or(false);
  }
  return true;
}

// Homie 3 and 4: <base>/<device>/$homie; Homie 5: <base>/5/<device>/$state
bool Survey::homie(const Levels& levels) {
  const std::size_t count = levels.size();
  if (count == 4 && levels[1] == "5" && levels[3] == "$state") {
    add("Homie", levels[0], levels[2]);
    return true;
  }
  if (count >= 3 && levels[2] == "$homie") {
    add("Homie", levels[0], levels[1]);
    return true;
  }
  return std::any_of(levels.begin(), levels.end(),
                     [](std::string_view level) { return level.starts_with('$'); });
}

bool Survey::named(const Levels& levels) {
  const std::size_t count = levels.size();
  const auto at = [&](std::size_t i) { return i < count ? levels[i] : std::string_view(); };
  if (at(0) == "tasmota" && at(1) == "discovery") return add("Tasmota", "", at(2)), true;
  if (at(0) == "esphome" && at(1) == "discover") return add("ESPHome", "", at(2)), true;
  if (at(0) == "shellies") {
    if (count > 2) add("Shelly (Gen1)", "", at(1));
    return true;
  }
  if (at(0).starts_with("shelly") && (at(1) == "online" || at(1) == "events" || at(1) == "status"))
    return add("Shelly (Gen2 and later)", "", at(0)), true;
  if (at(0) == "rtl_433") {
    if (at(2) == "devices") add("rtl_433", "", join(levels, std::min<std::size_t>(count, 6)));
    return true;
  }
  if (at(0) == "frigate") return add("Frigate", "", count == 2 ? std::string_view() : at(1)), true;
  if (at(0) == "wled" && count > 1) return add("WLED", "", at(1)), true;
  if (at(1) == "_CLIENTS" && at(2).starts_with("ZWAVE_GATEWAY"))
    return add("zwave-js-ui", at(0), at(2)), true;
  if (count >= 3 && (at(2) == "BTtoMQTT" || at(2) == "RFtoMQTT" || at(2) == "SYStoMQTT"))
    return add("OpenMQTTGateway", at(0), at(1)), true;
  if ((at(0) == "tele" || at(0) == "stat") && count == 3) return add("Tasmota", "", at(1)), true;
  return false;
}

Speaker Survey::zigbee_row(const std::string& base, const Zigbee& found) const {
  Speaker row;
  row.name = "zigbee2mqtt";
  row.base = base;
  row.version = found.version;
  row.devices = found.devices;
  row.announces = found.announces;
  for (const auto& [origin, announcer] : announcers_) {
    if (origin != "Zigbee2MQTT") continue;
    row.entities = announcer.entities;
    row.announced = announcer.devices.empty() ? 0 : announcer.devices.size() - 1;  // its own bridge is one
  }
  row.devices = std::max(row.devices, row.announced);  // its list may not have come
  if (found.told && !found.announces) {
    row.missing = "does not announce";
    row.advice = "set homeassistant: {enabled: true} in its configuration.yaml, and restart it";
  } else if (found.announces && row.announced < row.devices) {
    row.missing = std::to_string(row.devices - row.announced) + " of its devices are not announced";
    row.advice = "those it does not support, or a broker that cut a burst: see `gable broker-check`";
  }
  return row;
}

Speaker Survey::group_row(const std::string& name, const std::string& base, const Group& found) const {
  Speaker row;
  row.name = name;
  row.base = base;
  row.devices = found.devices.size();
  const Known* fact = known(name);
  row.announces = fact == nullptr || fact->read || announcers_.contains(name);
  if (row.announces) return row;
  row.missing = fact->missing;
  row.advice = fact->advice;
  return row;
}

std::vector<Speaker> Survey::speakers() const {
  std::vector<Speaker> rows;
  for (const auto& [base, found] : zigbee_) rows.push_back(zigbee_row(base, found));
  for (const auto& [key, found] : groups_) rows.push_back(group_row(key.first, key.second, found));
  for (const auto& [origin, found] : announcers_) {
    if (origin == "Zigbee2MQTT" && !zigbee_.empty()) continue;
    Speaker row;
    row.name = origin;
    row.version = found.version;
    row.devices = row.announced = found.devices.size();
    row.entities = found.entities;
    row.announces = true;
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const Speaker& a, const Speaker& b) {
    return std::tie(a.name, a.base) < std::tie(b.name, b.base);
  });
  for (const auto& [level, count] : others_) {
    if (zigbee_.contains(level)) continue;  // came before it was known whose that is
    Speaker row;
    row.name = "other";
    row.base = level;
    row.missing = std::to_string(count) + (count == 1 ? " message" : " messages") +
                  " of a kind that nothing here knows";
    row.advice = "describe them with a device map, or leave them";
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gable::discovery
