#pragma once
// A Home Assistant configuration folder, read: the door of this room. Pure but for its FileSource.

#include <string>
#include <vector>

#include "import/configuration.hpp"
#include "import/helpers.hpp"
#include "import/registries.hpp"
#include "language/rule.hpp"

namespace gable::importing {

struct Folder {
  Registries registries;
  Configuration configuration;
  std::vector<Thing> things;
  wire::Object house;                   // `house:` of a house.yaml; what YAML says wins over the page
  std::string prefix;                   // of announcements over MQTT; empty: the usual one
  std::vector<std::string> turned_off;  // entity ids of automations that were off, as they were called there
  Remarks remarks;                      // what was not taken over, and what to know
};

// Throws FolderError.
Folder read_folder(rules::yaml::FileSource& files);

// An entity that is here under this id by other means than a device: made by the rules themselves.
bool is_of_rules(const EntityRow& row);
// What the rules call the entity that one of them made; empty: none of them does.
std::string made_by(const EntityRow& row, const rules::RuleSet& rules);

}  // namespace gable::importing
