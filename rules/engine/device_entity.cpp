#include "engine/device_entity.hpp"

namespace gable::rules {

namespace {

bool fits(std::string_view entity, const DeviceEntity& wanted, const jinja::House& house) {
  const std::optional<jinja::EntityEntry> entry = house.entity(entity);
  if (!entry || entry->device_id != wanted.device) return false;
  if (wanted.device_class.empty()) return true;
  const std::optional<jinja::EntityState> state = house.state(entity);
  const wire::Value* known = state ? state->attributes->find("device_class") : nullptr;
  return known != nullptr && known->string_or("") == wanted.device_class;
}

}  // namespace

std::string known_device(std::string_view device, const jinja::House& house) {
  const std::optional<jinja::DeviceEntry> known = house.device(device);
  return std::string(known && !known->id.empty() ? known->id : device);
}

std::string find_entity(const DeviceEntity& wanted, const jinja::House& house) {
  if (wanted.entity.find('.') != wanted.entity.npos) return std::string(wanted.entity);
  if (!wanted.entity.empty()) {
    if (const auto known = house.state(wanted.entity)) return std::string(known->entity_id);
  }
  const std::string device = known_device(wanted.device, house);
  const DeviceEntity here{device, wanted.domain, {}, wanted.device_class};
  std::string found;
  for (const std::string_view entity : house.entities(wanted.domain)) {
    if (!fits(entity, here, house)) continue;
    if (!found.empty()) return {};
    found = entity;
  }
  return found;
}

}  // namespace gable::rules
