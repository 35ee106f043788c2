// Conditions on time: time, sun.
#include "engine/judgement.hpp"
#include "engine/local_time.hpp"
#include "template/value/operations.hpp"
#include "wire/time.hpp"

namespace gable::rules {

namespace {

using std::chrono::microseconds;

std::string clock_text(microseconds of_day) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(of_day).count();
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

// The time of day that an entity holds: input_datetime or time ("07:30:00", "2026-01-15 07:30:00"), or a
// timestamp sensor.
std::optional<microseconds> entity_time(const std::string& entity, const Judgement& how) {
  const std::optional<StateSnapshot> state = how.surroundings().snapshot(entity);
  if (!state) return std::nullopt;
  const std::string& text = state->state;
  if (text.find('T') != text.npos) {
    const std::optional<wire::Time> when = wire::parse_time(text);
    if (!when) return std::nullopt;
    return since_midnight(local_time(Instant(when->time_since_epoch()), how.surroundings().zone()));
  }
  const std::size_t space = text.find(' ');
  if (space == text.npos && text.find(':') == text.npos) return std::nullopt;
  return time_of_day(space == text.npos ? std::string_view(text) : std::string_view(text).substr(space + 1));
}

// Nothing: the bound is an entity that holds no time.
std::optional<microseconds> bound_of(const TimeBound& bound, const Judgement& how) {
  if (bound.time) return *bound.time;
  return entity_time(bound.entity, how);
}

struct SunTimes {
  std::optional<Instant> rise, set;
};

// Today's, by the clocks of the house.
SunTimes sun_today(const Judgement& how) {
  const jinja::TimeZone& zone = how.surroundings().zone();
  const Instant now = how.renderer.now();
  Instant midnight = now - since_midnight(local_time(now, zone));
  midnight += zone.offset(now) - zone.offset(midnight);  // the clocks may have been changed since
  const Instant end = midnight + std::chrono::hours(24);
  const auto within = [end](std::optional<Instant> when) {
    return when && *when < end ? when : std::nullopt;
  };
  // The one at midnight itself counts.
  const Instant before = midnight - microseconds(1);
  return {within(how.surroundings().next_sun(true, before)),
          within(how.surroundings().next_sun(false, before))};
}

std::optional<Instant> instant_of(const SunBound& bound, const SunTimes& sun) {
  const std::optional<Instant>& when = bound.rise ? sun.rise : sun.set;
  return when ? std::optional(*when + bound.offset) : std::nullopt;
}

}  // namespace

Verdict judge_time(const TimeCondition& condition, const Judgement& how) {
  const LocalTime local = local_time(how.renderer.now(), how.surroundings().zone());
  const microseconds now = since_midnight(local);
  how.trace.set("now", clock_text(now));
  microseconds after{0};
  microseconds before = std::chrono::hours(24) - microseconds(1);
  if (condition.after) {
    const auto bound = bound_of(*condition.after, how);
    if (!bound) return how.error("after: " + condition.after->entity + " holds no time of day");
    after = *bound;
  }
  if (condition.before) {
    const auto bound = bound_of(*condition.before, how);
    if (!bound) return how.error("before: " + condition.before->entity + " holds no time of day");
    before = *bound;
  }
  // Across midnight where after is not before before; equal bounds: always.
  const bool within = after < before ? after <= now && now < before : !(before <= now && now < after);
  if (!within) return Verdict::no;
  return verdict(((condition.weekdays >> weekday(local)) & 1U) != 0);
}

Verdict judge_sun(const SunCondition& condition, const Judgement& how) {
  const SunTimes sun = sun_today(how);
  const Instant now = how.renderer.now();
  const auto show = [&how](const char* name, const std::optional<Instant>& when) {
    if (when) how.trace.set(name, wire::format_time(std::chrono::floor<std::chrono::milliseconds>(*when)));
  };
  show("sunrise", sun.rise);
  show("sunset", sun.set);
  const auto before = condition.before ? instant_of(*condition.before, sun) : std::nullopt;
  const auto after = condition.after ? instant_of(*condition.after, sun) : std::nullopt;
  // Where the sun does not rise or set on this day, nothing that asks for it holds.
  if ((condition.before && !before) || (condition.after && !after)) return Verdict::no;
  const bool night = condition.before && condition.before->rise && condition.after && !condition.after->rise;
  if (night) return verdict(now < *before || now > *after);
  if (before && now > *before) return Verdict::no;
  return verdict(!after || now >= *after);
}

}  // namespace gable::rules
