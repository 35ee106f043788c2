// Binary Sensor (48), Multilevel Sensor (49), Meter (50), Battery (128). Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <array>

#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// ── binary sensors ──

// By sensor type of the specification, 1 to 13.
constexpr std::array<std::string_view, 14> kBinaryClasses{
    "",       "", "smoke", "carbon_monoxide", "gas",    "heat",     "moisture", "cold",
    "tamper", "", "door",  "opening",         "motion", "vibration"};

Plan binary_sensor(const Node& node, const ValueId& id, const NodeValue& value) {
  const std::string property = to_text(id.property);
  Plan plan{key_of("binary_" + slug_of(property), id.endpoint),
            describe("binary_sensor", name_of(node, property == "Any" ? "Sensor" : property, id.endpoint)),
            {kBinarySensor}};
  const auto type = whole_of(value.metadata.specific, "sensorType").value_or(0);
  if (type > 0 && type < static_cast<std::int64_t>(kBinaryClasses.size())) {
    plan.description.device_class = kBinaryClasses[static_cast<std::size_t>(type)];
  }
  plan.state = [id](const Node& now) -> wire::Object {
    const auto on = flag_at(now, id);
    return {{"state", on ? wire::Value(*on ? "on" : "off") : wire::Value()}};
  };
  return plan;
}

// ── measured values ──

struct Quantity {
  std::string_view unit;  // as the server gives it
  std::string_view ours;  // as people write it
  std::string_view device_class;
};
// Sensor types whose unit says what they measure have no row: it is enough to know the unit.
constexpr std::array<Quantity, 28> kQuantities{{{"°C", "°C", "temperature"},
                                                {"°F", "°F", "temperature"},
                                                {"Lux", "lx", "illuminance"},
                                                {"lux", "lx", "illuminance"},
                                                {"W", "W", "power"},
                                                {"kWh", "kWh", "energy"},
                                                {"V", "V", "voltage"},
                                                {"mV", "mV", "voltage"},
                                                {"A", "A", "current"},
                                                {"mA", "mA", "current"},
                                                {"VA", "VA", "apparent_power"},
                                                {"kVar", "kvar", "reactive_power"},
                                                {"kPa", "kPa", "pressure"},
                                                {"inHg", "inHg", "pressure"},
                                                {"dBm", "dBm", "signal_strength"},
                                                {"dB", "dB", "sound_pressure"},
                                                {"ppm", "ppm", "carbon_dioxide"},
                                                {"µg/m³", "µg/m³", "pm25"},
                                                {"m/s", "m/s", "speed"},
                                                {"mm/h", "mm/h", "precipitation_intensity"},
                                                {"Hz", "Hz", "frequency"},
                                                {"kg", "kg", "weight"},
                                                {"m", "m", "distance"},
                                                {"cm", "cm", "distance"},
                                                {"mph", "mph", "speed"},
                                                {"s", "s", "duration"},
                                                {"L", "L", "volume"},
                                                {"l/h", "L/h", "volume_flow_rate"}}};

constexpr std::int64_t kHumidityType = 5, kCarbonDioxideType = 17;

void describe_quantity(const NodeValue& value, wire::EntityDescription& description) {
  const std::string& unit = value.metadata.unit;
  description.unit = unit;
  description.state_class = "measurement";
  const auto type = whole_of(value.metadata.specific, "sensorType").value_or(0);
  if (unit == "%" && type == kHumidityType) description.device_class = "humidity";
  for (const Quantity& quantity : kQuantities) {
    if (quantity.unit != unit) continue;
    description.unit = quantity.ours;
    const bool other_gas = quantity.device_class == "carbon_dioxide" && type != kCarbonDioxideType;
    if (!other_gas) description.device_class = quantity.device_class;
  }
}

wire::Object number_state(const Node& node, const ValueId& id) {
  const wire::Value* value = node.known(id);
  return {{"state", value != nullptr && value->is_number() ? *value : wire::Value()}};
}

