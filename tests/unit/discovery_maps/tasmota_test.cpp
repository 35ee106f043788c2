// The shipped map of Tasmota: what devices announce → entities, what they say, what they are told.

#include <gtest/gtest.h>

#include <string>

#include "map_house.hpp"

namespace gable::discovery::maps {
namespace {

const std::string kSource = "tasmota 00AABBCCDDEE";
constexpr std::string_view kConfig = "tasmota/discovery/00AABBCCDDEE/config";
constexpr std::string_view kSensors = "tasmota/discovery/00AABBCCDDEE/sensors";

// As a device announces itself, with these keys in place of its own.
std::string config(const std::string& own) {
  wire::Object all = *wire::parse_object(
      R"({"ip":"192.0.2.10","dn":"Kitchen","fn":["One","Two",null,null,null,null,null,null],"hn":"kitchen-1","mac":"00AABBCCDDEE",
"md":"Sonoff Basic","ty":0,"if":0,"ofln":"Offline","onln":"Online","state":["OFF","ON","TOGGLE","HOLD"],"sw":"14.2.0","t":"kitchen",
"ft":"%prefix%/%topic%/","tp":["cmnd","stat","tele"],"rl":[1,0,0,0,0,0,0,0],"swc":[-1,-1,-1,-1],"swn":[null,null,null,null],
"btn":[0,0,0,0],"so":{"4":0,"11":0,"13":0,"17":0,"20":0,"30":0,"68":0,"73":0,"82":0,"114":0,"117":0},"lk":1,"lt_st":0,"bat":0,"dslp":0,
"sho":[0,0,0,0],"sht":[[0,0,0],[0,0,0],[0,0,0],[0,0,0]],"ver":1})");
  const auto changed = wire::parse_object(own);
  for (const wire::Member& member : *changed) all.set(member.key, member.value);
  return wire::to_json(all);
}

class Tasmota : public MapHouse {
 public:
  explicit Tasmota(const std::string& own = "{}") : MapHouse(shipped("tasmota.yaml")) {
    const std::string text = config(own);
    send({{kConfig, text}});
  }
  PlatformBench of(const std::string& key) { return bench(kSource, key); }
};

constexpr std::string_view kAll = "+/kitchen/+";

TEST(TasmotaMap, OneRelay) {
  Tasmota house;
  EXPECT_EQ(house.names(kSource), "switch:relay 1, sensor:wifi RSSI, sensor:wifi Signal");
  const Component& relay = *house.find(kSource, "relay 1");
  EXPECT_EQ(relay.device.identifiers, std::vector<std::string>{"00AABBCCDDEE"});
  EXPECT_EQ(relay.device.name, "Kitchen");
  EXPECT_EQ(relay.device.configuration_url, "http://192.0.2.10/");
  EXPECT_EQ(house.at(kSource, "relay 1", "name"), "null");
  EXPECT_EQ(
      house.at(kSource, "relay 1", "availability"),
      R"([{"topic":"tele/kitchen/LWT","payload_available":"Online","payload_not_available":"Offline"}])");
  PlatformBench bench = house.of("relay 1");
  EXPECT_EQ(bench.values(kAll, R"({"POWER":"ON"})"), R"({"state":"on"})");
  EXPECT_EQ(bench.values(kAll, R"({"Time":"2026-01-15T12:00:00","POWER1":"OFF","Wifi":{"RSSI":80}})"),
            R"({"state":"off"})");
  // Nothing of that is a state: the last will, somebody's command, a reading.
  for (const std::string_view other : {"Online", "ON", R"({"Dimmer":5})", "", "[1]"})
    EXPECT_EQ(bench.values(kAll, other), "-") << other;
  EXPECT_EQ(bench.sent("turn_on"), "cmnd/kitchen/POWER1 ON (qos 1)");
  EXPECT_EQ(bench.sent("turn_off"), "cmnd/kitchen/POWER1 OFF (qos 1)");
}

// What it has said while nobody listened is not retained.
TEST(TasmotaMap, IsAskedForItsState) {
  MapHouse house(shipped("tasmota.yaml"));
  const std::string text = config(R"({"ft":"%topic%/%id%/%prefix%/"})");
  const Changes changes = house.send({{kConfig, text}});
  ASSERT_EQ(changes.asks.size(), 2U);
  EXPECT_EQ(changes.asks[0].topic, "kitchen/CCDDEE/cmnd/STATE");
  EXPECT_EQ(changes.asks[1].topic, "kitchen/CCDDEE/cmnd/TelePeriod");
  EXPECT_EQ(changes.asks[1].payload, "");
}

TEST(TasmotaMap, SeveralRelaysOfADeviceWithOtherTopics) {
  Tasmota house(R"({"rl":[1,1,0,0,0,0,0,0],"ft":"home/%topic%/%prefix%/","state":["AUS","AN","UM","HALT"]})");
  EXPECT_EQ(house.names(kSource), "switch:relay 1, switch:relay 2, sensor:wifi RSSI, sensor:wifi Signal");
  EXPECT_EQ(house.at(kSource, "relay 2", "name"), R"("Two")");
  EXPECT_EQ(house.at(kSource, "relay 2", "state_topic"), R"("home/kitchen/+/+")");
  PlatformBench bench = house.of("relay 2");
  EXPECT_EQ(bench.values("home/kitchen/+/+", R"({"POWER2":"AN"})"), R"({"state":"on"})");
  EXPECT_EQ(bench.values("home/kitchen/+/+", R"({"POWER":"AN"})"), "-");
  EXPECT_EQ(bench.sent("turn_off"), "home/kitchen/cmnd/POWER2 AUS (qos 1)");
}

TEST(TasmotaMap, LightsOfEverySubtype) {
  const auto features = [](int subtype) {
    Tasmota house(R"({"rl":[2,0,0,0,0,0,0,0],"lt_st":)" + std::to_string(subtype) + "}");
    std::string text;
    for (const std::string_view key : {"brightness_command_topic", "color_temp_command_topic",
                                       "hs_command_topic", "white_command_topic", "effect_command_topic"}) {
      const std::string topic = house.at(kSource, "light 1", key);
      if (topic != "-") text += topic.substr(topic.rfind('/') + 1, topic.size() - topic.rfind('/') - 2) + " ";
    }
    return text;
  };
  EXPECT_EQ(features(0), "");
  EXPECT_EQ(features(1), "Dimmer ");
  EXPECT_EQ(features(2), "Dimmer CT ");
  EXPECT_EQ(features(3), "Dimmer HSBColor Scheme ");
  EXPECT_EQ(features(4), "Dimmer HSBColor White Scheme ");
  EXPECT_EQ(features(5), "Dimmer CT HSBColor Scheme ");
}

TEST(TasmotaMap, AColouredLightIsReadAndTold) {
  Tasmota house(R"({"rl":[2,0,0,0,0,0,0,0],"lt_st":5,"so":{"82":1}})");
  EXPECT_EQ(house.at(kSource, "light 1", "min_mireds"), "200");
  PlatformBench bench = house.of("light 1");
  const std::string said = bench.values(
      kAll,
      R"({"POWER":"ON","Dimmer":50,"HSBColor":"120,60,50","White":0,"CT":300,"Channel":[1,2,3,0,0],"Scheme":0})");
  EXPECT_NE(said.find(R"("state":"on")"), std::string::npos) << said;
  EXPECT_NE(said.find(R"("color_mode":"hs")"), std::string::npos) << said;
  EXPECT_NE(said.find("120"), std::string::npos) << said;
  const std::string sent = bench.sent("turn_on", R"({"hs_color":[240,80]})");
  EXPECT_NE(sent.find("cmnd/kitchen/HSBColor 240,80"), std::string::npos) << sent;
  EXPECT_NE(bench.sent("turn_on", R"({"brightness":128})").find("cmnd/kitchen/Dimmer 50"), std::string::npos);
}

TEST(TasmotaMap, UnlinkedLightsAndChannels) {
  Tasmota unlinked(R"({"rl":[2,2,0,0,0,0,0,0],"lt_st":5,"lk":0})");
  EXPECT_EQ(unlinked.at(kSource, "light 1", "brightness_command_topic"), R"("cmnd/kitchen/Dimmer1")");
  EXPECT_NE(unlinked.at(kSource, "light 1", "hs_command_topic"), "-");
  EXPECT_EQ(unlinked.at(kSource, "light 1", "color_temp_command_topic"), "-");
  EXPECT_EQ(unlinked.at(kSource, "light 2", "brightness_command_topic"), R"("cmnd/kitchen/Dimmer2")");
  EXPECT_NE(unlinked.at(kSource, "light 2", "color_temp_command_topic"), "-");
  Tasmota channels(R"({"rl":[2,2,0,0,0,0,0,0],"lt_st":2,"so":{"68":1}})");
  EXPECT_EQ(channels.at(kSource, "light 2", "brightness_command_topic"), R"("cmnd/kitchen/Channel2")");
  EXPECT_EQ(channels.of("light 2").values(kAll, R"({"POWER2":"ON","Channel":[10,100]})").find("fault"),
            std::string::npos);
  Tasmota relays(R"({"rl":[1,1,0,0,0,0,0,0],"so":{"30":1}})");
  EXPECT_EQ(relays.names(kSource), "light:light 1, light:light 2, sensor:wifi RSSI, sensor:wifi Signal");
}

TEST(TasmotaMap, Shutters) {
  Tasmota house(R"({"rl":[3,3,3,3,1,0,0,0],"sho":[0,1,0,0],"sht":[[0,0,0],[-90,90,0]]})");
  EXPECT_EQ(house.names(kSource),
            "switch:relay 5, cover:shutter 1, cover:shutter 2, sensor:wifi RSSI, sensor:wifi Signal");
  PlatformBench bench = house.of("shutter 1");
  const std::string said = bench.values(kAll, R"({"Shutter1":{"Position":30,"Direction":1,"Target":100}})");
  EXPECT_NE(said.find(R"("state":"opening")"), std::string::npos) << said;
  EXPECT_NE(said.find(R"("current_position":30)"), std::string::npos) << said;
  EXPECT_EQ(bench.sent("open_cover"), "cmnd/kitchen/Backlog0 ShutterOpen1 (qos 1)");
  EXPECT_EQ(bench.sent("stop_cover"), "cmnd/kitchen/Backlog0 ShutterStop1 (qos 1)");
  EXPECT_EQ(bench.sent("set_cover_position", R"({"position":40})"),
            "cmnd/kitchen/ShutterPosition1 40 (qos 1)");
  PlatformBench inverted = house.of("shutter 2");
  EXPECT_EQ(inverted.sent("set_cover_position", R"({"position":40})"),
            "cmnd/kitchen/ShutterPosition2 60 (qos 1)");
  EXPECT_EQ(house.at(kSource, "shutter 2", "tilt_min"), "-90");
  EXPECT_EQ(house.at(kSource, "shutter 1", "tilt_command_topic"), "-");
}

TEST(TasmotaMap, Sensors) {
  Tasmota house;
  Changes changes = house.send(
      {{kSensors,
        R"({"sn":{"Time":"2026-01-15T12:00:00","ENERGY":{"TotalStartTime":"2025-01-01T00:00:00","Total":1.5,"Power":[10,20],"Factor":0.9},
          "DS18B20":{"Id":"0123","Temperature":68.0},"ANALOG":{"A0":512},"Switch1":"ON","TempUnit":"F"},"ver":1})"}});
  EXPECT_EQ(changes.announced.size(), 1U);
  EXPECT_TRUE(changes.faults.empty()) << changes.faults[0].text;
  EXPECT_EQ(house.names(kSource),
            "switch:relay 1, sensor:sensor ENERGY Total, sensor:sensor ENERGY Power 0, sensor:sensor ENERGY "
            "Power 1, "
            "sensor:sensor ENERGY Factor, sensor:sensor DS18B20 Temperature, sensor:sensor ANALOG A0, "
            "sensor:wifi RSSI, sensor:wifi Signal");
  EXPECT_EQ(house.at(kSource, "sensor DS18B20 Temperature", "unit_of_measurement"), R"("°F")");
  EXPECT_EQ(house.at(kSource, "sensor ENERGY Power 1", "name"), R"("ENERGY Power 2")");
  EXPECT_EQ(house.at(kSource, "sensor ENERGY Power 1", "device_class"), R"("power")");
  EXPECT_EQ(house.at(kSource, "sensor ANALOG A0", "device_class"), "-");
  constexpr std::string_view kSaid =
      R"({"Time":"x","ENERGY":{"Total":1.6,"Power":[11,22],"Factor":0.8},"DS18B20":{"Temperature":70.5}})";
  EXPECT_EQ(house.of("sensor ENERGY Power 1").values("tele/kitchen/SENSOR", kSaid), R"({"state":"22"})");
  EXPECT_EQ(house.of("sensor DS18B20 Temperature").values("tele/kitchen/SENSOR", kSaid),
            R"({"state":"70.5"})");
  EXPECT_EQ(house.of("sensor ANALOG A0").values("tele/kitchen/SENSOR", kSaid), "-");
  // Sensors first, then the device.
  MapHouse other(shipped("tasmota.yaml"));
  EXPECT_TRUE(other.send({{kSensors, R"({"sn":{"DS18B20":{"Temperature":1}},"ver":1})"}}).empty());
  const std::string text = config("{}");
  other.send({{kConfig, text}});
  EXPECT_NE(other.find(kSource, "sensor DS18B20 Temperature"), nullptr);
}

TEST(TasmotaMap, InputsButtonsAndFans) {
  Tasmota house(
      R"({"swc":[2,-1,0,-1],"swn":["Door",null,null,null],"btn":[1,0],"so":{"73":1,"114":1},"if":1,"rl":[1,0,0,0,0,0,0,0]})");
  EXPECT_EQ(house.names(kSource),
            "switch:relay 1, fan:fan, binary_sensor:switch 1, binary_sensor:switch 3, event:button 1, "
            "sensor:wifi RSSI, sensor:wifi Signal");
  EXPECT_EQ(house.at(kSource, "switch 1", "name"), R"("Door")");
  EXPECT_EQ(house.at(kSource, "switch 3", "name"), R"("Switch 3")");
  EXPECT_EQ(house.of("switch 1").values(kAll, R"({"Switch1":{"Action":"ON"}})"), R"({"state":"on"})");
  EXPECT_EQ(house.of("switch 1").values(kAll, R"({"Time":"x","Switch1":"OFF"})"), R"({"state":"off"})");
  EXPECT_EQ(house.of("button 1").events(kAll, R"({"Button1":{"Action":"DOUBLE"}})"),
            R"({"event_type":"double"})");
  EXPECT_EQ(house.of("button 1").events(kAll, R"({"Button2":{"Action":"DOUBLE"}})"), "-");
  EXPECT_NE(house.of("fan").sent("set_percentage", R"({"percentage":100})").find("cmnd/kitchen/FanSpeed 3"),
            std::string::npos);
}

TEST(TasmotaMap, GoneAndBack) {
  Tasmota house;
  EXPECT_EQ(house.send({{kConfig, ""}}).removed, std::vector<std::string>{kSource});
  EXPECT_EQ(house.maps.size(), 0U);
  EXPECT_EQ(house.maps.bytes(), 0U);
  const std::string text = config("{}");
  EXPECT_EQ(house.send({{kConfig, text}}).announced.size(), 1U);
  EXPECT_TRUE(house.send({{kConfig, text}}).announced.empty());
}

TEST(TasmotaMap, SleepersAreAlwaysThere) {
  Tasmota house(R"({"dslp":1})");
  EXPECT_EQ(house.at(kSource, "relay 1", "availability"), "[]");
}

TEST(TasmotaMap, WhatIsNoAnnouncement) {
  MapHouse house(shipped("tasmota.yaml"));
  for (const std::string_view payload : {"{", "[]", "5", "{}", R"({"ver":2,"t":"x","ft":"y"})",
                                         R"({"ver":1,"t":5,"ft":"y"})", R"({"ver":1,"t":"x","ft":"y"})"})
    EXPECT_TRUE(house.send({{kConfig, payload}}).announced.empty()) << payload;
  // It says who it is, and nothing else.
  const Changes changes =
      house.send({{kConfig, R"({"ver":1,"t":"x","ft":"%prefix%/%topic%/","tp":["cmnd","stat","tele"]})"}});
  EXPECT_TRUE(changes.announced.empty());
  EXPECT_EQ(changes.faults.size(), 1U);
}

}  // namespace
}  // namespace gable::discovery::maps
