#pragma once
// Timers: who is to be woken when. In order of the due time, then of attachment, then of being set.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "engine/happening.hpp"

namespace gable::rules {

class Watch;

// In which order triggers fire: that of their owners' attachment, then their number among the owner's.
struct FiringOrder {
  std::uint64_t sequence = 0;
  std::size_t index = 0;
  friend bool operator==(const FiringOrder& a, const FiringOrder& b) {
    return a.sequence == b.sequence && a.index == b.index;
  }
  friend bool operator<(const FiringOrder& a, const FiringOrder& b) {
    return std::tie(a.sequence, a.index) < std::tie(b.sequence, b.index);
  }
};

class Timers {
 public:
  struct Key {
    Instant due;
    FiringOrder order;
    std::uint64_t number = 0;
    friend bool operator<(const Key& a, const Key& b) {
      return std::tie(a.due, a.order, a.number) < std::tie(b.due, b.order, b.number);
    }
  };
  // `cookie` comes back with it.
  struct Timer {
    std::shared_ptr<Watch> watch;
    std::size_t cookie = 0;
  };
  struct Due {
    Instant due;
    Timer timer;
  };

  Key set(Instant due, const FiringOrder& order, Timer timer);
  void cancel(const Key& key) { timers_.erase(key); }
  // Takes out the first one that is due at `now`.
  std::optional<Due> take(Instant now);
  [[nodiscard]] std::optional<Instant> next() const;

 private:
  std::map<Key, Timer> timers_;
  std::uint64_t last_ = 0;
};

}  // namespace gable::rules
