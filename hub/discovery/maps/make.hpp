#pragma once
// What a map makes of a device: its components.

#include <string>
#include <vector>

#include "discovery/component.hpp"
#include "discovery/maps/device_map.hpp"
#include "discovery/maps/maps.hpp"

namespace gable::discovery::maps {

// `scope` holds what names the device and its messages. What cannot be calculated costs the component it
// belongs to (or all of them, in the variables and the device) and is said in `faults`.
std::vector<Component> components_of(const DeviceMap& map, const std::string& source, Scope scope,
                                     const Limits& limits, std::vector<std::string>& faults);

}  // namespace gable::discovery::maps
