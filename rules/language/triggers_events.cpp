// Triggers on things that happen: mqtt, event, homeassistant, webhook, tag, device.

#include <algorithm>
#include <array>

#include "language/trigger_readers.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

using NamedValues = std::vector<std::pair<std::string, Templated>>;

// '#' alone at the end, '+' alone between slashes.
bool is_topic_filter(std::string_view topic) {
  constexpr std::size_t kLongest = 65535;
  if (topic.empty() || topic.size() > kLongest || topic.find('\0') != topic.npos) return false;
  for (;;) {
    const std::size_t slash = topic.find('/');
    const std::string_view level = topic.substr(0, slash);
    const bool last = slash == topic.npos;
    if (level.find('+') != level.npos && level != "+") return false;
    if (level.find('#') != level.npos && (level != "#" || !last)) return false;
    if (last) return true;
    topic.remove_prefix(slash + 1);
  }
}

Templated read_topic(Reading& reading, yaml::Node node) {
  const std::size_t errors = reading.errors();
  Templated topic = templated_text(reading, node, "topic");
  if (reading.errors() != errors || !topic.is_literal()) return topic;
  const std::string* text = topic.literal().as_text();
  if (text == nullptr || !is_topic_filter(*text)) {
    reading.error(
        node, "bad_topic",
        "topic: " + shown(node) +
            " is no topic filter; '+' stands for a whole level, '#' for all that follow at the end");
  }
  return topic;
}

// A payload is text, so a bare on would be compared as "True".
Templated read_payload(Reading& reading, yaml::Node node) {
  if (node.kind() == yaml::Kind::boolean) {
    const std::string quoted = "\"" + std::string(node.written()) + "\"";
    reading.warn(node, "quote_text",
                 "payload: without quotes " + std::string(node.written()) + " is compared as \"" +
                     yaml::text_of(node) + "\"; write " + quoted,
                 quoted);
  }
  return templated_text(reading, node, "payload");
}

NamedValues read_named(Fields& fields, std::string_view key) {
  const std::optional<yaml::Node> node = fields.take(key);
  if (!node) return {};
  Reading& reading = fields.reading();
  if (!node->is_map()) {
    reading.error(*node, "wrong_type", std::string(key) + ": expected a map, got " + shown(*node));
    return {};
  }
  NamedValues values;
  for (const yaml::Entry& entry : node->entries())
    values.emplace_back(yaml::text_of(entry.key), templated_value(reading, entry.value));
  return values;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

void add_method(Reading& reading, yaml::Node node, std::vector<std::string>& out) {
  constexpr std::array<std::string_view, 4> kMethods{"GET", "HEAD", "POST", "PUT"};
  const std::size_t errors = reading.errors();
  std::string method = upper(read_text(reading, node, "allowed_methods"));
  if (reading.errors() != errors) return;
  if (std::ranges::find(kMethods, method) == kMethods.end()) {
    reading.error(node, "bad_choice",
                  "allowed_methods: expected one of GET, HEAD, POST, PUT, got " + shown(node),
                  std::string(wire::nearest(method, kMethods)));
  }
  out.push_back(std::move(method));
}

// Of domains whose device triggers and conditions say something of one entity.
constexpr std::array<std::string_view, 9> kEntityOptions{"above",  "below", "zone",      "from",       "to",
                                                         "option", "mode",  "hvac_mode", "preset_mode"};
// For integrations with options of their own: what looks like one of these is misspelt.
constexpr std::array<std::string_view, 7> kCommonKeys{"device_id", "domain",       "type", "subtype",
                                                      "entity_id", "discovery_id", "for"};

void read_device_options(Fields& fields, DeviceParts& parts) {
  if (wire::find_domain(parts.domain) != nullptr || parts.domain == "mqtt") {
    for (const std::string_view key : kEntityOptions) {
      const std::optional<yaml::Node> node = fields.take(key);
      if (node) parts.options.emplace_back(std::string(key), templated_value(fields.reading(), *node));
    }
    return;
  }
  for (const yaml::Entry& entry : fields.rest()) {
    const std::string key = yaml::text_of(entry.key);
    const std::string_view near = wire::nearest(key, kCommonKeys);
    if (!near.empty()) {
      fields.reading().error(
          entry.key, "unknown_key",
          fields.what() + " has no key '" + key + "'; did you mean '" + std::string(near) + "'?",
          std::string(near));
    }
    parts.options.emplace_back(key, templated_value(fields.reading(), entry.value));
  }
}

}  // namespace

