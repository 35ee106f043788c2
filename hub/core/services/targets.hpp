#pragma once
// Targets of a service call: from what people write (entity, device, area, floor, label) to entities. Home
// Assistant's rules: groups stand for their members; hidden entities and those of a device's settings are
// reached by name only; the domain "homeassistant" takes entities of every domain.

#include <string>
#include <string_view>
#include <vector>

#include "core/registry.hpp"

namespace gable::hub {

struct Target {
  EntityIndex entity = kNone;
  bool named = false;  // by itself, not through a group, device, area, floor or label
};

struct Targets {
  std::vector<Target> entities;      // each once, in the order in which they were named
  std::vector<std::string> unknown;  // ids as written that name nothing
  bool given = false;                // the call has a target, though it may be an empty one
};

// The keys of a target.
inline constexpr std::string_view kTargetKeys[] = {"entity_id", "device_id", "area_id", "floor_id",
                                                   "label_id"};

// A text, a text with commas, or a list of those.
std::vector<std::string> target_texts(const wire::Value* value);

// `target`: an object with any of kTargetKeys; other keys are left alone. `domain`: of the service; entities
// of other domains are targets only when they are named by themselves.
Targets resolve_targets(const Registry& registry, const wire::Object& target, std::string_view domain);

// Whether the house's files or an entity know a room, a floor or a label of this id.
bool knows_area(const Registry& registry, std::string_view id);
bool knows_floor(const Registry& registry, std::string_view id);
bool knows_label(const Registry& registry, std::string_view id);

// True when the service takes entities of all domains.
bool takes_every_domain(std::string_view domain);

}  // namespace gable::hub
