#pragma once
// What `trigger` is in a rule: which ids its triggers have, and which fields they bring along.

#include <string_view>
#include <vector>

#include "check/inspection.hpp"

namespace gable::rules {

// Says so if no trigger of the rule has this id.
void inspect_trigger_id(Inspection& in, std::string_view id, Place place);
// Says so if no trigger of the rule brings this field (`trigger.to_state`), although the template goes on
// from there.
void inspect_trigger_field(Inspection& in, std::string_view field, Place place);

// The id of a trigger as `trigger.id` has it: the given one, else its number.
std::string id_of(const std::vector<Trigger>& triggers, const Trigger& trigger);

}  // namespace gable::rules
