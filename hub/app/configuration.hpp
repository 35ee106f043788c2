#pragma once
// The hub's configuration file: what the edges need, and the house. Read once at the start and again on
// reload; plain values, no trace of YAML.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/house.hpp"
#include "language/rule.hpp"
#include "node/config_files.hpp"
#include "node/mqtt_port.hpp"

namespace gable::hub {

// From the command line; paths are relative to the working directory.
struct ConfigOverrides {
  std::optional<std::string> broker{};  // URL; replaces the whole `broker:` block
  std::optional<std::string> root{};
  std::optional<std::string> state_dir{};
  std::optional<std::string> rules{};
  std::optional<std::string> rules_mode{};  // live, shadow or off
  std::optional<std::string> maps{};        // folder of the device maps that come with Gable
};

struct HubConfig {
  node::ConnectOptions broker;  // where, who and TLS; client id, will and session are the hub's
  std::string root = "gable";   // first level of every topic
  std::string state_dir = "state";
  std::string rules;                                         // folder with *.yaml; empty: none
  rules::Enforcement rules_mode = rules::Enforcement::live;  // of all of them
  House house;
  struct Journal {
    int days = 30;
    std::uint64_t megabytes = 200;
  } journal;
  struct Limits {
    std::size_t queue = 10'000;  // tasks that wait in the loop before reading from the broker stops
  } limits;
  // What was understood but is not used, with file:line:column.
  std::vector<std::string> warnings;
};

// Paths within the file are relative to its folder. An empty `path` is an empty file in the working
// directory. Throws node::ConfigError with file, line and column.
HubConfig read_configuration(const node::ConfigFiles& files, const std::string& path,
                             const ConfigOverrides& overrides = {});

// True if the system's time zone database knows the name. Throws node::ConfigError when there is no database.
bool time_zone_exists(const std::string& name);
// The machine's own, as /etc/localtime says it; "UTC" when it says nothing.
std::string machine_time_zone();

}  // namespace gable::hub
