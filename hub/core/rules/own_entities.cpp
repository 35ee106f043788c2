#include "core/rules/own_entities.hpp"

#include "template/json_values.hpp"
#include "template/value/dict.hpp"

namespace gable::hub {

using rules::jinja::Value;

wire::Result<wire::EntityDescription> describe_own(const wire::EntityId& id, const rules::OwnEntity& entity) {
  wire::Object document = entity.description;
  document.set("domain", std::string(id.domain()));
  document.set("name", entity.name.empty() ? std::string(id.object_id()) : entity.name);
  if (!entity.icon.empty()) document.set("icon", entity.icon);
  return wire::decode_entity(document);
}

rules::BusEvent bus_event(const Entity& entity, const std::string& device_id, const wire::Object& event) {
  auto data = std::make_shared<rules::jinja::Dict>();
  data->set("entity_id", entity.id.text());
  data->set("device_id", device_id);
  for (const auto& [key, value] : event) data->set(key, rules::jinja::from_wire(value));
  rules::Context context;
  context.id = entity.id.text() + "!" + std::to_string(entity.state.seq);
  const bool tag = entity.id.domain() == "tag";
  return {tag ? "tag_scanned" : "gable_event", rules::jinja::DictPtr(std::move(data)), std::move(context)};
}

rules::BusEvent bus_event(const discovery::Trigger& trigger, const std::string& device_id) {
  auto data = std::make_shared<rules::jinja::Dict>();
  data->set("device_id", device_id);
  for (const auto& [key, value] : trigger.event)
    data->set(key == "event_type" ? "type" : key, rules::jinja::from_wire(value));
  const bool tag = trigger.platform == "tag";
  return {tag ? "tag_scanned" : "device_trigger", rules::jinja::DictPtr(std::move(data)), {}};
}

rules::BusEvent bus_event(const Entity& entity, const std::string& type) {
  auto data = std::make_shared<rules::jinja::Dict>();
  data->set("entity_id", entity.id.text());
  rules::Context context;
  context.id = entity.id.text() + "@" + std::to_string(entity.state.seq);
  return {type, rules::jinja::DictPtr(std::move(data)), std::move(context)};
}

rules::ServiceCall call_of(const wire::EntityId& id, const wire::Command& command,
                           const rules::Context& context) {
  rules::ServiceCall call;
  call.domain = id.domain();
  call.service = command.service->name;
  call.context = context;
  auto target = std::make_shared<rules::jinja::Dict>();
  target->set("entity_id", Value::list({Value(id.text())}));
  call.target = rules::jinja::DictPtr(std::move(target));
  call.data = rules::jinja::from_wire(command.data);
  return call;
}

}  // namespace gable::hub
