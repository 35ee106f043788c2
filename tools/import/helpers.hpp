#pragma once
// What Home Assistant keeps for itself and a hub has, too: helpers, zones, persons, groups and commands, out
// of its storage and its YAML, as the blocks of a house.yaml.

#include <string>
#include <vector>

#include "import/configuration.hpp"
#include "import/registries.hpp"

namespace gable::importing {

struct Thing {
  std::string domain;  // "input_number", "zone", "shell_command"
  std::string id;      // the part of its entity's id behind the point
  wire::Value value;   // its options; a text for a shell command
  std::string where;
};

// Ids are unique within a domain. What cannot be taken over, and options that are not known, are remarks.
// Throws FolderError.
std::vector<Thing> read_things(rules::yaml::FileSource& files, const Registries& registries,
                               const Configuration& configuration, Remarks& remarks);

}  // namespace gable::importing
