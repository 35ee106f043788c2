#pragma once
// What climate devices and water heaters share: the range of their set point and their modes.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/fields.hpp"

namespace gable::discovery::platforms {

// In °C.
struct TemperatureRange {
  double min = 7, max = 35;
};

// Sets the capabilities min_temp, max_temp, target_temp_step and, if the announcement names one,
// temperature_unit ("°C", "°F"). `usual` holds where the announcement gives no range.
void read_temperatures(Fields& fields, wire::EntityDescription& description, TemperatureRange usual);

// The modes of a list that the domain has; the others are left out, with a fault.
std::vector<std::string> known_modes(Fields& fields, std::string_view key,
                                     std::span<const std::string_view> known);

}  // namespace gable::discovery::platforms
