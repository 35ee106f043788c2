#pragma once
// A rule that says `use_blueprint:` becomes the rule that the blueprint describes.

#include <optional>
#include <string_view>

#include "language/rule_parts.hpp"

namespace gable::rules {

struct Expansion {
  std::optional<yaml::Document> document;  // the rule, to be read like one that stands in a file
  std::optional<Finding> waits;            // the blueprint is not there
};

// Nothing in it: what is wrong is in the Reading. `domain`: automation or script.
Expansion expand_blueprint(Collector& collector, yaml::Node rule, std::string_view domain);

}  // namespace gable::rules
