#pragma once
// What will happen when: the one queue of the simulated world. Things due at the same moment happen in the
// order in which they were planned.

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "world/clock.hpp"

namespace gable::sim {

class Schedule {
 public:
  explicit Schedule(WorldTime& time) : time_(time) {}

  void at(Steady when, std::function<void()> what) {
    waiting_.emplace(std::pair{when, ++last_}, std::move(what));
  }
  void after(Span delay, std::function<void()> what) { at(time_.now() + delay, std::move(what)); }
  [[nodiscard]] std::optional<Steady> next() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.begin()->first.first;
  }
  // Does one thing that is due; false when none is.
  bool run_one() {
    if (waiting_.empty() || waiting_.begin()->first.first > time_.now()) return false;
    const auto node = waiting_.extract(waiting_.begin());
    node.mapped()();
    return true;
  }
  [[nodiscard]] Steady now() const { return time_.now(); }

 private:
  WorldTime& time_;
  std::map<std::pair<Steady, std::uint64_t>, std::function<void()>> waiting_;
  std::uint64_t last_ = 0;
};

}  // namespace gable::sim
