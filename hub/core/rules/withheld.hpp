#pragma once
// What a rule in shadow would have done to the house, so that it can be held against what really happened.

#include "core/registry.hpp"

namespace gable::hub {

// `effect`: {"service","target","data"} of a trace. One object an entity that the call would have reached:
// {"e":"light.hall","state":"on","brightness":80}, or {"e":"light.hall","toggle":true}. Empty when nothing
// can be expected: a message, a script, an event.
wire::List expected_of(const Registry& registry, const wire::Object& effect);

// The trace of a rule in shadow, with "expect" in what each step withheld.
wire::List with_expectations(const Registry& registry, const wire::List& steps);

}  // namespace gable::hub
