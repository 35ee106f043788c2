#pragma once
// Home Assistant's registries: core.area_registry, core.floor_registry, core.label_registry,
// core.device_registry, core.entity_registry. What was deleted there is not read.

#include <string>
#include <utility>
#include <vector>

#include "import/storage.hpp"

namespace gable::importing {

struct FloorRow {
  std::string id, name, icon;
  std::optional<std::int64_t> level;
  std::vector<std::string> aliases;
};

struct AreaRow {
  std::string id, name, icon, floor;
  std::vector<std::string> labels, aliases;
};

struct LabelRow {
  std::string id, name, icon, color, description;
};

struct DeviceRow {
  std::string id;  // 32 hexadecimal digits
  std::string name;
  bool renamed = false;  // the name is one that a person gave
  std::string area;
  std::vector<std::string> labels;
  std::vector<std::pair<std::string, std::string>> identifiers;  // ("mqtt", "zigbee2mqtt_0x…")
  std::vector<std::pair<std::string, std::string>> connections;  // ("mac", "02:…")
};

struct EntityRow {
  std::string entity_id;  // "light.kitchen"
  std::string id;         // 32 hexadecimal digits
  std::string unique_id;  // of its platform; empty where it is no text
  std::string platform;   // "mqtt", "hue", "input_boolean"
  std::string device;     // id of a device, or empty
  std::string area;       // its own, not its device's
  std::string name, original_name, icon;
  bool has_entity_name = false;  // its name is shown behind that of its device
  bool hidden = false, disabled = false;
  std::vector<std::string> labels;
  wire::Object attributes;  // what is known of its abilities, in Home Assistant's names
  std::string where;
};

struct Registries {
  std::vector<FloorRow> floors;
  std::vector<AreaRow> areas;
  std::vector<LabelRow> labels;
  std::vector<DeviceRow> devices;
  std::vector<EntityRow> entities;

  [[nodiscard]] const DeviceRow* device(std::string_view id) const;
  // Of a platform, by what its platform calls it.
  [[nodiscard]] const EntityRow* entity_of(std::string_view platform, std::string_view unique_id) const;
};

// Files that are missing are empty lists. Throws FolderError.
Registries read_registries(rules::yaml::FileSource& files);

}  // namespace gable::importing
