// What a test begins with and what happens in it.
#include "language/values.hpp"
#include "simulation/scenario/read_scenario.hpp"
#include "simulation/values.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::rules::simulation {

namespace {

using jinja::Value;

Value no_data() { return jinja::DictPtr(std::make_shared<jinja::Dict>()); }

std::string read_entity(Reading& reading, yaml::Node node) {
  std::string id = yaml::text_of(node);
  if (!wire::EntityId::parse(id)) {
    reading.error(node, "bad_entity_id", "expected an entity id as light.kitchen, got " + shown(node));
  }
  return id;
}

wire::Object read_attributes(Reading& reading, yaml::Node node) {
  if (node.is_null() || !require_map(reading, node, "attributes")) return {};
  const wire::Value value = yaml::to_value(node);
  return value.as_object() != nullptr ? *value.as_object() : wire::Object{};
}

// never, {after: "00:00:03"}, {error: no power}
Manners read_manners(Reading& reading, yaml::Node node) {
  Manners out;
  if (node.is_scalar()) {
    out.deaf = read_choice(reading, node, "answers", {"never", "at_once"}) == "never";
    return out;
  }
  if (!require_map(reading, node, "answers")) return out;
  Fields fields(reading, node, "answers");
  if (const auto after = fields.take("after")) out.delay = read_duration(reading, *after, "after");
  if (const auto error = fields.take("error")) out.fault = read_text(reading, *error, "error");
  fields.finish();
  return out;
}

GivenEntity read_given_entity(Reading& reading, const yaml::Entry& entry) {
  GivenEntity out;
  out.id = read_entity(reading, entry.key);
  if (!entry.value.is_map()) {
    out.state = state_text(reading, entry.value);
    return out;
  }
  Fields fields(reading, entry.value, "an entity");
  const auto state = fields.take("state");
  out.state = state ? state_text(reading, *state) : "unknown";
  if (const auto attributes = fields.take("attributes"))
    out.attributes = read_attributes(reading, *attributes);
  if (const auto since = fields.take("for")) out.since = read_duration(reading, *since, "for");
  if (const auto area = fields.take("area")) out.area = read_text(reading, *area, "area");
  if (const auto device = fields.take("device")) out.device = read_text(reading, *device, "device");
  if (const auto labels = fields.take("labels")) out.labels = read_texts(reading, *labels, "labels");
  if (const auto answers = fields.take("answers")) out.manners = read_manners(reading, *answers);
  fields.finish();
  return out;
}

void read_set(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  if (!require_map(reading, node, "set")) return;
  for (const yaml::Entry& entry : node.entries()) {
    SetState deed;
    deed.entity = read_entity(reading, entry.key);
    if (!entry.value.is_map()) {
      deed.state = state_text(reading, entry.value);
    } else {
      Fields fields(reading, entry.value, "a state");
      if (const auto state = fields.take("state")) deed.state = state_text(reading, *state);
      if (const auto attributes = fields.take("attributes"))
        deed.attributes = read_attributes(reading, *attributes);
      fields.finish();
    }
    out.emplace_back(std::move(deed));
  }
}

Value read_data(Reading& reading, yaml::Node node, std::string_view what) {
  if (node.is_null() || !require_map(reading, node, what)) return no_data();
  return plain_value(reading, node);
}

void read_event(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  FireEvent deed;
  deed.event.data = no_data();
  if (node.is_scalar()) {
    deed.event.type = read_text(reading, node, "event");
  } else if (require_map(reading, node, "event")) {
    Fields fields(reading, node, "an event");
    if (const auto type = fields.require("type")) deed.event.type = read_text(reading, *type, "type");
    if (const auto data = fields.take("data")) deed.event.data = read_data(reading, *data, "data");
    fields.finish();
  }
  out.emplace_back(std::move(deed));
}

void read_mqtt(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  if (!require_map(reading, node, "mqtt")) return;
  Fields fields(reading, node, "an MQTT message");
  ReceiveMessage deed;
  if (const auto topic = fields.require("topic")) {
    deed.message.topic = read_text(reading, *topic, "topic");
    if (!wire::valid_topic_name(deed.message.topic)) {
      reading.error(*topic, "bad_topic", "topic: expected a topic without wildcards, got " + shown(*topic));
    }
  }
  if (const auto payload = fields.take("payload")) {
    // Maps and lists are sent as JSON.
    deed.message.payload =
        payload->is_scalar() ? yaml::text_of(*payload) : wire::to_json(yaml::to_value(*payload));
  }
  if (const auto retained = fields.take("retained"))
    deed.message.retained = read_boolean(reading, *retained, "retained");
  if (const auto qos = fields.take("qos"))
    deed.message.qos = static_cast<int>(read_integer(reading, *qos, "qos", 0, 2));
  fields.finish();
  out.emplace_back(std::move(deed));
}

// As the house's own edge hands a webhook to the rules.
void read_webhook(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  auto data = std::make_shared<jinja::Dict>();
  std::string method = "POST";
  if (node.is_scalar()) {
    data->set("webhook_id", read_text(reading, node, "webhook"));
  } else if (require_map(reading, node, "webhook")) {
    Fields fields(reading, node, "a webhook");
    if (const auto id = fields.require("id")) data->set("webhook_id", read_text(reading, *id, "id"));
    if (const auto given = fields.take("method")) {
      method = read_choice(reading, *given, "method", {"POST", "PUT", "GET", "HEAD"});
    }
    if (const auto local = fields.take("local")) data->set("local", read_boolean(reading, *local, "local"));
    for (const std::string_view key : {"json", "data", "query"}) {
      if (const auto content = fields.take(key)) data->set(key, plain_value(reading, *content));
    }
    fields.finish();
  }
  data->set("method", method);
  out.emplace_back(FireEvent{{"webhook_received", jinja::DictPtr(std::move(data)), {}}});
}

void read_tag(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  auto data = std::make_shared<jinja::Dict>();
  if (node.is_scalar()) {
    data->set("tag_id", read_text(reading, node, "tag"));
  } else if (require_map(reading, node, "tag")) {
    Fields fields(reading, node, "a tag");
    if (const auto id = fields.require("id")) data->set("tag_id", read_text(reading, *id, "id"));
    if (const auto device = fields.take("device"))
      data->set("device_id", read_text(reading, *device, "device"));
    fields.finish();
  }
  out.emplace_back(FireEvent{{"tag_scanned", jinja::DictPtr(std::move(data)), {}}});
}

void read_call(Reading& reading, yaml::Node node, std::vector<Deed>& out) {
  CallService deed;
  if (node.is_scalar()) {
    deed.service = read_text(reading, node, "call");
  } else if (require_map(reading, node, "call")) {
    Fields fields(reading, node, "a call");
    if (const auto service = fields.take("action", "service")) {
      deed.service = read_text(reading, *service, "action");
    } else {
      reading.error(node, "missing_key", "a call needs 'action'");
    }
    if (const auto target = fields.take("target")) deed.target = read_data(reading, *target, "target");
    if (const auto entity = fields.take("entity_id")) {
      auto dict = std::make_shared<jinja::Dict>();
      dict->set("entity_id", plain_value(reading, *entity));
      deed.target = jinja::DictPtr(std::move(dict));
    }
    if (const auto data = fields.take("data")) deed.data = read_data(reading, *data, "data");
    fields.finish();
  }
  if (deed.service.find('.') == std::string::npos) {
    reading.error(node, "bad_service",
                  "call: expected a service as light.turn_on, got '" + deed.service + "'");
  }
  out.emplace_back(std::move(deed));
}

}  // namespace

