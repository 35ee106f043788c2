#pragma once
// Time in the simulated world: one time that only goes on, and a wall clock for each host, which may be
// wrong.

#include <chrono>

#include "node/clock.hpp"

namespace gable::sim {

using node::Steady;
using Span = std::chrono::milliseconds;

// The world's time. Begins at an hour, so that subtracting never wraps.
class WorldTime {
 public:
  [[nodiscard]] Steady now() const { return now_; }
  // Since the beginning of the world.
  [[nodiscard]] Span age() const { return std::chrono::duration_cast<Span>(now_ - kBeginning); }
  void advance_to(Steady when) {
    if (when > now_) now_ = when;
  }
  static constexpr Steady kBeginning{std::chrono::hours{1}};

 private:
  Steady now_ = kBeginning;
};

// The clock of one host. `time` outlives it.
class HostClock final : public node::Clock {
 public:
  explicit HostClock(const WorldTime& time) : time_(time) {}
  [[nodiscard]] wire::Time now() const override { return kNoon + time_.age() + offset_; }
  [[nodiscard]] Steady steady() const override { return time_.now(); }
  // As NTP or a person sets it. Steady time goes on.
  void jump(Span by) { offset_ += by; }
  void set_right() { offset_ = {}; }
  [[nodiscard]] Span offset() const { return offset_; }

 private:
  static constexpr wire::Time kNoon =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12};
  const WorldTime& time_;
  Span offset_{};
};

}  // namespace gable::sim
