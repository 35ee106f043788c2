#pragma once
// What came of a replay, for people and for programs. Stateless.

#include "gable/context.hpp"
#include "simulation/replay.hpp"

namespace gable::cli {

struct ReplayPrint {
  const rules::simulation::ReplayReport& report;
  const rules::jinja::TimeZone* zone = nullptr;  // null: UTC
  bool differences = false;                      // each of them, not only their number
  bool traces = false;                           // of the runs that decided something
};

void print_replay(const Context& context, const ReplayPrint& print);
// One line a decision, then one for each change that no rule decided, for each rule and for each entity.
void print_replay_json(const Context& context, const ReplayPrint& print);

}  // namespace gable::cli
