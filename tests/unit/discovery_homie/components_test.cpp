// Which entity a property of which datatype becomes.

#include <gtest/gtest.h>

#include <string>

#include "homie_house.hpp"

namespace gable::discovery::homie {
namespace {

// A Homie 5 device with one node.
class NodeHouse : public HomieHouse {
 public:
  explicit NodeHouse(const std::string& node) {
    const std::string description = R"({"homie":"5.0","name":"D","nodes":{"n":)" + node + "}}";
    send({{"homie/5/d/$description", description}, {"homie/5/d/$state", "ready"}});
  }
};

std::string property(const std::string& said, const std::string& type = "") {
  return NodeHouse(R"({"name":"N","type":")" + type + R"(","properties":{"p":)" + said + "}}")
      .text("homie/5/d", "n p");
}

// What stands at the end of each.
std::string ending(bool settable) {
  return std::string(settable ? R"("command_topic":"homie/5/d/n/p/set",)" : "") +
         R"("name":"N P","state_topic":"homie/5/d/n/p"})";
}

TEST(HomieComponents, Booleans) {
  const std::string payloads = R"( {"payload_on":"true","payload_off":"false",)";
  EXPECT_EQ(property(R"({"datatype":"boolean"})"), "binary_sensor" + payloads + ending(false));
  EXPECT_EQ(property(R"({"datatype":"boolean","settable":true})"), "switch" + payloads + ending(true));
  EXPECT_EQ(property(R"({"datatype":"boolean","settable":true})", "fan"), "fan" + payloads + ending(true));
}

TEST(HomieComponents, Numbers) {
  EXPECT_EQ(property(R"({"datatype":"integer","format":"-10:10:2","settable":true})"),
            R"(number {"min":-10,"max":10,"step":2,"mode":"box",)" + ending(true));
  EXPECT_EQ(property(R"({"datatype":"float","format":"0:1:0.01","settable":true})"),
            R"(number {"min":0,"max":1,"step":0.01,"mode":"box",)" + ending(true));
  EXPECT_EQ(
      property(R"({"datatype":"float","settable":true})"),
      R"(number {"min":-9007199254740991,"max":9007199254740991,"step":0.001,"mode":"box",)" + ending(true));
  EXPECT_EQ(property(R"({"datatype":"integer","unit":"lqi"})"),
            R"(sensor {"unit_of_measurement":"lqi","state_class":"measurement",)" + ending(false));
  EXPECT_EQ(
      property(R"({"datatype":"float","unit":"kWh"})"),
      R"(sensor {"unit_of_measurement":"kWh","device_class":"energy","state_class":"total_increasing",)" +
          ending(false));
}

TEST(HomieComponents, Enums) {
  EXPECT_EQ(property(R"({"datatype":"enum","format":"a,b,,c, d","settable":true})"),
            R"(select {"options":["a","b,c"," d"],)" + ending(true));
  EXPECT_EQ(
      property(R"({"datatype":"enum","format":"single,double","retained":false})"),
      R"(sensor {"device_class":"enum","options":["single","double"],"force_update":true,)" + ending(false));
  EXPECT_EQ(property(R"({"datatype":"enum","settable":true})"), "text {" + ending(true));
}

TEST(HomieComponents, Texts) {
  EXPECT_EQ(
      property(R"({"datatype":"string","settable":true})"),
      R"(text {"value_template":"{{ '' if value == '\\x00' else value }}","command_template":"{{ value if value else '\\x00' }}",)" +
          ending(true));
  EXPECT_EQ(property(R"({"datatype":"datetime"})"), R"(sensor {"device_class":"timestamp",)" + ending(false));
  EXPECT_EQ(property(R"({"datatype":"datetime","settable":true})"), "datetime {" + ending(true));
  EXPECT_EQ(property(R"({"datatype":"duration","settable":true})"), "text {" + ending(true));
  EXPECT_EQ(
      property(R"({"datatype":"json"})"),
      R"(sensor {"value_template":"{{ 'json' }}","json_attributes_topic":"homie/5/d/n/p",)" + ending(false));
}

TEST(HomieComponents, OneLightOfANodesProperties) {
  const NodeHouse house(R"({"name":"Lamp","type":"light","properties":{
    "state":{"datatype":"boolean","settable":true},
    "brightness":{"datatype":"integer","format":"0:100","unit":"%","settable":true},
    "color-temp":{"datatype":"integer","format":"153:500","unit":"mired","settable":true},
    "color":{"datatype":"color","format":"rgb,xyz","settable":true},
    "effect":{"datatype":"enum","format":"none,blink","settable":true},
    "energy":{"datatype":"float","unit":"kWh"}}})");
  EXPECT_EQ(
      house.text("homie/5/d", "n state"),
      R"(light {"state_topic":"homie/5/d/n/state","command_topic":"homie/5/d/n/state/set","payload_on":"true","payload_off":"false",)"
      R"("brightness_state_topic":"homie/5/d/n/brightness","brightness_command_topic":"homie/5/d/n/brightness/set","brightness_scale":100,)"
      R"("color_temp_state_topic":"homie/5/d/n/color-temp","color_temp_command_topic":"homie/5/d/n/color-temp/set","min_mireds":153,"max_mireds":500,)"
      R"("rgb_state_topic":"homie/5/d/n/color","rgb_command_topic":"homie/5/d/n/color/set",)"
      R"("rgb_value_template":"{% set c = value.split(',') %}{{ c[1:4] | join(',') if c[0] == 'rgb' }}","rgb_command_template":"rgb,{{ red }},{{ green }},{{ blue }}",)"
      R"("xy_state_topic":"homie/5/d/n/color","xy_command_topic":"homie/5/d/n/color/set",)"
      R"("xy_value_template":"{% set c = value.split(',') %}{{ c[1:3] | join(',') if c[0] == 'xyz' }}","xy_command_template":"xyz,{{ x }},{{ y }}",)"
      R"("effect_state_topic":"homie/5/d/n/effect","effect_command_topic":"homie/5/d/n/effect/set","effect_list":["none","blink"],"name":"Lamp"})");
  EXPECT_EQ(house.devices.at("homie/5/d").components.size(), 2U);
  EXPECT_NE(house.text("homie/5/d", "n energy"), "");
}

