// Runs go on after a restart where they were.
#include <algorithm>
#include <utility>

#include "engine/runs/run_floor.hpp"

namespace gable::rules {

void RunDesk::Parts::tell_dropped() {
  for (const Dropped& each : dropped) {
    Trace trace = trace_of(each.runnable, {{}, {{"run", each.key}}}, "dropped", now);
    trace.error = each.why;
    surroundings.trace(std::move(trace));
    surroundings.log("warning", each.runnable.entity + ": a run does not go on: " + each.why);
    surroundings.save(RowKind::run, each.key, "");
  }
  dropped.clear();
}

void RunDesk::resume(Instant now) {
  Parts& parts = *parts_;
  parts.now = now;
  parts.working = true;
  parts.tell_dropped();
  std::vector<RunId> restored = std::move(parts.restored);
  parts.restored.clear();
  std::sort(restored.begin(), restored.end());
  for (auto& [entity, runs] : parts.by_entity) std::sort(runs.begin(), runs.end());
  for (const RunId id : restored) {
    const auto found = parts.runs.find(id);
    if (found == parts.runs.end() || found->second->queued) continue;
    // A branch may end by it, and with it those that follow.
    std::vector<StrandId> strands;
    for (const auto& strand : found->second->strands) strands.push_back(strand->id);
    for (const StrandId strand : strands) parts.resume({id, strand});
  }
  for (const RunId id : restored) {
    const auto found = parts.runs.find(id);
    if (found != parts.runs.end() && found->second->queued) parts.start_next(found->second->runnable.entity);
  }
  parts.inbox.push_back({Parts::TimePasses{}, now});
  parts.work();
}

}  // namespace gable::rules
