#pragma once
// What device triggers of Home Assistant's generic domains mean: "binary_sensor, motion" is a change of state
// to on, "sensor, temperature" a number within bounds. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "language/trigger.hpp"

namespace gable::rules {

struct DeviceMeaning {
  enum class Kind : std::uint8_t {
    state,    // becomes `value`
    change,   // becomes another (to: and from: of the trigger, if given)
    number,   // the state, or the attribute `value`, comes within above: and below:
    zone,     // a tracker enters (`value` "enter") or leaves
    message,  // no generic domain: an event of the device
    unknown   // a generic domain that has no such type
  };
  Kind kind = Kind::message;
  std::string_view value;
  std::string_view device_class;  // of the entity, where the type says it; empty: any
};

// A binary sensor's word ("motion", "not_opened") as a state, with the class that has it; nothing: there is
// none.
std::optional<DeviceMeaning> binary_sensor_meaning(std::string_view type);

DeviceMeaning meaning_of(const DeviceTrigger& asked);

// The trigger of the entity that it is in truth. `options` with templates count as not given.
std::optional<TriggerKind> trigger_kind_of(const DeviceTrigger& asked, const std::string& entity);

}  // namespace gable::rules
