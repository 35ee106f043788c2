// The registry's rows in the store: what an entity is, so that it exists before its bridge has spoken again.

#include "core/registry.hpp"

namespace gable::hub {

namespace {

std::string text_of(const wire::Object& row, std::string_view key) {
  const wire::Value* value = row.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

Origin origin_of(std::string_view text) {
  if (text == "file") return Origin::file;
  if (text == "request") return Origin::request;
  if (text == "rule") return Origin::rule;
  return Origin::announced;
}

}  // namespace

wire::Object Registry::row(const Entity& entity) const {
  wire::Object row;
  row.append("source", entity.source);
  row.append("origin", to_string(entity.origin));
  if (entity.device != kNone) {
    const Device& of = devices_[entity.device];
    row.append("bridge", of.bridge);
    row.append("device", of.id);
    for (const auto& [key, index] : of.entities) {
      if (&entities_[index] == &entity) row.append("key", key);
    }
  }
  wire::Object description;
  wire::encode_entity(*entity.description, description);
  row.append("description", std::move(description));
  return row;
}

wire::Result<EntityIndex> Registry::restore(const EntityId& id, const wire::Object& row) {
  if (by_id_.contains(id.text())) {
    return wire::Error{wire::ErrorCode::conflict, id.text() + " is stored twice", ""};
  }
  const wire::Value* description = row.find("description");
  if (description == nullptr || description->as_object() == nullptr) {
    return wire::Error{wire::ErrorCode::malformed, "a stored entity has no description", id.text()};
  }
  auto decoded = wire::decode_entity(*description->as_object());
  if (!decoded) return decoded.error();
  Entity entity;
  entity.id = id;
  decoded->object_id.clear();  // its id is known
  entity.description = std::move(*decoded);
  entity.source = text_of(row, "source");
  entity.origin = origin_of(text_of(row, "origin"));
  entity.initial_pending = true;
  if (const std::string bridge = text_of(row, "bridge");
      !bridge.empty() || entity.origin == Origin::announced) {
    const std::string device = text_of(row, "device");
    if (!wire::valid_device_id(bridge) || !wire::valid_device_id(device))
      return wire::Error{wire::ErrorCode::malformed, "a stored entity is of no device", id.text()};
    Device& of = device_of(bridge, device);
    entity.device = index_of(of);
    const EntityIndex index = insert(std::move(entity));
    // One that its device no longer announces has no key: it is no part of it.
    if (!row.contains("key")) return index;
    const std::string key = text_of(row, "key");
    // The row of the device has no entities and so cannot say it.
    of.description.single = key.empty();
    of.entities.emplace_back(key, index);
    return index;
  }
  return insert(std::move(entity));
}

}  // namespace gable::hub
