#pragma once
// One device of the Z-Wave network as the server knows it: what it is, and its values.
// Pure: plain values.

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::zwave {

// The command classes that are known here, by their numbers in the Z-Wave specification.
inline constexpr int kBasic = 32;
inline constexpr int kBinarySwitch = 37;
inline constexpr int kMultilevelSwitch = 38;
inline constexpr int kSceneActivation = 43;
inline constexpr int kBinarySensor = 48;
inline constexpr int kMultilevelSensor = 49;
inline constexpr int kMeter = 50;
inline constexpr int kColorSwitch = 51;
inline constexpr int kThermostatMode = 64;
inline constexpr int kThermostatOperatingState = 66;
inline constexpr int kThermostatSetpoint = 67;
inline constexpr int kThermostatFanMode = 68;
inline constexpr int kCentralScene = 91;
inline constexpr int kDoorLock = 98;
inline constexpr int kUserCode = 99;
inline constexpr int kBarrierOperator = 102;
inline constexpr int kWindowCovering = 106;
inline constexpr int kConfiguration = 112;
inline constexpr int kNotification = 113;
inline constexpr int kLock = 118;
inline constexpr int kSoundSwitch = 121;
inline constexpr int kBattery = 128;

// A property is named by a number or a text; a property key may be missing.
using Property = std::variant<std::monostate, std::int64_t, std::string>;
wire::Value to_value(const Property& property);
std::string to_text(const Property& property);

struct ValueId {
  int command_class = 0;
  int endpoint = 0;
  Property property;
  Property key = {};
  friend bool operator==(const ValueId&, const ValueId&) = default;
  friend auto operator<=>(const ValueId& a, const ValueId& b) {
    return std::tie(a.command_class, a.endpoint, a.property, a.key) <=>
           std::tie(b.command_class, b.endpoint, b.property, b.key);
  }
};

// Errors: malformed.
wire::Result<ValueId> read_value_id(const wire::Object& object);
wire::Object to_object(const ValueId& id);

struct Metadata {
  std::string type;  // number | boolean | string | any | duration | color | buffer
  std::string label, unit;
  bool writeable = false;
  bool manual_entry = true;  // any number of the range may be set, not only those with a label
  std::optional<double> min, max;
  std::vector<std::pair<std::int64_t, std::string>> states;  // number → label, by number
  wire::Object specific;                                     // ccSpecific
};

struct NodeValue {
  wire::Value value;  // null: not known
  Metadata metadata;
  std::string property_name, key_name;
};

enum class NodeStatus { unknown, asleep, awake, dead, alive };

struct Endpoint {
  std::int64_t generic = 0, specific = 0;  // device class
  std::string label;
};

struct Node {
  int id = 0;
  std::string name, location;
  std::string manufacturer, label, description, firmware, hardware;
  NodeStatus status = NodeStatus::unknown;
  bool ready = false;       // has been interviewed: its values are known
  bool controller = false;  // the stick itself
  std::map<int, Endpoint> endpoints;
  std::map<ValueId, NodeValue> values;
  wire::Object statistics;

  [[nodiscard]] const NodeValue* find(const ValueId& value) const;
  // Null pointer when there is no such value, or none is known.
  [[nodiscard]] const wire::Value* known(const ValueId& value) const;
  // What people call it.
  [[nodiscard]] std::string title() const;
};

// Most values of one node that are kept; a door lock for 250 users has about 600.
inline constexpr std::size_t kValueLimit = 5'000;

// Errors: malformed, when it has no usable nodeId. Values that cannot be read are left out.
wire::Result<Node> read_node(const wire::Object& object);
Metadata read_metadata(const wire::Object& object);

}  // namespace gable::zwave
