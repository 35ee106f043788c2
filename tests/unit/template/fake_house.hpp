#pragma once
// FakeHouse: a house of a few lines of data, for tests of templates.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "template/house/house.hpp"
#include "wire/json.hpp"

namespace gable::rules::jinja {

class FakeHouse : public House {
 public:
  struct Entity {
    std::string id;
    std::string state;
    wire::Object attributes;
    Instant changed{};
    Instant updated{};
    std::optional<int> precision;
    std::string context_id, context_parent_id, context_user_id;
    bool registered = false;
    EntityEntry entry;
  };

  // An entity with a state; what is returned may be filled in further and stays where it is.
  Entity& add(std::string_view id, std::string_view state, std::string_view attributes = "{}") {
    Entity& entity = entities_[std::string(id)];
    entity.id = id;
    entity.state = state;
    entity.attributes = *wire::parse_object(attributes);
    return entity;
  }
  void add_entry(std::string_view id, const EntityEntry& entry) {
    Entity& entity = entities_.at(std::string(id));
    entity.registered = true;
    entity.entry = entry;
  }
  void add(const DeviceEntry& device) { devices_.push_back(device); }
  void add(const AreaEntry& area) { areas_.push_back(area); }
  void add(const FloorEntry& floor) { floors_.push_back(floor); }
  void add(const LabelEntry& label) { labels_.push_back(label); }
  void label(std::string_view id, std::string_view label) { labelled_[id].push_back(label); }
  void stands_at(const Place& place) { place_ = place; }
  void use_miles() { imperial_ = true; }

  [[nodiscard]] std::optional<EntityState> state(std::string_view id) const override {
    const auto found = entities_.find(id);
    if (found == entities_.end()) return std::nullopt;
    const Entity& entity = found->second;
    EntityState state;
    state.entity_id = entity.id;
    state.state = entity.state;
    state.attributes = &entity.attributes;
    state.last_changed = entity.changed;
    state.last_updated = entity.updated;
    state.last_reported = entity.updated;
    state.context_id = entity.context_id;
    state.context_parent_id = entity.context_parent_id;
    state.context_user_id = entity.context_user_id;
    state.display_precision = entity.precision;
    return state;
  }
  [[nodiscard]] Names entities(std::string_view domain) const override {
    Names names;
    for (const auto& [id, entity] : entities_) {
      if (domain.empty() || id.starts_with(std::string(domain) + ".")) names.push_back(entity.id);
    }
    return names;
  }
  [[nodiscard]] std::optional<EntityEntry> entity(std::string_view id) const override {
    const auto found = entities_.find(id);
    if (found == entities_.end() || !found->second.registered) return std::nullopt;
    return found->second.entry;
  }
  [[nodiscard]] std::optional<DeviceEntry> device(std::string_view id) const override {
    const auto found = std::ranges::find(devices_, id, &DeviceEntry::id);
    return found == devices_.end() ? std::nullopt : std::optional(*found);
  }
  [[nodiscard]] Names devices() const override {
    Names names;
    for (const DeviceEntry& device : devices_) names.push_back(device.id);
    return names;
  }
  [[nodiscard]] std::vector<AreaEntry> areas() const override { return areas_; }
  [[nodiscard]] std::vector<FloorEntry> floors() const override { return floors_; }
  [[nodiscard]] std::vector<LabelEntry> labels() const override { return labels_; }
  [[nodiscard]] Names labels_of(std::string_view id) const override {
    const auto found = labelled_.find(id);
    return found == labelled_.end() ? Names{} : found->second;
  }
  [[nodiscard]] std::optional<Place> place() const override { return place_; }
  [[nodiscard]] bool imperial() const override { return imperial_; }

 private:
  std::map<std::string, Entity, std::less<>> entities_;
  std::vector<DeviceEntry> devices_;
  std::vector<AreaEntry> areas_;
  std::vector<FloorEntry> floors_;
  std::vector<LabelEntry> labels_;
  std::map<std::string_view, Names, std::less<>> labelled_;
  std::optional<Place> place_;
  bool imperial_ = false;
};

}  // namespace gable::rules::jinja
