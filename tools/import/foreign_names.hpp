#pragma once
// `ids:` of a house.yaml: what Home Assistant called things, so that the rules go on meaning them.

#include <string>
#include <utility>
#include <vector>

#include "import/import.hpp"

namespace gable::importing {

struct ForeignNames {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  Pairs entities;  // "light.kitchen" → "mqtt/light/0x…_light_zigbee2mqtt", the source of a device's
                   // announcement
  Pairs devices;   // "4f3a…" → "mqtt/zigbee2mqtt_0x…"
  Pairs aliases;   // "9b7c…" → "light.kitchen"; "automation.former" → "automation.now"
};

// Devices that the hub may know by another of their names are remarks.
ForeignNames foreign_names(const Folder& folder, const rules::RuleSet& rules, Remarks& remarks);

// It was announced over MQTT, so that it comes back by itself.
bool is_announced(const EntityRow& row, const Folder& folder);

}  // namespace gable::importing
