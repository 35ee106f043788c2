// What every platform's announcement has in common: names, classes, availability, attributes.

#include <algorithm>
#include <array>
#include <cmath>

#include "discovery/fields.hpp"
#include "discovery/topics.hpp"
#include "wire/entity_id.hpp"

namespace gable::discovery {

namespace {

using wire::Value;

constexpr std::size_t kMaxName = 256;
constexpr std::size_t kMaxAvailabilityTopics = 20;

// What the entity says of itself elsewhere; attributes of these names are dropped (Home Assistant's list).
constexpr std::array<std::string_view, 16> kBlocked{"assumed_state",
                                                    "available",
                                                    "device_class",
                                                    "device_info",
                                                    "entity_category",
                                                    "entity_picture",
                                                    "entity_registry_enabled_default",
                                                    "extra_state_attributes",
                                                    "force_update",
                                                    "icon",
                                                    "name",
                                                    "should_poll",
                                                    "state",
                                                    "supported_features",
                                                    "unique_id",
                                                    "unit_of_measurement"};

bool member_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "carbon_dioxide" → "Carbon dioxide"
std::string readable(std::string_view id) {
  std::string text(id);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// The id that the announcement suggests: `default_entity_id` "light.kitchen", or the older `object_id`.
std::string suggested_id(Fields& fields) {
  const std::string wish = fields.text("default_entity_id");
  if (const auto dot = wish.find('.'); dot != std::string::npos) return wire::slugify(wish.substr(dot + 1));
  const std::string older = fields.text("object_id");
  return older.empty() ? std::string() : wire::slugify(older);
}

// What Home Assistant calls an entity that says no name: its device class in words …
std::string class_name(const std::string& device_class) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSpecial{
      {{"aqi", "Air quality index"},
       {"battery_charging", "Charging"},
       {"energy_distance", "Energy per distance"},
       {"energy_storage", "Stored energy"},
       {"monetary", "Balance"},
       {"ph", "pH"},
       {"pm1", "PM1"},
       {"pm10", "PM10"},
       {"pm25", "PM2.5"},
       {"pm4", "PM4"},
       {"volume_storage", "Stored volume"}}};
  for (const auto& [id, words] : kSpecial)
    if (id == device_class) return std::string(words);
  return readable(device_class);
}

void read_names(Fields& fields, Binding& binding) {
  wire::EntityDescription& entity = binding.description.own();
  const Component& component = fields.component();
  const Value* name = fields.find("name");
  if (name == nullptr) {
    // … or what it is: "MQTT Sensor".
    entity.name = entity.device_class.empty() ? "MQTT " + readable(component.platform)
                                              : class_name(clipped(entity.device_class, kMaxName));
  } else if (!name->is_null()) {
    entity.name = clipped(fields.text("name"), kMaxName);
    if (entity.name == component.device.name) entity.name.clear();
  }
  entity.object_id = suggested_id(fields);
}

void read_availability(Fields& fields, Binding& binding) {
  const std::string mode = fields.text("availability_mode", "latest");
  Availability& availability = binding.availability.own();
  availability.mode = mode == "all"   ? Availability::Mode::all
                      : mode == "any" ? Availability::Mode::any
                                      : Availability::Mode::latest;
  const Value* list = fields.find("availability");
  if (list == nullptr || list->as_list() == nullptr) return;
  const Component& component = fields.component();
  for (const Value& entry : *list->as_list()) {
    const wire::Object* object = entry.as_object();
    if (object == nullptr || availability.topics.size() >= kMaxAvailabilityTopics) continue;
    // Read like a component of its own, whose faults are the entity's.
    Component part{
        .platform = component.platform, .key = component.key, .device = {}, .origin = {}, .config = *object};
    Fields of(part, fields.templates(), binding);
    Availability::Topic topic;
    topic.topic = of.text("topic");
    if (topic.topic.empty()) continue;
    if (!valid_filter(topic.topic)) {
      fields.fault("availability: no topic that a broker takes");
      continue;
    }
    topic.payload_available = of.text("payload_available", "online");
    topic.payload_not_available = of.text("payload_not_available", "offline");
    topic.value_template = of.tmpl("value_template");
    availability.topics.push_back(std::move(topic));
  }
}

}  // namespace

void read_common(Fields& fields, Binding& binding, std::string_view domain) {
  wire::EntityDescription& entity = binding.description.own();
  entity.domain = domain.empty() ? nullptr : wire::find_domain(domain);
  entity.unit = clipped(fields.text("unit_of_measurement"), 32);
  if (domain == "sensor") entity.state_class = fields.text("state_class");
  entity.icon = clipped(fields.text("icon"), 64);
  entity.entity_category = fields.text("entity_category");
  if (entity.entity_category != "config" && entity.entity_category != "diagnostic")
    entity.entity_category.clear();
  entity.device_class = fields.text("device_class");
  read_names(fields, binding);
  if (entity.domain != nullptr && !member_of(entity.device_class, entity.domain->device_classes))
    entity.device_class.clear();
  entity.disabled = !fields.boolean("enabled_by_default", true);
  entity.assumed_state = fields.boolean("optimistic", false);
  binding.expire_after = fields.seconds("expire_after");
  if (binding.expire_after && binding.expire_after->count() == 0) binding.expire_after.reset();
  binding.force_update = fields.boolean("force_update", false);
  read_availability(fields, binding);
  fields.inlet(kAttributes, "json_attributes_topic", "json_attributes_template");
}

void receive_attributes(const Payload& payload, Said& said) {
  std::optional<Value> store;
  const Value* document = payload.json(store);
  const wire::Object* object = document == nullptr ? nullptr : document->as_object();
  if (object == nullptr) {
    said.fault = "json_attributes: expected a JSON object";
    return;
  }
  for (const auto& [name, value] : *object) {
    if (name.empty() || name.front() == '_' || member_of(name, kBlocked)) continue;
    said.set(name, value);
  }
}

wire::Result<std::vector<Outgoing>> Binding::send(const wire::Command& command, const wire::CurrentValues&,
                                                  Renderer&) const {
  return wire::Error{wire::ErrorCode::unsupported,
                     "its announcement names no topic for " + std::string(command.service->name), ""};
}

}  // namespace gable::discovery
