#include "engine/triggers/clock_times.hpp"

#include <algorithm>
#include <charconv>

namespace gable::rules {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// As if the house were on UTC: within a day of the truth.
Instant near(LocalTime wall) { return Instant(wall.time_since_epoch()); }

// When the clocks jump over `wall`, to the second.
Instant jump_over(LocalTime wall, const jinja::TimeZone& zone) {
  Instant before = near(wall) - days(2);
  Instant after = near(wall) + days(2);
  while (after - before > seconds(1)) {
    const Instant middle = before + std::chrono::floor<seconds>((after - before) / 2);
    if (local_time(middle, zone) <= wall) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after;
}

bool fits(const TimePattern& pattern, std::int64_t number) {
  switch (pattern.kind) {
    case TimePattern::Kind::any:
      return true;
    case TimePattern::Kind::exact:
      return number == pattern.number;
    case TimePattern::Kind::step:
      return pattern.number > 0 && number % pattern.number == 0;
  }
  return false;
}

// The first number from `from` to `end` that fits, else `end`.
std::int64_t next_fit(const TimePattern& pattern, std::int64_t from, std::int64_t end) {
  while (from < end && !fits(pattern, from)) ++from;
  return from;
}

// How far it is at least to the next second that may fit; 0: this one does.
seconds distance(const TimePatternTrigger& pattern, seconds of_day) {
  const std::int64_t hour = of_day.count() / 3600;
  const std::int64_t minute = of_day.count() / 60 % 60;
  const std::int64_t second = of_day.count() % 60;
  const std::int64_t wanted_hour = next_fit(pattern.hours, hour, 24);
  if (wanted_hour != hour) return seconds((wanted_hour - hour) * 3600 - minute * 60 - second);
  const std::int64_t wanted_minute = next_fit(pattern.minutes, minute, 60);
  if (wanted_minute != minute) return seconds((wanted_minute - minute) * 60 - second);
  return seconds(next_fit(pattern.seconds, second, 60) - second);
}

}  // namespace

std::vector<Instant> instants_of(LocalTime wall, const jinja::TimeZone& zone) {
  std::vector<Instant> out;
  const seconds before = zone.offset(near(wall) - days(1));
  const seconds after = zone.offset(near(wall) + days(1));
  for (const seconds offset : {std::max(before, after), std::min(before, after)}) {
    const Instant when = near(wall) - offset;
    if (zone.offset(when) == offset && (out.empty() || out.back() != when)) out.push_back(when);
  }
  return out;
}

Instant instant_of(LocalTime wall, const jinja::TimeZone& zone) {
  const std::vector<Instant> instants = instants_of(wall, zone);
  return instants.empty() ? near(wall) - zone.offset(near(wall) - days(1)) : instants.front();
}

std::optional<Instant> next_daily(const DailyTime& daily, Instant after, const jinja::TimeZone& zone) {
  // Yesterday's may still come where the clocks were set back over midnight; the weekday that is asked for
  // may be the one whose time is skipped, and come again a week later.
  constexpr int kDays = 16;
  const auto today = std::chrono::floor<days>(local_time(after, zone));
  for (int day = -1; day < kDays; ++day) {
    const LocalTime wall = today + days(day) + daily.time;
    if (((daily.weekdays >> weekday(wall)) & 1U) == 0) continue;
    std::vector<Instant> instants = instants_of(wall, zone);
    if (daily.run_once && instants.empty()) instants.push_back(jump_over(wall, zone));
    if (daily.run_once) instants.resize(1);
    for (const Instant when : instants) {
      if (when > after) return when;
    }
  }
  return std::nullopt;
}

std::optional<Instant> next_pattern(const TimePatternTrigger& pattern, Instant after,
                                    const jinja::TimeZone& zone) {
  // A few jumps; a day of minutes where the clocks are changed.
  constexpr int kMost = 5000;
  Instant when = std::chrono::floor<seconds>(after) + seconds(1);
  for (int step = 0; step < kMost; ++step) {
    const auto of_day = std::chrono::floor<seconds>(since_midnight(local_time(when, zone)));
    const seconds ahead = distance(pattern, of_day);
    if (ahead.count() == 0) return when;
    // The clocks may be changed on the way: then in small steps.
    const bool changed = zone.offset(when) != zone.offset(when + ahead);
    when += changed ? std::min(ahead, seconds(60 - of_day.count() % 60)) : ahead;
  }
  return std::nullopt;
}

std::optional<std::chrono::local_days> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  const std::string_view texts[3] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto read = std::from_chars(texts[i].data(), texts[i].data() + texts[i].size(), parts[i]);
    if (read.ec != std::errc() || read.ptr != texts[i].data() + texts[i].size()) return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(parts[0]),
                                         std::chrono::month(static_cast<unsigned>(parts[1])),
                                         std::chrono::day(static_cast<unsigned>(parts[2]))};
  return date.ok() ? std::optional(std::chrono::local_days(date)) : std::nullopt;
}

}  // namespace gable::rules
