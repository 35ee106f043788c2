#pragma once
// configuration.yaml with all that it includes, packages too: what of it describes the house. Rules are left
// to their own reader. Secrets stay names: {"!secret": "home_latitude"} stands where a value would.

#include <set>
#include <string>
#include <vector>

#include "import/folder.hpp"
#include "wire/value.hpp"

namespace gable::importing {

inline constexpr const char* kSecretMark = "!secret";
inline constexpr const char* kIncludeMark = "!include";

// An entry of a block: `kitchen_lamp: {name: …}` under `input_boolean:`.
struct Block {
  std::string domain, key;
  wire::Value value;
  std::string where;  // file:line:column
};

struct Configuration {
  std::vector<std::string> files;   // that were read, without secrets.yaml; paths within the folder
  wire::Object house;               // of `homeassistant:`: name, latitude, time_zone …
  std::vector<Block> customize;     // domain "customize", key: an entity
  std::vector<Block> blocks;        // helpers, zones, persons, groups, commands; lists have keys "0", "1" …
  std::set<std::string> described;  // unique ids of entities that stand under `mqtt:`, which nobody announces
  Remarks remarks;
};

// Throws FolderError: there is none, or Home Assistant could not read it either.
Configuration read_configuration(rules::yaml::FileSource& files);

}  // namespace gable::importing
