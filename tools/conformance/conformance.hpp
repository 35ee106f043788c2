#pragma once
// Checks a running bridge from outside, over MQTT alone: does it keep the contract of the device plane? The
// engine behind `gable conformance BRIDGE`. It does no harm: commands go to one entity of a harmless kind and
// ask for what it reports already; only an entity that was named is moved, and put back.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/clock.hpp"
#include "node/mqtt_port.hpp"

namespace gable::conformance {

// A connection to the broker, used step by step. The caller's; the command line puts one over its own link,
// tests over the in-memory broker.
class Connection {
 public:
  virtual ~Connection() = default;
  // False when the broker refused or is gone.
  virtual bool subscribe(const std::vector<node::Subscription>& subscriptions) = 0;
  virtual bool publish(const node::Message& message) = 0;
  // The next message in order of arrival; nothing at the deadline.
  virtual std::optional<node::Message> next(node::Steady deadline) = 0;
  [[nodiscard]] virtual node::Steady now() const = 0;
  [[nodiscard]] virtual int protocol_version() const = 0;
};

struct Options {
  std::string root = "gable";
  std::string bridge;
  // "device" or "device/key": may be moved. Empty: one is chosen that is only asked for what it reports
  // already.
  std::string entity;
  bool commands = true;                       // false: only look
  std::string token;                          // random, [A-Za-z0-9]{1,32}: part of every id that is sent
  std::chrono::milliseconds patience{5'000};  // for each answer
  // Kills the bridge without a chance to say goodbye (SIGKILL); empty: last will and restart are not tried.
  std::function<void()> kill;
  // Starts it again after `kill`; empty: somebody else does (a service manager), or nobody.
  std::function<void()> restart;
  std::chrono::milliseconds restart_patience{30'000};
};

enum class Verdict { pass, fail, skipped };
std::string_view to_string(Verdict verdict);

struct Check {
  std::string name;  // stable, for scripts: "status", "command.unknown_attribute"
  Verdict verdict = Verdict::pass;
  std::string words;  // fail: what was expected, what was seen; skipped: why
};

// All checks in the order in which they were made. With a bridge that is not there, one failed check.
std::vector<Check> examine(Connection& connection, const Options& options);

// No check failed.
bool conforms(const std::vector<Check>& checks);

}  // namespace gable::conformance
