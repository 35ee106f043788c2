#pragma once
// group: one state out of several, as Home Assistant's old-style groups have it.

#include <functional>

#include "core/house.hpp"
#include "core/states.hpp"

namespace gable::hub {

// `state_of` gives a member's composed state; empty when there is no such entity. On when any member (or,
// with `all`, every member) is on, home, open, unlocked, playing …; the words follow the members' domain.
Report group_report(const Group& group, const std::function<std::string(const wire::EntityId&)>& state_of);

}  // namespace gable::hub
