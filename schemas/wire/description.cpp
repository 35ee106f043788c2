// Reading and writing of self-descriptions. Everything read here comes from outside and is checked for type
// and size; nothing is taken on trust. Pure; any thread.

#include "wire/description.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "wire/utf8.hpp"

namespace gable::wire {

namespace {

constexpr std::size_t kMaxUrl = 2048;                   // bytes of configuration_url
constexpr std::size_t kMaxEntities = 500;               // of one device
constexpr std::size_t kMaxOptions = 1000;               // of one list
constexpr double kLongestInterval = 366.0 * 24 * 3600;  // seconds

Error wrong_type(std::string_view key, std::string_view expected, const Value& value) {
  std::string text(key);
  text += " must be ";
  text += expected;
  text += ", not ";
  text += value.type_name();
  return {ErrorCode::wrong_type, std::move(text), std::string(key)};
}

// Reads keys of one object into fields and keeps the first error. A null counts as absent.
class Reader {
 public:
  explicit Reader(const Object& document) : document_(document) {}

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }

  [[nodiscard]] const Value* find(std::string_view key) const {
    const Value* value = document_.find(key);
    return value != nullptr && !value->is_null() ? value : nullptr;
  }

  void text(std::string_view key, std::string& out, std::size_t limit = kMaxTextBytes) {
    const Value* value = find(key);
    if (value == nullptr) return;
    const std::string* found = value->as_string();
    if (found == nullptr) return fail(wrong_type(key, "a string", *value));
    if (found->size() > limit) return fail(too_long(key, limit));
    out = *found;
  }

  void number(std::string_view key, std::optional<double>& out) {
    const Value* value = find(key);
    if (value == nullptr) return;
    if (!value->is_number()) return fail(wrong_type(key, "a number", *value));
    out = value->number_or(0);
  }

  void flag(std::string_view key, bool& out) {
    const Value* value = find(key);
    if (value == nullptr) return;
    if (value->as_bool() == nullptr) return fail(wrong_type(key, "true or false", *value));
    out = *value->as_bool();
  }

  void texts(std::string_view key, std::vector<std::string>& out) {
    const Value* value = find(key);
    if (value == nullptr) return;
    const List* list = value->as_list();
    if (list == nullptr) return fail(wrong_type(key, "a list of strings", *value));
    if (list->size() > kMaxOptions) {
      return fail({ErrorCode::too_large, std::string(key) + " has more than 1000 items", std::string(key)});
    }
    out.reserve(list->size());
    for (const Value& item : *list) {
      const std::string* found = item.as_string();
      if (found == nullptr) return fail(wrong_type(key, "a list of strings", item));
      if (found->size() > kMaxTextBytes) return fail(too_long(key, kMaxTextBytes));
      out.push_back(*found);
    }
  }

 private:
  static Error too_long(std::string_view key, std::size_t limit) {
    return {ErrorCode::too_large, std::string(key) + " is longer than " + std::to_string(limit) + " bytes",
            std::string(key)};
  }

