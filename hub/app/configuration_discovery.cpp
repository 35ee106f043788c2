// discovery: and announce: — devices that announce themselves over MQTT, in and out.
//
//   discovery: {homeassistant: true, homie: true}     or  homeassistant: {prefix: ha}
//   announce: {homeassistant: false}

#include "app/configuration_parts.hpp"

namespace gable::hub {

namespace {

std::string prefix_of(const ConfigNode& node) {
  std::string prefix = node.as_name();
  if (prefix.find_first_of("+#") != std::string::npos || prefix.front() == '/' || prefix.back() == '/')
    node.fail("'" + prefix + "' cannot be the prefix of announcements",
              "a topic without wildcards: homeassistant");
  return prefix;
}

}  // namespace

void read_discovery(const ConfigNode& block, House& house) {
  block.expect_keys({"homeassistant", "homie"});
  take(block, "homie", house.discovery.homie, bool_of);
  const ConfigNode* theirs = block.find("homeassistant");
  if (theirs == nullptr || theirs->is_null()) return;
  if (!theirs->is_map()) {
    house.discovery.homeassistant = theirs->as_bool();
    return;
  }
  theirs->expect_keys({"prefix"});
  take(*theirs, "prefix", house.discovery.prefix, prefix_of);
}

// ids:
//   entities: {light.kitchen: mqtt/light/0x00158d0000050005_light_zigbee2mqtt}
//   devices: {4f3a…: mqtt/zigbee2mqtt_0x00158d0000050005}
//   aliases: {9b7c…: light.kitchen}
void read_ids(const ConfigNode& block, House& house) {
  block.expect_keys({"entities", "devices", "aliases"});
  const auto each = [&](const char* key, const auto& add) {
    const ConfigNode* part = block.find(key);
    if (part == nullptr || part->is_null()) return;
    for (const ConfigEntry& entry : part->entries()) add(entry);
  };
  each("entities", [&](const ConfigEntry& entry) {
    const auto id = wire::EntityId::parse(entry.key);
    if (!id) entry.value.fail(id.error().message(), "the id of an entity: light.kitchen");
    house.ids.entities.emplace_back(entry.value.as_text(), *id);
  });
  each("devices",
       [&](const ConfigEntry& entry) { house.ids.devices.emplace_back(entry.key, entry.value.as_text()); });
  each("aliases",
       [&](const ConfigEntry& entry) { house.ids.aliases.emplace_back(entry.key, entry.value.as_text()); });
}

void read_announce(const ConfigNode& block, House& house) {
  block.expect_keys({"homeassistant"});
  take(block, "homeassistant", house.discovery.announce, bool_of);
}

}  // namespace gable::hub
