// Our own entities in Home Assistant's format: what one beside us cannot already see (bridges, helpers,
// template entities), never what announces itself.

#include <utility>

#include "core/discovery/discovery_desk.hpp"
#include "discovery/outward/announce.hpp"

namespace gable::hub {

namespace {

discovery::DeviceInfo device_of(const Entity& entity, const Registry& registry) {
  discovery::DeviceInfo info;
  if (entity.device == kNone) return info;
  const Device& device = registry.device(entity.device);
  info.identifiers.push_back(device.bridge + "_" + device.id);
  info.name = device.description.name.empty() ? device.id : device.description.name;
  info.manufacturer = device.description.manufacturer;
  info.model = device.description.model;
  info.sw_version = device.description.sw_version;
  info.suggested_area = entity.area.empty() ? device.description.area : registry.area_name(entity.area);
  return info;
}

}  // namespace

void DiscoveryDesk::flush(Turn& turn) {
  take_waiting(turn);
  if (!options_.announce || !settled_ || !std::exchange(outward_due_, false)) return;
  const discovery::Outward outward(options_.prefix, p_.topics);
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
    const Entity& entity = p_.registry.entity(index);
    const auto told = told_.find(index);
    if (entity.forgotten || entity.disabled() || serves(entity)) {
      if (told == told_.end()) continue;
      turn.out.publishes.push_back({.topic = told->second.topic, .payload = "", .retained = true});
      told_.erase(told);
      continue;
    }
    auto message = outward.announce(
        {entity.id, *entity.description, entity.name, entity.source, device_of(entity, p_.registry)});
    if (!message) continue;
    const std::size_t fingerprint = std::hash<std::string>{}(message->payload);
    if (told != told_.end() && told->second.fingerprint == fingerprint) continue;
    told_[index] = {message->topic, fingerprint};
    turn.out.publishes.push_back(
        {.topic = std::move(message->topic), .payload = std::move(message->payload), .retained = true});
  }
}

}  // namespace gable::hub
