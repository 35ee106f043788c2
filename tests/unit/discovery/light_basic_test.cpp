// Lights of schema basic: a topic for each thing.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(BasicLight, on_off_and_brightness_on_another_scale) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"bc",
    "brightness_state_topic":"bs","brightness_scale":99,"brightness_value_template":"{{ value_json.value }}",
    "state_value_template":"{{ 'OFF' if value_json.value == 0 else 'ON' }}"})");
  EXPECT_EQ(light.description().features, (std::vector<std::string>{"brightness"}));
  EXPECT_EQ(light.values("s", R"({"value":50})"), R"({"state":"on","color_mode":"brightness"})");
  EXPECT_EQ(light.values("bs", R"({"value":50})"), R"({"brightness":129})");
  EXPECT_EQ(light.values("bs", R"({"value":0})"), "-");
  EXPECT_EQ(light.sent("turn_on", R"({"brightness":128})"), "bc 50 | c ON");
  EXPECT_EQ(light.sent("turn_on", R"({"brightness":1})"), "bc 1 | c ON");
  EXPECT_EQ(light.sent("turn_off"), "c OFF");
}

TEST(BasicLight, states_that_reset) {
  PlatformBench light("light",
                      R"({"command_topic":"c","state_topic":"s","payload_on":true,"payload_off":false})");
  EXPECT_EQ(light.description().features, (std::vector<std::string>{"onoff"}));
  EXPECT_EQ(light.values("s", "True"), R"({"state":"on","color_mode":"onoff"})");
  EXPECT_EQ(light.values("s", "None"), R"({"state":null,"color_mode":"onoff"})");
  EXPECT_EQ(light.values("s", ""), "-");
  EXPECT_EQ(light.values("s", "ON"), "fault: state: expected one of its payloads, found 'ON'");
  EXPECT_EQ(light.sent("toggle"), "c True");
}

TEST(BasicLight, when_the_on_is_sent) {
  PlatformBench first("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b",
    "brightness_state_topic":"bs","on_command_type":"first"})");
  EXPECT_EQ(first.sent("turn_on", R"({"brightness":7})"), "c ON | b 7");
  PlatformBench only("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b",
    "brightness_state_topic":"bs","on_command_type":"brightness"})");
  EXPECT_EQ(only.sent("turn_on", R"({"brightness":7})"), "b 7");
  EXPECT_EQ(only.sent("turn_on"), "b 255");
  EXPECT_EQ(only.sent("turn_on", "{}", Present(R"({"state":"off","brightness":40})")), "b 40");
  EXPECT_EQ(only.sent("turn_off"), "c OFF");
  EXPECT_NE(PlatformBench("light", R"({"command_topic":"c","on_command_type":"never"})").refusal, "");
}

TEST(BasicLight, colours_in_and_out) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b",
    "brightness_state_topic":"bs","hs_command_topic":"hc","hs_state_topic":"hs","color_temp_command_topic":"tc",
    "color_temp_state_topic":"ts","effect_command_topic":"ec","effect_state_topic":"es",
    "effect_list":["rainbow"],"max_mireds":400,"min_mireds":200})");
  EXPECT_EQ(light.description().features, (std::vector<std::string>{"color_temp", "hs", "effect"}));
  EXPECT_EQ(light.description().capabilities.find("min_color_temp_kelvin")->number_or(0), 2500);
  EXPECT_EQ(light.values("hs", "359.5,100.0"),
            R"({"color_mode":"hs","color_temp_kelvin":null,"hs_color":[359.5,100.0]})");
  EXPECT_EQ(light.values("ts", "250"),
            R"({"color_mode":"color_temp","hs_color":null,"color_temp_kelvin":4000})");
  EXPECT_EQ(light.values("ts", "None"), R"({"color_temp_kelvin":null})");
  EXPECT_EQ(light.values("hs", "12"), "fault: hs_color: expected 2 numbers with commas between, found '12'");
  EXPECT_EQ(light.values("es", "rainbow"), R"({"effect":"rainbow"})");
  EXPECT_EQ(light.sent("turn_on", R"({"hs_color":[24,100],"brightness":50})"), "hc 24.0,100.0 | b 50 | c ON");
  EXPECT_EQ(light.sent("turn_on", R"({"color_temp_kelvin":4000,"effect":"rainbow"})"),
            "tc 250 | ec rainbow | c ON");
}

