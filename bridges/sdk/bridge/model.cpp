#include "bridge/model.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "bridge/report_check.hpp"

namespace gable::bridge {

namespace {

bool valid_key(std::string_view key) {
  return !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Entity::Entity(std::string_view domain) {
  description_.domain = wire::find_domain(domain);
  if (description_.domain == nullptr) {
    throw std::invalid_argument("there is no domain \"" + std::string(domain) + "\"");
  }
}

Entity& Entity::named(std::string name) {
  description_.name = std::move(name);
  return *this;
}

Entity& Entity::suggest_id(std::string object_id) {
  description_.object_id = std::move(object_id);
  return *this;
}

Entity& Entity::device_class(std::string device_class) {
  description_.device_class = std::move(device_class);
  return *this;
}

Entity& Entity::unit(std::string unit) {
  description_.unit = std::move(unit);
  return *this;
}

Entity& Entity::state_class(std::string state_class) {
  description_.state_class = std::move(state_class);
  return *this;
}

Entity& Entity::icon(std::string icon) {
  description_.icon = std::move(icon);
  return *this;
}

Entity& Entity::diagnostic() {
  description_.entity_category = "diagnostic";
  return *this;
}

Entity& Entity::config() {
  description_.entity_category = "config";
  return *this;
}

Entity& Entity::feature(std::string_view name) {
  if (wire::find_feature(*description_.domain, name) == nullptr) {
    throw std::invalid_argument("a " + std::string(description_.domain->name) + " has no feature \"" +
                                std::string(name) + "\"");
  }
  if (!description_.has_feature(name)) description_.features.emplace_back(name);
  return *this;
}

Entity& Entity::options(std::vector<std::string> options) {
  description_.options = std::move(options);
  return *this;
}

Entity& Entity::event_types(std::vector<std::string> types) {
  description_.event_types = std::move(types);
  return *this;
}

Entity& Entity::range(double min, double max, double step) {
  description_.min = min;
  description_.max = max;
  description_.step = step;
  return *this;
}

Entity& Entity::capability(std::string key, Value value) {
  description_.capabilities.set(std::move(key), std::move(value));
  return *this;
}

Entity& Entity::extra_attribute(std::string name) {
  const std::string key(kExtraAttributes);
  if (!description_.capabilities.contains(key)) description_.capabilities.set(key, List{});
  description_.capabilities.find(key)->as_list()->emplace_back(std::move(name));
  return *this;
}

Entity& Entity::due_every(std::chrono::milliseconds interval) {
  description_.expected_interval = interval;
  return *this;
}

Entity& Entity::assumed_state() {
  description_.assumed_state = true;
  return *this;
}

Entity& Entity::disabled() {
  description_.disabled = true;
  return *this;
}

Entity sensor(std::string device_class, std::string unit) {
  Entity entity("sensor");
  if (!unit.empty()) entity.state_class("measurement");
  return entity.device_class(std::move(device_class)).unit(std::move(unit));
}

Entity binary_sensor(std::string device_class) {
  return Entity("binary_sensor").device_class(std::move(device_class));
}

Entity switch_entity(std::string device_class) {
  return Entity("switch").device_class(std::move(device_class));
}

Entity light(std::initializer_list<std::string_view> features) {
  Entity entity("light");
  for (const std::string_view feature : features) entity.feature(feature);
  return entity;
}

Entity number(double min, double max, double step) { return Entity("number").range(min, max, step); }

Entity select(std::vector<std::string> options) { return Entity("select").options(std::move(options)); }

Entity button(std::string device_class) { return Entity("button").device_class(std::move(device_class)); }

Entity event(std::vector<std::string> event_types, std::string device_class) {
  return Entity("event").event_types(std::move(event_types)).device_class(std::move(device_class));
}

Entity cover(std::string device_class, std::initializer_list<std::string_view> features) {
  Entity entity("cover");
  for (const std::string_view feature : features) entity.feature(feature);
  return entity.device_class(std::move(device_class));
}

Model::Model(std::string name) {
  description_.name = std::move(name);
  description_.single = false;
}

Model::Model(const Entity& entity) {
  description_.single = true;
  description_.entities.emplace_back("", entity.description());
  // The one name is the device's; an entity without a name of its own takes it.
  description_.name = std::exchange(description_.entities.front().second.name, {});
}

Model::Model(wire::DeviceDescription description) : description_(std::move(description)) {}

Model& Model::made_by(std::string manufacturer, std::string model) {
  description_.manufacturer = std::move(manufacturer);
  description_.model = std::move(model);
  return *this;
}

Model& Model::version(std::string software, std::string hardware) {
  description_.sw_version = std::move(software);
  description_.hw_version = std::move(hardware);
  return *this;
}

Model& Model::serial(std::string serial) {
  description_.serial = std::move(serial);
  return *this;
}

Model& Model::area(std::string area) {
  description_.area = std::move(area);
  return *this;
}

Model& Model::via(std::string device_id) {
  description_.via = std::move(device_id);
  return *this;
}

Model& Model::link_to(std::string http_url) {
  description_.configuration_url = std::move(http_url);
  return *this;
}

Model& Model::with(std::string key, const Entity& entity) {
  if (description_.single) throw std::invalid_argument("this device is one entity; start with device(name)");
  if (!valid_key(key)) throw std::invalid_argument("the entity key \"" + key + "\" is not [a-z0-9_]{1,64}");
  for (const auto& [existing, unused] : description_.entities) {
    if (existing == key) throw std::invalid_argument("the entity key \"" + key + "\" is there twice");
  }
  description_.entities.emplace_back(std::move(key), entity.description());
  return *this;
}

Model device(std::string name) { return Model(std::move(name)); }

}  // namespace gable::bridge
