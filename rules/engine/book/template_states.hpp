#pragma once
// The words of template entities: what a rendered value means as a state, which attribute an option fills,
// and which of the entity's actions a service call runs.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules {

// true, yes, on, enable, 1 … as Home Assistant reads a rendered boolean; nothing for None, unknown and what
// is none.
std::optional<bool> template_truth(const jinja::Value& value);

// The state of an entity of this domain: on, off for what is on or off; text for the others.
std::string state_text(std::string_view domain, const jinja::Value& value);

// Options and attributes: "level" of a light is brightness, "attributes.x" is x.
std::string attribute_name(std::string_view domain, std::string_view option);

struct EntityAction {
  std::string_view name;  // "turn_on", "set_level"
  std::vector<std::pair<std::string, jinja::Value>> variables;
  std::string state;  // what an entity without a template for its state is then
};

// What `domain.service` runs; more than one name where the second is only there for entities without the
// first. Empty for services that the domain does not have.
std::vector<EntityAction> actions_for(std::string_view domain, std::string_view service,
                                      std::string_view state, const jinja::Value& data);

}  // namespace gable::rules
