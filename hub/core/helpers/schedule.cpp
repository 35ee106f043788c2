#include "core/helpers/schedule.hpp"

#include <algorithm>

namespace gable::hub {

namespace {

using std::chrono::days;
using std::chrono::seconds;
using LocalSeconds = std::chrono::local_seconds;

const std::vector<ScheduleBlock>& blocks_of(const Schedule& schedule, LocalSeconds day) {
  const std::chrono::weekday weekday(std::chrono::floor<days>(day));
  return schedule.days[weekday.iso_encoding() - 1];
}

// The first boundary after `local` within a week.
std::optional<LocalSeconds> next_boundary(const Schedule& schedule, LocalSeconds local) {
  const auto today = std::chrono::floor<days>(local);
  for (int ahead = 0; ahead <= 7; ++ahead) {
    const LocalSeconds day = today + days(ahead);
    for (const auto& block : blocks_of(schedule, day)) {
      if (day + block.from > local) return day + block.from;
      if (day + block.to > local) return day + block.to;
    }
  }
  return std::nullopt;
}

}  // namespace

ScheduleStep schedule_step(const Schedule& schedule, const ZoneRules& zone, Time now) {
  const LocalSeconds local = to_local(zone, now);
  const LocalSeconds today = std::chrono::floor<days>(local);
  ScheduleStep step;
  step.report.text = "off";
  step.report.context.own().by = "hub";
  for (const auto& block : blocks_of(schedule, today)) {
    if (local < today + block.from || local >= today + block.to) continue;
    step.report.text = "on";
    step.report.attributes = block.data;
  }
  if (const auto boundary = next_boundary(schedule, local)) {
    step.next = std::max(to_utc(zone, *boundary), now + Duration(1));
    step.report.attributes.set("next_event", wire::format_time(*step.next));
  }
  return step;
}

}  // namespace gable::hub
