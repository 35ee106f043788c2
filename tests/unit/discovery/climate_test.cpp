// Climate devices: all their topics, modes, power, ranges written as text.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kRadiator =
    R"({"action_template":"{% set values = {None:None,'idle':'idle','heat':'heating','cool':'cooling','fan_only':'fan'} %}{{ values[value_json[\"running_state\"]] }}",
  "action_topic":"z/r","current_temperature_template":"{{ value_json[\"local_temperature\"] }}",
  "current_temperature_topic":"z/r","max_temp":"35","min_temp":"5",
  "mode_command_topic":"z/r/set/system_mode","mode_state_template":"{{ value_json[\"system_mode\"] }}",
  "mode_state_topic":"z/r","modes":["off","heat"],"name":null,
  "preset_mode_command_topic":"z/r/set/preset","preset_mode_state_topic":"z/r",
  "preset_mode_value_template":"{{ value_json[\"preset\"] }}","preset_modes":["manual","frost protection"],
  "temp_step":0.5,"temperature_command_topic":"z/r/set/current_heating_setpoint",
  "temperature_state_template":"{{ value_json[\"current_heating_setpoint\"] }}",
  "temperature_state_topic":"z/r","temperature_unit":"C"})";

TEST(Climate, as_zigbee2mqtt_announces_one) {
  PlatformBench radiator("climate", kRadiator);
  ASSERT_TRUE(radiator.bound()) << radiator.refusal;
  EXPECT_EQ(radiator.described(),
            R"({"domain":"climate","features":["target_temperature","preset_mode","turn_on","turn_off"],)"
            R"("capabilities":{"hvac_modes":["off","heat"],)"
            R"("preset_modes":["none","manual","frost protection"],"temperature_unit":"°C","min_temp":5.0,)"
            R"("max_temp":35.0,"target_temp_step":0.5}})");
  EXPECT_EQ(radiator.values("z/r", R"({"running_state":"heat","local_temperature":19.5,"system_mode":"heat",
              "preset":"manual","current_heating_setpoint":21})"),
            R"({"state":"heat","temperature":21.0,"preset_mode":"manual","hvac_action":"heating",)"
            R"("current_temperature":19.5})");
  EXPECT_EQ(radiator.values("z/r", R"({"running_state":null,"local_temperature":null,"system_mode":null,
              "preset":null,"current_heating_setpoint":null})"),
            R"({"state":null,"temperature":null,"preset_mode":"none","hvac_action":null,)"
            R"("current_temperature":null})");
  EXPECT_EQ(radiator.sent("set_temperature", R"({"temperature":21})"),
            "z/r/set/current_heating_setpoint 21.0");
  EXPECT_EQ(radiator.sent("set_temperature", R"({"temperature":19.5,"hvac_mode":"heat"})"),
            "z/r/set/system_mode heat | z/r/set/current_heating_setpoint 19.5");
  EXPECT_EQ(radiator.sent("set_hvac_mode", R"({"hvac_mode":"off"})"), "z/r/set/system_mode off");
  EXPECT_EQ(radiator.sent("set_preset_mode", R"({"preset_mode":"frost protection"})"),
            "z/r/set/preset frost protection");
  EXPECT_EQ(radiator.sent("turn_on"), "z/r/set/system_mode heat");
  EXPECT_EQ(radiator.sent("toggle", "{}", Present(R"({"state":"heat"})")), "z/r/set/system_mode off");
  EXPECT_NE(radiator.sent("set_temperature", R"({"temperature":40})").find("refused"), std::string::npos);
}

