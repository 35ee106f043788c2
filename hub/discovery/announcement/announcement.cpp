#include "discovery/announcement/announcement.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "discovery/announcement/abbreviations.hpp"
#include "discovery/fields.hpp"
#include "wire/json.hpp"

namespace gable::discovery {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::List;
using wire::Object;
using wire::Value;

constexpr std::size_t kMaxComponents = 1'000;
constexpr std::size_t kMaxIdentifiers = 32;
constexpr std::size_t kMaxText = 512;
constexpr wire::JsonLimits kLimits{256 * 1024, 24, 50'000};

// What a device message says once for all its components.
constexpr std::array<std::string_view, 9> kShared{
    "availability",
    "availability_mode",
    "availability_template",
    "availability_topic",
    "command_topic",
    "payload_available",
    "encoding",
    "qos",
    "payload_not_available",
};

// Home Assistant takes [A-Za-z0-9_-] only; zigbee2mqtt sends spaces and more, and means a device by them too.
bool valid_id(std::string_view id) {
  return !id.empty() && std::none_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

// At most kMaxText bytes, whole characters.
std::string bounded(const Value& value) {
  if (value.as_list() != nullptr || value.as_object() != nullptr || value.is_null()) return {};
  return clipped(python_text(value), kMaxText);
}

std::string text_of(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::string() : bounded(*value);
}

void resolve_base(Value& value, std::string_view base) {
  std::string text(value.string_or(""));
  if (text.empty()) return;
  if (text.front() == '~')
    text.replace(0, 1, base);
  else if (text.back() == '~')
    text.replace(text.size() - 1, 1, base);
  value = std::move(text);
}

Object with_long_keys(const Object& object) {
  Object out;
  for (const auto& [key, value] : object) out.set(long_key(key), value);
  return out;
}

void resolve_topics(Object& config) {
  const Value* base = config.find("~");
  if (base == nullptr) return;
  const std::string prefix(base->string_or(""));
  config.erase("~");
  for (auto& [key, value] : config) {
    if (std::string_view(key).ends_with("topic")) resolve_base(value, prefix);
  }
  Value* entries = config.find("availability");
  if (entries == nullptr || entries->as_list() == nullptr) return;
  for (Value& entry : *entries->as_list()) {
    Object* object = entry.as_object();
    if (Value* topic = object == nullptr ? nullptr : object->find("topic")) resolve_base(*topic, prefix);
  }
}

// Short names inside `availability`, which may be one object instead of a list.
void expand_availability(Object& config) {
  Value* entries = config.find("availability");
  if (entries == nullptr) return;
  if (entries->as_object() != nullptr) {
    List list;
    list.push_back(*entries);
    *entries = Value(std::move(list));
  }
  if (entries->as_list() == nullptr) {
    config.erase("availability");
    return;
  }
  for (Value& entry : *entries->as_list()) {
    if (entry.as_object() != nullptr) entry = Value(with_long_keys(*entry.as_object()));
  }
}

Object expanded(const Object& config) {
  Object out = with_long_keys(config);
  expand_availability(out);
  resolve_topics(out);
  return out;
}

// availability_topic and what goes with it → the list form, which every platform reads.
void unify_availability(Object& config) {
  const Value* topic = config.find("availability_topic");
  if (topic == nullptr || config.contains("availability")) return;
  Object entry;
  entry.append("topic", *topic);
  for (const auto* key : {"payload_available", "payload_not_available"}) {
    if (const Value* payload = config.find(key)) entry.append(key, *payload);
  }
  if (const Value* source = config.find("availability_template")) entry.append("value_template", *source);
  List list;
  list.emplace_back(std::move(entry));
  config.set("availability", std::move(list));
}

std::vector<std::string> identifiers_of(const Object& device) {
  std::vector<std::string> out;
  const Value* given = device.find("identifiers");
  if (given == nullptr) return out;
  const auto add = [&](const Value& value) {
    if (std::string text = bounded(value); !text.empty() && out.size() < kMaxIdentifiers)
      out.push_back(std::move(text));
  };
  if (const List* list = given->as_list())
    for (const Value& one : *list) add(one);
  else
    add(*given);
  return out;
}

std::vector<std::pair<std::string, std::string>> connections_of(const Object& device) {
  std::vector<std::pair<std::string, std::string>> out;
  const Value* given = device.find("connections");
  const List* list = given == nullptr ? nullptr : given->as_list();
  if (list == nullptr) return out;
  for (const Value& one : *list) {
    const List* pair = one.as_list();
    if (pair != nullptr && pair->size() == 2 && out.size() < kMaxIdentifiers)
      out.emplace_back(bounded((*pair)[0]), bounded((*pair)[1]));
  }
  return out;
}

DeviceInfo device_of(const Value* given) {
  DeviceInfo info;
  if (given == nullptr || given->as_object() == nullptr) return info;
  Object device;
  for (const auto& [key, value] : *given->as_object()) device.set(std::string(long_device_key(key)), value);
  info.identifiers = identifiers_of(device);
  info.connections = connections_of(device);
  info.name = text_of(device, "name");
  info.manufacturer = text_of(device, "manufacturer");
  info.model = text_of(device, "model");
  info.model_id = text_of(device, "model_id");
  info.serial_number = text_of(device, "serial_number");
  info.sw_version = text_of(device, "sw_version");
  info.hw_version = text_of(device, "hw_version");
  info.suggested_area = text_of(device, "suggested_area");
  info.via_device = text_of(device, "via_device");
  const std::string url = text_of(device, "configuration_url");
  if (url.starts_with("http://") || url.starts_with("https://")) info.configuration_url = url;
  return info;
}

Origin origin_of(const Value* given) {
  Origin origin;
  if (given == nullptr || given->as_object() == nullptr) return origin;
  for (const auto& [key, value] : *given->as_object()) {
    const std::string_view name = long_origin_key(key);
    if (name == "name") origin.name = bounded(value);
    if (name == "sw_version") origin.sw_version = bounded(value);
    if (name == "support_url") origin.url = bounded(value);
  }
  return origin;
}

Component component_of(std::string platform, std::string key, Object config) {
  Component component;
  component.platform = std::move(platform);
  component.key = std::move(key);
  component.device = device_of(config.find("device"));
  component.origin = origin_of(config.find("origin"));
  config.erase("device");
  config.erase("origin");
  config.erase("platform");
  unify_availability(config);
  component.config = std::move(config);
  return component;
}

// What the device message shares, unless the component says otherwise.
void share(const Object& document, Object& part) {
  const bool own_availability = part.contains("availability") || part.contains("availability_topic");
  for (const auto key : kShared) {
    if (own_availability && key.starts_with("availability")) continue;
    const Value* value = document.find(key);
    if (value != nullptr && !part.contains(key)) part.append(std::string(key), *value);
  }
  if (const Value* topic = document.find("state_topic"); topic != nullptr && !part.contains("state_topic"))
    part.append("state_topic", *topic);
}

wire::Result<Announcement> read_device_message(const AnnouncementTopic& topic, const Object& document,
                                               Announcement out) {
  const Value* parts = document.find("components");
  if (parts == nullptr || parts->as_object() == nullptr)
    return Error{ErrorCode::malformed, "a device message has an object of components", "components"};
  if (!device_of(document.find("device")).known())
    return Error{ErrorCode::malformed, "a device needs identifiers or connections", "device"};
  if (origin_of(document.find("origin")).name.empty())
    return Error{ErrorCode::malformed, "a device message says its origin with a name", "origin"};
  if (parts->as_object()->size() > kMaxComponents)
    return Error{ErrorCode::too_large, "a device has at most 1000 components", "components"};
  for (const auto& [name, value] : *parts->as_object()) {
    const std::string key = name + " " + topic.id;
    if (value.as_object() == nullptr) {
      out.faults.push_back("components." + name + ": expected an object");
      continue;
    }
    Object part = expanded(*value.as_object());
    const std::string platform = text_of(part, "platform");
    if (platform.empty()) {
      out.faults.push_back("components." + name + ": names no platform");
      continue;
    }
    if (part.size() == 1) {
      out.removed.push_back({.platform = platform, .key = key, .device = {}, .origin = {}, .config = {}});
      continue;
    }
    share(document, part);
    part.set("device", *document.find("device"));
    part.set("origin", *document.find("origin"));
    out.components.push_back(component_of(platform, key, std::move(part)));
  }
  return out;
}

}  // namespace

std::optional<AnnouncementTopic> parse_announcement_topic(std::string_view prefix, std::string_view topic) {
  if (!topic.starts_with(prefix) || topic.size() <= prefix.size() + 1 || topic[prefix.size()] != '/')
    return std::nullopt;
  topic.remove_prefix(prefix.size() + 1);
  std::array<std::string_view, 4> levels;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= topic.size();) {
    const auto end = std::min(topic.find('/', begin), topic.size());
    if (count == levels.size()) return std::nullopt;
    levels[count++] = topic.substr(begin, end - begin);
    begin = end + 1;
  }
  if (count < 3 || levels[count - 1] != "config" || !valid_id(levels[0]) || !valid_id(levels[1]))
    return std::nullopt;
  std::string id(levels[1]);
  if (count == 4) {
    if (!valid_id(levels[2])) return std::nullopt;
    id.append(" ").append(levels[2]);
  }
  return AnnouncementTopic{std::string(levels[0]), std::move(id)};
}

std::vector<std::string> announcement_filters(std::string_view prefix) {
  return {std::string(prefix) + "/+/+/config", std::string(prefix) + "/+/+/+/config"};
}

wire::Result<Announcement> read_announcement(const AnnouncementTopic& topic, std::string_view payload) {
  Announcement out;
  if (payload.empty()) {
    out.removal = true;
    return out;
  }
  const auto parsed = wire::parse_object(payload, kLimits);
  if (!parsed) return parsed.error();
  if (parsed->empty()) {
    out.removal = true;
    return out;
  }
  Object config = expanded(*parsed);
  if (const Value* migrate = config.find("migrate_discovery");
      migrate != nullptr && migrate->bool_or(false)) {
    out.migration = true;
    return out;
  }
  if (topic.component == "device") return read_device_message(topic, config, std::move(out));
  out.components.push_back(component_of(topic.component, topic.id, std::move(config)));
  return out;
}

}  // namespace gable::discovery
