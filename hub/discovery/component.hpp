#pragma once
// One component of an announcement as everything below `discovery/` speaks of it: Home Assistant's MQTT
// configuration of one entity, with long key names, `~` resolved and what a device message shares merged in.
// Homie devices and device maps are translated into the same, so that there is one way from a message to a
// state.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/value.hpp"

namespace gable::discovery {

// The `device` of an announcement. Texts are data from outside.
struct DeviceInfo {
  std::vector<std::string> identifiers;
  std::vector<std::pair<std::string, std::string>> connections;  // ("mac", "02:5b:…")
  std::string name, manufacturer, model, model_id, serial_number, sw_version, hw_version;
  std::string suggested_area;     // a name
  std::string via_device;         // an identifier of the device it is reached through
  std::string configuration_url;  // http(s) only, else left out

  [[nodiscard]] bool known() const { return !identifiers.empty() || !connections.empty(); }
  friend bool operator==(const DeviceInfo&, const DeviceInfo&) = default;
};

// Who announces: the `origin` of Home Assistant's format.
struct Origin {
  std::string name, sw_version, url;
  friend bool operator==(const Origin&, const Origin&) = default;
};

struct Component {
  std::string platform;  // "light", "device_automation": one of Home Assistant's 33
  // Names it within its source: "<node id> <object id>", for a part of a device message "<component key>
  // <node id> <object id>". With the platform it is the entity's key.
  std::string key;
  DeviceInfo device;
  Origin origin;
  wire::Object config;  // the rest: state_topic, value_template, availability (always the list form) …

  // The unique id it asks for, or (without one) platform and key.
  [[nodiscard]] std::string unique_id() const;
};

}  // namespace gable::discovery
