#include "import/registries.hpp"

#include <algorithm>

#include "wire/entity_id.hpp"

namespace gable::importing {

namespace {

// [["mqtt","zigbee2mqtt_0x…"], …]. Some integrations have more than two parts, or numbers: those of others.
std::vector<std::pair<std::string, std::string>> pairs(const Record& row, std::string_view key) {
  std::vector<std::pair<std::string, std::string>> out;
  const wire::Value* found = row.find(key);
  if (found == nullptr) return out;
  if (found->as_list() == nullptr) row.fail(key, "expected a list of pairs");
  for (const wire::Value& item : *found->as_list()) {
    const wire::List* pair = item.as_list();
    if (pair == nullptr) row.fail(key, "expected a list of pairs");
    if (pair->size() != 2) continue;
    const std::string *first = (*pair)[0].as_string(), *second = (*pair)[1].as_string();
    if (first != nullptr && second != nullptr) out.emplace_back(*first, *second);
  }
  return out;
}

DeviceRow device_of(const Record& row) {
  DeviceRow out;
  out.id = row.name("id");
  out.name = row.text("name_by_user");
  out.renamed = !out.name.empty();
  if (!out.renamed) out.name = row.text("name");
  out.area = row.text("area_id");
  out.labels = row.texts("labels");
  out.identifiers = pairs(row, "identifiers");
  out.connections = pairs(row, "connections");
  return out;
}

// As the state of such an entity would have them.
wire::Object attributes_of(const Record& row) {
  wire::Object out;
  if (const auto abilities = row.record("capabilities")) out = abilities->object();
  const auto features = row.whole("supported_features");
  if (features && *features != 0) out.set("supported_features", *features);
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) out.set(key, value);
  };
  text("unit_of_measurement", row.text("unit_of_measurement"));
  const std::string chosen = row.text("device_class");
  text("device_class", chosen.empty() ? row.text("original_device_class") : chosen);
  return out;
}

EntityRow entity_of(const Record& row) {
  EntityRow out;
  out.entity_id = row.name("entity_id");
  if (!wire::EntityId::parse(out.entity_id))
    row.fail("entity_id", "'" + out.entity_id + "' is no entity id, such as light.kitchen");
  out.id = row.text("id");
  // A few integrations have numbers here; none of them announces itself over MQTT.
  const wire::Value* unique = row.find("unique_id");
  if (unique != nullptr && unique->as_string() != nullptr) out.unique_id = *unique->as_string();
  out.platform = row.name("platform");
  out.device = row.text("device_id");
  out.area = row.text("area_id");
  out.name = row.text("name");
  out.original_name = row.text("original_name");
  out.icon = row.text("icon");
  out.has_entity_name = row.flag("has_entity_name");
  out.hidden = row.has("hidden_by");
  out.disabled = row.has("disabled_by");
  out.labels = row.texts("labels");
  out.attributes = attributes_of(row);
  out.where = row.where();
  return out;
}

template <class Row, class Read>
std::vector<Row> rows(rules::yaml::FileSource& files, const char* file, const char* key, const Read& read) {
  std::vector<Row> out;
  const auto stored = read_stored(files, file);
  if (!stored) return out;
  const Record data = stored->data();
  for (const Record& row : data.records(key)) out.push_back(read(row));
  return out;
}

}  // namespace

const DeviceRow* Registries::device(std::string_view id) const {
  const auto found = std::find_if(devices.begin(), devices.end(), [&](const auto& d) { return d.id == id; });
  return found == devices.end() ? nullptr : &*found;
}

const EntityRow* Registries::entity_of(std::string_view platform, std::string_view unique_id) const {
  const auto found = std::find_if(entities.begin(), entities.end(), [&](const EntityRow& row) {
    return row.platform == platform && row.unique_id == unique_id;
  });
  return found == entities.end() ? nullptr : &*found;
}

Registries read_registries(rules::yaml::FileSource& files) {
  Registries out;
  out.floors = rows<FloorRow>(files, "core.floor_registry", "floors", [](const Record& row) {
    return FloorRow{row.name("floor_id"), row.name("name"), row.text("icon"), row.whole("level"),
                    row.texts("aliases")};
  });
  out.areas = rows<AreaRow>(files, "core.area_registry", "areas", [](const Record& row) {
    return AreaRow{row.name("id"),       row.name("name"),    row.text("icon"),
                   row.text("floor_id"), row.texts("labels"), row.texts("aliases")};
  });
  out.labels = rows<LabelRow>(files, "core.label_registry", "labels", [](const Record& row) {
    return LabelRow{row.name("label_id"), row.name("name"), row.text("icon"), row.text("color"),
                    row.text("description")};
  });
  out.devices = rows<DeviceRow>(files, "core.device_registry", "devices", device_of);
  out.entities = rows<EntityRow>(files, "core.entity_registry", "entities", entity_of);
  return out;
}

}  // namespace gable::importing
