#pragma once
// What a service call makes a template entity do: which of its actions runs, with which variables (Home
// Assistant's names: docs of its template integration, per domain), and what an entity without a template for
// its state is then.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules {

struct EntityAction {
  std::string_view name;  // "turn_on", "set_level"
  std::vector<std::pair<std::string, jinja::Value>> variables;
  std::string state;  // what an entity without a template for its state is then; empty: as before
};

// Which actions the entity has.
using HasAction = std::function<bool(std::string_view)>;

// What `domain.service` runs, in order; nothing when the entity has no action for it. `state`: its own now.
std::vector<EntityAction> actions_for(std::string_view domain, std::string_view service,
                                      std::string_view state, const jinja::Value& data, const HasAction& has);

}  // namespace gable::rules
