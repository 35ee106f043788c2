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
