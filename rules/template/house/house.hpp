#pragma once
// House: what templates may see of the house, through one small interface. The hub implements it on its
// states and registry, tests on a few lines of data. Everything that is returned is borrowed until the
// evaluation ends.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/time/clock.hpp"
#include "wire/value.hpp"

namespace gable::rules::jinja {

// The composed state of one entity, as rules see it (design, section 4: unavailable, unknown, Home
// Assistant's attributes).
struct EntityState {
  std::string_view entity_id;
  std::string_view state;
  const wire::Object* attributes = nullptr;  // never null in what a House returns
  Instant last_changed{};
  Instant last_updated{};
  Instant last_reported{};
  std::string_view context_id;
  std::string_view context_parent_id;
  std::string_view context_user_id;
  // Digits after the point in which people are shown it (states(…, rounded=True)).
  std::optional<int> display_precision;
};

// What is known of an entity, device, area, floor or label besides states. Empty texts: not known.
struct EntityEntry {
  std::string_view device_id, area_id, name, original_name;
  std::string_view platform;  // the bridge or integration: integration_entities('zigbee2mqtt')
  std::string_view config_entry_id;
  bool hidden = false;
};
struct DeviceEntry {
  std::string_view id, name, name_by_user, manufacturer, model, area_id, sw_version, hw_version,
      via_device_id;
  const wire::Object* more = nullptr;  // other attributes for device_attr(), may be null
};
struct AreaEntry {
  std::string_view id, name, floor_id;
};
struct FloorEntry {
  std::string_view id, name;
  std::optional<int> level;
};
struct LabelEntry {
  std::string_view id, name, description;
};

class House {
 public:
  using Names = std::vector<std::string_view>;

  virtual ~House() = default;

  // Nothing when there is no such entity (or it has no state).
  [[nodiscard]] virtual std::optional<EntityState> state(std::string_view entity_id) const = 0;
  // Entity ids in order; of one domain, or of all when `domain` is empty.
  [[nodiscard]] virtual Names entities(std::string_view domain) const = 0;

  // The registry. Ids in the order in which people see them. The defaults are a house without one.
  [[nodiscard]] virtual std::optional<EntityEntry> entity(std::string_view /*entity_id*/) const { return {}; }
  [[nodiscard]] virtual std::optional<DeviceEntry> device(std::string_view /*device_id*/) const { return {}; }
  [[nodiscard]] virtual Names devices() const { return {}; }
  [[nodiscard]] virtual std::vector<AreaEntry> areas() const { return {}; }
  [[nodiscard]] virtual std::vector<FloorEntry> floors() const { return {}; }
  [[nodiscard]] virtual std::vector<LabelEntry> labels() const { return {}; }
  // Labels on an entity, device or area, whichever has this id.
  [[nodiscard]] virtual Names labels_of(std::string_view /*id*/) const { return {}; }

  // Where the house stands, degrees; for distance() and closest().
  struct Place {
    double latitude = 0;
    double longitude = 0;
  };
  [[nodiscard]] virtual std::optional<Place> place() const { return {}; }
  // Miles instead of kilometres.
  [[nodiscard]] virtual bool imperial() const { return false; }
};

// A house in which nothing is: for value templates of devices.
class EmptyHouse final : public House {
 public:
  [[nodiscard]] std::optional<EntityState> state(std::string_view) const override { return {}; }
  [[nodiscard]] Names entities(std::string_view) const override { return {}; }
};

}  // namespace gable::rules::jinja
