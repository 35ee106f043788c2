#pragma once
// The examination of a bridge on the in-memory broker, in time that passes only when everybody waits.

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "conformance/conformance.hpp"
#include "node/loop.hpp"
#include "support/fake_clock.hpp"
#include "support/memory_broker.hpp"
#include "wire/value.hpp"

namespace gable::conformance::test {

class Bench {
 public:
  // Both sides' turn: what is under way is delivered and acted upon.
  void settle();
  // Settles and lets time pass until `done`; false at the deadline.
  bool run_until(const std::function<bool()>& done, node::Steady deadline);

  gable::test::FakeClock clock;
  gable::test::MemoryBroker broker{clock};
  node::Loop loop{clock};
};

class BenchConnection final : public Connection, private node::MqttListener {
 public:
  explicit BenchConnection(Bench& bench);
  bool subscribe(const std::vector<node::Subscription>& subscriptions) override;
  bool publish(const node::Message& message) override;
  std::optional<node::Message> next(node::Steady deadline) override;
  [[nodiscard]] node::Steady now() const override { return bench_.clock.steady(); }
  [[nodiscard]] int protocol_version() const override { return 5; }

 private:
  void on_connected(node::Connected /*event*/) override {}
  void on_disconnected(node::Disconnected /*event*/) override {}
  void on_acknowledged(node::Acknowledged /*event*/) override {}
  void on_message(node::Message message) override { inbox_.push_back(std::move(message)); }

  Bench& bench_;
  std::unique_ptr<node::MqttPort> port_;
  std::deque<node::Message> inbox_;
};

// A lamp written by hand, which keeps the contract but for one fault.
class FaultyBridge final : private node::MqttListener {
 public:
  FaultyBridge(Bench& bench, std::string fault);
  // kill -9, and a new process.
  void kill();
  void start();

 private:
  void on_connected(node::Connected event) override;
  void on_disconnected(node::Disconnected /*event*/) override {}
  void on_acknowledged(node::Acknowledged /*event*/) override {}
  void on_message(node::Message message) override;

  [[nodiscard]] bool has(std::string_view fault) const { return fault_ == fault; }
  void announce();
  void retain(const std::string& name, const wire::Object& document, bool retained = true);
  void answer(const std::string& topic, const node::Message& asked, const wire::Object& document);
  void command(const node::Message& message, const std::string& device);
  wire::Object obey(const wire::Object& given, const std::string& device);
  void request(const node::Message& message, const std::string& method);
  [[nodiscard]] wire::Object status(const char* word) const;

  Bench& bench_;
  std::string fault_;
  std::unique_ptr<node::MqttPort> port_;
  std::set<std::string> seen_;
  bool on_ = false;
  bool dead_ = false;
  int session_ = 0;
};

}  // namespace gable::conformance::test