std::vector<GivenEntity> read_given(Reading& reading, yaml::Node node) {
  std::vector<GivenEntity> out;
  if (node.is_null() || !require_map(reading, node, "given")) return out;
  for (const yaml::Entry& entry : node.entries()) out.push_back(read_given_entity(reading, entry));
  return out;
}

void read_deeds(Fields& fields, std::vector<Deed>& out) {
  Reading& reading = fields.reading();
  if (const auto node = fields.take("set")) read_set(reading, *node, out);
  if (const auto node = fields.take("remove")) {
    for (std::string& entity : read_texts(reading, *node, "remove", true))
      out.emplace_back(RemoveEntity{std::move(entity)});
  }
  using Read = void (*)(Reading&, yaml::Node, std::vector<Deed>&);
  constexpr std::pair<std::string_view, Read> kReaders[] = {{"event", read_event},
                                                            {"mqtt", read_mqtt},
                                                            {"webhook", read_webhook},
                                                            {"tag", read_tag},
                                                            {"call", read_call}};
  for (const auto& [key, read] : kReaders) {
    const auto node = fields.take(key);
    if (!node) continue;
    for (const yaml::Node one : one_or_all(*node)) read(reading, one, out);
  }
  if (const auto node = fields.take("restart")) {
    const bool at_once = node->is_null() || node->as_boolean() == true;
    out.emplace_back(RestartHub{at_once ? microseconds{} : read_duration(reading, *node, "restart")});
  }
  if (const auto node = fields.take("shut_down")) {
    if (read_boolean(reading, *node, "shut_down")) out.emplace_back(StopHub{});
  }
}

}  // namespace gable::rules::simulation