TEST(BasicLight, red_green_blue_carry_the_brightness) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"s","rgb_command_topic":"rc",
    "rgb_state_topic":"rs","rgb_command_template":"#{{ '%02x%02x%02x' | format(red, green, blue) }}"})");
  EXPECT_EQ(light.values("rs", "51,20,0"), R"({"brightness":51,"color_mode":"rgb","rgb_color":[255,100,0]})");
  EXPECT_EQ(light.values("rs", "0,0,0"), "-");
  EXPECT_EQ(light.sent("turn_on", R"({"rgb_color":[255,100,0],"brightness":51})"), "rc #331400 | c ON");
  EXPECT_EQ(light.sent("turn_on", R"({"rgb_color":[255,0,0]})", Present(R"({"brightness":128})")),
            "rc #800000 | c ON");
  EXPECT_EQ(light.sent("turn_on", R"({"brightness":128})", Present(R"({"rgb_color":[0,255,0]})")),
            "rc #008000 | c ON");
}

TEST(BasicLight, channels_with_their_names) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b",
    "brightness_state_topic":"bs","rgbww_command_topic":"w","rgbww_state_topic":"ws","white_command_topic":"wc",
    "white_scale":100,"rgbww_command_template":"{{ red }}/{{ cold_white }}/{{ warm_white }}/{{ value }}"})");
  EXPECT_EQ(light.sent("turn_on", R"({"rgbww_color":[1,2,3,4,5]})"), "w 1/4/5/1,2,3,4,5 | c ON");
  EXPECT_EQ(light.sent("turn_on", R"({"white":255})"), "wc 100 | c ON");
  EXPECT_EQ(light.values("ws", "1,2,3,4,5"), R"({"color_mode":"rgbww","rgbww_color":[1,2,3,4,5]})");
}

TEST(BasicLight, a_topic_for_the_colour_mode_decides) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"t","color_mode_state_topic":"t",
    "color_mode_value_template":"{{ 'hs' if value_json.hs is defined else 'color_temp' }}",
    "state_value_template":"{{ value_json.p }}","brightness_command_topic":"b","brightness_state_topic":"t",
    "brightness_value_template":"{{ value_json.d }}","brightness_scale":100,
    "color_temp_command_topic":"ct","color_temp_state_topic":"t","color_temp_value_template":"{{ value_json.ct }}",
    "hs_command_topic":"hc","hs_state_topic":"t","hs_value_template":"{{ value_json.hs }}"})");
  EXPECT_EQ(
      light.values("t", R"({"p":"ON","d":100,"hs":"10,20","ct":250})"),
      R"({"state":"on","brightness":255,"color_temp_kelvin":null,"hs_color":[10.0,20.0],"color_mode":"hs"})");
  EXPECT_EQ(
      light.values("t", R"({"p":"ON","d":100,"ct":250})"),
      R"({"state":"on","brightness":255,"color_temp_kelvin":4000,"color_mode":"color_temp","hs_color":null})");
}

TEST(BasicLight, what_is_only_commanded_is_assumed) {
  EXPECT_TRUE(PlatformBench("light", R"({"command_topic":"c"})").description().assumed_state);
  EXPECT_FALSE(
      PlatformBench("light", R"({"command_topic":"c","state_topic":"s"})").description().assumed_state);
  EXPECT_TRUE(
      PlatformBench("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b"})")
          .description()
          .assumed_state);
}

TEST(BasicLight, a_broken_template_costs_its_attribute) {
  PlatformBench light("light", R"({"command_topic":"c","state_topic":"s","brightness_command_topic":"b",
    "brightness_state_topic":"bs","brightness_value_template":"{{ value_json.b || 0 }}"})");
  ASSERT_TRUE(light.bound()) << light.refusal;
  EXPECT_EQ(light.binding().faults.size(), 1U);
  EXPECT_EQ(light.values("s", "ON"), R"({"state":"on","color_mode":"brightness"})");
  EXPECT_EQ(light.values("bs", "20"), "-");
}

}  // namespace
}  // namespace gable::discovery
