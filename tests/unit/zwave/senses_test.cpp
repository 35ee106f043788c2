// Thermostats, sensors, meters, notifications, scenes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "zwave_bench.hpp"

namespace gable::zwave {
namespace {

std::string setpoint(int type, const std::string& value, const std::string& unit = "°C") {
  return value_text(class_of(67, R"("setpoint")", std::to_string(type)), value,
                    R"("min":5,"max":35,"unit":")" + unit + "\"");
}

Node thermostat(int mode, const std::string& unit = "°C") {
  return node_from(
      node_text(7, {value_text(class_of(64, R"("mode")"), std::to_string(mode),
                               R"("states":{"0":"Off","1":"Heat","2":"Cool","3":"Auto","11":"Energy heat"})"),
                    setpoint(1, "20", unit), setpoint(2, "26", unit), setpoint(11, "16", unit),
                    value_text(class_of(66, R"("state")"), "1"),
                    value_text(class_of(68, R"("mode")"), "0", R"("states":{"0":"Auto low","1":"Low"})"),
                    value_text(class_of(49, R"("Air temperature")"), "21.5", R"("unit":")" + unit + "\"")}));
}

TEST(Climate, has_modes_setpoints_and_a_fan) {
  EXPECT_EQ(
      state_of(thermostat(1), "climate"),
      R"({"state":"heat","preset_mode":"none","temperature":20.0,"target_temp_low":null,"target_temp_high":null,"current_temperature":21.5,"hvac_action":"heating","fan_mode":"Auto low"})");
  EXPECT_THAT(state_of(thermostat(3), "climate"),
              testing::HasSubstr(R"("temperature":null,"target_temp_low":20.0,"target_temp_high":26.0)"));
  EXPECT_THAT(state_of(thermostat(11), "climate"),
              testing::HasSubstr(R"("state":"heat","preset_mode":"Energy heat","temperature":16.0)"));
  const auto& description = plan_of(thermostat(1), "climate").description;
  EXPECT_EQ(wire::to_json(*description.capabilities.find("hvac_modes")),
            R"(["off","heat","cool","heat_cool"])");
  EXPECT_EQ(wire::to_json(*description.capabilities.find("preset_modes")), R"(["none","Energy heat"])");
}

TEST(Climate, is_set) {
  const Node node = thermostat(1);
  EXPECT_EQ(calls_of(node, "climate", "set_hvac_mode", R"({"hvac_mode":"heat_cool"})"), "64 mode = 3");
  EXPECT_EQ(calls_of(node, "climate", "turn_off"), "64 mode = 0");
  EXPECT_EQ(calls_of(node, "climate", "set_temperature", R"({"temperature":19.5})"), "67 setpoint 1 = 19.5");
  EXPECT_EQ(calls_of(node, "climate", "set_temperature", R"({"temperature":25,"hvac_mode":"cool"})"),
            "64 mode = 2\n67 setpoint 2 = 25.0");
  EXPECT_EQ(calls_of(thermostat(3), "climate", "set_temperature",
                     R"({"target_temp_low":18,"target_temp_high":24})"),
            "67 setpoint 1 = 18.0\n67 setpoint 2 = 24.0");
  EXPECT_EQ(calls_of(node, "climate", "set_fan_mode", R"({"fan_mode":"Low"})"), "68 mode = 1");
  EXPECT_EQ(calls_of(node, "climate", "set_preset_mode", R"({"preset_mode":"Energy heat"})"), "64 mode = 11");
  EXPECT_THAT(calls_of(thermostat(3), "climate", "set_temperature", R"({"temperature":19})"),
              testing::StartsWith("no: "));
  EXPECT_THAT(calls_of(node, "climate", "set_hvac_mode", R"({"hvac_mode":"dry"})"),
              testing::StartsWith("no: "));
}

TEST(Climate, in_fahrenheit_reads_celsius) {
  const Node node = thermostat(1, "°F");
  EXPECT_THAT(state_of(node, "climate"), testing::HasSubstr(R"("temperature":-6.7)"));
  EXPECT_EQ(calls_of(node, "climate", "set_temperature", R"({"temperature":20})"), "67 setpoint 1 = 68.0");
}

