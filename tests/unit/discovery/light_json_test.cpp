// Lights of schema json.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kBulb = R"({"schema":"json","brightness":true,"brightness_scale":254,
  "command_topic":"z/l/set","state_topic":"z/l","effect":true,"effect_list":["blink","okay"],
  "max_mireds":500,"min_mireds":150,"name":null,"supported_color_modes":["xy","color_temp"]})";

TEST(JsonLight, as_zigbee2mqtt_announces_one) {
  PlatformBench bulb("light", kBulb);
  ASSERT_TRUE(bulb.bound()) << bulb.refusal;
  EXPECT_EQ(bulb.described(),
            R"({"domain":"light","features":["xy","color_temp","effect","flash","transition"],)"
            R"("capabilities":{"supported_color_modes":["xy","color_temp"],)"
            R"("min_color_temp_kelvin":2000,"max_color_temp_kelvin":6666,"effect_list":["blink","okay"]}})");
  EXPECT_EQ(bulb.values("z/l", R"({"state":"ON","brightness":127,"color_mode":"color_temp","color_temp":370,
              "color":{"x":0.4,"y":0.3}})"),
            R"({"state":"on","color_mode":"color_temp","xy_color":null,"color_temp_kelvin":2702,)"
            R"("brightness":128})");
  EXPECT_EQ(
      bulb.values("z/l", R"({"state":"OFF","color_mode":"xy","color":{"x":0.4,"y":0.3,"h":20,"s":50}})"),
      R"({"state":"off","color_mode":"xy","color_temp_kelvin":null,"xy_color":[0.4,0.3]})");
  EXPECT_EQ(bulb.values("z/l", R"({"state":null,"brightness":null,"effect":null})"),
            R"({"state":null,"effect":null})");
  EXPECT_EQ(bulb.values("z/l", R"({"linkquality":90})"), "-");
  EXPECT_EQ(bulb.values("z/l", R"({"brightness":0})"), "-");
  EXPECT_EQ(bulb.values("z/l", R"({"brightness":254})"), R"({"brightness":255})");
  EXPECT_EQ(bulb.values("z/l", "ON"), "fault: state: expected a JSON object, found 'ON'");
  EXPECT_EQ(bulb.values("z/l", R"({"state":"dim"})"),
            R"(fault: state: expected "ON", "OFF" or null, found '"dim"')");
}

TEST(JsonLight, is_told_in_one_document) {
  PlatformBench bulb("light", kBulb);
  EXPECT_EQ(bulb.sent("turn_on"), R"(z/l/set {"state":"ON"})");
  EXPECT_EQ(bulb.sent("turn_off", R"({"transition":1.5})"), R"(z/l/set {"state":"OFF","transition":1.5})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"brightness":128,"transition":2})"),
            R"(z/l/set {"state":"ON","transition":2,"brightness":127})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"brightness":1})"), R"(z/l/set {"state":"ON","brightness":1})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"brightness":255})"), R"(z/l/set {"state":"ON","brightness":254})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"xy_color":[0.4,0.35],"effect":"blink"})"),
            R"(z/l/set {"state":"ON","color":{"x":0.4,"y":0.35},"effect":"blink"})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"color_temp_kelvin":2702})"),
            R"(z/l/set {"state":"ON","color_temp":370})");
  EXPECT_EQ(bulb.sent("turn_on", R"({"flash":"long"})"), R"(z/l/set {"state":"ON","flash":10})");
  EXPECT_EQ(bulb.sent("toggle", "{}", Present(R"({"state":"on"})")), R"(z/l/set {"state":"OFF"})");
}

TEST(JsonLight, a_mode_is_deduced_where_none_is_said) {
  PlatformBench bulb("light", kBulb);
  EXPECT_EQ(bulb.values("z/l", R"({"state":"ON","color":{"x":0.1,"y":0.2}})"),
            R"({"state":"on","color_mode":"xy","color_temp_kelvin":null,"xy_color":[0.1,0.2]})");
  EXPECT_EQ(bulb.values("z/l", R"({"state":"ON","color_temp":250})"),
            R"({"state":"on","color_mode":"color_temp","xy_color":null,"color_temp_kelvin":4000})");
  EXPECT_EQ(bulb.values("z/l", R"({"state":"ON","color_mode":"rgbww"})"),
            R"({"state":"on"} fault: color_mode: 'rgbww' is not among its supported_color_modes)");
  PlatformBench dimmer("light",
                       R"({"schema":"json","command_topic":"c","state_topic":"s","brightness":true})");
  EXPECT_EQ(dimmer.values("s", R"({"state":"ON","brightness":255})"),
            R"({"state":"on","color_mode":"brightness","brightness":255})");
}