  const Object& document_;
  std::optional<Error> error_;
};

template <class Spec>
std::vector<std::string_view> names(std::span<const Spec> specs) {
  std::vector<std::string_view> out;
  out.reserve(specs.size());
  for (const Spec& spec : specs) out.push_back(spec.name);
  return out;
}

void read_domain(Reader& reader, EntityDescription& entity) {
  std::string name;
  reader.text("domain", name);
  if (reader.error()) return;
  if (name.empty()) return reader.fail({ErrorCode::wrong_type, "domain is missing", "domain"});
  entity.domain = find_domain(name);
  if (entity.domain != nullptr) return;
  reader.fail(
      {ErrorCode::unsupported, "unknown domain " + name + did_you_mean(name, names(domains())), "domain"});
}

void read_features(Reader& reader, EntityDescription& entity) {
  reader.texts("features", entity.features);
  if (reader.error() || entity.domain == nullptr) return;
  for (const std::string& feature : entity.features) {
    if (find_feature(*entity.domain, feature) != nullptr) continue;
    std::string text(entity.domain->name);
    text += " has no feature " + feature + did_you_mean(feature, names(entity.domain->features));
    return reader.fail({ErrorCode::unsupported, std::move(text), "features"});
  }
}

void read_choice(Reader& reader, std::string_view key, std::string& out,
                 std::span<const std::string_view> allowed) {
  reader.text(key, out);
  if (reader.error() || out.empty()) return;
  if (std::ranges::find(allowed, out) != allowed.end()) return;
  std::string text(key);
  text += " " + out + " is not known" + did_you_mean(out, allowed);
  reader.fail({ErrorCode::unsupported, std::move(text), std::string(key)});
}

void read_device_class(Reader& reader, EntityDescription& entity) {
  reader.text("device_class", entity.device_class);
  if (reader.error() || entity.device_class.empty() || entity.domain == nullptr) return;
  const std::span<const std::string_view> known = entity.domain->device_classes;
  if (std::ranges::find(known, entity.device_class) != known.end()) return;
  std::string text(entity.domain->name);
  text += " has no device_class " + entity.device_class + did_you_mean(entity.device_class, known);
  reader.fail({ErrorCode::unsupported, std::move(text), "device_class"});
}

void read_range(Reader& reader, EntityDescription& entity) {
  reader.number("min", entity.min);
  reader.number("max", entity.max);
  reader.number("step", entity.step);
  if (entity.min && entity.max && *entity.min > *entity.max) {
    reader.fail({ErrorCode::out_of_range, "min is above max", "min"});
  }
  if (entity.step && *entity.step <= 0) {
    reader.fail({ErrorCode::out_of_range, "step must be above 0", "step"});
  }
}

void read_capabilities(Reader& reader, EntityDescription& entity) {
  const Value* value = reader.find("capabilities");
  if (value == nullptr) return;
  const Object* object = value->as_object();
  if (object == nullptr) return reader.fail(wrong_type("capabilities", "an object", *value));
  for (const Member& member : *object) {
    const List* list = member.value.as_list();
    if (list != nullptr && list->size() > kMaxOptions) {
      return reader.fail(
          {ErrorCode::too_large, member.key + " has more than 1000 items", "capabilities." + member.key});
    }
  }
  entity.capabilities = *object;
}

void read_interval(Reader& reader, EntityDescription& entity) {
  std::optional<double> seconds;
  reader.number("expected_interval", seconds);
  if (!seconds) return;
  if (!(*seconds >= 0.001) || *seconds > kLongestInterval) {
    return reader.fail(
        {ErrorCode::out_of_range, "expected_interval must be from 0.001 s to a year", "expected_interval"});
  }
  entity.expected_interval = Duration(std::llround(*seconds * 1000));
}

std::optional<Error> read_schema(Reader& reader, std::string_view schema) {
  std::string found;
  reader.text("schema", found);
  if (reader.error()) return reader.error();
  if (found.empty() || found == schema) return std::nullopt;
  const std::size_t slash = schema.find('/') + 1;
  if (!found.starts_with(schema.substr(0, slash))) {
    return Error{ErrorCode::wrong_type, "schema must be " + std::string(schema) + ", not " + found, "schema"};
  }
  return Error{ErrorCode::newer_schema, "this program reads " + std::string(schema) + ", not " + found,
               "schema"};
}

void put(Object& out, std::string_view key, const std::string& text) {
  if (!text.empty()) out.append(std::string(key), text);
}

void put(Object& out, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  List list;
  list.reserve(texts.size());
  for (const std::string& text : texts) list.emplace_back(text);
  out.append(std::string(key), std::move(list));
}

// Whole numbers are written as such: "max":100, not 100.0.
Value number_value(double number) {
  const bool whole = number == std::floor(number) && std::fabs(number) < 1e15;
  return whole ? Value(static_cast<std::int64_t>(number)) : Value(number);
}

void put(Object& out, std::string_view key, const std::optional<double>& number) {
  if (number) out.append(std::string(key), number_value(*number));
}

std::optional<Error> read_entities(Reader& reader, DeviceDescription& device) {
  const Value* several = reader.find("entities");
  const Object* map = several->as_object();
  if (map == nullptr) return wrong_type("entities", "an object", *several);
  if (map->size() > kMaxEntities) {
    return Error{ErrorCode::too_large, "a device has at most 500 entities", "entities"};
  }
  device.single = false;
  device.entities.reserve(map->size());
  for (const Member& member : *map) {
    const std::string where = "entities." + member.key;
    // Keys beginning with `_` are bookkeeping in state documents.
    if (member.key.empty() || member.key.size() > kMaxTextBytes || member.key.front() == '_') {
      return Error{ErrorCode::malformed, "not a usable key for an entity: " + shortened(member.key, 40),
                   "entities"};
    }
    const Object* entity = member.value.as_object();
    if (entity == nullptr) return wrong_type(where, "an object", member.value);
    Result<EntityDescription> decoded = decode_entity(*entity);
    if (!decoded) {
      Error error = decoded.error();
      error.where = where + "." + error.where;
      return error;
    }
    device.entities.emplace_back(member.key, std::move(*decoded));
  }
  return std::nullopt;
}

std::optional<Error> read_single(Reader& reader, DeviceDescription& device) {
  const Value* single = reader.find("entity");
  if (single == nullptr) {
    return Error{ErrorCode::wrong_type, "a device needs entity or entities", "entity"};
  }
  const Object* entity = single->as_object();
  if (entity == nullptr) return wrong_type("entity", "an object", *single);
  Result<EntityDescription> decoded = decode_entity(*entity);
  if (!decoded) {
    Error error = decoded.error();
    error.where = "entity." + error.where;
    return error;
  }
  device.entities.emplace_back(std::string(), std::move(*decoded));
  return std::nullopt;
}

void read_url(Reader& reader, DeviceDescription& device) {
  reader.text("configuration_url", device.configuration_url, kMaxUrl);
  const std::string_view url = device.configuration_url;
  if (url.empty() || url.starts_with("http://") || url.starts_with("https://")) return;
  reader.fail(
      {ErrorCode::unsupported, "configuration_url must begin with http:// or https://", "configuration_url"});
}

}  // namespace

