#pragma once
// An MQTT broker within the test, deterministic: nothing moves until deliver_one() or deliver_all() is called
// and time is the given clock's. It behaves as mosquitto 2.0 does; tests/integration/broker_contract_test.cpp
// runs the same cases against both. QoS 2 is treated as QoS 1. One thread.
//
//   FakeClock clock;
//   MemoryBroker broker(clock);
//   auto port = broker.make_port();          // a node::MqttPort
//   port->connect(options, listener);
//   broker.deliver_all();                    // listener.on_connected has been called

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "node/clock.hpp"
#include "node/mqtt_port.hpp"

namespace gable::test {

// The defaults are mosquitto's.
struct MemoryBrokerOptions {
  std::size_t max_queued_messages = 1000;    // for each client, beyond those in flight; 0: no limit
  std::size_t max_inflight_messages = 20;    // QoS 1 sent and not yet acknowledged
  bool mqtt5 = true;                         // false: a broker that speaks 3.1.1 only
  std::map<std::string, std::string> users;  // name → password; empty: everybody may connect
  std::optional<std::string> acl;            // text of an ACL file, see AccessList; nothing: all is allowed

  // As deploy/mosquitto.conf sets it.
  static MemoryBrokerOptions house();
};

class MemoryBroker {
 public:
  // `clock` must outlive the broker.
  explicit MemoryBroker(const node::Clock& clock, MemoryBrokerOptions options = {});
  ~MemoryBroker();
  MemoryBroker(const MemoryBroker&) = delete;
  MemoryBroker& operator=(const MemoryBroker&) = delete;

  // A client's end; must not outlive the broker. Destroying it while connected is a lost connection.
  std::unique_ptr<node::MqttPort> make_port();

  // Carries one packet (in either direction) to where it goes, after what the clock has made due: wills and
  // expired sessions. False when there is nothing to carry now.
  bool deliver_one();
  // Until nothing is left to carry now; gives the number of packets. Throws std::runtime_error after a
  // million, which only a loop of messages can need.
  std::size_t deliver_all();
  // When something will happen by itself: a will, the end of a session, a delayed packet. For simulations
  // that jump from event to event.
  [[nodiscard]] std::optional<node::Steady> next_due() const;

  // ── faults; a client is named by its id and must be connected, else std::out_of_range ──

  // Loses the connection and the packets under way; both ends notice.
  void drop(const std::string& client_id);
  // The link stays up and carries nothing (a frozen process, a dead cable). After 1.5 × keep alive the broker
  // gives the client up; the client notices on release().
  void hold(const std::string& client_id);
  void release(const std::string& client_id);
  // Every packet from now on takes so long each way, on later connections of this id too. Order is kept.
  void set_latency(const std::string& client_id, std::chrono::milliseconds latency);
  // The next QoS 1 message to this client arrives twice.
  void duplicate_next(const std::string& client_id);

  struct Kept {
    bool retained = true;
    bool sessions = true;
  };
  // kill -9: all connections are lost, no will is published. Connecting fails until start().
  void stop();
  // `kept`: what the broker's database still had.
  void start(Kept kept);
  // Writes its database: sessions with what waits in them, and what is retained. (Mosquitto does after every
  // `autosave_interval`; nobody's will is in it.)
  void save();
  // After stop(): as it was when it last wrote its database; with nothing if it never did.
  void start_as_saved();
  [[nodiscard]] bool running() const;

  // ── looking in ──

  [[nodiscard]] bool connected(const std::string& client_id) const;
  // Retained messages by topic, without the expired.
  [[nodiscard]] std::map<std::string, node::Message> retained() const;
  // QoS 1 messages that wait for a client, in flight or queued; connected or not.
  [[nodiscard]] std::size_t waiting(const std::string& client_id) const;
  // Messages lost because a queue was full.
  [[nodiscard]] std::uint64_t dropped() const;

 private:
  friend class MemoryPort;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::test
