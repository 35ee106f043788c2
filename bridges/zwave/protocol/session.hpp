#pragma once
// One connection to a server: the greeting, the dump, commands and their answers by message id. Whoever owns
// it passes in what was received, and sends what take() gives. Pure: no clock, thread, socket, file or log.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/message.hpp"
#include "protocol/network.hpp"

namespace gable::zwave {

using CallId = std::uint64_t;  // 0 is none

struct SendText {
  std::string text;
};
// The network is known, and from now on current.
struct Listening {};
// The connection is of no further use: what the server sent cannot be relied on.
struct Broken {
  std::string reason;
};
struct Finished {
  CallId call = 0;
  bool success = false;
  std::string error;
  wire::Value result;
};
using Output = std::variant<SendText, Listening, Broken, Finished, Change>;

// Commands that wait for their answer at one time.
inline constexpr std::size_t kCallLimit = 2'000;

class Session {
 public:
  // One text message, whole. After Broken nothing is taken any more.
  void receive(std::string_view text);
  // Sends a command; its answer is a Finished with this id. 0: not listening yet, or too many under way.
  CallId call(std::string_view command, const wire::Object& arguments);
  // An answer that comes later is passed over.
  void forget(CallId call) { waiting_.erase(call); }
  // As Network::stopped.
  void stopped(int node, const ValueId& current) { network_.stopped(node, current); }
  // As Network::forget_target.
  bool forget_target(int node, const ValueId& current) { return network_.forget_target(node, current); }
  // What has come of it since the last time, in order.
  [[nodiscard]] std::vector<Output> take();

  [[nodiscard]] bool listening() const { return stage_ == Stage::listening; }
  [[nodiscard]] const Network& network() const { return network_; }
  // Of the server; empty before its greeting.
  [[nodiscard]] const VersionMessage& version() const { return version_; }
  // Answers to commands that nobody waits for.
  [[nodiscard]] std::uint64_t unexpected() const { return unexpected_; }

 private:
  enum class Stage { greeting, initializing, loading, listening, broken };

  void on(VersionMessage message);
  void on(ResultMessage message);
  void on(EventMessage message);
  void on(const OtherMessage& /*message*/) {}
  void on_dump(const ResultMessage& message);
  CallId send(std::string_view command, const wire::Object& arguments);
  void fail(std::string reason);

  Stage stage_ = Stage::greeting;
  VersionMessage version_;
  Network network_;
  CallId last_ = 0;
  CallId asked_ = 0;  // the greeting's own command that is under way
  std::set<CallId> waiting_;
  std::uint64_t unexpected_ = 0;
  std::vector<Output> outputs_;
};

}  // namespace gable::zwave
