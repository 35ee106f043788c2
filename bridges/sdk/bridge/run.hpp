#pragma once
// The main function of a bridge: arguments, configuration, logging, connection, signals, health. An author
// calls run() and describes devices in `setup`; everything else is done.

#include <functional>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"

namespace gable::bridge {

// An option of one bridge's own command line, beside those that every bridge has.
struct Option {
  std::string name;   // "--listen"
  std::string value;  // "ADDRESS" for the help text; empty: a flag
  std::string help;
};

struct About {
  std::string name;     // also the bridge's id unless --id says otherwise: [A-Za-z0-9_.:-]{1,128}
  std::string summary;  // one line
  std::string version = "0.1.0";
  std::string protocol = {};  // "modbus", "knx" …; empty: the name
  bool needs_config = false;  // --config is compulsory
  std::vector<Option> options = {};
  // --scan: looks for devices and prints what the author may put into the configuration. Returns the exit
  // status.
  std::function<int(Bridge&)> scan = {};
};

// Adds the devices. Called once, before the connection is made; a ConfigError or std::invalid_argument thrown
// here ends the program with its text and status 2.
using Setup = std::function<void(Bridge&)>;

// Runs until SIGINT or SIGTERM. Options of every bridge: --config FILE, --broker URL, --root NAME, --id NAME,
// --state DIR, --log-level LEVEL, --scan, --describe (devices as JSON, no broker needed), --help, --version.
// Returns the exit status: 0 ended in order, 1 the connection is refused for good, 2 cannot start.
int run(int argc, char** argv, const About& about, const Setup& setup);

}  // namespace gable::bridge
