#pragma once
// Self-descriptions: what a bridge says a device is (`bridge/<b>/device/<d>`), and the part of it that
// describes one entity, which `meta` repeats.
//
// A device with one entity announces it under "entity"; its state, command and event documents are flat:
//   {"state":"on","brightness":120}
// A device with several announces them under "entities": {key: …}; the documents hold one object for each
// key:
//   {"lamp":{"state":"on"},"power":{"state":4.2}}

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "wire/domains.hpp"
#include "wire/result_type.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::wire {

inline constexpr std::size_t kMaxTextBytes = 256;  // of a name, unit, icon …; a longer one is refused

// One entity as announced. Texts are data from outside: never a topic, path, format string or HTML.
struct EntityDescription {
  const DomainSpec* domain = nullptr;  // never null in a decoded description
  std::string name;                    // display name within the device; empty: the device's own
  std::string object_id;               // suggested; empty: made from the names
  std::string device_class;
  std::string unit;
  std::string state_class;      // measurement | total | total_increasing
  std::string entity_category;  // config | diagnostic
  std::string icon;
  std::vector<std::string> features;  // names of the domain's feature table
  std::vector<std::string> options;   // select, sensor enum: allowed states
  std::vector<std::string> event_types;
  std::optional<double> min, max, step;
  // Capabilities: fixed attributes of the entity such as effect_list, hvac_modes, min_temp, source_list.
  Object capabilities;
  std::optional<Duration> expected_interval;  // a report is due at least this often; later it is stale
  bool assumed_state = false;
  bool disabled = false;

  [[nodiscard]] bool has_feature(std::string_view feature) const;
  // Home Assistant's bit mask.
  [[nodiscard]] std::uint32_t supported_features() const;
  // True when the state is a JSON number (design section 2, rule 1).
  [[nodiscard]] bool numeric() const;

  friend bool operator==(const EntityDescription&, const EntityDescription&) = default;
};

// For pools of equal ones (shared.hpp).
struct DescriptionHash {
  std::size_t operator()(const EntityDescription& entity) const noexcept;
};

struct DeviceDescription {
  std::string name;
  std::string manufacturer, model, sw_version, hw_version, serial;
  std::string area;               // suggested area, by name
  std::string via;                // device id of the one it is reached through
  std::string configuration_url;  // http(s) only
  bool single = true;             // announced under "entity"
  std::vector<std::pair<std::string, EntityDescription>> entities;  // key → entity; key "" when single
};

// Schema names with their major version.
inline constexpr std::string_view kDeviceSchema = "device/1";
inline constexpr std::string_view kEntitySchema = "entity/1";

// Errors: newer_schema, unsupported (unknown domain or feature), wrong_type, too_large (names over 256 bytes,
// more than 500 entities, 1,000 options), with the key path in `where`.
Result<DeviceDescription> decode_device(const Object& document);
Object encode(const DeviceDescription& device);

Result<EntityDescription> decode_entity(const Object& document);
// Appends the keys of the description to `out`.
void encode_entity(const EntityDescription& entity, Object& out);

}  // namespace gable::wire