TEST(Climate, topics_for_everything) {
  PlatformBench device("climate", R"({"mode_state_topic":"m","temperature_low_state_topic":"tl",
    "temperature_low_command_topic":"tlc","temperature_high_state_topic":"th",
    "temperature_high_command_topic":"thc","target_humidity_state_topic":"h",
    "target_humidity_command_topic":"hc","fan_mode_state_topic":"f","fan_mode_command_topic":"fc",
    "swing_mode_state_topic":"s","swing_mode_command_topic":"sc","swing_modes":["up","down"],
    "swing_horizontal_mode_state_topic":"sh","swing_horizontal_mode_command_topic":"shc",
    "current_humidity_topic":"ch","power_command_topic":"p","payload_on":1,"payload_off":0,
    "fan_mode_command_template":"fan={{ value }}","value_template":"{{ value_json }}"})");
  ASSERT_TRUE(device.bound()) << device.refusal;
  EXPECT_EQ(device.description().features,
            (std::vector<std::string>{"target_temperature_range", "target_humidity", "fan_mode", "swing_mode",
                                      "swing_horizontal_mode", "turn_on", "turn_off"}));
  EXPECT_FALSE(device.description().assumed_state);
  EXPECT_EQ(device.values("m", R"("heat_cool")"),
            "fault: state: expected one of those that its announcement lists, found 'heat_cool'");
  EXPECT_EQ(device.values("m", R"("fan_only")"), R"({"state":"fan_only"})");
  EXPECT_EQ(device.values("tl", "18"), R"({"target_temp_low":18.0})");
  EXPECT_EQ(device.values("th", "24.5"), R"({"target_temp_high":24.5})");
  EXPECT_EQ(device.values("h", "45"), R"({"humidity":45})");
  EXPECT_EQ(device.values("f", R"("low")"), R"({"fan_mode":"low"})");
  EXPECT_EQ(device.values("s", R"("down")"), R"({"swing_mode":"down"})");
  EXPECT_EQ(device.values("sh", "null"), R"({"swing_horizontal_mode":null})");
  EXPECT_EQ(device.values("ch", "61"), R"({"current_humidity":61.0})");
  EXPECT_EQ(device.sent("set_temperature", R"({"target_temp_low":18,"target_temp_high":24})"),
            "tlc 18.0 | thc 24.0");
  EXPECT_EQ(device.sent("set_humidity", R"({"humidity":40})"), "hc 40");
  EXPECT_EQ(device.sent("set_fan_mode", R"({"fan_mode":"low"})"), "fc fan=low");
  EXPECT_EQ(device.sent("set_swing_mode", R"({"swing_mode":"up"})"), "sc up");
  EXPECT_EQ(device.sent("set_swing_horizontal_mode", R"({"swing_horizontal_mode":"on"})"), "shc on");
  EXPECT_EQ(device.sent("turn_on"), "p 1");
  EXPECT_EQ(device.sent("turn_off"), "p 0");
}

TEST(Climate, words_that_it_does_not_know_cost_themselves_only) {
  PlatformBench device("climate", R"({"mode_command_topic":"mc","modes":["heat","defrost"],"min_temp":30,
    "max_temp":10,"preset_mode_state_topic":"p","preset_modes":["eco"]})");
  EXPECT_EQ(device.binding().faults.size(), 2U);
  EXPECT_TRUE(device.description().assumed_state);
  EXPECT_FALSE(device.description().has_feature("preset_mode")) << "it cannot be set";
  EXPECT_FALSE(device.description().has_feature("turn_off"));
  EXPECT_EQ(device.description().capabilities.find("min_temp")->number_or(0), 10);
}

TEST(Climate, numbers_beyond_all_reason) {
  PlatformBench device("climate",
                       R"({"target_humidity_state_topic":"h","target_humidity_command_topic":"hc"})");
  EXPECT_EQ(device.values("h", "1e300"), R"({"humidity":9007199254740992})");
  EXPECT_EQ(device.values("h", "nan"), "fault: humidity: expected a number, found 'nan'");
}

TEST(Climate, an_action_comes_only_in_the_words_of_the_domain) {
  PlatformBench device("climate", R"({"action_topic":"a","current_temperature_topic":"t"})");
  EXPECT_EQ(device.values("a", "defrosting"), R"({"hvac_action":"defrosting"})");
  EXPECT_EQ(device.values("a", ""), "-");
  EXPECT_NE(device.values("a", "sleeping").find("fault"), std::string::npos);
  EXPECT_EQ(device.values("t", "warm"), "fault: current_temperature: expected a number, found 'warm'");
}

}  // namespace
}  // namespace gable::discovery
