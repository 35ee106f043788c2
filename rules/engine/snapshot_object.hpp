#pragma once
// A state out of the past as a value of templates: trigger.from_state, trigger.to_state, this. It owns what
// it shows, so that a run can keep it for as long as it waits.

#include <string>

#include "engine/happening.hpp"
#include "template/house/state_object.hpp"
#include "template/value/object.hpp"

namespace gable::rules {

class SnapshotObject final : public jinja::Object {
 public:
  SnapshotObject(std::string entity, StateSnapshot snapshot);

  [[nodiscard]] const std::string& entity() const { return entity_; }
  [[nodiscard]] const StateSnapshot& snapshot() const { return snapshot_; }

  [[nodiscard]] std::string_view type_name() const override { return view_->type_name(); }
  [[nodiscard]] std::string repr() const override { return view_->repr(); }
  [[nodiscard]] bool truth() const override { return true; }
  std::optional<jinja::Value> attribute(jinja::Evaluation& evaluation, std::string_view name) override {
    return view_->attribute(evaluation, name);
  }
  std::optional<jinja::Value> item(jinja::Evaluation& evaluation, const jinja::Value& key) override {
    return view_->item(evaluation, key);
  }
  [[nodiscard]] bool equals(const jinja::Value& other) const override;
  [[nodiscard]] std::size_t hash() const override { return view_->hash(); }

 private:
  std::string entity_;
  StateSnapshot snapshot_;
  std::unique_ptr<jinja::StateObject> view_;  // borrows from the two above
};

}  // namespace gable::rules
