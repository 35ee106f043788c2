// Helpers: numbers, choices, dates, counters, buttons and timers, with Home Assistant's states and events.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/local_time.hpp"
#include "simulation/obedience.hpp"
#include "wire/date_text.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::rules::simulation {

namespace {

using std::chrono::microseconds;
using wire::Error;
using wire::ErrorCode;
using wire::Value;
using Outcome = std::optional<wire::Result<Change>>;

double number_at(const Order& order, std::string_view key, double fallback) {
  const Value* found = order.present.state.attributes->find(key);
  return found == nullptr ? fallback : found->number_or(fallback);
}

double present_number(const Order& order, double fallback) {
  Value value;
  return wire::parse_scalar(order.present.state.state, value) ? value.number_or(fallback) : fallback;
}

Change becomes(std::string state) {
  Change change;
  change.state = std::move(state);
  return change;
}

Outcome number(const wire::Command& command, const Order& order) {
  const double min = number_at(order, "min", 0), max = number_at(order, "max", 100);
  const double step = number_at(order, "step", 1);
  double value = present_number(order, min);
  const std::string_view name = command.service->name;
  if (name == "increment") value += step;
  if (name == "decrement") value -= step;
  if (const Value* given = command.data.find("value")) value = given->number_or(value);
  if (value < min || value > max) {
    return Error{ErrorCode::out_of_range,
                 order.entity + ": expected " + wire::number_text(min) + " to " + wire::number_text(max),
                 "value"};
  }
  return becomes(wire::number_text(value));
}

Outcome counter(const wire::Command& command, const Order& order) {
  const auto step = std::llround(number_at(order, "step", 1));
  const auto initial = std::llround(number_at(order, "initial", 0));
  long long value = std::llround(present_number(order, static_cast<double>(initial)));
  const std::string_view name = command.service->name;
  if (name == "increment") value += step;
  if (name == "decrement") value -= step;
  if (name == "reset") value = initial;
  if (const Value* given = command.data.find("value")) value = std::llround(given->number_or(0));
  const double bounded = std::clamp(static_cast<double>(value), number_at(order, "minimum", -HUGE_VAL),
                                    number_at(order, "maximum", HUGE_VAL));
  return becomes(std::to_string(std::llround(bounded)));
}

std::vector<std::string> options_of(const Order& order) {
  std::vector<std::string> out;
  const Value* options = order.present.state.attributes->find("options");
  if (options == nullptr || options->as_list() == nullptr) return out;
  for (const Value& option : *options->as_list()) out.emplace_back(option.string_or(""));
  return out;
}

Outcome choice(const wire::Command& command, const Order& order) {
  const std::string_view name = command.service->name;
  if (name == "select_option") {
    const Value* option = command.data.find("option");
    return becomes(std::string(option == nullptr ? "" : option->string_or("")));
  }
  if (name == "set_options") {
    const Value* options = command.data.find("options");
    Change change;
    if (options != nullptr) change.attributes.set("options", *options);
    return change;
  }
  const std::vector<std::string> options = options_of(order);
  if (options.empty()) {
    return Error{ErrorCode::unsupported, order.entity + " has no options: its attribute `options` is missing",
                 ""};
  }
  const auto size = static_cast<std::ptrdiff_t>(options.size());
  const auto at = std::find(options.begin(), options.end(), order.present.state.state) - options.begin();
  const Value* cycle = command.data.find("cycle");
  const auto step = [&](std::ptrdiff_t by) {
    const std::ptrdiff_t next = at == size ? 0 : at + by;
    const bool round = cycle == nullptr || cycle->bool_or(true);
    const std::ptrdiff_t to = round ? (next + size) % size : std::clamp<std::ptrdiff_t>(next, 0, size - 1);
    return becomes(options[static_cast<std::size_t>(to)]);
  };
  if (name == "select_first") return becomes(options.front());
  if (name == "select_last") return becomes(options.back());
  return step(name == "select_next" ? 1 : -1);
}

bool flag_at(const Order& order, std::string_view key, bool fallback) {
  const Value* found = order.present.state.attributes->find(key);
  return found == nullptr ? fallback : found->bool_or(fallback);
}

// "2026-11-22 07:30:00", one of its halves, or both from seconds since 1970.
struct DateAndTime {
  std::string date, time;
};

DateAndTime split_text(const std::string& text) {
  if (text.size() >= 16) return {text.substr(0, 10), text.substr(11, 8)};
  if (text.size() == 10) return {text, {}};
  return {{}, text};
}

DateAndTime at_timestamp(double seconds, const Order& order) {
  const Instant when{microseconds(std::llround(seconds * 1e6))};
  const auto ahead = order.zone == nullptr ? std::chrono::seconds{} : order.zone->offset(when);
  const auto local = std::chrono::floor<std::chrono::milliseconds>(when + ahead);
  return split_text(wire::format_time(local).substr(0, 19));
}

Outcome date_and_time(const wire::Command& command, const Order& order) {
  const auto given = [&](std::string_view key) {
    const Value* value = command.data.find(key);
    return value == nullptr ? std::string() : std::string(value->string_or(""));
  };
  DateAndTime wish{given("date"), given("time")};
  if (const std::string both = given("datetime"); !both.empty()) wish = split_text(both);
  if (const Value* stamp = command.data.find("timestamp")) wish = at_timestamp(stamp->number_or(0), order);
  if (wish.date.empty() && wish.time.empty()) {
    return Error{ErrorCode::malformed, "expected a date (2026-11-22), a time (07:30:00) or both", "datetime"};
  }
  if (wish.time.size() == 5) wish.time += ":00";
  const DateAndTime old = split_text(order.present.state.state);
  const bool has_date = flag_at(order, "has_date", !old.date.empty());
  const bool has_time = flag_at(order, "has_time", !old.time.empty());
  if (wish.date.empty()) wish.date = old.date;
  if (wish.time.empty()) wish.time = old.time;
  if (!has_date) return becomes(wish.time);
  return becomes(has_time ? wish.date + " " + wish.time : wish.date);
}

// "0:05:00", as Home Assistant shows durations.
std::string clock_text(microseconds duration) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60));
  return text;
}

