#pragma once
// Reads the description of a simulated house from YAML. Any thread.

#include <optional>
#include <string>
#include <string_view>

#include "node/config_tree.hpp"
#include "protocol/description.hpp"

namespace gable::virtual_house {

struct HouseFile {
  HouseSpec house;
  double speed = 1;             // seconds in the house for each real one
  std::optional<Moment> start;  // time in the house when the bridge starts; nothing: the present time
};

// Both throw node::ConfigError with file, line and column.
// `own`: the bridge's part of its file (Bridge::config). Nothing in it, or no file: the built-in house.
HouseFile read_house_file(const node::ConfigNode& own);
// `name` stands in messages.
HouseFile read_house_text(const std::string& name, std::string_view yaml);

// The house that runs without a file: the text of deploy/example/virtual.yaml when this was built.
std::string_view built_in_house();

}  // namespace gable::virtual_house
