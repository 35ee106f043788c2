#include "engine/book/at_trigger.hpp"

namespace gable::rules {

std::optional<jinja::EntityState> HouseAtTrigger::state(std::string_view id) const {
  if (id != then_.entity()) return house_.state(id);
  const StateSnapshot& snapshot = then_.snapshot();
  jinja::EntityState state;
  state.entity_id = then_.entity();
  state.state = snapshot.state;
  state.attributes = snapshot.attributes.get();
  state.last_changed = snapshot.last_changed;
  state.last_updated = snapshot.last_updated;
  state.last_reported = snapshot.last_reported;
  state.context_id = snapshot.context.id;
  state.context_parent_id = snapshot.context.parent;
  state.context_user_id = snapshot.context.user;
  return state;
}

}  // namespace gable::rules
