#pragma once
// When the clocks of the house show something: instants of wall clock times, across the days on which the
// clocks are changed. Pure.

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/happening.hpp"
#include "engine/local_time.hpp"
#include "language/trigger.hpp"

namespace gable::rules {

// The instants at which the clocks show `wall`: none in the hour that is skipped, two in the one that comes
// twice.
std::vector<Instant> instants_of(LocalTime wall, const jinja::TimeZone& zone);
// The first of them; where there is none, as if the clocks had not been changed yet (Python's fold=0).
Instant instant_of(LocalTime wall, const jinja::TimeZone& zone);

// "2026-01-15"; nothing when it is no date.
std::optional<std::chrono::local_days> date_of(std::string_view text);

struct DailyTime {
  std::chrono::seconds time{};  // of the day
  Weekdays weekdays = kEveryDay;
  // A time that the clocks skip counts at the jump, one that they show twice counts once. Without it as in
  // Home Assistant: not at all, and twice.
  bool run_once = false;
};
// The first one after `after`; nothing where no weekday is left.
std::optional<Instant> next_daily(const DailyTime& daily, Instant after, const jinja::TimeZone& zone);

// The first second after `after` whose wall clock time fits; nothing if that is never.
std::optional<Instant> next_pattern(const TimePatternTrigger& pattern, Instant after,
                                    const jinja::TimeZone& zone);

}  // namespace gable::rules
