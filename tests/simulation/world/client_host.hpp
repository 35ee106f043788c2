#pragma once
// Who speaks MQTT in the house beside hub and bridges: a program like zigbee2mqtt, whose devices announce
// themselves in Home Assistant's format, and a person with a telephone. Both on the real Session.

#include <memory>
#include <string>

#include "node/session.hpp"
#include "world/nature.hpp"
#include "world/port.hpp"

namespace gable::sim {

// A process with a session on the simulated broker. Dies and starts again.
class ClientHost {
 public:
  // All outlive it.
  ClientHost(std::string client_id, const WorldTime& time, gable::test::MemoryBroker& broker,
             History& history);
  virtual ~ClientHost();
  ClientHost(const ClientHost&) = delete;
  ClientHost& operator=(const ClientHost&) = delete;

  void start();
  [[nodiscard]] bool running() const { return process_ != nullptr; }
  bool run() { return process_ && process_->loop.run_pending() > 0; }
  [[nodiscard]] std::optional<Steady> next_timer() const;
  virtual void died();
  [[nodiscard]] Fuse& fuse() { return fuse_; }

 protected:
  virtual node::SessionOptions options();
  virtual void on_start() {}
  virtual void on_connected(const node::Connected&) {}
  virtual void on_message(const node::Message& message) = 0;
  virtual void on_acknowledged(const node::Message&, bool /*taken*/) {}
  void publish(const std::string& topic, const std::string& payload, bool retain = false);

  struct Process {
    Process(ClientHost& host, SimPort::Watch watch);
    node::Loop loop;
    SimPort port;
    node::Session session;
  };
  std::string client_id_;
  gable::test::MemoryBroker& broker_;
  History& history_;
  Fuse fuse_;
  HostClock clock_;
  unsigned starts_ = 0;
  std::unique_ptr<Process> process_;
};

class Announcer final : public ClientHost {
 public:
  // `keeps`: its states are retained messages; else it says them again when Home Assistant's birth is heard.
  Announcer(const WorldTime& time, gable::test::MemoryBroker& broker, Nature& nature, History& history,
            bool keeps);
  ~Announcer() override;
  void died() override;

 private:
  node::SessionOptions options() override;
  void on_start() override;
  void on_connected(const node::Connected& event) override;
  void on_message(const node::Message& message) override;
  void announce(const Thing& thing);
  void say(const Thing& thing);
  void say_all();

  Nature& nature_;
  bool keeps_;
};

class Person final : public ClientHost {
 public:
  Person(const WorldTime& time, gable::test::MemoryBroker& broker, History& history);
  // Wants `payload` at set/<entity>, and hears of the end.
  void want(const std::string& entity, const std::string& service);

 private:
  node::SessionOptions options() override;
  void on_start() override;
  void on_message(const node::Message& message) override;
  void on_acknowledged(const node::Message& message, bool taken) override;
  const WorldTime& time_;
};

}  // namespace gable::sim
