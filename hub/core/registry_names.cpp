// What the registry calls entities and devices, and where it says that they are. The house's files come
// first, then what people have said on a page, then the source's own words.

#include <algorithm>

#include "core/registry.hpp"

namespace gable::hub {

std::string readable(std::string_view id) {
  std::string text(id);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

namespace {

// Whose names are remembered; those that devices announce come from outside.
constexpr std::size_t kMaxAreas = 10'000;

std::string id_of(const Device& device) { return device.bridge + "/" + device.id; }

bool empty(const Custom& custom) {
  return custom.name.empty() && custom.area.empty() && custom.icon.empty() && !custom.hidden &&
         !custom.disabled;
}

void keep(StringMap<Custom>& all, const std::string& key, Custom custom) {
  if (empty(custom))
    all.erase(key);
  else
    all[key] = std::move(custom);
}

}  // namespace

const Custom& Registry::custom(const Entity& entity) const {
  static const Custom kNothing;
  const auto found = entity_customs_.find(entity.source);
  return found == entity_customs_.end() ? kNothing : found->second;
}

const Custom& Registry::custom(const Device& device) const {
  static const Custom kNothing;
  if (device_customs_.empty()) return kNothing;
  const auto found = device_customs_.find(id_of(device));
  return found == device_customs_.end() ? kNothing : found->second;
}

bool Registry::customize(Entity& entity, Custom custom) {
  keep(entity_customs_, entity.source, std::move(custom));
  return refresh_names(entity);
}

std::vector<EntityIndex> Registry::customize(Device& device, Custom custom) {
  keep(device_customs_, id_of(device), std::move(custom));
  std::vector<EntityIndex> all;
  for (const auto& [key, index] : device.entities) {
    refresh_names(entities_[index]);
    all.push_back(index);
  }
  return all;
}

void Registry::restore_custom(std::string_view source, Custom custom) {
  entity_customs_[std::string(source)] = std::move(custom);
}

void Registry::restore_device_custom(std::string_view device, Custom custom) {
  device_customs_[std::string(device)] = std::move(custom);
}

std::string Registry::device_name(const Device& device) const {
  const std::string& given = custom(device).name;
  return given.empty() ? device.description.name : given;
}

const EntityOverride* Registry::said_in_files(const EntityId& id) const {
  const auto found = std::find_if(house_.entities.begin(), house_.entities.end(),
                                  [&](const EntityOverride& over) { return over.id == id; });
  return found == house_.entities.end() ? nullptr : &*found;
}

wire::Shared<Overrides> Registry::overrides_of(const Entity& entity) const {
  const Custom& said = custom(entity);
  Overrides out{.name = said.name,
                .area = said.area,
                .icon = said.icon,
                .labels = {},
                .hidden = said.hidden.value_or(false),
                .disabled = said.disabled};
  if (const EntityOverride* over = said_in_files(entity.id); over != nullptr) {
    if (over->name) out.name = *over->name;
    if (over->icon) out.icon = *over->icon;
    if (over->area) out.area = *over->area;
    out.labels = over->labels;
    out.hidden = over->hidden.value_or(out.hidden);
    if (over->disabled) out.disabled = over->disabled;
    out.plain = over->plain;
  }
  for (const auto& glob : house_.plain) {
    const bool prefix = !glob.empty() && glob.back() == '*';
    const std::string_view stem = std::string_view(glob).substr(0, glob.size() - (prefix ? 1 : 0));
    const std::string_view id = entity.id.text();
    out.plain |= prefix ? id.starts_with(stem) : id == stem;
  }
  // Of most nobody has said anything.
  return out == Overrides{} ? wire::Shared<Overrides>() : wire::Shared<Overrides>(std::move(out));
}

std::string Registry::name_for(const Entity& entity, const Overrides& overrides) const {
  if (!overrides.name.empty()) return overrides.name;
  std::string name = entity.description->name;
  if (entity.device != kNone) {
    const Device& of = devices_[entity.device];
    std::string device = device_name(of);
    if (device.empty()) device = readable(of.id);
    name = name.empty() ? device : device + " " + name;
  }
  return name.empty() ? readable(entity.id.object_id()) : name;
}

bool Registry::refresh_names(Entity& entity) {
  wire::Shared<Overrides> overrides = overrides_of(entity);
  std::string name = name_for(entity, *overrides), area;
  if (!overrides->area.empty()) {
    area = area_id(overrides->area);
  } else if (entity.device != kNone) {
    const Device& of = devices_[entity.device];
    const std::string& given = custom(of).area;
    const std::string& where = given.empty() ? of.description.area : given;
    if (!where.empty()) area = area_id(where);
  }
  const bool differs = name != entity.name || area != entity.area || !(*overrides == *entity.overrides);
  entity.name = std::move(name);
  entity.area = std::move(area);
  entity.overrides = std::move(overrides);
  return differs;
}

std::string Registry::area_id(std::string_view name_or_id) {
  if (areas_.contains(name_or_id)) return std::string(name_or_id);
  for (const auto& area : house_.areas) {
    if (area.name == name_or_id || std::count(area.aliases.begin(), area.aliases.end(), name_or_id) > 0)
      return area.id;
  }
  std::string id = wire::slugify(name_or_id);
  if (areas_.size() < kMaxAreas) areas_.try_emplace(id, std::string(name_or_id));
  return id;
}

std::vector<std::string_view> Registry::area_ids() const {
  std::vector<std::string_view> out;
  out.reserve(areas_.size());
  for (const auto& [id, name] : areas_) out.push_back(id);
  return out;
}

std::string Registry::area_name(std::string_view id) const {
  const auto found = areas_.find(id);
  return found == areas_.end() ? std::string(id) : found->second;
}

}  // namespace gable::hub
