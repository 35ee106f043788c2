#pragma once
// What the in-memory broker keeps for one client, connected or not. Part of memory_broker.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/memory_wire.hpp"

namespace gable::test {

// A message with the time at which it ends, which Message::expiry_seconds only tells relative to its sending.
struct Stored {
  node::Message message;
  std::string source;  // client id
  std::optional<node::Steady> expires;

  [[nodiscard]] bool expired(node::Steady now) const { return expires && *expires <= now; }
  // As it leaves the broker at `now`: with what is left of its expiry (MQTT 5, 3.3.2.3.3).
  [[nodiscard]] node::Message leaving(node::Steady now, bool mqtt5) const;
};

struct QueueLimits {
  std::size_t queued = 1000;
  std::size_t inflight = 20;
};

// Where sessions send to; one for the whole broker, outlives them.
struct Outlet {
  Wire& wire;
  QueueLimits limits;
};

struct MemorySession {
  std::string client_id, user;
  bool mqtt5 = true;
  std::optional<std::chrono::seconds> expiry;  // nothing: never ends
  LinkPtr link;                                // null while the client is away
  std::optional<node::Steady> expires_at;      // while it is away

  std::optional<node::Message> will;
  std::chrono::seconds will_delay{};
  std::optional<node::Steady> will_due;

  std::map<std::string, node::Subscription> subscriptions;  // by filter

  // Those by which a message of client `source` comes to this one. Borrowed until the next subscribe.
  [[nodiscard]] std::vector<const node::Subscription*> matching(std::string_view topic,
                                                                std::string_view source) const;

  // Takes a message for this client; false when it had to be dropped because the queue is full.
  bool offer(Outlet& outlet, const Stored& stored);
  void acknowledge(Outlet& outlet, std::uint64_t id);
  // After a reconnect: what was in flight goes again, then the queue.
  void resume(Outlet& outlet);
  void forget_messages();
  [[nodiscard]] std::size_t waiting() const { return inflight_.size() + queue_.size(); }

 private:
  struct Outgoing {
    std::uint64_t id = 0;
    Stored stored;
  };
  void send(Outlet& outlet, const Outgoing& out);
  void fill(Outlet& outlet);
  std::deque<Outgoing> inflight_, queue_;
  std::uint64_t last_id_ = 0;
};

}  // namespace gable::test