std::optional<microseconds> duration_of(const Value* value) {
  const auto seconds = value == nullptr ? std::nullopt : wire::signed_duration_seconds(*value);
  return seconds ? std::optional(microseconds(std::llround(*seconds * 1e6))) : std::nullopt;
}

Change timer_runs(microseconds total, microseconds left, Instant now) {
  Change change = becomes("active");
  change.finishes = now + left;
  change.attributes.set("duration", clock_text(total));
  change.attributes.set("remaining", clock_text(left));
  change.attributes.set("finishes_at",
                        wire::format_time(std::chrono::floor<std::chrono::milliseconds>(*change.finishes)));
  return change;
}

Change timer_rests(const char* state, const char* event) {
  Change change = becomes(state);
  change.event = event;
  change.attributes.set("finishes_at", Value());
  if (std::string_view(state) == "idle") change.attributes.set("remaining", Value());
  return change;
}

Outcome change_timer(const Order& order, microseconds left, microseconds total, microseconds by) {
  const microseconds changed = left + by;
  if (changed <= microseconds{} || changed > total) {
    return Error{ErrorCode::out_of_range, "the remaining time must stay between 0 and " + clock_text(total),
                 "duration"};
  }
  Change change = timer_runs(total, changed, order.now);
  change.event = "timer.changed";
  return change;
}

Outcome timer(const wire::Command& command, const Order& order) {
  const wire::Object& attributes = *order.present.state.attributes;
  const std::string& state = order.present.state.state;
  const bool active = state == "active", paused = state == "paused";
  const microseconds total = duration_of(attributes.find("duration")).value_or(microseconds{});
  microseconds left = duration_of(attributes.find("remaining")).value_or(total);
  if (const Value* end = attributes.find("finishes_at"); active && end != nullptr) {
    if (const auto at = wire::parse_time(end->string_or(""))) left = *at - order.now;
  }
  const std::string_view name = command.service->name;
  const std::optional<microseconds> wish = duration_of(command.data.find("duration"));
  if (name == "start") {
    const microseconds whole = wish.value_or(total);
    Change change = timer_runs(whole, wish || !paused ? whole : left, order.now);
    change.event = active || paused ? "timer.restarted" : "timer.started";
    return change;
  }
  if (name == "cancel") return timer_rests("idle", active || paused ? "timer.cancelled" : "");
  // As Home Assistant: that does nothing.
  if (!active && (name == "pause" || name == "finish")) return Change{};
  if (!active) return Error{ErrorCode::unsupported, order.entity + " is " + state + ", not active", ""};
  if (name == "finish") return finish_timer(order.present);
  if (name == "change") return change_timer(order, left, total, wish.value_or(microseconds{}));
  Change change = timer_rests("paused", "timer.paused");
  change.attributes.set("remaining", clock_text(left));
  return change;
}

Outcome press(const Order& order) {
  return becomes(wire::format_time(std::chrono::floor<std::chrono::milliseconds>(order.now)));
}

}  // namespace

Change finish_timer(const Entities::Entity& /*timer*/) { return timer_rests("idle", "timer.finished"); }

std::optional<wire::Result<Change>> obey_as_helper(const wire::Command& command, const Order& order) {
  const std::string_view domain = domain_part(order.entity);
  if (domain == "input_number") return number(command, order);
  if (domain == "counter") return counter(command, order);
  if (domain == "input_select" || domain == "select") return choice(command, order);
  if (domain == "input_datetime") return date_and_time(command, order);
  if (domain == "timer") return timer(command, order);
  if (domain == "input_button" || domain == "button") return press(order);
  return std::nullopt;
}

}  // namespace gable::rules::simulation