TriggerKind read_mqtt_trigger(Fields& fields) {
  constexpr std::int64_t kHighestQos = 2;
  MqttTrigger trigger;
  Reading& reading = fields.reading();
  if (const auto topic = fields.require("topic")) trigger.topic = read_topic(reading, *topic);
  if (const auto payload = fields.take("payload")) trigger.payload = read_payload(reading, *payload);
  if (const auto value = fields.take("value_template"))
    trigger.value_template = template_only(reading, *value, "value_template");
  if (const auto qos = fields.take("qos"))
    trigger.qos = static_cast<int>(read_integer(reading, *qos, "qos", 0, kHighestQos));
  if (const auto encoding = fields.take("encoding"))
    trigger.encoding = read_text(reading, *encoding, "encoding");
  return trigger;
}

TriggerKind read_event_trigger(Fields& fields) {
  EventTrigger trigger;
  Reading& reading = fields.reading();
  if (const auto types = fields.require("event_type")) {
    const auto add = [&](yaml::Node node) {
      trigger.types.push_back(templated_text(reading, node, "event_type"));
    };
    if (types->is_list()) {
      for (const yaml::Node type : types->items()) add(type);
    } else {
      add(*types);
    }
  }
  trigger.data = read_named(fields, "event_data");
  trigger.context = read_named(fields, "context");
  return trigger;
}

TriggerKind read_homeassistant_trigger(Fields& fields) {
  HomeassistantTrigger trigger;
  if (const auto event = fields.require("event"))
    trigger.start = read_choice(fields.reading(), *event, "event", {"start", "shutdown"}) == "start";
  return trigger;
}

TriggerKind read_webhook_trigger(Fields& fields) {
  WebhookTrigger trigger;
  Reading& reading = fields.reading();
  if (const auto id = fields.require("webhook_id")) trigger.id = read_text(reading, *id, "webhook_id");
  if (const auto methods = fields.take("allowed_methods")) {
    if (methods->is_list()) {
      for (const yaml::Node method : methods->items()) add_method(reading, method, trigger.methods);
    } else {
      add_method(reading, *methods, trigger.methods);
    }
  }
  if (const auto local = fields.take("local_only"))
    trigger.local_only = read_boolean(reading, *local, "local_only");
  return trigger;
}

TriggerKind read_tag_trigger(Fields& fields) {
  TagTrigger trigger;
  if (const auto tags = fields.require("tag_id"))
    trigger.tags = read_texts(fields.reading(), *tags, "tag_id");
  if (const auto devices = fields.take("device_id"))
    trigger.devices = read_texts(fields.reading(), *devices, "device_id");
  return trigger;
}

DeviceParts read_device_parts(Fields& fields) {
  DeviceParts parts;
  Reading& reading = fields.reading();
  if (const auto node = fields.require("device_id")) parts.device = read_text(reading, *node, "device_id");
  if (const auto node = fields.require("domain")) parts.domain = read_text(reading, *node, "domain");
  if (const auto node = fields.require("type")) parts.type = read_text(reading, *node, "type");
  if (const auto node = fields.take("subtype")) parts.subtype = read_text(reading, *node, "subtype");
  if (const auto node = fields.take("discovery_id"))
    parts.discovery_id = read_text(reading, *node, "discovery_id");
  if (const auto node = fields.take("entity_id"); node && !node->is_null()) {
    EntityIds ids = read_entity_ids(reading, *node, "entity_id");
    if (ids.size() > 1) reading.error(*node, "bad_entity_id", "entity_id: expected one entity");
    if (!ids.empty()) parts.entity = std::move(ids.front());
  }
  parts.hold = read_hold(fields);
  // What the editor remembers of the device.
  fields.ignore({"metadata"});
  read_device_options(fields, parts);
  return parts;
}

TriggerKind read_device_trigger(Fields& fields) {
  DeviceParts parts = read_device_parts(fields);
  DeviceTrigger trigger;
  trigger.device = std::move(parts.device);
  trigger.domain = std::move(parts.domain);
  trigger.type = std::move(parts.type);
  trigger.subtype = std::move(parts.subtype);
  trigger.entity = std::move(parts.entity);
  trigger.discovery_id = std::move(parts.discovery_id);
  trigger.options = std::move(parts.options);
  trigger.hold = std::move(parts.hold);
  return trigger;
}

}  // namespace gable::rules