std::size_t DescriptionHash::operator()(const EntityDescription& entity) const noexcept {
  std::size_t hash = std::hash<const void*>{}(entity.domain);
  const auto mix = [&hash](std::string_view text) { hash = hash * 31 + std::hash<std::string_view>{}(text); };
  for (const auto* text : {&entity.name, &entity.object_id, &entity.device_class, &entity.unit, &entity.icon})
    mix(*text);
  for (const auto* list : {&entity.features, &entity.options, &entity.event_types}) {
    for (const auto& text : *list) mix(text);
  }
  return hash * 31 + entity.capabilities.size();
}

bool EntityDescription::has_feature(std::string_view feature) const {
  return std::ranges::find(features, feature) != features.end();
}

std::uint32_t EntityDescription::supported_features() const {
  std::uint32_t mask = 0;
  for (const FeatureSpec& feature : domain->features) {
    if (feature.bit != 0 && has_feature(feature.name)) mask |= feature.bit;
  }
  return mask;
}

bool EntityDescription::numeric() const {
  if (domain->state_kind == StateKind::number) return true;
  if (domain->name != "sensor") return false;
  if (!device_class.empty()) {
    const bool text = std::ranges::find(domain->text_classes, device_class) != domain->text_classes.end();
    return !text;
  }
  return !unit.empty() || !state_class.empty();
}

