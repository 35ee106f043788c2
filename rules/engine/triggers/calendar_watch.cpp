#include "engine/triggers/calendar_watch.hpp"

#include "engine/triggers/clock_times.hpp"
#include "engine/triggers/trigger_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/time.hpp"

namespace gable::rules {

namespace {

using jinja::Value;
constexpr std::chrono::microseconds kInstant{1};  // what is due at this very moment counts

std::string text_in(const StateSnapshot& state, std::string_view key) {
  const wire::Value* found = state.attributes->find(key);
  return found != nullptr ? std::string(found->string_or("")) : std::string();
}

}  // namespace

// "2026-01-15 07:30:00" and "2026-01-15" are local, other times say their offset.
std::optional<Instant> CalendarWatch::instant_in(const StateSnapshot& state, std::string_view key) const {
  const std::string text = text_in(state, key);
  if (const auto when = wire::parse_time(text)) return Instant(when->time_since_epoch());
  const auto date = date_of(std::string_view(text).substr(0, 10));
  if (!date) return std::nullopt;
  std::optional<std::chrono::seconds> time = std::chrono::seconds(0);
  if (text.size() > 11) time = time_of_day(std::string_view(text).substr(11));
  if (!time) return std::nullopt;
  return instant_of(*date + *time, surroundings().zone());
}

std::optional<CalendarWatch::Event> CalendarWatch::event_of(const std::optional<StateSnapshot>& state) const {
  if (!state || is_absent(state->state)) return std::nullopt;
  const auto start = instant_in(*state, "start_time"), end = instant_in(*state, "end_time");
  if (!start || !end) return std::nullopt;
  const wire::Value* all_day = state->attributes->find("all_day");
  return Event{.summary = text_in(*state, "message"),
               .description = text_in(*state, "description"),
               .location = text_in(*state, "location"),
               .all_day = all_day != nullptr && all_day->bool_or(false),
               .start = *start,
               .end = *end};
}

void CalendarWatch::begin(Instant now) {
  listen(Subject::entity, asked_.entity);
  events_[0] = event_of(surroundings().snapshot(asked_.entity));
  TimedWatch::begin(now);
}

void CalendarWatch::on_resume(Instant now) {
  events_[0] = event_of(surroundings().snapshot(asked_.entity));
  TimedWatch::on_resume(now);
}

void CalendarWatch::on_state(const StateChanged& change, Instant now) { look(change.after, now); }

void CalendarWatch::look(const std::optional<StateSnapshot>& state, Instant now) {
  std::optional<Event> shown = event_of(state);
  // A calendar that cannot be reached has lost no event.
  if (!shown || shown == events_[0]) return;
  if (events_[0] && events_[0]->start <= now) {
    events_[1] = std::move(events_[0]);
    schedule(1, now - kInstant);
  }
  events_[0] = std::move(shown);
  schedule(0, now - kInstant);
  save_next();
}

void CalendarWatch::on_due(std::size_t cookie, Instant due, Instant now) {
  fired_ = due;
  TimedWatch::on_due(cookie, due, now);
}

std::optional<Instant> CalendarWatch::next(std::size_t slot, Instant after) {
  const std::optional<Event>& event = events_[slot];
  if (!event) return std::nullopt;
  const Instant due = (asked_.starts ? event->start : event->end) + asked_.offset;
  if (due <= after || (fired_ && due <= *fired_)) return std::nullopt;
  return due;
}

// As Home Assistant has them: the date of whole days, else a time with its offset.
std::string CalendarWatch::shown(Instant when, bool all_day) const {
  std::string text = jinja::str(date_value(when, surroundings().zone()));
  if (all_day) return text.substr(0, 10);
  if (text.size() > 10) text[10] = 'T';
  return text;
}

Watch::Fields CalendarWatch::described(std::size_t slot, Instant /*due*/) const {
  const std::optional<Event>& event = events_[slot];
  if (!event) return nullptr;
  auto data = std::make_shared<jinja::Dict>();
  data->set("summary", event->summary);
  data->set("start", shown(event->start, event->all_day));
  data->set("end", shown(event->end, event->all_day));
  data->set("all_day", event->all_day);
  data->set("description", text_or_none(event->description));
  data->set("location", text_or_none(event->location));
  const std::string what = asked_.starts ? "start" : "end";
  return fields({{"event", Value(what)},
                 {"calendar_event", jinja::DictPtr(std::move(data))},
                 {"offset", period_value(asked_.offset)},
                 {"description", Value("calendar " + asked_.entity + " event " + what)}});
}

}  // namespace gable::rules
