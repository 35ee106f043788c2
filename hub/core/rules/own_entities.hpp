#pragma once
// The rules' own entities as the registry has them.

#include "engine/surroundings.hpp"
#include "wire/command.hpp"
#include "wire/entity_id.hpp"

namespace gable::hub {

// How it is announced in meta. Errors: unsupported (no such domain), or what the description has wrong.
wire::Result<wire::EntityDescription> describe_own(const wire::EntityId& id, const rules::OwnEntity& entity);

// A command to it as the service call that the engine takes.
rules::ServiceCall call_of(const wire::EntityId& id, const wire::Command& command,
                           const rules::Context& context);

}  // namespace gable::hub
