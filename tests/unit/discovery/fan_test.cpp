// Fans: speeds on the device's own range, presets, oscillation, direction.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kZigbeeFan = R"({"command_topic":"z/f/set/fan_state",
  "percentage_command_template":"{{ {0:'off', 1:'low', 2:'medium', 3:'high'}[value] | default('') }}",
  "percentage_command_topic":"z/f/set/fan_mode","percentage_state_topic":"z/f",
  "percentage_value_template":"{{ {'off':0, 'low':1, 'medium':2, 'high':3}[value_json[\"fan_mode\"]] | default('None') }}",
  "preset_mode_command_topic":"z/f/set/fan_mode","preset_mode_state_topic":"z/f",
  "preset_mode_value_template":"{{ value_json[\"fan_mode\"] if value_json[\"fan_mode\"] in ['on'] else 'None' | default('None') }}",
  "preset_modes":["on"],"speed_range_max":3,"speed_range_min":1,"state_topic":"z/f",
  "state_value_template":"{{ value_json.fan_state }}"})";

TEST(Fan, as_zigbee2mqtt_announces_one) {
  PlatformBench fan("fan", kZigbeeFan);
  ASSERT_TRUE(fan.bound()) << fan.refusal;
  EXPECT_EQ(fan.description().features,
            (std::vector<std::string>{"turn_on", "turn_off", "set_speed", "preset_mode"}));
  EXPECT_FALSE(fan.description().assumed_state);
  EXPECT_EQ(fan.values("z/f", R"({"fan_state":"ON","fan_mode":"medium"})"),
            R"({"state":"on","percentage":66,"preset_mode":null})");
  EXPECT_EQ(fan.values("z/f", R"({"fan_state":"OFF","fan_mode":"off"})"),
            R"({"state":"off","percentage":0,"preset_mode":null})");
  EXPECT_EQ(fan.values("z/f", R"({"fan_state":null,"fan_mode":"on"})"),
            R"({"state":null,"percentage":null,"preset_mode":"on"})");
  EXPECT_EQ(fan.sent("turn_on"), "z/f/set/fan_state ON");
  EXPECT_EQ(fan.sent("set_percentage", R"({"percentage":50})"), "z/f/set/fan_mode medium");
  EXPECT_EQ(fan.sent("set_percentage", R"({"percentage":100})"), "z/f/set/fan_mode high");
  EXPECT_EQ(fan.sent("set_percentage", R"({"percentage":0})"), "z/f/set/fan_state OFF");
  EXPECT_EQ(fan.sent("set_preset_mode", R"({"preset_mode":"on"})"), "z/f/set/fan_mode on");
  EXPECT_EQ(fan.sent("turn_on", R"({"percentage":33})"), "z/f/set/fan_state ON | z/f/set/fan_mode low");
}

TEST(Fan, steps_by_one_speed) {
  PlatformBench fan("fan", kZigbeeFan);
  EXPECT_EQ(fan.sent("increase_speed", "{}", Present(R"({"percentage":33})")), "z/f/set/fan_mode medium");
  EXPECT_EQ(fan.sent("decrease_speed", "{}", Present(R"({"percentage":66})")), "z/f/set/fan_mode low");
  EXPECT_EQ(fan.sent("increase_speed", "{}", Present(R"({"percentage":100})")), "z/f/set/fan_mode high");
  EXPECT_EQ(fan.sent("increase_speed", R"({"percentage_step":60})", Present(R"({"percentage":33})")),
            "z/f/set/fan_mode high");
}

TEST(Fan, oscillation_direction_and_payloads_of_its_own) {
  PlatformBench fan("fan", R"({"command_topic":"c","state_topic":"s","payload_on":true,"payload_off":false,
    "oscillation_command_topic":"oc","oscillation_state_topic":"os","payload_oscillation_on":"swing",
    "direction_command_topic":"dc","direction_state_topic":"ds","command_template":"<{{ value }}>"})");
  EXPECT_EQ(fan.values("s", "True"), R"({"state":"on"})");
  EXPECT_EQ(fan.values("os", "swing"), R"({"oscillating":true})");
  EXPECT_EQ(fan.values("os", "oscillate_off"), R"({"oscillating":false})");
  EXPECT_EQ(fan.values("ds", "reverse"), R"({"direction":"reverse"})");
  EXPECT_EQ(fan.values("ds", "up"),
            "fault: direction: expected one of those that its announcement lists, found 'up'");
  EXPECT_EQ(fan.sent("turn_off"), "c <False>");
  EXPECT_EQ(fan.sent("toggle", "{}", Present(R"({"state":"on"})")), "c <False>");
  EXPECT_EQ(fan.sent("toggle"), "c <True>");
  EXPECT_EQ(fan.sent("oscillate", R"({"oscillating":true})"), "oc swing");
  EXPECT_EQ(fan.sent("set_direction", R"({"direction":"forward"})"), "dc forward");
}

TEST(Fan, a_range_that_begins_later) {
  PlatformBench fan("fan", R"({"command_topic":"c","state_topic":"s","percentage_command_topic":"pc",
    "percentage_state_topic":"ps","speed_range_min":11,"speed_range_max":20})");
  EXPECT_EQ(fan.description().capabilities.find("percentage_step")->number_or(0), 10);
  EXPECT_EQ(fan.values("ps", "10"), R"({"percentage":0})");
  EXPECT_EQ(fan.values("ps", "15"), R"({"percentage":50})");
  EXPECT_EQ(fan.values("ps", "21"), "fault: percentage: expected a number of its speed range, found '21'");
  EXPECT_EQ(fan.values("ps", "None"), R"({"percentage":null})");
  EXPECT_EQ(fan.sent("set_percentage", R"({"percentage":41})"), "pc 15");
}

TEST(Fan, what_is_only_commanded_is_assumed) {
  EXPECT_TRUE(PlatformBench("fan", R"({"command_topic":"c"})").description().assumed_state);
  EXPECT_TRUE(
      PlatformBench("fan", R"({"command_topic":"c","state_topic":"s","percentage_command_topic":"p"})")
          .description()
          .assumed_state);
  EXPECT_NE(PlatformBench("fan", R"({"state_topic":"s"})").refusal, "");
}

TEST(Fan, a_wrong_range_costs_the_range_only) {
  PlatformBench fan("fan", R"({"command_topic":"c","percentage_command_topic":"p","speed_range_min":5,
    "speed_range_max":2})");
  EXPECT_EQ(fan.binding().faults.size(), 1U);
  EXPECT_EQ(fan.sent("set_percentage", R"({"percentage":30})"), "p 30");
}

}  // namespace
}  // namespace gable::discovery
