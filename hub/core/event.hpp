#pragma once
// What can happen to the core. Everything that the core does is an answer to one of these.

#include <memory>
#include <string>
#include <variant>

#include "check/check.hpp"
#include "core/house.hpp"
#include "language/rule.hpp"

namespace gable::hub {

// A message from the broker. Retained: the flag as it arrived.
struct MessageIn {
  std::string topic;
  std::string payload;
  bool retained = false;
  std::string response_topic;
  std::string correlation;
  bool repeated = false;  // it seems to have come before: no command, trigger or event any more
};

// The connection stands. `session_present`: the broker kept our subscriptions and queued what came meanwhile.
struct BrokerConnected {
  bool session_present = false;
  int protocol_version = 5;
};

struct BrokerLost {
  std::string reason;
};

// The time that Core::next_deadline() named has come.
struct DeadlineReached {};

// The configuration files were read again (request `reload`).
struct HouseChanged {
  House house;
};

// Something that the edges found wrong, or whose end they noticed: disk full, a refused publish.
struct ProblemNoticed {
  std::string id;
  bool solved = false;
  std::string text;
  std::string help;
};

// An EdgeAction has ended. Output is cut at the edges' limit.
struct ProcessEnded {
  std::uint64_t id = 0;
  int status = 0;  // of the exit; 128 + signal when it was killed
  std::string output, errors;
  std::string failure;  // it could not be started, or took too long; else empty
};

// The files of rules were read: at start and whenever they change. Taken over by whoever handles it.
struct RulesChanged {
  std::shared_ptr<rules::RuleSet> rules;
  std::shared_ptr<const rules::jinja::Library> macros;  // shared macro files; may be null
  rules::Enforcement house_wide = rules::Enforcement::live;
  // What the checker says of them without a house, in any order; may be empty.
  std::vector<rules::RuleReport> reports;
};

using Event = std::variant<MessageIn, BrokerConnected, BrokerLost, DeadlineReached, HouseChanged,
                           ProblemNoticed, ProcessEnded, RulesChanged>;

}  // namespace gable::hub
