#pragma once
// What an entity becomes when a service is called on it: devices of every domain by the table of domains,
// helpers by their own rules. Pure functions: nothing is changed here.

#include <optional>
#include <string>
#include <vector>

#include "simulation/entities.hpp"
#include "wire/command.hpp"

namespace gable::rules::simulation {

struct Change {
  std::optional<std::string> state;  // nothing: stays as it is
  wire::Object attributes;           // these are set; null: taken away
  wire::Object remembered;           // for the next time that it is on
  std::string event;                 // "timer.started"; empty: none
  std::optional<Instant> finishes;   // of a timer that runs
};

struct Order {
  const std::string& entity;
  const Entities::Entity& present;
  std::string service;  // "turn_on"
  wire::Object data;
  Instant now{};
  const jinja::TimeZone* zone = nullptr;
};

// Errors as wire::make_command; out_of_range and unsupported of helpers.
wire::Result<Change> obey(const Order& order);

// Nothing: it is no helper with rules of its own.
std::optional<wire::Result<Change>> obey_as_helper(const wire::Command& command, const Order& order);
// A timer whose time is up.
Change finish_timer(const Entities::Entity& timer);

}  // namespace gable::rules::simulation
