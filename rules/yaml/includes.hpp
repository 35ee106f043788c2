#pragma once
// Reads a YAML file with all that it includes, as Home Assistant does: !include, the four !include_dir_…,
// !secret. !input and !env_var stay in the tree for whoever knows what they stand for. Every node keeps the
// place in its own file, but for secrets, which keep the place where they are used.

#include <string>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"
#include "yaml/limits.hpp"
#include "yaml/node.hpp"

namespace gable::rules::yaml {

// A folder of configuration files. Paths are relative to its root, with '/' between parts, without "." and
// "..", and empty for the root itself. An implementation that follows symbolic links decides itself how far.
class FileSource {
 public:
  struct Entry {
    std::string name;
    bool directory = false;
  };
  virtual ~FileSource() = default;
  // The whole file. Errors: failed (there is no such file, or the system's reason), too_large (over `limit`
  // bytes).
  virtual wire::Result<std::string> read(const std::string& path, std::size_t limit) = 0;
  // What is in a folder, in any order. Errors: failed (there is none).
  virtual wire::Result<std::vector<Entry>> list(const std::string& directory) = 0;
};

// Errors: as parse, and whatever an include finds missing, at the place of the include; with the first file
// missing, `where` is its path.
wire::Result<Document> load(FileSource& files, std::string_view path, const Limits& limits = {});

// The parts of `homeassistant: packages:`, in their order; none when there are none.
struct Package {
  std::string name;
  Node content;  // a map
};
wire::Result<std::vector<Package>> packages_of(const Document& document);

}  // namespace gable::rules::yaml
