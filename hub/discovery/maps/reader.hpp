#pragma once
// Reads and checks a device map: every mistake is named with its place, what was expected and the nearest
// right name, as for rules.

#include <optional>
#include <string_view>
#include <vector>

#include "discovery/maps/device_map.hpp"
#include "wire/result_type.hpp"

namespace gable::discovery::maps {

struct ReadMap {
  std::optional<DeviceMap> map;     // only without errors
  std::vector<wire::Error> errors;  // `where` is "file:line:column"
};

// `name` is the file's, for places.
ReadMap read_map(std::string_view name, std::string_view text);

}  // namespace gable::discovery::maps
