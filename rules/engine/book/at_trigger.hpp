#pragma once
// The house as it was when something triggered: what triggered has the state that it triggered with, though
// it may be another by now. For conditions of rules that ask for it (`snapshot_conditions`).

#include "engine/book/forwarding.hpp"
#include "engine/snapshot_object.hpp"

namespace gable::rules {

class HouseAtTrigger final : public jinja::House {
 public:
  HouseAtTrigger(const jinja::House& house, const SnapshotObject& then) : house_(house), then_(then) {}

  [[nodiscard]] std::optional<jinja::EntityState> state(std::string_view id) const override;
  [[nodiscard]] Names entities(std::string_view domain) const override { return house_.entities(domain); }
  [[nodiscard]] std::optional<jinja::EntityEntry> entity(std::string_view id) const override {
    return house_.entity(id);
  }
  [[nodiscard]] std::optional<jinja::DeviceEntry> device(std::string_view id) const override {
    return house_.device(id);
  }
  [[nodiscard]] Names devices() const override { return house_.devices(); }
  [[nodiscard]] std::vector<jinja::AreaEntry> areas() const override { return house_.areas(); }
  [[nodiscard]] std::vector<jinja::FloorEntry> floors() const override { return house_.floors(); }
  [[nodiscard]] std::vector<jinja::LabelEntry> labels() const override { return house_.labels(); }
  [[nodiscard]] Names labels_of(std::string_view id) const override { return house_.labels_of(id); }
  [[nodiscard]] std::optional<Place> place() const override { return house_.place(); }
  [[nodiscard]] bool imperial() const override { return house_.imperial(); }

 private:
  const jinja::House& house_;
  const SnapshotObject& then_;
};

class AtTrigger final : public Forwarding {
 public:
  AtTrigger(Surroundings& now, const SnapshotObject& then)
      : Forwarding(now), then_(then), house_(now.house(), then) {}

  [[nodiscard]] const jinja::House& house() const override { return house_; }
  [[nodiscard]] std::optional<StateSnapshot> snapshot(std::string_view entity) const override {
    return entity == then_.entity() ? std::optional(then_.snapshot()) : out_.snapshot(entity);
  }

 private:
  const SnapshotObject& then_;
  HouseAtTrigger house_;
};

}  // namespace gable::rules
