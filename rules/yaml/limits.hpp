#pragma once
// How much is read before it is refused.

#include <cstddef>

namespace gable::rules::yaml {

struct Limits {
  std::size_t bytes = 1024 * 1024;      // of one file
  std::size_t depth = 64;               // nested lists and maps, over included files
  std::size_t nodes = 100'000;          // of one file, aliases followed; keys are not counted
  std::size_t text = 8 * 1024 * 1024;   // bytes of all texts of one file, aliases followed
  std::size_t total_nodes = 4'000'000;  // of all files
  std::size_t total_bytes = 256 * 1024 * 1024;
  std::size_t files = 10'000;  // in all
  std::size_t includes = 16;   // files within files
  // A secret that is nowhere stays a tagged node, instead of refusing the whole file.
  bool keep_missing_secrets = false;
};

}  // namespace gable::rules::yaml
