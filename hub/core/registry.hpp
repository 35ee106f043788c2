#pragma once
// The registry: which entities and devices there are, their ids, names and areas. Ids are made by Home
// Assistant's slug rules, bound to the source's unique id, and changed by nothing but an explicit rename
// (design section 1).

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/effects.hpp"
#include "core/entity.hpp"
#include "core/house.hpp"
#include "wire/resting.hpp"

namespace gable::hub {

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <class T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

// Stands where a bridge's id would, for devices that announce themselves over MQTT (hub/discovery). No bridge
// may call itself so.
inline constexpr std::string_view kDiscoveredBridge = "mqtt";

struct Device {
  std::string bridge, id;
  wire::Shared<Context> context;        // of what it reports
  wire::DeviceDescription description;  // without its entities
  // Key → entity. The key is "" when there is one, and for whatever is announced piece by piece.
  std::vector<std::pair<std::string, EntityIndex>> entities;
  wire::LinkDoc link;
  bool link_known = false;
  bool described = false;       // its description has come since this start, or from the store
  bool present = true;          // in the bridge's inventory, as far as that is known
  bool reported = false;        // a state document has come since this start
  std::optional<Time> last_at;  // `_at` of its latest report, by the clock of its bridge
  std::uint64_t problems = 0;   // wrong documents so far

  [[nodiscard]] bool discovered() const { return bridge == kDiscoveredBridge; }
};

// What people say of an entity or a device on a page, not in the house's files. Nothing said: empty.
struct Custom {
  std::string name, area, icon;          // area: an id or a name
  std::optional<bool> hidden, disabled;  // of entities only
};

// "living_room" → "Living room": for what nobody has named.
std::string readable(std::string_view id);

class Registry {
 public:
  explicit Registry(const House& house);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // Takes over another configuration; names and areas are made anew. Gives the entities that differ.
  std::vector<EntityIndex> set_house(const House& house);

  [[nodiscard]] const House& house() const { return house_; }

  [[nodiscard]] Entity* find(const EntityId& id);
  // By the whole id, "light.kitchen", or by what `ids:` says that another system called it.
  [[nodiscard]] const Entity* find(std::string_view entity_id) const;
  [[nodiscard]] Entity* find(std::string_view domain, std::string_view object_id);
  [[nodiscard]] Entity& entity(EntityIndex index) { return entities_[index]; }
  [[nodiscard]] const Entity& entity(EntityIndex index) const { return entities_[index]; }
  [[nodiscard]] EntityIndex index_of(const Entity& entity) const;
  [[nodiscard]] EntityIndex index_of_source(std::string_view source) const;
  // All slots, forgotten ones too. Slots are used again, long after they were given up.
  [[nodiscard]] std::deque<Entity>& entities() { return entities_; }
  [[nodiscard]] const std::deque<Entity>& entities() const { return entities_; }
  [[nodiscard]] std::size_t size() const { return by_id_.size(); }

  [[nodiscard]] Device* find_device(std::string_view bridge, std::string_view device);
  // By the whole id, "zwave/7", or by what another system called it.
  [[nodiscard]] const Device* find_device(std::string_view id) const;
  [[nodiscard]] Device& device(DeviceIndex index) { return devices_[index]; }
  [[nodiscard]] const Device& device(DeviceIndex index) const { return devices_[index]; }
  [[nodiscard]] DeviceIndex index_of(const Device& device) const;
  [[nodiscard]] std::deque<Device>& devices() { return devices_; }
  [[nodiscard]] const std::deque<Device>& devices() const { return devices_; }
  [[nodiscard]] std::size_t devices_of(std::string_view bridge) const;
  // Finds or makes the (undescribed) device.
  Device& device_of(std::string_view bridge, std::string_view device);

  // Equal descriptions are held once, whoever announced them. Puts one in force: makes, changes or keeps the
  // device's entities. Gives those that changed or are new. An entity that the description no longer has
  // stays, detached from reports, until forgotten.
  struct Described {
    std::vector<EntityIndex> created, changed, gone;
    std::vector<std::pair<EntityIndex, EntityId>> moved_aside;  // asked for this very id, which was taken
  };
  // `entity_limit`: most entities of this device; what goes beyond it is left out.
  Described describe(Device& device, wire::DeviceDescription description, std::size_t entity_limit);

