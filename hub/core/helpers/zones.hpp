#pragma once
// In which zone something is that says its coordinates.

#include <optional>
#include <string>

#include "core/house.hpp"
#include "wire/value.hpp"

namespace gable::hub {

// The state of a tracker with these attributes (latitude and longitude in degrees, gps_accuracy in metres):
// "home", the name of a zone, or "not_home". Nothing without coordinates. As in Home Assistant, the zone
// whose centre is nearest counts among those that the point, as uncertain as it is, reaches into; of equally
// near ones the smaller; passive ones never.
std::optional<std::string> place_name(const House& house, const wire::Object& attributes);

}  // namespace gable::hub