Plan sensor(const Node& node, const ValueId& id, const NodeValue& value) {
  const std::string property = to_text(id.property);
  Plan plan{key_of(slug_of(property), id.endpoint),
            describe("sensor", name_of(node, property, id.endpoint)),
            {kMultilevelSensor}};
  describe_quantity(value, plan.description);
  plan.state = [id](const Node& now) { return number_state(now, id); };
  return plan;
}

// ── meters ──

constexpr std::int64_t kElectric = 1, kGas = 2, kWater = 3;

// Meters count; only some scales of an electric one measure what is now.
bool counts(std::int64_t type, std::int64_t scale) {
  return type != kElectric || scale == 0 || scale == 1 || scale == 3;
}

Plan meter(const Node& node, const ValueId& id, const NodeValue& value) {
  const auto type = whole_of(value.metadata.specific, "meterType").value_or(0);
  const auto scale = whole_of(value.metadata.specific, "scale").value_or(0);
  const std::string label = value.metadata.label.empty() ? "Meter" : value.metadata.label;
  Plan plan{key_of(slug_of(value.key_name.empty() ? "meter" : value.key_name), id.endpoint),
            describe("sensor", name_of(node, label, id.endpoint)),
            {kMeter}};
  describe_quantity(value, plan.description);
  if (counts(type, scale)) plan.description.state_class = "total_increasing";
  const bool volume = value.metadata.unit == "m³" || value.metadata.unit == "ft³";
  if (volume && type == kGas) plan.description.device_class = "gas";
  if (volume && type == kWater) plan.description.device_class = "water";
  if (type == kElectric && scale == 6) plan.description.device_class = "power_factor";
  plan.state = [id](const Node& now) { return number_state(now, id); };
  return plan;
}

Plan meter_reset(const Node& node, const ValueId& id) {
  Plan plan{
      key_of("reset_meter", id.endpoint), describe("button", name_of(node, "Reset meter", id.endpoint)), {}};
  plan.description.entity_category = "config";
  plan.order = [id](const Node& now, const Order& order) -> wire::Result<std::vector<Call>> {
    if (order.service != "press") return no_such_service(order);
    return std::vector<Call>{set_value(now, id, true)};
  };
  return plan;
}

// ── batteries ──

void plan_battery(const Node& node, std::vector<Plan>& plans) {
  for (const ValueId& id : values_named(node, kBattery, "level")) {
    Plan plan{key_of("battery", id.endpoint),
              describe("sensor", name_of(node, "Battery", id.endpoint)),
              {kBattery}};
    plan.description.device_class = "battery";
    plan.description.unit = "%";
    plan.description.state_class = "measurement";
    plan.description.entity_category = "diagnostic";
    plan.state = [id](const Node& now) { return number_state(now, id); };
    plans.push_back(std::move(plan));
  }
  for (const ValueId& id : values_named(node, kBattery, "isLow")) {
    Plan plan{key_of("battery_low", id.endpoint),
              describe("binary_sensor", name_of(node, "Battery low", id.endpoint)),
              {kBattery}};
    plan.description.device_class = "battery";
    plan.description.entity_category = "diagnostic";
    plan.state = [id](const Node& now) -> wire::Object {
      const auto low = flag_at(now, id);
      return {{"state", low ? wire::Value(*low ? "on" : "off") : wire::Value()}};
    };
    plans.push_back(std::move(plan));
  }
}

}  // namespace

void plan_sensors(const Node& node, std::vector<Plan>& plans) {
  for (const auto& [id, value] : node.values) {
    if (id.command_class == kBinarySensor && value.metadata.type == "boolean") {
      plans.push_back(binary_sensor(node, id, value));
    }
    if (id.command_class == kMultilevelSensor && value.metadata.type == "number") {
      plans.push_back(sensor(node, id, value));
    }
    const bool is_meter = id.command_class == kMeter && id.property == Property("value");
    if (is_meter && value.metadata.type == "number") plans.push_back(meter(node, id, value));
    const bool is_reset = id.command_class == kMeter && id.property == Property("reset");
    if (is_reset && id.key == Property{}) plans.push_back(meter_reset(node, id));
  }
  plan_battery(node, plans);
}

}  // namespace gable::zwave