TEST(Sensor, has_class_and_unit) {
  const auto sensor = [](const std::string& unit, const std::string& type) {
    const Node node = node_from(
        node_text(8, {value_text(class_of(49, R"("Some value")"), "3",
                                 R"("unit":")" + unit + R"(","ccSpecific":{"sensorType":)" + type + "}")}));
    const auto& description = plan_of(node, "some_value").description;
    return description.device_class + " " + description.unit;
  };
  EXPECT_EQ(sensor("°C", "1"), "temperature °C");
  EXPECT_EQ(sensor("Lux", "3"), "illuminance lx");
  EXPECT_EQ(sensor("%", "5"), "humidity %");
  EXPECT_EQ(sensor("%", "3"), " %");
  EXPECT_EQ(sensor("ppm", "17"), "carbon_dioxide ppm");
  EXPECT_EQ(sensor("ppm", "40"), " ppm");
  EXPECT_EQ(sensor("", "29"), " ");
}

TEST(Meter, counts_or_measures) {
  const auto meter = [](int type, int scale, const std::string& unit) {
    const std::string specific =
        R"("ccSpecific":{"meterType":)" + std::to_string(type) + R"(,"scale":)" + std::to_string(scale) + "}";
    const Node node = node_from(node_text(
        2, {value_text(class_of(50, R"("value")", "1"), "3", R"("unit":")" + unit + "\"," + specific)}));
    const auto& description = plan_of(node, "meter").description;
    return description.device_class + " " + description.state_class;
  };
  EXPECT_EQ(meter(1, 0, "kWh"), "energy total_increasing");
  EXPECT_EQ(meter(1, 2, "W"), "power measurement");
  EXPECT_EQ(meter(2, 0, "m³"), "gas total_increasing");
  EXPECT_EQ(meter(3, 0, "m³"), "water total_increasing");
  const Node node = node_from(node_text(2, {value_text(class_of(50, R"("reset")"), "null")}));
  EXPECT_EQ(calls_of(node, "reset_meter", "press"), "50 reset = true");
}

std::string notification(const std::string& kind, const std::string& variable, int type,
                         const std::string& value, const std::string& states) {
  return value_text(
      class_of(113, "\"" + kind + "\"", "\"" + variable + "\""), value,
      R"("states":{)" + states + R"(},"ccSpecific":{"notificationType":)" + std::to_string(type) + "}");
}

TEST(Notification, that_lasts_is_a_binary_sensor) {
  const std::string door = R"("22":"open","23":"closed")";
  const Node node = node_from(node_text(
      8, {notification("Home Security", "Motion sensor status", 7, "8", R"("0":"idle","8":"Motion")"),
          notification("Access Control", "Door state (simple)", 6, "22", door),
          notification("Access Control", "Door state", 6, "23", door),
          notification("Water Alarm", "Sensor status", 5, "0", R"("0":"idle","2":"Leak")")}));
  EXPECT_EQ(state_of(node, "home_security_motion_sensor_status"), R"({"state":"on"})");
  EXPECT_EQ(plan_of(node, "home_security_motion_sensor_status").description.device_class, "motion");
  EXPECT_EQ(state_of(node, "door"), R"({"state":"on"})");
  EXPECT_FALSE(has_plan(node, "door_2"));
  EXPECT_EQ(state_of(node, "water_alarm_sensor_status"), R"({"state":"off"})");
  EXPECT_EQ(plan_of(node, "water_alarm_sensor_status").description.device_class, "moisture");
}

// The states and types as zwave-js 15 has them.
struct Meaning {
  const char *kind, *variable;
  int type;
  const char *states, *value, *key, *state, *device_class, *category;
};
constexpr Meaning kMeanings[] = {
    {"Smoke Alarm", "Dust in device status", 1, R"("0":"idle","8":"Dust")", "8",
     "smoke_alarm_dust_in_device_status", "on", "problem", "diagnostic"},
    {"Smoke Alarm", "Alarm status", 1, R"("0":"idle","3":"Test")", "3", "smoke_alarm_alarm_status", "on", "",
     "diagnostic"},
    {"Water Alarm", "Pump status", 5, R"("0":"idle","10":"Active","11":"Failure")", "10",
     "water_alarm_pump_status", "off", "problem", ""},
    {"Water Alarm", "Water level alarm status", 5, R"("0":"idle","9":"Level")", "9",
     "water_alarm_water_level_alarm_status", "on", "problem", ""},
    {"Power Management", "Mains status", 8, R"("2":"Disconnected","3":"Connected")", "2",
     "power_management_mains_status", "off", "power", ""},
    {"Power Management", "Mains status", 8, R"("2":"Disconnected","3":"Connected")", "3",
     "power_management_mains_status", "on", "power", ""},
    {"Power Management", "Battery load status", 8, R"("0":"idle","12":"Charging")", "12",
     "power_management_battery_load_status", "on", "battery_charging", "diagnostic"},
    {"Power Management", "Battery level status", 8, R"("0":"idle","13":"Full","15":"Empty")", "13",
     "power_management_battery_level_status", "off", "battery", "diagnostic"},
    {"Power Management", "Battery level status", 8, R"("0":"idle","13":"Full","15":"Empty")", "15",
     "power_management_battery_level_status", "on", "battery", "diagnostic"},
    {"Access Control", "Door handle state", 6, R"("24":"Open","25":"Closed")", "25",
     "access_control_door_handle_state", "off", "opening", ""},
    {"CO Alarm", "Sensor status", 2, R"("0":"idle","2":"CO")", "2", "co_alarm_sensor_status", "on",
     "carbon_monoxide", ""},
    {"Water Valve", "Master valve current alarm status", 15, R"("0":"idle","6":"Over")", "6",
     "water_valve_master_valve_current_alarm_status", "on", "problem", ""},
    {"Novelty", "Unheard of", 99, R"("0":"idle","1":"Odd")", "1", "novelty_unheard_of", "on", "", ""},
};

