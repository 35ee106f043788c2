#include "engine/triggers/trips.hpp"

#include "engine/triggers/trigger_values.hpp"

namespace gable::rules {

Trips::Step Trips::see(const StateChanged& change) {
  const bool was_away = change.before && is_absent(change.before->state);
  if (change.after && is_absent(change.after->state)) {
    if (change.before && !was_away) left_.insert_or_assign(change.entity, *change.before);
    return {};
  }
  if (!was_away) return {Step::Kind::change, change};

  Step step{Step::Kind::change, change};
  const auto left = left_.find(change.entity);
  if (left == left_.end()) {
    // It was away when we began to look; what was removed then never was.
    step.kind = change.after ? Step::Kind::known : Step::Kind::none;
    return step;
  }
  step.change.before = std::move(left->second);
  left_.erase(left);
  const StateSnapshot& before = *step.change.before;
  if (change.after && change.after->state == before.state && *change.after->attributes == *before.attributes)
    step.kind = Step::Kind::none;
  return step;
}

}  // namespace gable::rules
