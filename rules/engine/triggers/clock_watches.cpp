#include "engine/triggers/clock_watches.hpp"

#include "engine/triggers/trigger_values.hpp"
#include "template/house/state_object.hpp"
#include "template/value/operations.hpp"
#include "wire/time.hpp"

namespace gable::rules {

namespace {

using jinja::Value;
using std::chrono::days;
using std::chrono::seconds;

bool is_sensor(const std::string& entity) { return jinja::domain_of(entity) == "sensor"; }

bool is_timestamp_sensor(const StateSnapshot& state) {
  const wire::Value* device_class = state.attributes->find("device_class");
  return device_class != nullptr && device_class->string_or("") == "timestamp";
}

std::optional<Instant> if_after(std::optional<Instant> when, Instant after) {
  return when && *when > after ? when : std::nullopt;
}

}  // namespace

std::optional<TimeWatch::At> TimeWatch::resolved(const TimeAt& at, Instant now) const {
  if (!at.at_template) return At{at.time, at.entity, at.offset};
  const Rendered rendered = Renderer(surroundings(), now).text(*at.at_template, variables());
  if (!rendered.ok()) {
    complain("error", "at: " + rendered.error);
    return std::nullopt;
  }
  const std::string text = jinja::str(rendered.value);
  if (const auto time = time_of_day(text)) return At{time, {}, {}};
  const std::string_view domain = jinja::domain_of(text);
  if (domain == "input_datetime" || domain == "sensor") return At{std::nullopt, text, at.offset};
  complain("error", "at: expected a time (\"07:30:00\"), an input_datetime or a sensor, got '" + text + "'");
  return std::nullopt;
}

void TimeWatch::begin(Instant now) {
  for (const TimeAt& each : asked_.at) {
    std::optional<At> at = resolved(each, now);
    if (!at) continue;
    if (!at->entity.empty()) listen(Subject::entity, at->entity);
    at_.push_back(std::move(*at));
  }
  TimedWatch::begin(now);
  schedule_entities({}, now);
}

void TimeWatch::on_resume(Instant now) {
  TimedWatch::on_resume(now);
  schedule_entities({}, now);
}

void TimeWatch::on_state(const StateChanged& change, Instant now) { schedule_entities(change.entity, now); }

// A helper's time may be this very moment, that of a sensor is in the future.
void TimeWatch::schedule_entities(std::string_view entity, Instant now) {
  bool any = false;
  for (std::size_t slot = 0; slot < at_.size(); ++slot) {
    const std::string& own = at_[slot].entity;
    if (own.empty() || (!entity.empty() && own != entity)) continue;
    schedule(slot, is_sensor(own) ? now : now - std::chrono::microseconds(1));
    any = true;
  }
  if (any) save_next();
}

std::optional<Instant> TimeWatch::daily(seconds time, Instant after) const {
  return next_daily({time, asked_.weekdays, options().dst_run_once}, after, surroundings().zone());
}

std::optional<Instant> TimeWatch::next(std::size_t slot, Instant after) {
  const At& at = at_[slot];
  if (at.time) return daily(*at.time, after);
  const std::optional<StateSnapshot> state = surroundings().snapshot(at.entity);
  if (!state || is_absent(state->state)) return std::nullopt;
  if (is_sensor(at.entity) && !is_timestamp_sensor(*state)) return std::nullopt;
  const bool is_timestamp = state->state.find('T') != std::string::npos || is_sensor(at.entity);
  return is_timestamp ? timestamp(at, *state, after) : helper_time(at, *state, after);
}

std::optional<Instant> TimeWatch::timestamp(const At& at, const StateSnapshot& state, Instant after) {
  const std::optional<wire::Time> when = wire::parse_time(state.state);
  if (!when) return std::nullopt;
  return if_after(Instant(when->time_since_epoch()) + at.offset, after);
}

// "07:30:00" is every day, "2026-01-15 07:30:00" and "2026-01-15" (its midnight) are points in time.
std::optional<Instant> TimeWatch::helper_time(const At& at, const StateSnapshot& state, Instant after) const {
  const std::string_view text = state.state;
  const std::optional<std::chrono::local_days> date = date_of(text.substr(0, 10));
  if (!date) {
    const std::optional<seconds> time = time_of_day(text);
    if (!time) return std::nullopt;
    // An offset goes round midnight.
    const seconds shifted = (*time + at.offset) % days(1);
    return daily(shifted < seconds(0) ? shifted + days(1) : shifted, after);
  }
  std::optional<seconds> time = seconds(0);
  if (text.size() > 11) time = time_of_day(text.substr(11));
  if (!time) return std::nullopt;
  return if_after(instant_of(*date + *time + at.offset, surroundings().zone()), after);
}

bool TimeWatch::is_wanted_day(Instant when) const {
  return ((asked_.weekdays >> weekday(local_time(when, surroundings().zone()))) & 1U) != 0;
}

Watch::Fields TimeWatch::described(std::size_t slot, Instant due) const {
  // Of a point in time the day is asked for only now; daily ones have passed already, and one that was
  // shifted by a jump of the clocks over midnight is wanted.
  const bool is_daily = slot < at_.size() && at_[slot].time.has_value();
  if (!is_daily && !is_wanted_day(due)) return nullptr;
  const std::string entity = slot < at_.size() ? at_[slot].entity : std::string();
  return fields({{"now", date_value(due, surroundings().zone())},
                 {"entity_id", text_or_none(entity)},
                 {"description", Value(entity.empty() ? "time" : "time set in " + entity)}});
}

std::optional<Instant> TimePatternWatch::next(std::size_t /*slot*/, Instant after) {
  return next_pattern(asked_, after, surroundings().zone());
}

Watch::Fields TimePatternWatch::described(std::size_t /*slot*/, Instant due) const {
  return fields({{"now", date_value(due, surroundings().zone())}, {"description", Value("time pattern")}});
}

std::optional<Instant> SunWatch::next(std::size_t /*slot*/, Instant after) {
  const std::optional<Instant> sun = surroundings().next_sun(asked_.rises, after - asked_.offset);
  return sun ? std::optional(*sun + asked_.offset) : std::nullopt;
}

Watch::Fields SunWatch::described(std::size_t /*slot*/, Instant /*due*/) const {
  const std::string event = asked_.rises ? "sunrise" : "sunset";
  return fields({{"event", Value(event)},
                 {"offset", period_value(asked_.offset)},
                 {"description", Value(asked_.offset.count() != 0 ? event + " with offset" : event)}});
}

}  // namespace gable::rules
