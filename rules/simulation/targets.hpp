#pragma once
// Which entities a service call is meant for: ids, groups opened up, areas, floors, devices, labels, "all".

#include <string>
#include <string_view>
#include <vector>

#include "simulation/entities.hpp"

namespace gable::rules::simulation {

struct Targets {
  bool given = false;                 // the call names a target at all
  std::vector<std::string> entities;  // that are there and of the service's domain, each once
  std::vector<std::string> unknown;   // named and not there
};

// homeassistant.* and group.* take entities of every domain, all other services those of their own.
Targets find_targets(const Entities& house, const jinja::Value& target, std::string_view domain);
bool takes_every_domain(std::string_view domain);

}  // namespace gable::rules::simulation
