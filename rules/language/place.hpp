#pragma once
// Where something stands in the files of rules, and what was found there.

#include <cstdint>
#include <string>
#include <vector>

namespace gable::rules {

// Line and column from 1. `file` is an index into RuleSet::files.
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

enum class Severity : std::uint8_t {
  warning,  // it runs, but probably not as meant
  waits,    // something is missing that may appear: an entity, a service, a bridge
  error     // it can never run
};

// One sentence about one place, for people; `code` for programs: "unknown_key", "bad_template" …
struct Finding {
  Severity severity = Severity::error;
  Place place;
  std::string code;
  std::string message;     // what is wrong and what was expected
  std::string suggestion;  // the nearest right name or form; may be empty
};
using Findings = std::vector<Finding>;

}  // namespace gable::rules
