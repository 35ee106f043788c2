#pragma once
// Zone: which time zone a datetime or a time of day is in, and what its clocks show. As Python's timezone
// (an offset) and zoneinfo (rules, with `fold` for the hour that comes twice). Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/time/clock.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

// A plain value. Instants and wall clock times are microseconds since 1970-01-01 00:00, UTC or local.
struct Zone {
  enum class Kind : std::uint8_t { none, fixed, rules };
  Kind kind = Kind::none;
  std::int64_t offset = 0;          // of a fixed one: local time minus UTC
  const TimeZone* rules = nullptr;  // outlives the evaluation

  static Zone utc() { return {Kind::fixed, 0, nullptr}; }
  // ValueError unless it is less than a day.
  static Zone fixed(std::int64_t offset);
  // The house's.
  static Zone local(const Clock& clock);

  [[nodiscard]] bool aware() const { return kind != Kind::none; }
  // One tzinfo object in Python: then wall clock times are compared and subtracted as they are.
  friend bool operator==(const Zone& a, const Zone& b) {
    return a.kind == b.kind && a.offset == b.offset && a.rules == b.rules;
  }
};

struct WallTime {
  std::int64_t local = 0;
  bool fold = false;  // the second time that the clocks show this
};

// Local time minus UTC when the clocks of `zone` show `wall`; nothing without a zone. In the hour that is
// skipped in spring: as before the jump, with fold as after it.
[[nodiscard]] std::optional<std::int64_t> utc_offset(const Zone& zone, const WallTime& wall);
// What the clocks of an aware zone show.
[[nodiscard]] WallTime wall_time(const Zone& zone, std::int64_t utc);
// Python's dst(): nothing where it is None.
[[nodiscard]] std::optional<std::int64_t> saving(const Zone& zone, const WallTime& wall);
// Python's tzname(); empty without a zone.
[[nodiscard]] std::string zone_name(const Zone& zone, const WallTime& wall);

// "+02:00", with `separator` between the parts; seconds and microseconds only where they are not 0.
[[nodiscard]] std::string offset_text(std::int64_t offset, std::string_view separator);

// The tzinfo object of a zone, None without one; and back (TypeError for what is neither).
[[nodiscard]] Value zone_value(const Zone& zone);
[[nodiscard]] Zone zone_of(const Value& value);
[[nodiscard]] std::string zone_repr(const Zone& zone);

}  // namespace gable::rules::jinja
