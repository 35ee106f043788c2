#include "import/foreign_names.hpp"

#include <algorithm>
#include <set>

namespace gable::importing {

namespace {

// As the hub makes an id of what a device calls itself (hub/core/discovery/discovery_desk.cpp).
std::string device_id(std::string text) {
  constexpr std::size_t kLongest = 128;
  if (text.size() > kLongest) text.resize(kLongest);
  for (char& c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && std::string_view("_.:-").find(c) == std::string_view::npos) c = '_';
  }
  return text;
}

std::vector<std::string> mqtt_names(const DeviceRow& device) {
  std::vector<std::string> names;
  for (const auto& [domain, id] : device.identifiers) {
    if (domain == "mqtt" && !id.empty()) names.push_back(id);
  }
  return names;
}

}  // namespace

bool is_announced(const EntityRow& row, const Folder& folder) {
  return row.platform == "mqtt" && !row.unique_id.empty() &&
         !folder.configuration.described.contains(row.unique_id);
}

ForeignNames foreign_names(const Folder& folder, const rules::RuleSet& rules, Remarks& remarks) {
  ForeignNames out;
  std::set<std::string> speaking;  // devices with entities over MQTT
  for (const EntityRow& row : folder.registries.entities) {
    const std::string domain = row.entity_id.substr(0, row.entity_id.find('.'));
    if (is_announced(row, folder)) {
      out.entities.emplace_back(row.entity_id, "mqtt/" + domain + "/" + row.unique_id);
      speaking.insert(row.device);
    }
    const std::string made = made_by(row, rules);
    const std::string& here = made.empty() ? row.entity_id : made;
    if (!row.id.empty()) out.aliases.emplace_back(row.id, here);
    if (here != row.entity_id) out.aliases.emplace_back(row.entity_id, here);
  }
  for (const DeviceRow& device : folder.registries.devices) {
    std::vector<std::string> names = mqtt_names(device);
    if (names.empty() && speaking.contains(device.id)) {
      for (const auto& [kind, value] : device.connections)
        names.push_back(std::string(kind).append(":").append(value));
    }
    if (names.empty()) continue;
    out.devices.emplace_back(device.id, "mqtt/" + device_id(names.front()));
    if (names.size() == 1) continue;
    remarks.push_back({"device '" + device.name + "'", ".storage/core.device_registry",
                       "it has several names (" + names[0] + ", " + names[1] +
                           "); if the hub knows it by another than the first, correct ids: devices:"});
  }
  return out;
}

}  // namespace gable::importing