TEST(JsonLight, colours_of_every_mode) {
  PlatformBench light("light", R"({"schema":"json","command_topic":"c","state_topic":"s","brightness":true,
    "supported_color_modes":["hs","rgb","rgbw","rgbww"],"flash":false,"transition":false})");
  EXPECT_EQ(light.description().features, (std::vector<std::string>{"hs", "rgb", "rgbw", "rgbww"}));
  const Said said = light.hear("s", R"({"color_mode":"rgbww","color":{"r":1,"g":2,"b":3,"c":4,"w":5}})");
  EXPECT_EQ(wire::to_json(*said.values.find("rgbww_color")), "[1,2,3,4,5]");
  EXPECT_TRUE(said.values.find("rgb_color")->is_null());
  EXPECT_EQ(light.sent("turn_on", R"({"hs_color":[24.5,100]})"),
            R"(c {"state":"ON","color":{"h":24.5,"s":100}})");
  EXPECT_EQ(light.sent("turn_on", R"({"rgb_color":[255,180,200],"brightness":100})"),
            R"(c {"state":"ON","color":{"r":255,"g":180,"b":200},"brightness":100})");
  EXPECT_EQ(light.sent("turn_on", R"({"rgbww_color":[1,2,3,4,5]})"),
            R"(c {"state":"ON","color":{"r":1,"g":2,"b":3,"c":4,"w":5}})");
  EXPECT_EQ(light.sent("turn_on", R"({"rgbw_color":[1,2,3,4]})"),
            R"(c {"state":"ON","color":{"r":1,"g":2,"b":3,"w":4}})");
}

TEST(JsonLight, without_a_brightness_of_its_own_the_colour_carries_it) {
  PlatformBench strip("light", R"({"schema":"json","command_topic":"c","state_topic":"s",
    "supported_color_modes":["rgb"]})");
  EXPECT_EQ(strip.sent("turn_on", R"({"rgb_color":[255,100,0],"brightness":51})"),
            R"(c {"state":"ON","color":{"r":51,"g":20,"b":0}})");
  EXPECT_EQ(strip.sent("turn_on", R"({"brightness":51})", Present(R"({"rgb_color":[255,0,0]})")),
            R"(c {"state":"ON","color":{"r":51,"g":0,"b":0}})");
}

TEST(JsonLight, white_and_kelvin) {
  PlatformBench light("light", R"({"schema":"json","command_topic":"c","state_topic":"s","brightness":true,
    "supported_color_modes":["white","color_temp","rgb"],"white_scale":100,"color_temp_kelvin":true,
    "min_kelvin":2200,"max_kelvin":6500})");
  EXPECT_EQ(light.description().capabilities.find("min_color_temp_kelvin")->number_or(0), 2200);
  EXPECT_EQ(light.values("s", R"({"color_mode":"color_temp","color_temp":3000})"),
            R"({"color_mode":"color_temp","rgb_color":null,"color_temp_kelvin":3000})");
  EXPECT_EQ(light.sent("turn_on", R"({"color_temp_kelvin":2800})"), R"(c {"state":"ON","color_temp":2800})");
  EXPECT_EQ(light.sent("turn_on", R"({"white":128})"), R"(c {"state":"ON","white":50})");
}

TEST(JsonLight, the_switches_of_former_times) {
  PlatformBench light("light", R"({"schema":"json","command_topic":"c","rgb":true,"color_temp":true,
    "brightness":true})");
  EXPECT_EQ(light.description().features,
            (std::vector<std::string>{"color_temp", "rgb", "flash", "transition"}));
  EXPECT_TRUE(light.description().assumed_state);
}

TEST(Light, an_unknown_schema_or_mode) {
  EXPECT_NE(PlatformBench("light", R"({"schema":"xml","command_topic":"c"})").refusal.find("schema"),
            std::string::npos);
  EXPECT_NE(PlatformBench("light", R"({"schema":"json"})").refusal, "");
  PlatformBench light("light",
                      R"({"schema":"json","command_topic":"c","supported_color_modes":["onoff","sepia"]})");
  EXPECT_EQ(light.description().features.front(), "onoff");
  EXPECT_EQ(light.binding().faults.size(), 1U);
}

}  // namespace
}  // namespace gable::discovery
