#pragma once
// The time of one rendering, handed in from outside: templates never ask a clock.

#include <chrono>

namespace gable::rules::jinja {

// Python's datetime counts microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// A time zone's rules. The hub implements it on the time zone database.
class TimeZone {
 public:
  virtual ~TimeZone() = default;
  // Local time minus UTC at that instant.
  [[nodiscard]] virtual std::chrono::seconds offset(Instant utc) const = 0;
};

struct Clock {
  Instant now{};
  // Of the house; null: UTC. Outlives the rendering.
  const TimeZone* zone = nullptr;
};

}  // namespace gable::rules::jinja
