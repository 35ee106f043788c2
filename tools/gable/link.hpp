#pragma once
// A command's connection to the broker, used step by step: a command does one thing after another and ends,
// so it waits instead of handling events, and it does not reconnect unless its command asks for that. Owned
// by the command; all calls come from the main thread, interrupt() from any.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "node/clock.hpp"
#include "node/mqtt_port.hpp"
#include "node/paho_port.hpp"
#include "wire/result_type.hpp"

namespace gable::cli {

using Milliseconds = std::chrono::milliseconds;

// Now plus `wait`; for next().
node::Steady in(Milliseconds wait);

class Link final : private node::MqttListener {
 public:
  Link() = default;
  ~Link() override;

  // One attempt with MQTT 5, then with 3.1.1 where the broker does not speak 5. Errors: unavailable, refused.
  wire::Result<node::Connected> connect(node::ConnectOptions options);
  // In order: no will is sent.
  void disconnect();
  // Cuts the connection without a word, so that the broker publishes the will.
  void drop();

  // The broker's codes, in the order of the filters. Errors: unavailable (no answer, connection lost),
  // refused (the first code that is a refusal).
  wire::Result<std::vector<int>> subscribe(const std::vector<node::Subscription>& subscriptions);

  // Waits while kWindow messages are not acknowledged. False when the connection is gone or somebody
  // interrupted.
  bool publish(const node::Message& message);
  // Until all is acknowledged; false when that did not come about within `patience`.
  bool flush(Milliseconds patience);
  // Publishes that the broker refused, and what it said of the last.
  [[nodiscard]] std::uint64_t refused() const;
  [[nodiscard]] std::string last_refusal() const;

  // The next message; nothing at the deadline, when the connection is gone or somebody interrupted.
  std::optional<node::Message> next(node::Steady deadline);

  [[nodiscard]] bool connected() const;
  [[nodiscard]] std::string lost_reason() const;
  [[nodiscard]] int version() const;
  // Any thread: every wait ends, now and later.
  void interrupt();
  [[nodiscard]] bool interrupted() const;
  // After an interruption: for the last words.
  void go_on();
  // Waits, but not when interrupted.
  void pause_until(node::Steady when);

 private:
  static constexpr std::size_t kWindow = 200;
  static constexpr std::size_t kInbox = 10'000;

  wire::Result<node::Connected> attempt(const node::ConnectOptions& options);
  void on_connected(node::Connected event) override;
  void on_disconnected(node::Disconnected event) override;
  void on_acknowledged(node::Acknowledged event) override;
  void on_message(node::Message message) override;
  [[nodiscard]] bool has_room() const override;
  bool wait_for_room(Milliseconds patience) override;
  [[nodiscard]] bool over() const { return interrupted_ || !up_; }
  void count(const node::Acknowledged& event);

  // Guards what follows; Paho's threads enqueue.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable room_;
  std::deque<node::Message> inbox_;
  std::optional<node::Connected> greeting_;
  std::optional<node::Disconnected> end_;
  std::unordered_set<std::uint64_t> in_flight_;
  std::unordered_map<std::uint64_t, node::Acknowledged> early_;  // answered before the token was known here
  std::uint64_t refused_ = 0;
  std::string last_refusal_;
  int socket_ = -1;  // the library's own; only to cut it
  bool up_ = false, interrupted_ = false;
  int version_ = 5;
  // Last, so that no callback finds the rest gone.
  node::PahoPort port_;
};

}  // namespace gable::cli
