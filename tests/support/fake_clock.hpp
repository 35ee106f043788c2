#pragma once
// A clock that stands still until a test moves it. One thread.

#include <chrono>

#include "node/clock.hpp"

namespace gable::test {

class FakeClock final : public node::Clock {
 public:
  // Starts on 2026-11-22 at 00:00 UTC; steady time starts at an hour, so that subtracting never wraps.
  FakeClock() = default;
  explicit FakeClock(wire::Time now) : now_(now) {}

  [[nodiscard]] wire::Time now() const override { return now_; }
  [[nodiscard]] node::Steady steady() const override { return steady_; }

  // Both clocks, as time passes.
  void advance(std::chrono::milliseconds by) {
    now_ += by;
    steady_ += by;
  }
  // The wall clock alone, as NTP or a person sets it; steady time goes on.
  void set_wall(wire::Time now) { now_ = now; }

 private:
  wire::Time now_ = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};
  node::Steady steady_{std::chrono::hours{1}};
};

}  // namespace gable::test
