#pragma once
// What happened in a simulated house, each thing with its time and its place in the one order of all. Plain
// data.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/surroundings.hpp"

namespace gable::rules::simulation {

struct Stamp {
  Instant at{};
  std::uint64_t number = 0;  // over all kinds of records, from 1
};

struct RecordedCall {
  Stamp stamp;
  std::string service;                // "light.turn_on"
  std::vector<std::string> entities;  // that it was meant for, groups and areas opened up
  jinja::Value target, data;          // as the rule gave them
  std::string rule;                   // empty: somebody outside
  std::string error;                  // what the house had against it; empty: nothing
  bool from_outside = false;          // by whoever drives the house
  std::uint64_t id = 0;               // ServiceCall::id
};

// What one entity was to become by a call that it understood, whether it obeyed or not.
struct RecordedWish {
  Stamp stamp;
  std::uint64_t call = 0, run = 0;  // RecordedCall::id; the run whose step it was
  std::string rule, service, entity;
  std::optional<std::string> state;  // nothing: as it is
  wire::Object attributes;           // null: taken away
};

struct RecordedEvent {
  Stamp stamp;
  BusEvent event;
};

struct RecordedMessage {
  Stamp stamp;
  std::string topic, payload;
  int qos = 0;
  bool retain = false;
};

struct RecordedState {
  Stamp stamp;
  StateChanged change;
};

// A run that ended, or a trigger that became none: the engine's line, complete.
struct RecordedTrace {
  Stamp stamp;
  wire::Object line;
};

struct RecordedText {
  Stamp stamp;
  std::string level;  // of a line of the log; "problem" for a problem of the house
  std::string text;
};

struct Record {
  std::vector<RecordedCall> calls;
  std::vector<RecordedWish> wishes;
  std::vector<RecordedEvent> events;
  std::vector<RecordedMessage> messages;
  std::vector<RecordedState> states;
  std::vector<RecordedTrace> traces;
  std::vector<RecordedText> texts;
};

}  // namespace gable::rules::simulation
