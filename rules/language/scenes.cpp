// Scenes: the states that entities are put in together.
#include "language/rule_parts.hpp"
#include "language/values.hpp"
#include "template/value/dict.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

// YAML makes booleans of on and off; nothing else stands for a text.
jinja::Value state_of(Reading& reading, yaml::Node node, const std::string& entity) {
  if (const auto boolean = node.as_boolean()) return *boolean ? "on" : "off";
  if (node.is_text()) return plain_value(reading, node);
  reading.error(node, "wrong_type", "the state of " + entity + ": expected a text, got " + shown(node),
                node.is_scalar() && !node.is_null() ? "'" + std::string(node.written()) + "'" : "");
  return {};
}

void read_attributes(Reading& reading, yaml::Node node, SceneEntity& out) {
  auto attributes = std::make_shared<jinja::Dict>();
  bool has_state = false;
  for (const yaml::Entry& entry : node.entries()) {
    if (entry.key.as_text() == "state") {
      has_state = true;
      out.state = state_of(reading, entry.value, out.entity);
    } else {
      attributes->set(plain_value(reading, entry.key), plain_value(reading, entry.value));
    }
  }
  if (!has_state) reading.error(node, "missing_key", out.entity + " needs 'state' in a scene");
  out.attributes = jinja::DictPtr(std::move(attributes));
}

void read_entity(Reading& reading, const yaml::Entry& entry, Scene& out) {
  EntityIds ids = read_entity_ids(reading, entry.key, "an entity of a scene");
  SceneEntity entity;
  entity.place = reading.place(entry.key);
  if (!ids.empty()) entity.entity = std::move(ids.front());
  if (entry.value.is_map()) {
    read_attributes(reading, entry.value, entity);
  } else {
    entity.state = state_of(reading, entry.value, entity.entity);
    entity.attributes = jinja::DictPtr(std::make_shared<jinja::Dict>());
  }
  out.entities.push_back(std::move(entity));
}

void read_whole(Collector& collector, yaml::Node node, Scene& out) {
  Reading& reading = collector.reading;
  out.fingerprint = fingerprint_of(node);
  Fields fields(reading, node, "a scene");
  if (const auto name = fields.require("name")) out.name = read_text(reading, *name, "name");
  out.unique_id = text_of(fields, "id");
  out.icon = text_of(fields, "icon");
  fields.ignore({"metadata", "platform"});
  const auto entities = fields.require("entities");
  if (entities && entities->is_map()) {
    for (const yaml::Entry& entry : entities->entries()) read_entity(reading, entry, out);
  } else if (entities && !entities->is_null()) {
    reading.error(*entities, "wrong_type", "entities: expected a map, got " + shown(*entities));
  }
  fields.finish();
}

}  // namespace

void read_scene(Collector& collector, yaml::Node node) {
  Scene out;
  out.place = collector.reading.place(node);
  if (node.is_map()) {
    read_whole(collector, node, out);
    note_unique_id(collector, "scene", out.unique_id, node.find("id").value_or(node));
  } else {
    collector.reading.error(node, "wrong_type", "a scene: expected a map, got " + shown(node));
  }
  out.id = take_object_id(collector.rules, "scene", wire::slugify(out.name));
  out.findings = collector.reading.take();
  collector.rules.scenes.push_back(std::move(out));
}

}  // namespace gable::rules
