#pragma once
// Who in the core wants which topic filter: rules and discovery may want the same one, and it is given up
// only when the last lets go of it.

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/effects.hpp"
#include "core/registry.hpp"

namespace gable::hub {

class Subscriptions {
 public:
  void add(Turn& turn, std::string_view filter, int qos = 1);
  void drop(Turn& turn, std::string_view filter);

 private:
  StringMap<std::size_t> wanted_;
};

}  // namespace gable::hub
