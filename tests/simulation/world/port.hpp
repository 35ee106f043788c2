#pragma once
// A process's end of its connection to the simulated broker, with crash points: each publish is a moment at
// which the process may die. Tells what the process publishes, and what the broker answers.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "node/mqtt_port.hpp"
#include "support/memory_broker.hpp"
#include "world/crash.hpp"

namespace gable::sim {

class SimPort final : public node::MqttPort, private node::MqttListener {
 public:
  struct Watch {
    std::function<void(const node::Message&)> published;
    // The broker has answered; `taken`: somebody subscribes.
    std::function<void(const node::Message&, bool taken)> acknowledged;
    std::function<void(const node::Connected&)> connected;
    std::function<void()> disconnected;
    std::function<void(const node::Message&)> received;
  };
  // All outlive the port.
  SimPort(gable::test::MemoryBroker& broker, Fuse& fuse, Watch watch)
      : port_(broker.make_port()), fuse_(fuse), watch_(std::move(watch)) {}

  void connect(const node::ConnectOptions& options, node::MqttListener& listener) override;
  void disconnect() override;
  std::uint64_t publish(const node::Message& message) override;
  std::uint64_t subscribe(const std::vector<node::Subscription>& subscriptions) override;
  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override;

  // The process is dead: nothing that its destructors do reaches the broker.
  void die();

 private:
  void on_connected(node::Connected event) override;
  void on_disconnected(node::Disconnected event) override;
  void on_acknowledged(node::Acknowledged event) override;
  void on_message(node::Message message) override;
  [[nodiscard]] bool has_room() const override { return listener_ == nullptr || listener_->has_room(); }

  std::unique_ptr<node::MqttPort> port_;
  Fuse& fuse_;
  Watch watch_;
  node::MqttListener* listener_ = nullptr;
  std::map<std::uint64_t, node::Message> under_way_;  // by token
};

}  // namespace gable::sim
