#pragma once
// Time on the wire: RFC 3339, UTC, milliseconds ("2026-11-22T00:41:07.120Z").

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gable::wire {

// Wall-clock time in milliseconds since 1970, UTC. Comes in from outside; the pure rooms never ask a clock.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

std::string format_time(Time time);
// Accepts any RFC 3339 offset and 0 to 9 fraction digits (cut to milliseconds).
std::optional<Time> parse_time(std::string_view text);

// "15 s", "3 min", "26 h", "4 days": for people.
std::string format_duration(Duration duration);

}  // namespace gable::wire
