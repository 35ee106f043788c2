#pragma once
// The rules' own entities as the registry has them.

#include "core/entity.hpp"
#include "discovery/house.hpp"
#include "engine/surroundings.hpp"
#include "wire/command.hpp"
#include "wire/entity_id.hpp"

namespace gable::hub {

// How it is announced in meta. Errors: unsupported (no such domain), or what the description has wrong.
wire::Result<wire::EntityDescription> describe_own(const wire::EntityId& id, const rules::OwnEntity& entity);

// What happens to an entity beside its state, on the rules' bus: "gable_event" with the entity's and device's
// ids and all that the device said; a tag's is "tag_scanned", as in Home Assistant.
rules::BusEvent bus_event(const Entity& entity, const std::string& device_id, const wire::Object& event);
// A device trigger ("device_trigger") or a scanned tag ("tag_scanned") of an announced device.
rules::BusEvent bus_event(const discovery::Trigger& trigger, const std::string& device_id);
// Of a helper: "timer.finished".
rules::BusEvent bus_event(const Entity& entity, const std::string& type);

// A command to it as the service call that the engine takes.
rules::ServiceCall call_of(const wire::EntityId& id, const wire::Command& command,
                           const rules::Context& context);

}  // namespace gable::hub
