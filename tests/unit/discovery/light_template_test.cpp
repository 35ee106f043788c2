// Lights of schema template.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kStrip = R"({"schema":"template","command_topic":"c","state_topic":"s",
  "command_on_template":"on,{{ brightness|d }},{{ red|d }}-{{ green|d }}-{{ blue|d }},{{ hue|d }}-{{ sat|d }},{{ effect|d }}",
  "command_off_template":"off{{ transition|d }}","effect_list":["rainbow"],
  "state_template":"{{ value.split(',')[0] }}","brightness_template":"{{ value.split(',')[1] }}",
  "red_template":"{{ value.split(',')[2].split('-')[0] }}",
  "green_template":"{{ value.split(',')[2].split('-')[1] }}",
  "blue_template":"{{ value.split(',')[2].split('-')[2] }}",
  "effect_template":"{{ value.split(',')[3] }}"})";

TEST(TemplateLight, a_state_is_taken_apart) {
  PlatformBench strip("light", kStrip);
  ASSERT_TRUE(strip.bound()) << strip.refusal;
  EXPECT_EQ(strip.description().features, (std::vector<std::string>{"hs", "effect", "flash", "transition"}));
  EXPECT_EQ(
      strip.values("s", "on,200,0-0-255,rainbow"),
      R"({"state":"on","color_mode":"hs","brightness":200,"hs_color":[240.0,100.0],"effect":"rainbow"})");
  EXPECT_EQ(strip.values("s", "off,0,0-x-255,None"), R"({"state":"off","color_mode":"hs","effect":null})");
}

TEST(TemplateLight, a_command_is_put_together) {
  PlatformBench strip("light", kStrip);
  EXPECT_EQ(strip.sent("turn_on", R"({"brightness":99})"), "c on,99,--,-,");
  EXPECT_EQ(strip.sent("turn_on", R"({"hs_color":[240,100],"effect":"rainbow"})"),
            "c on,,0-0-255,240.0-100.0,rainbow");
  EXPECT_EQ(strip.sent("turn_off", R"({"transition":3})"), "c off3.0");
}

TEST(TemplateLight, colour_temperatures_in_mireds) {
  PlatformBench bulb("light", R"({"schema":"template","command_topic":"c","state_topic":"s",
    "command_on_template":"{\"turn\":\"on\"{%- if color_temp is defined -%},\"temp\":{{ color_temp }}{%- endif -%}}",
    "command_off_template":"{\"turn\":\"off\"}","state_template":"{% if value_json.ison %}on{% else %}off{% endif %}",
    "brightness_template":"{{ value_json.brightness | float | multiply(2.55) | round(0) }}",
    "color_temp_template":"{{ (1000000 / value_json.temp | float) | round(0) }}","max_mireds":334,"min_mireds":153})");
  ASSERT_TRUE(bulb.bound()) << bulb.refusal;
  EXPECT_EQ(bulb.values("s", R"({"ison":true,"brightness":40,"temp":4000})"),
            R"({"state":"on","color_mode":"color_temp","brightness":102,"color_temp_kelvin":4000})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"color_temp_kelvin":4000})"), R"(c {"turn":"on","temp":250})");
  EXPECT_EQ(bulb.sent("turn_off"), R"(c {"turn":"off"})");
}

TEST(TemplateLight, plain_texts_and_no_report) {
  PlatformBench lamp("light", R"({"schema":"template","command_topic":"c","command_on_template":"1",
    "command_off_template":"0"})");
  EXPECT_TRUE(lamp.description().assumed_state);
  EXPECT_EQ(lamp.description().features.front(), "onoff");
  EXPECT_EQ(lamp.sent("turn_on"), "c 1");
  EXPECT_EQ(lamp.sent("turn_off"), "c 0");
  EXPECT_NE(PlatformBench("light", R"({"schema":"template","command_topic":"c"})").refusal, "");
}

}  // namespace
}  // namespace gable::discovery
