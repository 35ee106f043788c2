#pragma once
// The configuration of the Z-Wave bridge. All keys may be left out.

#include <chrono>
#include <string>
#include <string_view>

#include "node/config_tree.hpp"
#include "protocol/plan.hpp"
#include "protocol/server_url.hpp"

namespace gable::zwave {

struct ZwaveConfig {
  ServerUrl server;
  PlanOptions entities;
  std::chrono::milliseconds statistics_interval = std::chrono::seconds(60);
};

// Throws node::ConfigError with file, line and column.
// `own`: the bridge's part of its file, null without one. `server`: of the command line, wins unless empty.
ZwaveConfig read_zwave_config(const node::ConfigNode& own, std::string_view server = {});

}  // namespace gable::zwave
