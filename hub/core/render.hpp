#pragma once
// The entity plane's documents as the hub writes them, made from the registry on demand: nothing is kept
// twice.

#include <string>

#include "core/registry.hpp"

namespace gable::hub {

// {"state":"on","brightness":180,"_since":…,"_at":…,"_by":…,"_seq":…}
std::string state_document(const Entity& entity);
// The bare state text, for value/.
std::string value_document(const Entity& entity);
std::string availability_document(const Entity& entity);
std::string meta_document(const Entity& entity, const Registry& registry);
// One entity as `gable ls --json` shows it; `describe`: with all that it announced (features, unit, options,
// bounds), as whoever checks rules needs it.
wire::Object list_document(const Entity& entity, const Registry& registry, bool describe = false);

}  // namespace gable::hub
