#pragma once
// The connections of the in-memory broker and the packets under way on them. Part of memory_broker.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "node/clock.hpp"
#include "node/mqtt_port.hpp"

namespace gable::test {

struct MemorySession;

// One attempt to connect, and what becomes of it. Shared by the client, the broker and the packets under way:
// it lives until the last of them is done with it.
struct Link {
  node::ConnectOptions options;
  std::string client_id;                   // as the broker knows it
  node::MqttListener* listener = nullptr;  // null: the client's end is gone
  bool accepted = false;                   // the client has seen CONNACK
  bool client_open = true;                 // the two ends learn of the end separately
  bool broker_open = true;
  std::optional<node::Steady> held_since;
  std::chrono::milliseconds latency{};
  node::Steady last_to_broker{}, last_to_client{};
  bool duplicate_next = false;
  MemorySession* session = nullptr;
};
using LinkPtr = std::shared_ptr<Link>;

enum class Toward { broker, client };

// Packets in the order of sending; each link keeps its order, whatever its latency.
class Wire {
 public:
  explicit Wire(const node::Clock& clock) : clock_(clock) {}
  [[nodiscard]] node::Steady now() const { return clock_.steady(); }
  void send(const LinkPtr& link, Toward toward, std::function<void()> arrive);
  // A message for the client's listener; waits, with all that comes after it, while the listener has no room.
  void send_message(const LinkPtr& link, std::function<void()> arrive);
  // Carries the first packet that may go now; packets of a closed end vanish on the way.
  bool deliver_one();
  // Carries what is under way to the broker on this link, now.
  void flush_to_broker(const Link& link);
  void discard(const Link& link, Toward toward);
  [[nodiscard]] std::optional<node::Steady> next_due() const;

 private:
  struct Packet {
    LinkPtr link;
    Toward toward;
    node::Steady due;
    std::function<void()> arrive;
    bool message = false;
  };
  std::deque<Packet>::iterator next_to_go();
  void add(const LinkPtr& link, Toward toward, std::function<void()> arrive, bool message);
  const node::Clock& clock_;
  std::deque<Packet> packets_;
};

}  // namespace gable::test
