#pragma once
// timer: counts down to an event; Home Assistant's states idle, active and paused, and its attributes.

#include "core/house.hpp"
#include "core/states.hpp"
#include "wire/command.hpp"

namespace gable::hub {

struct TimerStep {
  Report report;
  std::optional<Time> finishes;  // wake up then; nothing: not running
  std::string event;             // timer.started, timer.finished …; empty: none
};

// Its state when the hub starts: a running one goes on if it is to be restored, also when its time has passed
// meanwhile: `finishes` is in the past then.
TimerStep start_timer(const Timer& timer, const EntityState& stored, Time now);
wire::Result<TimerStep> act_on_timer(const Timer& timer, const EntityState& state,
                                     const wire::Command& command, Time now);
TimerStep finish_timer(const Timer& timer);

}  // namespace gable::hub
