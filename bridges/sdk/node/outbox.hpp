#pragma once
// What a session still has to send and what the broker has not yet acknowledged, in order. Belongs to
// Session, on the owner thread; knows no port and no clock.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "node/clock.hpp"
#include "node/mqtt_port.hpp"

namespace gable::node {

class Outbox {
 public:
  // Hears of each message that is given up, with the reason for people.
  using Dropped = std::function<void(const Message&, const std::string& reason)>;
  explicit Outbox(Dropped dropped) : dropped_(std::move(dropped)) {}

  // Appends to what waits. A retained message takes the place of an earlier retained one of its topic: only
  // the latest is worth sending, and it stands where it was published last. Not so without `coalesce`.
  void add(Message message, Steady now, bool coalesce = true);
  // Gives up the oldest non-retained messages until no more than `limit` wait.
  void trim(std::size_t limit);

  // The next message to send, its expiry lessened by the time it has waited; null when none waits. What
  // expired meanwhile is dropped. Stays at the front until sent() is called.
  const Message* front(Steady now);
  // The front has been handed to the port under `token`.
  void sent(std::uint64_t token);
  // A message that did not have to wait has been handed over.
  void sent_directly(Message message, std::uint64_t token, Steady now);
  // Takes the message with `token` out; nothing when there is none.
  std::optional<Message> acknowledged(std::uint64_t token);
  // The connection is gone: unacknowledged messages of QoS ≥ 1 wait again, before all others, in order. The
  // first of them may be what ended the connection (larger than the broker takes): after kLossLimit times it
  // is dropped.
  void connection_lost();
  static constexpr int kLossLimit = 8;

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] std::size_t in_flight() const { return in_flight_.size(); }

 private:
  struct Entry {
    Message message;
    Steady since;  // when the expiry that the message holds began to count
    std::uint64_t token = 0;
    int losses = 0;  // connections that ended while this was the first without an answer
  };
  using List = std::list<Entry>;

  void unindex(List::iterator entry);
  void forget(List::iterator entry);
  void drop(List::iterator entry, const std::string& reason);

  Dropped dropped_;
  List waiting_;
  List in_flight_;
  // Retained messages that wait, by topic; the keys are views into the entries.
  std::unordered_map<std::string_view, List::iterator> retained_;
};

}  // namespace gable::node
