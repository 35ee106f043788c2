#pragma once
// Tests of rules as files have them (LANGUAGE.md, "Tests"), checked and compiled. Plain data; shares nothing
// with the file but compiled templates.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/local_time.hpp"
#include "language/templated.hpp"
#include "simulation/simulated_house.hpp"

namespace gable::rules::simulation {

using std::chrono::microseconds;

// An entity as a test begins with it.
struct GivenEntity {
  std::string id, state;
  wire::Object attributes;
  microseconds since{};  // how long it has been so
  std::string area, device;
  std::vector<std::string> labels;
  Manners manners;
};

// What happens.
struct SetState {
  std::string entity;
  std::optional<std::string> state;  // nothing: only attributes change
  std::optional<wire::Object> attributes;
};
struct RemoveEntity {
  std::string entity;
};
struct FireEvent {
  BusEvent event;
};
struct ReceiveMessage {
  MqttMessage message;
};
struct CallService {
  std::string service;
  jinja::Value target, data;
};
struct RestartHub {
  microseconds down{};
};
struct StopHub {};
using Deed =
    std::variant<SetState, RemoveEntity, FireEvent, ReceiveMessage, CallService, RestartHub, StopHub>;

// What is expected. A value that is a template sees what there is as `value` and must be true; of maps only
// what is given is compared.
struct ExpectedCall {
  Place place;
  std::string service;                // "light.turn_on", "notify.*"
  std::vector<std::string> entities;  // all of these
  Templated data;
  std::optional<std::size_t> times;  // nothing: once or more
  std::string text;                  // as it is shown
};
struct ExpectedState {
  Place place;
  std::string entity;
  bool absent = false;
  std::optional<Templated> state;
  Templated attributes;
};
struct ExpectedEvent {
  Place place;
  std::string type;
  Templated data;
  std::string text;
};
struct ExpectedMessage {
  Place place;
  std::string topic;
  std::optional<Templated> payload;
  std::string text;
};
// How the runs of a rule ended since the last step.
struct ExpectedRuns {
  Place place;
  std::string rule;
  bool exactly = false;               // these, in this order; else one of them
  std::vector<std::string> verdicts;  // "finished", "conditions" …; "none", "running"
};
struct ExpectedTrace {
  Place place;
  Templated line;
  std::string text;
};

struct Expectations {
  Place place;
  std::optional<std::vector<ExpectedCall>> calls;  // among others
  bool only = false;                               // and no others
  bool in_order = false;
  bool no_calls_at_all = false;
  std::vector<ExpectedCall> no_calls;
  std::vector<ExpectedState> states;
  std::vector<ExpectedEvent> events, no_events;
  std::vector<ExpectedMessage> messages, no_messages;
  std::vector<ExpectedRuns> runs;
  std::vector<ExpectedTrace> traces;
};

// First time goes by, then things happen, then it is looked what came of it.
struct Step {
  Place place;
  std::optional<microseconds> after;
  std::optional<LocalTime> at;                    // a day and time …
  std::optional<std::chrono::seconds> next_time;  // … or the next time that the clocks show this
  std::vector<Deed> deeds;
  std::optional<Expectations> expect;
};

struct Scenario {
  Place place;
  std::string name;
  LocalTime now{};
  std::string time_zone;  // "Europe/Berlin"; empty: UTC
  std::optional<Observer> location;
  std::vector<GivenEntity> given;
  std::vector<std::pair<std::string, ServiceAnswer>> services;
  std::vector<std::string> rules;  // only these are in force; empty: all of the file
  std::vector<Step> steps;
};

}  // namespace gable::rules::simulation
