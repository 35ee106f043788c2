#pragma once
// The hub as a process: makes every part, connects them, runs until told to stop. main calls it and nothing
// else.

#include "app/configuration.hpp"

namespace gable::hub {

struct ProgramOptions {
  std::string config;  // path; empty: none
  ConfigOverrides overrides;
  std::string blueprints;  // folder of those that come with Gable; may be empty
};

// Runs until SIGINT or SIGTERM; SIGHUP reads the configuration again. Returns the exit status: 0 ended in
// order, 1 the broker refuses us for good. Throws node::ConfigError when it cannot start.
int run_hub(const ProgramOptions& options);

}  // namespace gable::hub