TEST(HomieComponents, ADimmerWithoutASwitch) {
  const NodeHouse house(
      R"({"type":"light","properties":{"brightness":{"datatype":"integer","format":"0:100","settable":true}}})");
  EXPECT_EQ(
      house.text("homie/5/d", "n brightness"),
      R"(light {"state_topic":"homie/5/d/n/brightness","state_value_template":"{{ '100' if value | float(0) > 0 else '0' }}",)"
      R"("command_topic":"homie/5/d/n/brightness/set","payload_on":"100","payload_off":"0","on_command_type":"brightness",)"
      R"("brightness_state_topic":"homie/5/d/n/brightness","brightness_command_topic":"homie/5/d/n/brightness/set",)"
      R"("brightness_scale":100,"name":"N Brightness"})");
}

TEST(HomieComponents, NumberedLightsKeepTheirOwnBrightness) {
  const NodeHouse house(R"({"type":"light","properties":{
    "state-l1":{"datatype":"boolean","settable":true},"brightness-l1":{"datatype":"integer","format":"0:254","settable":true},
    "state-l2":{"datatype":"boolean","settable":true},"brightness-l2":{"datatype":"float","format":"0:1","settable":true},
    "led-in-dark":{"datatype":"boolean","settable":true}}})");
  ASSERT_EQ(house.devices.at("homie/5/d").components.size(), 3U);
  const auto at = [&](const std::string& what, std::string_view key) {
    const Component* found = house.find("homie/5/d", what);
    const wire::Value* value = found == nullptr ? nullptr : found->config.find(key);
    return value == nullptr ? std::string("-") : wire::to_json(*value);
  };
  EXPECT_EQ(at("n state-l1", "brightness_scale"), "254");
  EXPECT_EQ(at("n state-l2", "brightness_state_topic"), R"("homie/5/d/n/brightness-l2")");
  EXPECT_EQ(at("n state-l2", "brightness_command_template"), R"("{{ (value / 255 * 1.0) | round(3) }}")");
  EXPECT_EQ(at("n led-in-dark", "brightness_state_topic"), "-");
}

TEST(HomieComponents, ColoursOfFourAreBare) {
  HomieHouse house;
  house.send({{"homie/d/$homie", "4.0.0"},
              {"homie/d/$state", "ready"},
              {"homie/d/$nodes", "n"},
              {"homie/d/n/$properties", "on,color"},
              {"homie/d/n/$type", "light"},
              {"homie/d/n/on/$datatype", "boolean"},
              {"homie/d/n/on/$settable", "true"},
              {"homie/d/n/color/$datatype", "color"},
              {"homie/d/n/color/$format", "hsv"},
              {"homie/d/n/color/$settable", "true"}});
  const Component* light = house.find("homie/d", "n on");
  ASSERT_NE(light, nullptr);
  EXPECT_EQ(light->config.find("hs_value_template")->string_or(""), "{{ value.split(',')[:2] | join(',') }}");
  EXPECT_EQ(light->config.find("hs_command_template")->string_or(""),
            "{{ hue | round | int }},{{ sat | round | int }},100");
}

TEST(HomieComponents, ArraysOfThree) {
  HomieHouse house;
  house.send({{"homie/d/$homie", "3.0.1"},
              {"homie/d/$state", "ready"},
              {"homie/d/$nodes", "relay[]"},
              {"homie/d/relay/$name", "Relays"},
              {"homie/d/relay/$array", "1-3"},
              {"homie/d/relay/$properties", "on"},
              {"homie/d/relay_2/$name", "Pump"},
              {"homie/d/relay/on/$datatype", "boolean"},
              {"homie/d/relay/on/$settable", "true"},
              {"homie/d/$stats", "uptime,other"},
              {"homie/d/$stats/signal", "60"}});
  EXPECT_EQ(house.devices.at("homie/d").components.size(), 5U);
  EXPECT_NE(house.text("homie/d", "relay_1 on").find(R"("name":"Relays 1 On")"), std::string::npos);
  EXPECT_NE(house.text("homie/d", "relay_2 on").find(R"("name":"Pump On")"), std::string::npos);
  EXPECT_NE(house.text("homie/d", "relay_3 on").find(R"("state_topic":"homie/d/relay_3/on")"),
            std::string::npos);
  EXPECT_NE(house.text("homie/d", "$stats uptime"), "");
  EXPECT_NE(house.text("homie/d", "$stats signal"), "");
}

}  // namespace
}  // namespace gable::discovery::homie
