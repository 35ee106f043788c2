#pragma once
// The map of `gable play`: prefixes of topics, or of entity ids, and what stands in their place. Immutable.

#include <map>
#include <string>
#include <string_view>

namespace gable::cli {

class PlayMap {
 public:
  PlayMap() = default;
  // A YAML file with a single map of texts. Throws node::ConfigError with file, line and column.
  static PlayMap read(const std::string& path);

  // The longest prefix that fits counts; what no prefix fits stays.
  [[nodiscard]] std::string apply(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> prefixes_;
};

}  // namespace gable::cli
