#include "core/registry.hpp"

#include <algorithm>

namespace gable::hub {

namespace {

constexpr std::size_t kMaxObjectId = 128;

std::string source_of(const Device& device, std::string_view key) {
  if (device.discovered()) return std::string(device.bridge).append("/").append(key);
  std::string source = device.bridge + "/" + device.id;
  if (!key.empty()) source.append(":").append(key);
  return source;
}

}  // namespace

Registry::Registry(const House& house) { set_house(house); }

std::vector<EntityIndex> Registry::set_house(const House& house) {
  house_ = house;
  areas_.clear();
  for (const auto& area : house_.areas) areas_.emplace(area.id, area.name);
  foreign_entities_ = {house_.ids.aliases.begin(), house_.ids.aliases.end()};
  foreign_devices_ = {house_.ids.devices.begin(), house_.ids.devices.end()};
  given_ids_ = {house_.ids.entities.begin(), house_.ids.entities.end()};
  std::vector<EntityIndex> changed;
  for (EntityIndex index = 0; index < entities_.size(); ++index) {
    if (!entities_[index].forgotten && refresh_names(entities_[index])) changed.push_back(index);
  }
  return changed;
}

Entity* Registry::find(const EntityId& id) {
  const auto found = by_id_.find(id.text());
  return found == by_id_.end() ? nullptr : &entities_[found->second];
}

const Entity* Registry::find(std::string_view entity_id) const {
  auto found = by_id_.find(entity_id);
  if (found == by_id_.end()) {
    const auto foreign = foreign_entities_.find(entity_id);
    if (foreign != foreign_entities_.end()) found = by_id_.find(foreign->second);
  }
  return found == by_id_.end() ? nullptr : &entities_[found->second];
}

Entity* Registry::find(std::string_view domain, std::string_view object_id) {
  std::string id;
  id.reserve(domain.size() + object_id.size() + 1);
  id.append(domain).append(".").append(object_id);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &entities_[found->second];
}

EntityIndex Registry::index_of(const Entity& entity) const {
  const auto found = by_id_.find(entity.id.text());
  return found == by_id_.end() ? kNone : found->second;
}

EntityIndex Registry::index_of_source(std::string_view source) const {
  const auto found = by_source_.find(source);
  return found == by_source_.end() ? kNone : found->second;
}

Device* Registry::find_device(std::string_view bridge, std::string_view device) {
  const auto of_bridge = by_bridge_.find(bridge);
  if (of_bridge == by_bridge_.end()) return nullptr;
  const auto found = of_bridge->second.find(device);
  return found == of_bridge->second.end() ? nullptr : &devices_[found->second];
}

const Device* Registry::find_device(std::string_view id) const {
  if (const auto foreign = foreign_devices_.find(id); foreign != foreign_devices_.end()) id = foreign->second;
  const auto slash = id.find('/');
  const auto of_bridge = by_bridge_.find(id.substr(0, slash));
  if (slash == std::string_view::npos || of_bridge == by_bridge_.end()) return nullptr;
  const auto found = of_bridge->second.find(id.substr(slash + 1));
  return found == of_bridge->second.end() ? nullptr : &devices_[found->second];
}

DeviceIndex Registry::index_of(const Device& device) const {
  const auto of_bridge = by_bridge_.find(device.bridge);
  if (of_bridge == by_bridge_.end()) return kNone;
  const auto found = of_bridge->second.find(device.id);
  return found == of_bridge->second.end() ? kNone : found->second;
}

std::size_t Registry::devices_of(std::string_view bridge) const {
  const auto of_bridge = by_bridge_.find(bridge);
  return of_bridge == by_bridge_.end() ? 0 : of_bridge->second.size();
}

Device& Registry::device_of(std::string_view bridge, std::string_view device) {
  if (Device* known = find_device(bridge, device)) return *known;
  Device made;
  made.bridge = bridge;
  made.id = device;
  made.context = Context{.by = "device:" + made.bridge + "/" + made.id};
  const auto free = free_devices_.take();
  const auto index = free.value_or(static_cast<DeviceIndex>(devices_.size()));
  if (!free) devices_.emplace_back();
  devices_[index] = std::move(made);
  by_bridge_[std::string(bridge)].emplace(std::string(device), index);
  return devices_[index];
}

EntityId Registry::wished_id(const Device& device, const Piece& piece) const {
  const wire::EntityDescription& entity = *piece.description;
  std::string object_id(piece.suggested_id);
  if (object_id.empty()) {
    const std::string& name = device.description.name.empty() ? device.id : device.description.name;
    object_id = wire::slugify(entity.name.empty() ? name : name + " " + entity.name);
  }
  // A suggestion from outside becomes part of topics.
  if (!wire::valid_object_id(object_id)) object_id = wire::slugify(object_id);
  return {entity.domain->name, object_id};
}

EntityId Registry::free_id(std::string_view domain, std::string object_id) const {
  if (object_id.size() > kMaxObjectId) object_id.resize(kMaxObjectId);
  EntityId id(domain, object_id);
  for (int suffix = 2; by_id_.contains(id.text()); ++suffix) {
    const std::string tail = "_" + std::to_string(suffix);
    id = EntityId(domain, object_id.substr(0, kMaxObjectId - tail.size()) + tail);
  }
  return id;
}

EntityIndex Registry::insert(Entity entity) {
  const auto free = free_entities_.take();
  const auto index = free.value_or(static_cast<EntityIndex>(entities_.size()));
  if (!free) entities_.emplace_back();
  descriptions_.unify(entity.description);
  Entity& added = entities_[index] = std::move(entity);
  by_id_.emplace(added.id.text(), index);
  by_source_.emplace(added.source, index);
  refresh_names(added);
  return index;
}

EntityIndex Registry::adopt(Device& device, Piece piece, Described& out) {
  const std::string source = source_of(device, piece.key);
  if (const EntityIndex known = index_of_source(source); known != kNone) {
    Entity& entity = entities_[known];
    if (entity.description->domain == piece.description->domain) {
      const bool changed = !(*entity.description == *piece.description);
      entity.description = std::move(piece.description);
      descriptions_.unify(entity.description);
      if (refresh_names(entity) || changed) out.changed.push_back(known);
      return known;
    }
    // Another domain is another entity. The former one gives up its source, also in its row: at the next
    // start, and for what people say of it, the source is the new one's alone.
    by_source_.erase(source);
    entity.source = source + "#" + std::string(entity.id.domain());
    out.changed.push_back(known);
    out.gone.push_back(known);
  }
  const auto given = given_ids_.find(source);
  const bool fits = given != given_ids_.end() && given->second.domain() == piece.description->domain->name;
  const EntityId wish = fits ? given->second : wished_id(device, piece);
  Entity entity;
  entity.id = free_id(wish.domain(), std::string(wish.object_id()));
  entity.description = std::move(piece.description);
  entity.source = source;
  entity.device = index_of(device);
  const EntityIndex index = insert(std::move(entity));
  // Two equal names are no conflict.
  if (!piece.suggested_id.empty() && entities_[index].id != wish) out.moved_aside.emplace_back(index, wish);
  out.created.push_back(index);
  return index;
}

Registry::Described Registry::describe(Device& device, wire::DeviceDescription description,
                                       std::size_t entity_limit) {
  Described out;
  auto announced = std::move(description.entities);
  description.entities.clear();
  device.description = std::move(description);
  device.described = true;
  std::vector<std::pair<std::string, EntityIndex>> kept;
  for (auto& [key, entity] : announced) {
    if (!device.description.single && entity.name.empty() && announced.size() > 1)
      entity.name = readable(key);
    if (index_of_source(source_of(device, key)) == kNone && kept.size() >= entity_limit) continue;
    const std::string suggested_id = std::exchange(entity.object_id, {});
    kept.emplace_back(
        key,
        adopt(device, {.key = key, .suggested_id = suggested_id, .description = std::move(entity)}, out));
  }
  for (const auto& [key, index] : device.entities) {
    const bool still =
        std::any_of(kept.begin(), kept.end(), [entity = index](const auto& k) { return k.second == entity; });
    if (!still && !entities_[index].forgotten) out.gone.push_back(index);
  }
  device.entities = std::move(kept);
  return out;
}

Registry::Announced Registry::announce(Device& device, Piece piece) {
  Announced out;
  out.index = adopt(device, std::move(piece), out.described);
  Entity& entity = entities_[out.index];
  const DeviceIndex here = index_of(device);
  if (entity.device != here && entity.device != kNone)
    std::erase_if(devices_[entity.device].entities, [&](const auto& e) { return e.second == out.index; });
  entity.device = here;
  const bool listed = std::any_of(device.entities.begin(), device.entities.end(),
                                  [&](const auto& e) { return e.second == out.index; });
  if (!listed) device.entities.emplace_back("", out.index);
  return out;
}

Entity* Registry::add_helper(const EntityId& id, wire::EntityDescription description, Origin origin) {
  if (Entity* known = find(id)) {
    if (!known->helper()) return nullptr;
    known->description = std::move(description);
    descriptions_.unify(known->description);
    known->origin = origin;
    refresh_names(*known);
    return known;
  }
  Entity entity;
  entity.id = id;
  entity.description = std::move(description);
  entity.source = "hub/" + id.text();
  entity.origin = origin;
  return &entities_[insert(std::move(entity))];
}

wire::Result<bool> Registry::rename(Entity& entity, const EntityId& to) {
  if (to.domain() != entity.id.domain()) {
    return wire::Error{wire::ErrorCode::unsupported,
                       "an entity keeps its domain: " + entity.id.text() + " cannot become " + to.text(), ""};
  }
  if (by_id_.contains(to.text())) {
    return wire::Error{wire::ErrorCode::conflict, to.text() + " exists already", ""};
  }
  const EntityIndex index = index_of(entity);
  by_id_.erase(entity.id.text());
  entity.id = to;
  by_id_.emplace(entity.id.text(), index);
  refresh_names(entity);
  return true;
}

void Registry::forget(Entity& entity) {
  const EntityIndex index = index_of(entity);
  if (entity.device != kNone)
    std::erase_if(devices_[entity.device].entities, [&](const auto& e) { return e.second == index; });
  by_id_.erase(entity.id.text());
  entity_customs_.erase(entity.source);
  if (const auto it = by_source_.find(entity.source); it != by_source_.end() && it->second == index)
    by_source_.erase(it);
  entity = Entity{};
  entity.forgotten = true;
  free_entities_.put(index);
}

void Registry::forget(Device& device) {
  const DeviceIndex index = index_of(device);
  const auto of_bridge = by_bridge_.find(device.bridge);
  of_bridge->second.erase(device.id);
  if (of_bridge->second.empty()) by_bridge_.erase(of_bridge);
  device = Device{};
  free_devices_.put(index);
}

std::vector<EntityIndex> Registry::in_area(std::string_view area, std::string_view domain) const {
  std::vector<EntityIndex> found;
  for (EntityIndex index = 0; index < entities_.size(); ++index) {
    const Entity& entity = entities_[index];
    if (entity.forgotten || entity.disabled() || entity.area != area) continue;
    if (domain.empty() || entity.id.domain() == domain) found.push_back(index);
  }
  return found;
}

std::string Registry::nearest(const EntityId& id) const {
  std::vector<std::string_view> same_domain, all;
  for (const auto& [text, index] : by_id_) {
    all.push_back(text);
    if (entities_[index].id.domain() == id.domain()) same_domain.push_back(entities_[index].id.object_id());
  }
  // In one order, so that the same mistake always gets the same answer.
  std::sort(same_domain.begin(), same_domain.end());
  if (const auto near = wire::nearest(id.object_id(), same_domain); !near.empty())
    return std::string(id.domain()).append(".").append(near);
  std::sort(all.begin(), all.end());
  return std::string(wire::nearest(id.text(), all));
}

}  // namespace gable::hub
