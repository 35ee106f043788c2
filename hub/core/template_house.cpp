#include "core/template_house.hpp"

#include <algorithm>

#include "wire/color.hpp"

namespace gable::hub {

namespace {

namespace jinja = rules::jinja;

jinja::Instant instant(Time time) { return jinja::Instant(time.time_since_epoch()); }

wire::List texts(const std::vector<std::string>& names) {
  wire::List list;
  list.reserve(names.size());
  for (const std::string& name : names) list.emplace_back(name);
  return list;
}

// "bridge/device", as meta documents name a device.
std::string device_id(const Device& device) { return device.bridge + "/" + device.id; }

jinja::AreaEntry entry_of(const Area& area) { return {area.id, area.name, area.floor}; }

}  // namespace

wire::Object composed_attributes(const Entity& entity) {
  const wire::EntityDescription& d = *entity.description;
  wire::Object out = d.capabilities;
  if (!d.options.empty()) out.set("options", texts(d.options));
  if (!d.event_types.empty()) out.set("event_types", texts(d.event_types));
  const auto number = [&out](const char* key, const std::optional<double>& value) {
    if (value) out.set(key, *value);
  };
  number("min", d.min);
  number("max", d.max);
  number("step", d.step);
  if (entity.availability != Availability::offline) {
    for (const auto& [key, value] : entity.state.attributes) out.set(key, value);
    if (entity.id.domain() == "light" && entity.state.text == "on") wire::complete_colors(out);
  }
  const auto text = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out.set(key, value);
  };
  text("state_class", d.state_class);
  text("unit_of_measurement", d.unit);
  text("device_class", d.device_class);
  text("icon", entity.overrides->icon.empty() ? d.icon : entity.overrides->icon);
  if (d.assumed_state) out.set("assumed_state", true);
  text("friendly_name", entity.name);
  if (!d.features.empty()) out.set("supported_features", static_cast<std::int64_t>(d.supported_features()));
  return out;
}

std::optional<jinja::EntityState> TemplateHouse::state(std::string_view entity_id) const {
  const Entity* entity = registry_.find(entity_id);
  if (entity == nullptr || entity->disabled()) return std::nullopt;
  jinja::EntityState state;
  state.entity_id = keep(entity->id.text());
  state.state = entity->composed_state();
  state.attributes = &kept_attributes_.emplace_back(composed_attributes(*entity));
  state.last_changed = instant(entity->state.last_changed);
  state.last_updated = instant(entity->state.last_updated);
  state.last_reported = instant(entity->state.last_reported);
  state.context_id = entity->state.context->cause;
  state.context_user_id = entity->state.context->by;
  return state;
}

TemplateHouse::Names TemplateHouse::entities(std::string_view domain) const {
  Names names;
  for (const Entity& entity : registry_.entities()) {
    if (entity.forgotten || entity.disabled()) continue;
    if (domain.empty() || entity.id.domain() == domain) names.push_back(keep(entity.id.text()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<jinja::EntityEntry> TemplateHouse::entity(std::string_view entity_id) const {
  const Entity* entity = registry_.find(entity_id);
  if (entity == nullptr) return std::nullopt;
  jinja::EntityEntry entry;
  entry.area_id = entity->area;
  entry.name = entity->name;
  entry.original_name = entity->description->name;
  entry.hidden = entity->overrides->hidden;
  if (entity->device != kNone) {
    const Device& device = registry_.device(entity->device);
    entry.device_id = keep(device_id(device));
    entry.platform = device.bridge;
    entry.config_entry_id = device.bridge;
  }
  return entry;
}

const Device* TemplateHouse::find_device(std::string_view id) const { return registry_.find_device(id); }

std::optional<jinja::DeviceEntry> TemplateHouse::device(std::string_view id) const {
  const Device* device = find_device(id);
  if (device == nullptr) return std::nullopt;
  const wire::DeviceDescription& d = device->description;
  jinja::DeviceEntry entry;
  entry.id = keep(device_id(*device));
  entry.name = d.name.empty() ? std::string_view(device->id) : std::string_view(d.name);
  entry.manufacturer = d.manufacturer;
  entry.model = d.model;
  entry.sw_version = d.sw_version;
  entry.hw_version = d.hw_version;
  // A device is where its first entity is.
  if (!device->entities.empty()) entry.area_id = registry_.entity(device->entities.front().second).area;
  if (!d.via.empty()) entry.via_device_id = keep(device->bridge + "/" + d.via);
  return entry;
}

TemplateHouse::Names TemplateHouse::devices() const {
  Names names;
  for (const Device& device : registry_.devices()) {
    if (device.described) names.push_back(keep(device_id(device)));
  }
  return names;
}

std::vector<jinja::AreaEntry> TemplateHouse::areas() const {
  std::vector<jinja::AreaEntry> out;
  for (const Area& area : registry_.house().areas) out.push_back(entry_of(area));
  // Announced areas are in no file.
  for (const Entity& entity : registry_.entities()) {
    const auto known = [&](const jinja::AreaEntry& area) { return area.id == entity.area; };
    if (entity.forgotten || entity.area.empty() || std::any_of(out.begin(), out.end(), known)) continue;
    out.push_back({entity.area, keep(registry_.area_name(entity.area)), {}});
  }
  return out;
}

std::vector<jinja::FloorEntry> TemplateHouse::floors() const {
  std::vector<jinja::FloorEntry> out;
  for (const Floor& floor : registry_.house().floors) out.push_back({floor.id, floor.name, floor.level});
  return out;
}

std::vector<jinja::LabelEntry> TemplateHouse::labels() const {
  std::vector<jinja::LabelEntry> out;
  for (const Label& label : registry_.house().labels)
    out.push_back({label.id, label.name, label.description});
  return out;
}

TemplateHouse::Names TemplateHouse::labels_of(std::string_view id) const {
  const auto names = [](const std::vector<std::string>& labels) {
    return Names(labels.begin(), labels.end());
  };
  if (const Entity* entity = registry_.find(id)) return names(entity->overrides->labels);
  for (const Area& area : registry_.house().areas) {
    if (area.id == id) return names(area.labels);
  }
  return {};
}

std::optional<TemplateHouse::Place> TemplateHouse::place() const {
  const auto& location = registry_.house().info.location;
  if (!location) return std::nullopt;
  return Place{location->latitude, location->longitude};
}

bool TemplateHouse::imperial() const {
  return registry_.house().info.unit_system == UnitSystem::us_customary;
}

}  // namespace gable::hub
