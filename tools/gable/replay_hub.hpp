#pragma once
// A stretch of a running hub's journal, for a replay. Asks over MQTT. Main thread.

#include <map>
#include <string>
#include <vector>

#include "gable/context.hpp"
#include "gable/replay_lines.hpp"

namespace gable::cli {

struct HubStretch {
  std::vector<std::string> lines;           // oldest first
  std::map<std::string, KnownState> today;  // how entities are now: as they were if nothing changed them
};

// Errors: unavailable, what the hub answers, too_large (more in one moment than it hands out).
wire::Result<HubStretch> stretch_of_hub(const Context& context, wire::Time from, wire::Time to);

}  // namespace gable::cli
