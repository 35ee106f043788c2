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

std::string find_entity(const DeviceEntity& wanted, const jinja::House& house) {
  if (wanted.entity.find('.') != wanted.entity.npos) return std::string(wanted.entity);
  std::string found;
  for (const std::string_view entity : house.entities(wanted.domain)) {
    if (!fits(entity, wanted, house)) continue;
    if (!found.empty()) return {};
    found = entity;
  }
  return found;
}

}  // namespace gable::rules
