#pragma once
// Readers of the single kinds of conditions. As with triggers, the keys that all have are taken already, and
// what is left over is named by whoever called.

#include "language/condition.hpp"
#include "language/fields.hpp"

namespace gable::rules {

ConditionKind read_state_condition(Fields& fields);
ConditionKind read_numeric_state_condition(Fields& fields);
ConditionKind read_time_condition(Fields& fields);
ConditionKind read_sun_condition(Fields& fields);
ConditionKind read_zone_condition(Fields& fields);
ConditionKind read_device_condition(Fields& fields);

// "door.is_open", "light.is_on": state conditions by their purpose. The reader takes all keys and says what
// is left over.
bool is_purpose_condition(std::string_view name);
ConditionKind read_purpose_condition(Fields& fields, std::string_view name);

}  // namespace gable::rules
