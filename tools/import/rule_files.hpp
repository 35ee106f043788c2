#pragma once
// The files of the new folder: rules as they were, the house beside them. The only part of this room that
// writes.

#include <string>
#include <vector>

#include "import/configuration.hpp"

namespace gable::importing {

struct CopiedFile {
  std::string path;     // within the folder that is read, and within rules/
  bool secret = false;  // for its owner's eyes only
};

// configuration.yaml and all that it includes, blueprints, macros, and the secrets that lie beside them.
std::vector<CopiedFile> rule_files(rules::yaml::FileSource& files, const Configuration& configuration);

struct NewFolder {
  std::string from, to;
  std::string house, ids;      // texts; `ids` may be empty
  bool house_secrets = false;  // house.yaml refers to secrets, which it finds beside it
  std::vector<CopiedFile> rules;
};

// Throws FolderError: it is there and not empty, or cannot be made.
void check_empty(const std::string& folder);
// Throws FolderError: what could not be read or written; what was written until then stays.
void write_folder(const NewFolder& folder);

}  // namespace gable::importing
