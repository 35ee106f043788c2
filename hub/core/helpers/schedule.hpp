#pragma once
// schedule: on within the blocks of the week, in the house's local time; off between them.

#include "core/helpers/zone_rules.hpp"
#include "core/house.hpp"
#include "core/states.hpp"

namespace gable::hub {

struct ScheduleStep {
  Report report;             // on | off, next_event, and the data of the block in force
  std::optional<Time> next;  // when to look again; nothing: no block in the whole week
};

ScheduleStep schedule_step(const Schedule& schedule, const ZoneRules& zone, Time now);

}  // namespace gable::hub
