#pragma once
// Dates, times of day and durations as people write them in commands. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>

#include "wire/value.hpp"

namespace gable::wire {

// "2026-11-22", a day that exists.
bool is_date(std::string_view text);

// "7:30", "07:30" and "07:30:00" as "07:30:00"; nothing when it is no time of day.
std::optional<std::string> full_time(std::string_view text);

// RFC 3339, or without an offset: "2026-11-22 07:30:00" in the house's time zone.
bool is_datetime(std::string_view text);

// Seconds, from a number ≥ 0, "300", "0:05:00", "00:05" (hours and minutes), or an object of weeks, days,
// hours, minutes, seconds, milliseconds and microseconds, as Home Assistant's time periods. Nothing for what
// is none.
std::optional<double> duration_seconds(const Value& value);
// Also of less than nothing: -10, "-0:00:10", {"seconds": -10}.
std::optional<double> signed_duration_seconds(const Value& value);

}  // namespace gable::wire
