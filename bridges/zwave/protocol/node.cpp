#include "protocol/node.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "protocol/message.hpp"

namespace gable::zwave {

namespace {

// What a JSON member says of a property; nothing for what names none.
std::optional<Property> read_property(const wire::Value* value) {
  if (value == nullptr || value->is_null()) return Property{};
  if (const auto* number = value->as_int()) return Property{*number};
  if (const auto* text = value->as_string()) return Property{*text};
  return std::nullopt;
}

std::optional<double> number_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number_or(0);
}

// Texts of devices and their makers: what people read is short, and the tree takes 256 bytes.
constexpr std::size_t kTextLimit = 200;
constexpr std::size_t kStateLimit = 500;  // labels of one value

std::string clipped(std::string text) {
  if (text.size() <= kTextLimit) return text;
  std::size_t end = kTextLimit;
  // Not within a character of UTF-8: its further bytes begin with the bits 10.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

std::string clipped_text(const wire::Object& object, std::string_view key) {
  return clipped(text_of(object, key));
}

std::optional<std::int64_t> whole_text(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

NodeStatus read_status(const wire::Object& object) {
  switch (whole_of(object, "status").value_or(0)) {
    case 1:
      return NodeStatus::asleep;
    case 2:
      return NodeStatus::awake;
    case 3:
      return NodeStatus::dead;
    case 4:
      return NodeStatus::alive;
    default:
      return NodeStatus::unknown;
  }
}

const wire::List* list_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_list();
}

void read_endpoints(const wire::Object& object, Node& node) {
  const wire::List* endpoints = list_of(object, "endpoints");
  if (endpoints == nullptr) return;
  for (const wire::Value& item : *endpoints) {
    const wire::Object* given = item.as_object();
    if (given == nullptr) continue;
    const auto index = whole_of(*given, "index");
    if (!index || *index < 0 || *index > 127) continue;
    Endpoint& endpoint = node.endpoints[static_cast<int>(*index)];
    endpoint.label = clipped_text(*given, "endpointLabel");
    const wire::Object* device_class = object_of(*given, "deviceClass");
    if (device_class == nullptr) continue;
    if (const auto* generic = object_of(*device_class, "generic")) {
      endpoint.generic = whole_of(*generic, "key").value_or(0);
    }
    if (const auto* specific = object_of(*device_class, "specific")) {
      endpoint.specific = whole_of(*specific, "key").value_or(0);
    }
  }
}

void read_values(const wire::Object& object, Node& node) {
  const wire::List* values = list_of(object, "values");
  if (values == nullptr) return;
  for (const wire::Value& item : *values) {
    const wire::Object* given = item.as_object();
    if (given == nullptr || node.values.size() >= kValueLimit) continue;
    const auto id = read_value_id(*given);
    if (!id) continue;
    NodeValue& value = node.values[*id];
    value.property_name = clipped_text(*given, "propertyName");
    value.key_name = clipped_text(*given, "propertyKeyName");
    if (const wire::Value* now = given->find("value")) value.value = *now;
    if (const wire::Object* metadata = object_of(*given, "metadata")) {
      value.metadata = read_metadata(*metadata);
    }
  }
}

}  // namespace

wire::Value to_value(const Property& property) {
  if (const auto* number = std::get_if<std::int64_t>(&property)) return *number;
  if (const auto* text = std::get_if<std::string>(&property)) return *text;
  return nullptr;
}

std::string to_text(const Property& property) {
  if (const auto* number = std::get_if<std::int64_t>(&property)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&property)) return *text;
  return {};
}

wire::Result<ValueId> read_value_id(const wire::Object& object) {
  const auto command_class = whole_of(object, "commandClass");
  const std::int64_t endpoint = whole_of(object, "endpoint").value_or(0);
  auto property = read_property(object.find("property"));
  auto key = read_property(object.find("propertyKey"));
  const bool bounded =
      command_class && *command_class >= 0 && *command_class <= 0xffff && endpoint >= 0 && endpoint <= 127;
  if (!bounded || !property || !key || std::holds_alternative<std::monostate>(*property)) {
    return wire::Error{wire::ErrorCode::malformed, "not the id of a value", {}};
  }
  return ValueId{static_cast<int>(*command_class), static_cast<int>(endpoint), std::move(*property),
                 std::move(*key)};
}

wire::Object to_object(const ValueId& id) {
  wire::Object object{
      {"commandClass", id.command_class}, {"endpoint", id.endpoint}, {"property", to_value(id.property)}};
  if (!std::holds_alternative<std::monostate>(id.key)) object.append("propertyKey", to_value(id.key));
  return object;
}

Metadata read_metadata(const wire::Object& object) {
  Metadata metadata;
  metadata.type = clipped_text(object, "type");
  metadata.label = clipped_text(object, "label");
  metadata.unit = clipped_text(object, "unit");
  metadata.writeable = flag_of(object, "writeable");
  metadata.min = number_of(object, "min");
  metadata.max = number_of(object, "max");
  if (const wire::Object* specific = object_of(object, "ccSpecific")) metadata.specific = *specific;
  if (const wire::Object* states = object_of(object, "states")) {
    for (const auto& [key, label] : *states) {
      const auto number = whole_text(key);
      if (metadata.states.size() >= kStateLimit) break;
      if (number && label.as_string() != nullptr) {
        metadata.states.emplace_back(*number, clipped(*label.as_string()));
      }
    }
    std::sort(metadata.states.begin(), metadata.states.end());
  }
  metadata.manual_entry = flag_of(object, "allowManualEntry", metadata.states.empty());
  return metadata;
}

wire::Result<Node> read_node(const wire::Object& object) {
  const auto id = whole_of(object, "nodeId");
  if (!id || *id < 1 || *id > std::numeric_limits<std::uint16_t>::max()) {
    return wire::Error{wire::ErrorCode::malformed, "a node without an id", "nodeId"};
  }
  Node node;
  node.id = static_cast<int>(*id);
  node.name = clipped_text(object, "name");
  node.location = clipped_text(object, "location");
  node.label = clipped_text(object, "label");
  node.firmware = clipped_text(object, "firmwareVersion");
  node.hardware = clipped_text(object, "hardwareVersion");
  node.status = read_status(object);
  node.ready = flag_of(object, "ready");
  node.controller = flag_of(object, "isControllerNode");
  if (const wire::Object* config = object_of(object, "deviceConfig")) {
    node.manufacturer = clipped_text(*config, "manufacturer");
    node.description = clipped_text(*config, "description");
    if (node.label.empty()) node.label = clipped_text(*config, "label");
  }
  if (const wire::Object* statistics = object_of(object, "statistics")) node.statistics = *statistics;
  read_endpoints(object, node);
  read_values(object, node);
  return node;
}

const NodeValue* Node::find(const ValueId& value) const {
  const auto found = values.find(value);
  return found == values.end() ? nullptr : &found->second;
}

const wire::Value* Node::known(const ValueId& value) const {
  const NodeValue* found = find(value);
  return found == nullptr || found->value.is_null() ? nullptr : &found->value;
}

std::string Node::title() const {
  if (!name.empty()) return name;
  if (controller) return "Z-Wave controller";
  const std::string number = " (node " + std::to_string(id) + ")";
  if (!description.empty()) return description + number;
  if (!label.empty()) return label + number;
  return "Z-Wave node " + std::to_string(id);
}

}  // namespace gable::zwave
