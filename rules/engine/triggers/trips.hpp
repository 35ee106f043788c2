#pragma once
// Trips: changes as rules see them that ignore unavailable and unknown. An entity that goes there and comes
// back has not changed if it is what it was.

#include <optional>
#include <string>
#include <unordered_map>

#include "engine/happening.hpp"

namespace gable::rules {

class Trips {
 public:
  struct Step {
    enum class Kind : std::uint8_t {
      none,    // nothing has changed
      change,  // `change` has
      known    // it is there again, but nobody knows what it was before: `change.after`
    };
    Kind kind = Kind::none;
    StateChanged change;
  };

  // Must see every change of an entity that such a rule listens to.
  Step see(const StateChanged& change);

 private:
  std::unordered_map<std::string, StateSnapshot> left_;  // the last real state of those that are away
};

}  // namespace gable::rules
