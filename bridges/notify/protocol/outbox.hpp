#pragma once
// Pure: no clock, thread or file; the time is an argument.
// The messages that wait for one receiver: bounded, in order, no faster than the receiver bears, tried again
// when that cannot deliver them twice, and given up when they are old.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace gable::notify {

// Since 1970, so that it means the same after a restart.
using Moment = std::chrono::milliseconds;

struct Message {
  std::string id;  // of the command; unlike any other
  std::string title, text;
  std::string data;  // a JSON object, or empty
  Moment at{};       // when it was asked for
};

// What became of an attempt.
enum class Verdict {
  delivered,
  again,    // not delivered, and another attempt may do better: this message waits
  away,     // the receiver cannot be reached: all of its messages wait
  refused,  // it does not accept us (password): nothing is tried for a while
  never,    // it does not want this message
  unknown,  // it may have been delivered: not tried again
};
std::string_view to_string(Verdict verdict);

struct Policy {
  std::size_t waiting = 100;                     // messages at most
  int burst = 10;                                // messages at once …
  Moment per_message = std::chrono::seconds(3);  // … and then one in so long
  Moment keep = std::chrono::hours(12);          // until a message is given up
  Moment retry_min = std::chrono::seconds(5), retry_max = std::chrono::minutes(5);
  Moment refused = std::chrono::minutes(5);  // silence after a refusal
};

struct Entry {
  Message message;
  Moment next{};  // not before
  int tries = 0;
  bool sending = false;  // an attempt is under way
};

class Outbox {
 public:
  explicit Outbox(Policy policy) : policy_(policy), tokens_(policy.burst) {}

  enum class Added { waits, full, known };
  Added add(Message message, Moment now);
  // Why nothing is tried now, since the receiver has refused us; empty otherwise.
  [[nodiscard]] std::string refusal(Moment now) const;

  // The next message to be sent now, which then is under way; one at a time.
  std::optional<Message> begin(Moment now);
  // The end of the attempt under way: true when the message is done with (delivered, or will not be).
  // `after`: the receiver's own wish when to try again.
  bool end(Verdict verdict, const std::string& reason, Moment now, std::optional<Moment> after = {});
  // Takes out what is too old.
  std::vector<Message> give_up(Moment now);
  // When begin() or give_up() has something to do; nothing while an attempt is under way.
  [[nodiscard]] std::optional<Moment> due(Moment now) const;

  // What a former run has left: a message that was under way may have been delivered, and is returned
  // instead.
  std::vector<Message> restore(const std::vector<Entry>& entries);
  [[nodiscard]] const std::deque<Entry>& entries() const { return entries_; }

 private:
  [[nodiscard]] double tokens_at(Moment now) const;
  [[nodiscard]] Moment token_due(Moment now) const;
  [[nodiscard]] Moment backoff(int tries) const;

  const Policy policy_;
  std::deque<Entry> entries_;
  bool busy_ = false;
  double tokens_;
  Moment counted_{};  // when the tokens were
  Moment hold_{};     // nothing is tried before
  int away_ = 0;      // attempts in a row that did not reach the receiver
  Moment refused_until_{};
  std::string refusal_;
};

}  // namespace gable::notify
