#pragma once
// Wall clock times of the house: what the clocks show at an instant, and when they show a time. Pure.

#include <chrono>
#include <optional>
#include <string_view>

#include "template/time/clock.hpp"

namespace gable::rules {

using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

LocalTime local_time(jinja::Instant when, const jinja::TimeZone& zone);

// "7:30", "07:30:00", "07:30:00.5" as seconds of the day; nothing when it is no time.
std::optional<std::chrono::seconds> time_of_day(std::string_view text);

// 0 Monday … 6 Sunday.
unsigned weekday(LocalTime when);
std::chrono::microseconds since_midnight(LocalTime when);

}  // namespace gable::rules
