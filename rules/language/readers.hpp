#pragma once
// Readers of the parts of a rule: a list or a single one of triggers, conditions, actions. Every one names
// what is wrong in the Reading and gives what could be read; unknown keys are errors.

#include "language/action.hpp"
#include "language/fields.hpp"

namespace gable::rules {

// A trigger, a list of them, or groups of them (`triggers:` within a trigger).
std::vector<Trigger> read_triggers(Reading& reading, yaml::Node node);

// A condition, a list, a template as shorthand; and:, or:, not: as shorthands.
Conditions read_conditions(Reading& reading, yaml::Node node);
Condition read_condition(Reading& reading, yaml::Node node);
// True for a map that is a condition: as a step of a sequence, or in `if:`.
bool is_condition(yaml::Node node);

// An action, or a list of them (lists within lists are one).
Sequence read_sequence(Reading& reading, yaml::Node node);

}  // namespace gable::rules