TEST(Notification, has_the_class_of_what_it_senses) {
  for (const Meaning& m : kMeanings) {
    SCOPED_TRACE(std::string(m.variable) + " " + m.value);
    const Node node = node_from(node_text(8, {notification(m.kind, m.variable, m.type, m.value, m.states)}));
    ASSERT_TRUE(has_plan(node, m.key));
    EXPECT_EQ(state_of(node, m.key), std::string(R"({"state":")") + m.state + "\"}");
    EXPECT_EQ(plan_of(node, m.key).description.device_class, m.device_class);
    EXPECT_EQ(plan_of(node, m.key).description.entity_category, m.category);
  }
}

TEST(Notification, that_happens_is_an_event) {
  const Node node = node_from(
      node_text(6, {notification("Access Control", "Door state", 6, "23", R"("22":"open","23":"closed")")}));
  const Plan plan = plan_of(node, "notification");
  Change change{ChangeKind::notice, 6};
  change.value.command_class = kNotification;
  change.payload =
      object_from(R"({"type":6,"event":6,"eventLabel":"Keypad unlock operation","parameters":{"userId":2}})");
  const auto happening = plan.events(change);
  ASSERT_TRUE(happening);
  EXPECT_EQ(happening->type, "keypad_unlock");
  EXPECT_EQ(whole_of(happening->data, "user"), 2);
  change.payload = object_from(R"({"type":99,"event":1})");
  EXPECT_EQ(plan.events(change)->type, "other");
}

TEST(Scene, is_pressed) {
  const Node node =
      node_from(node_text(3, {value_text(class_of(91, R"("scene")", R"("002")"), "null",
                                         R"("states":{"0":"KeyPressed","3":"KeyPressed2x"})")}));
  const Plan plan = plan_of(node, "scene_2");
  EXPECT_THAT(plan.description.event_types, testing::ElementsAre("press", "double_press"));
  Change change{ChangeKind::pulse, 3, {kCentralScene, 0, "scene", "002"}, {}, 3};
  EXPECT_EQ(plan.events(change)->type, "double_press");
  change.payload = 77;
  EXPECT_FALSE(plan.events(change));
  change = {ChangeKind::pulse, 3, {kCentralScene, 0, "scene", "001"}, {}, 3};
  EXPECT_FALSE(plan.events(change));
}

TEST(Battery, and_binary_sensors) {
  const Node node = node_from(node_text(
      8,
      {value_text(class_of(128, R"("level")"), "80"), value_text(class_of(128, R"("isLow")"), "true"),
       R"({"commandClass":48,"property":"Motion","value":true,"metadata":{"type":"boolean","ccSpecific":{"sensorType":12}}})"}));
  EXPECT_EQ(state_of(node, "battery") + state_of(node, "battery_low") + state_of(node, "binary_motion"),
            R"({"state":80}{"state":"on"}{"state":"on"})");
  EXPECT_EQ(plan_of(node, "binary_motion").description.device_class, "motion");
}

TEST(Plan, of_any_node_can_be_announced) {
  std::vector<std::string> values;
  for (int i = 1; i < 700; ++i)
    values.push_back(value_text(class_of(112, std::to_string(i)), "1", R"("writeable":true)"));
  const Node node = node_from(node_text(3, values));
  const auto plans = plan_entities(node);
  EXPECT_EQ(plans.size(), kEntityLimit);
  wire::DeviceDescription device = describe_device(node, "controller");
  for (const Plan& plan : plans) device.entities.emplace_back(plan.key, plan.description);
  EXPECT_TRUE(wire::decode_device(wire::encode(device)).has_value());
  EXPECT_FALSE(plan_entities(node_from(node_text(9, {}))).empty());
}

}  // namespace
}  // namespace gable::zwave
