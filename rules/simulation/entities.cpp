#include "simulation/entities.hpp"

#include <algorithm>
#include <set>

namespace gable::rules::simulation {

std::string_view domain_part(std::string_view entity_id) { return entity_id.substr(0, entity_id.find('.')); }

std::string_view object_part(std::string_view entity_id) {
  const std::size_t dot = entity_id.find('.');
  return dot == entity_id.npos ? std::string_view{} : entity_id.substr(dot + 1);
}

void Entities::erase(const std::string& id) { entities_.erase(id); }

Entities::Entity* Entities::find(std::string_view id) {
  const auto found = entities_.find(id);
  return found == entities_.end() ? nullptr : &found->second;
}

const Entities::Entity* Entities::find(std::string_view id) const {
  if (id == "sun.sun" && refresh_sun_) refresh_sun_();
  const auto found = entities_.find(id);
  return found == entities_.end() ? nullptr : &found->second;
}

void Entities::add_device(const std::string& id, Device device) {
  Device& known = devices_[id];
  if (!device.name.empty()) known.name = std::move(device.name);
  if (known.name.empty()) known.name = id;
  if (!device.area.empty()) known.area = std::move(device.area);
}

Entities::Range Entities::of_domain(std::string_view domain) const {
  std::string bound(domain);
  const auto begin = entities_.lower_bound(bound += '.');
  bound.back() = '/';  // the character behind the point
  return {begin, entities_.lower_bound(bound)};
}

std::string_view Entities::area_of(const Entity& entity) const {
  if (!entity.area.empty()) return entity.area;
  const auto found = devices_.find(entity.device);
  return found == devices_.end() ? std::string_view{} : std::string_view(found->second.area);
}

std::optional<jinja::EntityState> Entities::state(std::string_view entity_id) const {
  const Entity* entity = find(entity_id);
  if (entity == nullptr) return std::nullopt;
  const StateSnapshot& now = entity->state;
  jinja::EntityState out;
  out.entity_id = entities_.find(entity_id)->first;
  out.state = now.state;
  out.attributes = now.attributes.get();
  out.last_changed = now.last_changed;
  out.last_updated = now.last_updated;
  out.last_reported = now.last_reported;
  out.context_id = now.context.id;
  out.context_parent_id = now.context.parent;
  out.context_user_id = now.context.user;
  return out;
}

jinja::House::Names Entities::entities(std::string_view domain) const {
  Names names;
  if (domain.empty()) {
    for (const auto& [id, entity] : entities_) names.push_back(id);
  } else {
    for (const auto& [id, entity] : of_domain(domain)) names.push_back(id);
  }
  return names;
}

std::optional<jinja::EntityEntry> Entities::entity(std::string_view entity_id) const {
  const Entity* entity = find(entity_id);
  if (entity == nullptr) return std::nullopt;
  jinja::EntityEntry out;
  out.device_id = entity->device;
  out.area_id = entity->area;
  const wire::Value* name = entity->state.attributes->find("friendly_name");
  if (name != nullptr) out.name = out.original_name = name->string_or("");
  out.platform = "simulation";
  return out;
}

std::optional<jinja::DeviceEntry> Entities::device(std::string_view device_id) const {
  const auto found = devices_.find(device_id);
  if (found == devices_.end()) return std::nullopt;
  jinja::DeviceEntry out;
  out.id = found->first;
  out.name = found->second.name;
  out.area_id = found->second.area;
  return out;
}

jinja::House::Names Entities::devices() const {
  Names names;
  for (const auto& [id, device] : devices_) names.push_back(id);
  return names;
}

// Those that were described, and those that some entity only names.
std::vector<jinja::AreaEntry> Entities::areas() const {
  std::vector<jinja::AreaEntry> out;
  std::set<std::string_view> known;
  for (const Area& area : areas_) {
    out.push_back({area.id, area.name.empty() ? area.id : area.name, area.floor});
    known.insert(area.id);
  }
  const auto add = [&](const std::string& id) {
    if (!id.empty() && known.insert(id).second) out.push_back({id, id, {}});
  };
  for (const auto& [id, device] : devices_) add(device.area);
  for (const auto& [id, entity] : entities_) add(entity.area);
  return out;
}

std::vector<jinja::FloorEntry> Entities::floors() const {
  std::vector<jinja::FloorEntry> out;
  std::set<std::string_view> known;
  for (const Area& area : areas_) {
    if (!area.floor.empty() && known.insert(area.floor).second) out.push_back({area.floor, area.floor, {}});
  }
  return out;
}

std::vector<jinja::LabelEntry> Entities::labels() const {
  std::vector<jinja::LabelEntry> out;
  std::set<std::string_view> known;
  for (const auto& [id, entity] : entities_) {
    for (const std::string& label : entity.labels) {
      if (known.insert(label).second) out.push_back({label, label, {}});
    }
  }
  return out;
}

jinja::House::Names Entities::labels_of(std::string_view id) const {
  Names names;
  if (const Entity* entity = find(id)) names.assign(entity->labels.begin(), entity->labels.end());
  return names;
}

}  // namespace gable::rules::simulation
