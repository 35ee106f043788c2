#pragma once
// Numbers of slots that were given up: each rests before it is used again, so that whoever still holds the
// number for the rest of his turn, or in a queue, finds an empty slot there and not a stranger.

#include <cstddef>
#include <deque>
#include <optional>

namespace gable::wire {

template <class Index>
class Resting {
 public:
  // Given up longest ago; nothing while not many rest.
  std::optional<Index> take() {
    if (slots_.size() <= kResting) return std::nullopt;
    const Index longest = slots_.front();
    slots_.pop_front();
    return longest;
  }
  void put(Index slot) { slots_.push_back(slot); }

 private:
  static constexpr std::size_t kResting = 1'024;
  std::deque<Index> slots_;
};

}  // namespace gable::wire
