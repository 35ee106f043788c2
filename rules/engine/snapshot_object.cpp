#include "engine/snapshot_object.hpp"

#include "engine/scope.hpp"

namespace gable::rules {

SnapshotObject::SnapshotObject(std::string entity, StateSnapshot snapshot)
    : entity_(std::move(entity)), snapshot_(std::move(snapshot)) {
  jinja::EntityState state;
  state.entity_id = entity_;
  state.state = snapshot_.state;
  state.attributes = snapshot_.attributes.get();
  state.last_changed = snapshot_.last_changed;
  state.last_updated = snapshot_.last_updated;
  state.last_reported = snapshot_.last_reported;
  state.context_id = snapshot_.context.id;
  state.context_parent_id = snapshot_.context.parent;
  state.context_user_id = snapshot_.context.user;
  view_ = std::make_unique<jinja::StateObject>(state, jinja::Zone::utc());
}

bool SnapshotObject::equals(const jinja::Value& other) const {
  const auto* that = other.as<SnapshotObject>();
  if (that == nullptr) return view_->equals(other);
  return that->entity_ == entity_ && that->snapshot_.state == snapshot_.state &&
         *that->snapshot_.attributes == *snapshot_.attributes;
}

jinja::Value state_object(std::string_view entity, const StateSnapshot& snapshot) {
  return jinja::ObjectPtr(std::make_shared<SnapshotObject>(std::string(entity), snapshot));
}

}  // namespace gable::rules
