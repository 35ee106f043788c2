#include "core/recent_causes.hpp"

namespace gable::hub {

namespace {

// As long as Home Assistant goes on to take changes for the consequence of a call.
constexpr Duration kRecent{5'000};

}  // namespace

void RecentCauses::remember(EntityIndex entity, const Context& context, const wire::Object& expected,
                            Time now) {
  const wire::Value* state = expected.find("state");
  const std::string* text = state == nullptr ? nullptr : state->as_string();
  recent_[entity] = {context, text == nullptr ? std::nullopt : std::optional(*text), now + kRecent};
}

std::optional<Context> RecentCauses::of(EntityIndex entity, const Report& report, Time now) const {
  const auto found = recent_.find(entity);
  if (found == recent_.end() || now > found->second.until) return std::nullopt;
  const Recent& recent = found->second;
  // A light that was switched on and reports `off` was switched off by somebody else.
  if (recent.state && report.text && *recent.state != *report.text) return std::nullopt;
  return recent.context;
}

}  // namespace gable::hub
