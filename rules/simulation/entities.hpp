#pragma once
// The entities of a simulated house and what is known of them: states, areas, devices, labels. A House for
// templates. Nothing happens here by itself: whoever changes a state tells the engine.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/happening.hpp"
#include "template/house/house.hpp"

namespace gable::rules::simulation {

// How a device answers to a command.
struct Manners {
  std::chrono::microseconds delay{};  // until it reports what it was told to be
  bool deaf = false;                  // takes commands and never does anything
  bool unmoved = false;               // the same, but nobody hears of it: a recording says what it does
  std::string fault;                  // refuses with this text; empty: it obeys
};

struct Area {
  std::string id, name, floor;
};

class Entities final : public jinja::House {
 public:
  struct Entity {
    StateSnapshot state;
    std::string device, area;
    std::vector<std::string> labels;
    Manners manners;
    // Of a light that is off: what it was when it was on.
    wire::Object remembered;
  };
  struct Device {
    std::string name, area;
  };

  Entity& put(const std::string& id) { return entities_[id]; }
  void erase(const std::string& id);
  [[nodiscard]] Entity* find(std::string_view id);
  [[nodiscard]] const Entity* find(std::string_view id) const;
  using Map = std::map<std::string, Entity, std::less<>>;
  [[nodiscard]] const Map& all() const { return entities_; }
  // Those of one domain, without looking at the others.
  struct Range {
    Map::const_iterator first, last;
    [[nodiscard]] Map::const_iterator begin() const { return first; }
    [[nodiscard]] Map::const_iterator end() const { return last; }
  };
  [[nodiscard]] Range of_domain(std::string_view domain) const;

  void add_area(Area area) { areas_.push_back(std::move(area)); }
  // Known from now on, with that id as its name unless it has one.
  void add_device(const std::string& id, Device device = {});
  [[nodiscard]] bool has_device(std::string_view id) const { return devices_.contains(id); }
  // Where an entity is: its own area, else its device's.
  [[nodiscard]] std::string_view area_of(const Entity& entity) const;
  void set_place(jinja::House::Place place) { place_ = place; }
  // Asked before sun.sun is looked at: its attributes change with every second.
  void on_look_at_sun(std::function<void()> refresh) { refresh_sun_ = std::move(refresh); }

  // As templates see it.
  [[nodiscard]] std::optional<jinja::EntityState> state(std::string_view entity_id) const override;
  [[nodiscard]] Names entities(std::string_view domain) const override;
  [[nodiscard]] std::optional<jinja::EntityEntry> entity(std::string_view entity_id) const override;
  [[nodiscard]] std::optional<jinja::DeviceEntry> device(std::string_view device_id) const override;
  [[nodiscard]] Names devices() const override;
  [[nodiscard]] std::vector<jinja::AreaEntry> areas() const override;
  [[nodiscard]] std::vector<jinja::FloorEntry> floors() const override;
  [[nodiscard]] std::vector<jinja::LabelEntry> labels() const override;
  [[nodiscard]] Names labels_of(std::string_view id) const override;
  [[nodiscard]] std::optional<jinja::House::Place> place() const override { return place_; }

 private:
  Map entities_;
  std::map<std::string, Device, std::less<>> devices_;
  std::vector<Area> areas_;
  std::optional<jinja::House::Place> place_;
  std::function<void()> refresh_sun_;
};

// "light" of "light.kitchen".
std::string_view domain_part(std::string_view entity_id);
// "kitchen" of "light.kitchen".
std::string_view object_part(std::string_view entity_id);

}  // namespace gable::rules::simulation
