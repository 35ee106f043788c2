#include "core/helpers/group.hpp"

#include <algorithm>

namespace gable::hub {

namespace {

struct Words {
  std::string_view on, off;
};

Words words_of(std::string_view domain) {
  if (domain == "device_tracker" || domain == "person") return {"home", "not_home"};
  if (domain == "cover" || domain == "valve") return {"open", "closed"};
  if (domain == "lock") return {"unlocked", "locked"};
  return {"on", "off"};
}

bool counts_as_on(std::string_view state) {
  constexpr std::string_view kOff[] = {"off",         "not_home", "closed", "locked",        "idle",
                                       "standby",     "paused",   "docked", "below_horizon", "unknown",
                                       "unavailable", "disarmed", ""};
  return std::find(std::begin(kOff), std::end(kOff), state) == std::end(kOff);
}

}  // namespace

Report group_report(const Group& group, const std::function<std::string(const wire::EntityId&)>& state_of) {
  std::size_t on = 0, known = 0, present = 0;
  wire::List members;
  bool one_domain = true;
  for (const auto& id : group.entities) {
    members.emplace_back(id.text());
    one_domain &= words_of(id.domain()).on == words_of(group.entities.front().domain()).on;
    const std::string state = state_of(id);
    if (state.empty()) continue;
    ++present;
    if (state != "unknown" && state != "unavailable") ++known;
    if (counts_as_on(state)) ++on;
  }
  Report report;
  report.context.own().by = "hub";
  report.attributes.append("entity_id", std::move(members));
  if (known == 0) return report;
  const Words words = one_domain ? words_of(group.entities.front().domain()) : Words{"on", "off"};
  const bool is_on = group.all ? on == present : on > 0;
  report.text = std::string(is_on ? words.on : words.off);
  return report;
}

}  // namespace gable::hub
