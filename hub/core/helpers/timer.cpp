#include "core/helpers/timer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;

// "0:05:00", as Home Assistant shows durations.
std::string clock_text(Duration duration) {
  const auto seconds = duration.count() / 1000;
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60));
  return text;
}

Duration parse_clock(std::string_view text) {
  long long hours = 0, minutes = 0, seconds = 0;
  if (std::sscanf(std::string(text).c_str(), "%lld:%lld:%lld", &hours, &minutes, &seconds) != 3) return {};
  return std::chrono::seconds(hours * 3600 + minutes * 60 + seconds);
}

TimerStep idle(const Timer& timer) {
  TimerStep step;
  step.report.text = "idle";
  step.report.attributes = {{"duration", clock_text(timer.duration)}, {"editable", false}};
  if (timer.restore) step.report.attributes.append("restore", true);
  step.report.context.own().by = "hub";
  return step;
}

// Ends at `end`; one that has ended already has nothing left.
TimerStep running(const Timer& timer, Duration total, Time end, Time now) {
  const Duration left = std::max(end - now, Duration{});
  TimerStep step = idle(timer);
  step.report.text = "active";
  step.finishes = end;
  step.report.attributes.set("duration", clock_text(total));
  step.report.attributes.append("remaining", clock_text(left));
  step.report.attributes.append("finishes_at", wire::format_time(*step.finishes));
  return step;
}

std::optional<Time> finishes_at(const EntityState& state) {
  const auto* value = state.attributes.find("finishes_at");
  return value == nullptr ? std::nullopt : wire::parse_time(value->string_or(""));
}

Duration attribute(const EntityState& state, std::string_view key, Duration fallback) {
  const auto* value = state.attributes.find(key);
  return value == nullptr ? fallback : parse_clock(value->string_or(""));
}

// The `duration` parameter; the command parser has made it seconds.
std::optional<Duration> asked(const wire::Command& command) {
  const auto* value = command.data.find("duration");
  if (value == nullptr) return std::nullopt;
  return Duration(std::llround(value->number_or(0) * 1000));
}

// Of a state that nobody set: pausing a timer that does not run does nothing, as in Home Assistant.
TimerStep unchanged(const EntityState& state) {
  TimerStep step;
  if (state.known) step.report.text = state.text;
  step.report.attributes = state.attributes;
  return step;
}

}  // namespace

TimerStep start_timer(const Timer& timer, const EntityState& stored, Time now) {
  if (!timer.restore || !stored.known || stored.text == "idle") return idle(timer);
  const Duration total = attribute(stored, "duration", timer.duration);
  if (stored.text == "paused") {
    TimerStep step = idle(timer);
    step.report.text = "paused";
    step.report.attributes.set("duration", clock_text(total));
    step.report.attributes.append("remaining", clock_text(attribute(stored, "remaining", total)));
    return step;
  }
  const auto end = finishes_at(stored);
  return end ? running(timer, total, *end, now) : idle(timer);
}

TimerStep finish_timer(const Timer& timer) {
  TimerStep step = idle(timer);
  step.event = "timer.finished";
  return step;
}

wire::Result<TimerStep> act_on_timer(const Timer& timer, const EntityState& state,
                                     const wire::Command& command, Time now) {
  const auto name = command.service->name;
  const bool active = state.text == "active", paused = state.text == "paused";
  const auto end = finishes_at(state);
  const Duration total = attribute(state, "duration", timer.duration);
  const Duration left = active && end ? *end - now : attribute(state, "remaining", total);
  if (name == "start") {
    const auto wish = asked(command);
    const Duration whole = wish.value_or(active || paused ? total : timer.duration);
    TimerStep step = running(timer, whole, now + (wish || !paused ? whole : left), now);
    step.event = active ? "timer.restarted" : paused ? "timer.restarted" : "timer.started";
    return step;
  }
  if (name == "cancel") {
    TimerStep step = idle(timer);
    if (active || paused) step.event = "timer.cancelled";
    return step;
  }
  if (!active && (name == "pause" || name == "finish")) return unchanged(state);
  if (!active) return Error{ErrorCode::unsupported, "the timer is " + state.text + ", not active", ""};
  if (name == "finish") return finish_timer(timer);
  if (name == "pause") {
    TimerStep step = idle(timer);
    step.report.text = "paused";
    step.report.attributes.set("duration", clock_text(total));
    step.report.attributes.append("remaining", clock_text(left));
    step.event = "timer.paused";
    return step;
  }
  const Duration changed = left + asked(command).value_or(Duration{});
  if (changed <= Duration{} || changed > total) {
    return Error{ErrorCode::out_of_range, "the remaining time must stay between 0 and " + clock_text(total),
                 "duration"};
  }
  TimerStep step = running(timer, total, now + changed, now);
  step.event = "timer.changed";
  return step;
}

}  // namespace gable::hub
