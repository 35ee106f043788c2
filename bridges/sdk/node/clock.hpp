#pragma once
// Time comes in through this door, so that tests and simulations bring their own.

#include <chrono>

#include "wire/time.hpp"

namespace gable::node {

// Never jumps; for deadlines.
using Steady = std::chrono::steady_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual wire::Time now() const = 0;  // wall clock, UTC
  [[nodiscard]] virtual Steady steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] wire::Time now() const override;
  [[nodiscard]] Steady steady() const override;
};

}  // namespace gable::node