  // One entity of a device that is announced piece by piece.
  struct Piece {
    std::string_view key;  // unique over all devices: what is announced as another device's now moves there
    std::string_view suggested_id;  // object id; empty: made from the names
    wire::Shared<wire::EntityDescription> description;
  };
  struct Announced {
    EntityIndex index = kNone;
    Described described;
  };
  Announced announce(Device& device, Piece piece);

  // An entity of the hub itself with a given id. Null if the id belongs to an announced entity.
  Entity* add_helper(const EntityId& id, wire::EntityDescription description, Origin origin);

  // A row of the store; the id is taken as it is. Errors: conflict, malformed.
  wire::Result<EntityIndex> restore(const EntityId& id, const wire::Object& row);
  [[nodiscard]] wire::Object row(const Entity& entity) const;

  // Changes the id only. Errors: conflict, malformed, unsupported (another domain).
  wire::Result<bool> rename(Entity& entity, const EntityId& to);
  void forget(Entity& entity);
  // A device without entities, of which nothing is to be remembered.
  void forget(Device& device);

  // What people said; it is kept by source, so that a rename does not lose it. Gives whether the entity is
  // another now, or all entities of the device.
  [[nodiscard]] const Custom& custom(const Entity& entity) const;
  [[nodiscard]] const Custom& custom(const Device& device) const;
  bool customize(Entity& entity, Custom custom);
  std::vector<EntityIndex> customize(Device& device, Custom custom);
  // From the store, before set_house().
  void restore_custom(std::string_view source, Custom custom);
  void restore_device_custom(std::string_view device, Custom custom);
  // As people or the device itself call it; empty if nobody does.
  [[nodiscard]] std::string device_name(const Device& device) const;
  // What the house's files say of it, or null.
  [[nodiscard]] const EntityOverride* said_in_files(const EntityId& id) const;

  // Entities by where they are. Areas, floors and labels by id.
  [[nodiscard]] std::vector<EntityIndex> in_area(std::string_view area, std::string_view domain = {}) const;

  // The nearest entity ids, for "did you mean"; at most one.
  [[nodiscard]] std::string nearest(const EntityId& id) const;
  // Area id for an area id or name; empty if there is none (announced areas are made on the way).
  std::string area_id(std::string_view name_or_id);
  [[nodiscard]] std::string area_name(std::string_view id) const;
  // Ids of all rooms, those of the files and those that were named since.
  [[nodiscard]] std::vector<std::string_view> area_ids() const;

 private:
  EntityId free_id(std::string_view domain, std::string object_id) const;
  EntityIndex insert(Entity entity);
  bool refresh_names(Entity& entity);
  wire::Shared<Overrides> overrides_of(const Entity& entity) const;
  std::string name_for(const Entity& entity, const Overrides& overrides) const;
  EntityId wished_id(const Device& device, const Piece& piece) const;
  EntityIndex adopt(Device& device, Piece piece, Described& out);

  House house_;
  std::deque<Entity> entities_;  // addresses stay
  std::deque<Device> devices_;
  wire::Resting<EntityIndex> free_entities_;  // slots of what was forgotten
  wire::Resting<DeviceIndex> free_devices_;
  // By the texts that the entities themselves hold.
  std::unordered_map<std::string_view, EntityIndex> by_id_;
  std::unordered_map<std::string_view, EntityIndex> by_source_;
  wire::Pool<wire::EntityDescription, wire::DescriptionHash> descriptions_;
  StringMap<StringMap<DeviceIndex>> by_bridge_;
  StringMap<std::string> areas_;             // id → name
  StringMap<std::string> foreign_entities_;  // another system's id → ours
  StringMap<std::string> foreign_devices_;
  StringMap<Custom> entity_customs_;  // by source
  StringMap<Custom> device_customs_;  // by "bridge/device"
  StringMap<EntityId> given_ids_;     // source → the id that the files give it
};

}  // namespace gable::hub
