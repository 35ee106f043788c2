#pragma once
// Two brokers behind one face, so that the same cases run against both: mosquitto, over the client library
// and a link that can be cut, and the in-memory one with its own clock. Waits are on conditions with a
// deadline and throw std::runtime_error when it passes. Used from the test's thread.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "node/mqtt_port.hpp"

namespace gable::test {

// A client: its port, and everything that its listener was told. Callbacks may come on any thread.
class Peer final : public node::MqttListener {
 public:
  Peer() = default;
  ~Peer() override { port.reset(); }  // before what its callbacks use
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // All answers are copies.
  [[nodiscard]] std::vector<node::Message> messages() const;
  [[nodiscard]] std::vector<node::Message> messages(const std::string& topic) const;
  // "topic=payload" of each message, in order.
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] std::optional<node::Connected> connected() const;
  [[nodiscard]] std::optional<node::Disconnected> disconnected() const;
  [[nodiscard]] std::optional<node::Acknowledged> acknowledged(std::uint64_t token) const;
  [[nodiscard]] std::size_t acknowledged_count() const;
  // Forgets messages and ends of connections.
  void clear();
  void forget(const std::string& topic);

  std::unique_ptr<node::MqttPort> port;
  // Called after each event, on the thread it came on.
  std::function<void()> notify;

 private:
  void on_connected(node::Connected event) override;
  void on_disconnected(node::Disconnected event) override;
  void on_acknowledged(node::Acknowledged event) override;
  void on_message(node::Message message) override;
  mutable std::mutex mutex_;
  std::vector<node::Message> messages_;
  std::map<std::uint64_t, node::Acknowledged> acknowledged_;
  std::optional<node::Connected> connected_;
  std::optional<node::Disconnected> disconnected_;
};

struct BrokerSetup {
  bool queue_limit = true;  // mosquitto's default of 1,000
  std::map<std::string, std::string> users;
  std::optional<std::string> acl;
};

class ContractBench {
 public:
  virtual ~ContractBench() = default;
  static std::unique_ptr<ContractBench> make(const std::string& kind, const BrokerSetup& setup);

  // ── what the two do differently ──
  virtual Peer& add_peer() = 0;
  // Waits at most so long for the condition, asking again after every event.
  virtual bool until(const std::function<bool()>& condition, std::chrono::milliseconds limit) = 0;
  // Lets time pass.
  virtual void elapse(std::chrono::milliseconds time) = 0;
  // The connection is lost, and the client's end knows.
  virtual void cut(Peer& peer) = 0;
  // Nothing gets through any more, neither end knows.
  virtual void freeze(Peer& peer) = 0;
  // What `calls` sends reaches the broker in one piece, before the client answers anything of what comes
  // back.
  virtual void in_one_piece(Peer& peer, const std::function<void()>& calls) = 0;
  // In order, with the database kept.
  virtual void restart() = 0;

  // ── made from those ──
  // Fails unless the connection is accepted.
  node::Connected connect(Peer& peer, node::ConnectOptions options);
  // The reason code.
  int publish(Peer& peer, const node::Message& message);
  std::vector<int> subscribe(Peer& peer, const std::vector<node::Subscription>& subscriptions);
  void await(const std::string& what, const std::function<bool()>& condition,
             std::chrono::milliseconds limit = std::chrono::seconds(5));
  // Returns when the broker has given the peer everything it had for it at this QoS when called.
  void settle(Peer& peer, int qos = 1);

 protected:
  // Where a peer connects to.
  virtual void address(Peer& peer, node::ConnectOptions& options) = 0;
  // Called again and again until a connection is answered.
  virtual void while_connecting() {}

 private:
  int barriers_ = 0;
};

// ── short forms for the cases ──
node::ConnectOptions client(const std::string& id, bool clean_start = true);
node::Message text(const std::string& topic, const std::string& payload, int qos = 1);
node::Message kept(const std::string& topic, const std::string& payload, int qos = 1);

}  // namespace gable::test
