// Water heaters: mode, set point, power.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(WaterHeater, says_and_is_told) {
  PlatformBench heater("water_heater", R"({"mode_state_topic":"ms","mode_command_topic":"mc",
    "modes":["off","eco","performance","boost"],"mode_command_template":"{{ value if value==\"off\" else \"on\" }}",
    "temperature_state_topic":"ts","temperature_command_topic":"tc","current_temperature_topic":"ct",
    "power_command_topic":"pc","min_temp":"30","max_temp":65,"temperature_unit":"C",
    "value_template":"{{ value_json }}"})");
  ASSERT_TRUE(heater.bound()) << heater.refusal;
  EXPECT_EQ(heater.description().features,
            (std::vector<std::string>{"operation_mode", "target_temperature", "on_off"}));
  EXPECT_EQ(heater.binding().faults.size(), 1U) << "boost is no mode of water heaters";
  EXPECT_EQ(heater.description().capabilities.find("min_temp")->number_or(0), 30);
  EXPECT_EQ(heater.values("ms", R"("eco")"), R"({"state":"eco"})");
  EXPECT_EQ(heater.values("ms", "null"), R"({"state":null})");
  EXPECT_EQ(heater.values("ts", "48"), R"({"temperature":48.0})");
  EXPECT_EQ(heater.values("ct", "41.5"), R"({"current_temperature":41.5})");
  EXPECT_EQ(heater.sent("set_temperature", R"({"temperature":50,"operation_mode":"eco"})"),
            "mc on | tc 50.0");
  EXPECT_EQ(heater.sent("set_operation_mode", R"({"operation_mode":"off"})"), "mc off");
  EXPECT_EQ(heater.sent("turn_off"), "pc OFF");
}

TEST(WaterHeater, in_fahrenheit_with_the_usual_range) {
  PlatformBench heater("water_heater", R"({"temperature_command_topic":"tc","temperature_unit":"F"})");
  const auto& capabilities = heater.description().capabilities;
  EXPECT_EQ(capabilities.find("min_temp")->number_or(0), 110);
  EXPECT_EQ(capabilities.find("max_temp")->number_or(0), 140);
  EXPECT_EQ(capabilities.find("temperature_unit")->string_or(""), "°F");
  EXPECT_TRUE(heater.description().assumed_state);
}

}  // namespace
}  // namespace gable::discovery
