#pragma once
// The configuration of the host bridge. All keys may be left out.

#include <chrono>
#include <string>

#include "node/config_tree.hpp"
#include "protocol/machine.hpp"

namespace gable::host {

struct HostConfig {
  std::chrono::milliseconds interval = std::chrono::seconds(10);
  std::string name;    // of the machine, for people; empty: its host name
  std::string marker;  // path of the marker file; empty: in the bridge's state directory
  MachineOptions machine;
};

// What is shown without a configuration: no loopback, no networks of containers and virtual machines.
HostConfig default_config();
// Throws node::ConfigError with file, line and column.
// `own`: the bridge's part of its file (Bridge::config), null without one.
HostConfig read_host_config(const node::ConfigNode& own);
// `name` stands in messages.
HostConfig read_host_text(const std::string& name, std::string_view yaml);

}  // namespace gable::host