Result<EntityDescription> decode_entity(const Object& document) {
  static constexpr std::array<std::string_view, 4> kStateClasses{"measurement", "measurement_angle", "total",
                                                                 "total_increasing"};
  static constexpr std::array<std::string_view, 2> kCategories{"config", "diagnostic"};
  Reader reader(document);
  if (auto error = read_schema(reader, kEntitySchema)) return *error;
  EntityDescription entity;
  read_domain(reader, entity);
  reader.text("name", entity.name);
  reader.text("object_id", entity.object_id);
  read_device_class(reader, entity);
  reader.text("unit", entity.unit);
  read_choice(reader, "state_class", entity.state_class, kStateClasses);
  read_choice(reader, "entity_category", entity.entity_category, kCategories);
  reader.text("icon", entity.icon);
  read_features(reader, entity);
  reader.texts("options", entity.options);
  reader.texts("event_types", entity.event_types);
  read_range(reader, entity);
  read_capabilities(reader, entity);
  read_interval(reader, entity);
  reader.flag("assumed_state", entity.assumed_state);
  reader.flag("disabled", entity.disabled);
  if (reader.error()) return *reader.error();
  return entity;
}

void encode_entity(const EntityDescription& entity, Object& out) {
  out.append("domain", entity.domain->name);
  put(out, "name", entity.name);
  put(out, "object_id", entity.object_id);
  put(out, "device_class", entity.device_class);
  put(out, "unit", entity.unit);
  put(out, "state_class", entity.state_class);
  put(out, "entity_category", entity.entity_category);
  put(out, "icon", entity.icon);
  put(out, "features", entity.features);
  put(out, "options", entity.options);
  put(out, "event_types", entity.event_types);
  put(out, "min", entity.min);
  put(out, "max", entity.max);
  put(out, "step", entity.step);
  if (!entity.capabilities.empty()) out.append("capabilities", entity.capabilities);
  if (entity.expected_interval) {
    out.append("expected_interval",
               number_value(static_cast<double>(entity.expected_interval->count()) / 1000));
  }
  if (entity.assumed_state) out.append("assumed_state", true);
  if (entity.disabled) out.append("disabled", true);
}

Result<DeviceDescription> decode_device(const Object& document) {
  Reader reader(document);
  if (auto error = read_schema(reader, kDeviceSchema)) return *error;
  DeviceDescription device;
  reader.text("name", device.name);
  reader.text("manufacturer", device.manufacturer);
  reader.text("model", device.model);
  reader.text("sw_version", device.sw_version);
  reader.text("hw_version", device.hw_version);
  reader.text("serial", device.serial);
  reader.text("area", device.area);
  reader.text("via", device.via);
  read_url(reader, device);
  if (reader.error()) return *reader.error();
  const bool several = reader.find("entities") != nullptr;
  if (several && reader.find("entity") != nullptr) {
    return Error{ErrorCode::wrong_type, "a device has either entity or entities", "entities"};
  }
  if (auto error = several ? read_entities(reader, device) : read_single(reader, device)) return *error;
  return device;
}

Object encode(const DeviceDescription& device) {
  Object out;
  out.append("schema", kDeviceSchema);
  put(out, "name", device.name);
  put(out, "manufacturer", device.manufacturer);
  put(out, "model", device.model);
  put(out, "sw_version", device.sw_version);
  put(out, "hw_version", device.hw_version);
  put(out, "serial", device.serial);
  put(out, "area", device.area);
  put(out, "via", device.via);
  put(out, "configuration_url", device.configuration_url);
  if (device.single && !device.entities.empty()) {
    Object entity;
    encode_entity(device.entities.front().second, entity);
    out.append("entity", std::move(entity));
    return out;
  }
  Object entities;
  for (const auto& [key, description] : device.entities) {
    Object entity;
    encode_entity(description, entity);
    entities.append(key, std::move(entity));
  }
  out.append("entities", std::move(entities));
  return out;
}

}  // namespace gable::wire
