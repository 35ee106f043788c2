#pragma once
// The time of one rendering, handed in from outside: templates never ask a clock.

#include <chrono>
#include <string>
#include <string_view>

namespace gable::rules::jinja {

// Python's datetime counts microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// A time zone's rules. The hub implements it on the time zone database.
class TimeZone {
 public:
  virtual ~TimeZone() = default;
  // Local time minus UTC at that instant.
  [[nodiscard]] virtual std::chrono::seconds offset(Instant utc) const = 0;
  // The part of it that is summer time: Python's dst().
  [[nodiscard]] virtual std::chrono::seconds saving(Instant /*utc*/) const { return {}; }
  // "CET", for strftime's %Z; empty: the offset is printed instead.
  [[nodiscard]] virtual std::string abbreviation(Instant /*utc*/) const { return {}; }
  // "Europe/Berlin"
  [[nodiscard]] virtual std::string_view name() const { return "local"; }
};

struct Clock {
  Instant now{};
  // Of the house; null: UTC. Outlives the rendering.
  const TimeZone* zone = nullptr;
};

}  // namespace gable::rules::jinja
