#pragma once
// The configuration of the presence bridge.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "node/config_tree.hpp"
#include "protocol/leases.hpp"
#include "protocol/people.hpp"

namespace gable::presence {

struct LeaseFileConfig {
  std::string path;
  LeaseFormat format = LeaseFormat::dnsmasq;
};

struct RouterConfig {
  Ip address;
  std::uint16_t port = 161;
  std::string community;
};

struct PresenceConfig {
  std::chrono::milliseconds interval = std::chrono::seconds(30);
  std::chrono::milliseconds release_grace = std::chrono::seconds(30);
  bool neighbours = true;
  std::vector<std::string> interfaces;  // whose neighbours count; empty: all
  bool ping = true;
  std::vector<LeaseFileConfig> leases;
  std::vector<RouterConfig> routers;
  bool publish_addresses = false;
  std::vector<DeviceSpec> devices;
  std::vector<std::string> device_names;  // for people, in the order of the devices
  std::vector<PersonSpec> people;
  std::vector<std::string> person_names;
};

// `own`: the bridge's part of its file (Bridge::config), null without one, which is refused unless `scan`.
// Throws node::ConfigError with file, line and column.
PresenceConfig read_presence_config(const node::ConfigNode& own, bool scan = false);
// `name` stands in messages.
PresenceConfig read_presence_text(const std::string& name, std::string_view yaml);

}  // namespace gable::presence
