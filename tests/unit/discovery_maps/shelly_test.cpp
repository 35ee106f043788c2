// The shipped maps of Shelly: what devices publish → entities, what they say, what they are told.

#include <gtest/gtest.h>

#include <string>

#include "map_house.hpp"

namespace gable::discovery::maps {
namespace {

const std::string kPlus = "shelly shellyplus2pm-a8032ab12345";

TEST(ShellyMap, IsAskedWhenItComesOnline) {
  MapHouse house(shipped("shelly.yaml"));
  const Changes changes = house.send({{"shellyplus2pm-a8032ab12345/online", "true"}});
  ASSERT_EQ(changes.asks.size(), 2U);
  EXPECT_EQ(changes.asks[1].topic, "shellyplus2pm-a8032ab12345/rpc");
  EXPECT_EQ(changes.asks[1].payload,
            R"({"id":2,"src":"shellyplus2pm-a8032ab12345/events","method":"Shelly.GetStatus"})");
  EXPECT_TRUE(changes.announced.empty());
  // Others have topics of that form, too.
  EXPECT_TRUE(house.send({{"frigate/online", "true"}, {"printer/events/rpc", "{}"}}).empty());
  EXPECT_EQ(house.maps.size(), 1U);
}
constexpr std::string_view kOnline = "shellyplus2pm-a8032ab12345/online";
constexpr std::string_view kEvents = "shellyplus2pm-a8032ab12345/events/rpc";
constexpr std::string_view kInfo =
    R"({"id":1,"src":"shellyplus2pm-a8032ab12345","dst":"shellyplus2pm-a8032ab12345/events","result":{"name":"Hall",
"id":"shellyplus2pm-a8032ab12345","mac":"A8032AB12345","model":"SNSW-102P16EU","gen":2,"fw_id":"20240101","ver":"1.4.4","app":"Plus2PM"}})";
constexpr std::string_view kStatus =
    R"({"id":2,"src":"shellyplus2pm-a8032ab12345","dst":"shellyplus2pm-a8032ab12345/events","result":{"ble":{},
"input:0":{"id":0,"state":false},"input:1":{"id":1,"state":null},"mqtt":{"connected":true},
"switch:0":{"id":0,"source":"MQTT","output":true,"apower":8.9,"voltage":237.5,"current":0.08,"pf":0.5,"freq":50.0,
"aenergy":{"total":6.5,"by_minute":[1,2,3],"minute_ts":1700000000},"temperature":{"tC":40.1,"tF":104.2}},
"switch:1":{"id":1,"source":"init","output":false,"apower":0.0,"temperature":{"tC":40.1,"tF":104.2}},
"sys":{"uptime":100},"wifi":{"sta_ip":"192.0.2.20","rssi":-60}}})";

TEST(ShellyMap, RelaysWithMeters) {
  MapHouse house(shipped("shelly.yaml"));
  const Changes changes = house.send({{kOnline, "true"}, {kEvents, kInfo}, {kEvents, kStatus}});
  EXPECT_TRUE(changes.faults.empty()) << changes.faults[0].text;
  EXPECT_EQ(house.names(kPlus),
            "switch:switch:0, switch:switch:1, binary_sensor:input:0, event:input:1, sensor:switch:0 apower, "
            "sensor:switch:0 voltage, sensor:switch:0 current, sensor:switch:0 freq, sensor:switch:0 pf, "
            "sensor:switch:0 aenergy total, sensor:switch:0 temperature tC, sensor:switch:1 apower, "
            "sensor:switch:1 temperature tC, sensor:wifi rssi");
  const DeviceInfo& device = house.find(kPlus, "switch:0")->device;
  EXPECT_EQ(device.name, "Hall");
  EXPECT_EQ(device.model, "Plus2PM");
  EXPECT_EQ(device.sw_version, "1.4.4");
  PlatformBench bench = house.bench(kPlus, "switch:0");
  EXPECT_EQ(bench.values(kEvents, kStatus), R"({"state":"on"})");
  // A notification says only what has changed.
  EXPECT_EQ(
      bench.values(
          kEvents,
          R"({"src":"s","dst":"s/events","method":"NotifyStatus","params":{"ts":1.5,"switch:0":{"id":0,"output":false,"source":"button"}}})"),
      R"({"state":"off"})");
  for (const std::string_view other :
       {R"({"method":"NotifyStatus","params":{"ts":1.5,"switch:1":{"id":1,"output":true}}})",
        R"({"method":"NotifyStatus","params":{"ts":1.5,"switch:0":{"id":0,"apower":3.5}}})",
        R"({"method":"NotifyEvent","params":{"ts":1.5,"events":[]}})",
        R"({"id":3,"result":{"was_on":true}})"})
    EXPECT_EQ(bench.values(kEvents, other), "-") << other;
  EXPECT_EQ(
      bench.sent("turn_on"),
      R"(shellyplus2pm-a8032ab12345/rpc {"id":3,"src":"shellyplus2pm-a8032ab12345/gable","method":"Switch.Set","params":{"id":0,"on":true}} (qos 1))");
  PlatformBench energy = house.bench(kPlus, "switch:0 aenergy total");
  EXPECT_EQ(
      energy.values(kEvents,
                    R"({"method":"NotifyStatus","params":{"switch:0":{"id":0,"aenergy":{"total":7.25}}}})"),
      R"({"state":"7.25"})");
  EXPECT_EQ(
      energy.values(kEvents, R"({"method":"NotifyStatus","params":{"switch:0":{"id":0,"output":true}}})"),
      "-");
  EXPECT_EQ(house.at(kPlus, "switch:1 apower", "name"), R"("Power 2")");
}

TEST(ShellyMap, NotificationsAloneMakeItKnownBitByBit) {
  MapHouse house(shipped("shelly.yaml"));
  house.send({{kOnline, "true"},
              {kEvents, R"({"method":"NotifyStatus","params":{"ts":1,"switch:0":{"id":0,"output":true}}})"}});
  EXPECT_EQ(house.names(kPlus), "switch:switch:0");
  // Values alone are no change; a new key is.
  EXPECT_TRUE(
      house
          .send({{kEvents,
                  R"({"method":"NotifyStatus","params":{"ts":2,"switch:0":{"id":0,"output":false}}})"}})
          .empty());
  house.send({{kEvents, R"({"method":"NotifyStatus","params":{"ts":3,"switch:0":{"id":0,"apower":5}}})"}});
  EXPECT_EQ(house.names(kPlus), "switch:switch:0, sensor:switch:0 apower");
}

TEST(ShellyMap, WholeDocumentsWhereThereAreSome) {
  MapHouse house(shipped("shelly.yaml"));
  house.send(
      {{kOnline, "true"},
       {"shellyplus2pm-a8032ab12345/status/cover:0",
        R"({"id":0,"source":"limit_switch","state":"open","apower":0.0,"current_pos":100,"target_pos":null,"pos_control":true})"}});
  EXPECT_EQ(house.names(kPlus), "cover:cover:0, sensor:cover:0 apower");
  constexpr std::string_view kCover = "shellyplus2pm-a8032ab12345/status/cover:0";
  EXPECT_EQ(house.at(kPlus, "cover:0", "state_topic"), "\"" + std::string(kCover) + "\"");
  PlatformBench bench = house.bench(kPlus, "cover:0");
  const std::string said =
      bench.values(kCover, R"({"id":0,"state":"closing","current_pos":70,"pos_control":true})");
  EXPECT_NE(said.find(R"("state":"closing")"), std::string::npos) << said;
  EXPECT_NE(said.find(R"("current_position":70)"), std::string::npos) << said;
  EXPECT_EQ(
      bench.sent("open_cover"),
      R"(shellyplus2pm-a8032ab12345/rpc {"id":3,"src":"shellyplus2pm-a8032ab12345/gable","method":"Cover.Open","params":{"id":0}} (qos 1))");
  EXPECT_EQ(
      bench.sent("set_cover_position", R"({"position":25})"),
      R"(shellyplus2pm-a8032ab12345/rpc {"id":3,"src":"shellyplus2pm-a8032ab12345/gable","method":"Cover.GoToPosition","params":{"id":0,"pos":25}} (qos 1))");
}

TEST(ShellyMap, LightsAndButtons) {
  MapHouse house(shipped("shelly.yaml"));
  house.send(
      {{kOnline, "true"},
       {kEvents,
        R"({"id":2,"result":{"light:0":{"id":0,"output":true,"brightness":50},"cct:0":{"id":0,"output":false,"brightness":20,"ct":3000},
                  "rgbw:0":{"id":0,"output":true,"rgb":[1,2,3],"brightness":30,"white":5},"input:0":{"id":0,"state":null},"smoke:0":{"id":0,"alarm":false}}})"}});
  EXPECT_EQ(house.names(kPlus),
            "light:light:0, light:cct:0, light:rgbw:0, event:input:0, binary_sensor:smoke:0");
  PlatformBench dimmer = house.bench(kPlus, "light:0");
  const std::string said =
      dimmer.values(kEvents, R"({"params":{"light:0":{"id":0,"output":true,"brightness":100}}})");
  EXPECT_NE(said.find(R"("brightness":255)"), std::string::npos) << said;
  const std::string sent = dimmer.sent("turn_on", R"({"brightness":128})");
  EXPECT_NE(sent.find(R"("method":"Light.Set","params":{"id":0,"on":true,"brightness":50}})"),
            std::string::npos)
      << sent;
  EXPECT_NE(house.bench(kPlus, "cct:0").sent("turn_on", R"({"color_temp_kelvin":4000})").find(R"("ct":4000)"),
            std::string::npos);
  EXPECT_NE(house.bench(kPlus, "rgbw:0").sent("turn_on", R"({"rgb_color":[9,8,7]})").find(R"("rgb":[9,8,7])"),
            std::string::npos);
  PlatformBench button = house.bench(kPlus, "input:0");
  EXPECT_EQ(
      button.events(
          kEvents,
          R"({"method":"NotifyEvent","params":{"ts":1,"events":[{"component":"input:0","id":0,"event":"single_push","ts":1}]}})"),
      R"({"event_type":"single_push"})");
  EXPECT_EQ(
      button.events(
          kEvents,
          R"({"method":"NotifyEvent","params":{"ts":1,"events":[{"component":"input:1","id":1,"event":"single_push"}]}})"),
      "-");
  EXPECT_EQ(
      button.events(
          kEvents,
          R"({"params":{"events":[{"component":"input:0","event":"btn_up"},{"component":"input:0","event":"config_changed"},
                                  {"component":"input:0","event":"single_push"}]}})"),
      R"({"event_type":"btn_up"}{"event_type":"single_push"})");
  EXPECT_EQ(house.bench(kPlus, "smoke:0").values(kEvents, R"({"params":{"smoke:0":{"id":0,"alarm":true}}})"),
            R"({"state":"on"})");
}

const std::string kOld = "shelly_gen1 shelly1pm-B929CC";

TEST(ShellyGen1Map, AsksAtTheStart) {
  const MapHouse house(shipped("shelly_gen1.yaml"));
  const auto asks = house.maps.start();
  ASSERT_EQ(asks.size(), 1U);
  EXPECT_EQ(asks[0].topic + " " + asks[0].payload, "shellies/command announce");
}

TEST(ShellyGen1Map, ARelayWithAMeter) {
  MapHouse house(shipped("shelly_gen1.yaml"));
  const Changes changes = house.send(
      {{"shellies/announce",
        R"({"id":"shelly1pm-B929CC","model":"SHSW-PM","mac":"98F4ABB929CC","ip":"192.0.2.5","new_fw":false,"fw_ver":"20230913"})"},
       {"shellies/shelly1pm-B929CC/online", "true"},
       {"shellies/shelly1pm-B929CC/relay/0", "off"},
       {"shellies/shelly1pm-B929CC/relay/0/power", "0.00"},
       {"shellies/shelly1pm-B929CC/relay/0/energy", "120"},
       {"shellies/shelly1pm-B929CC/relay/0/command", "on"},
       {"shellies/shelly1pm-B929CC/input/0", "1"},
       {"shellies/shelly1pm-B929CC/temperature", "41.20"}});
  EXPECT_TRUE(changes.faults.empty()) << changes.faults[0].text;
  ASSERT_EQ(changes.asks.size(), 1U);
  EXPECT_EQ(changes.asks[0].topic, "shellies/shelly1pm-B929CC/command");
  EXPECT_EQ(house.names(kOld),
            "switch:relay 0, binary_sensor:input 0, sensor:relay/0/energy, sensor:relay/0/power, "
            "sensor:temperature");
  EXPECT_EQ(house.find(kOld, "relay 0")->device.model, "SHSW-PM");
  PlatformBench relay = house.bench(kOld, "relay 0");
  EXPECT_EQ(relay.values("shellies/shelly1pm-B929CC/relay/0", "on"), R"({"state":"on"})");
  EXPECT_EQ(relay.values("shellies/shelly1pm-B929CC/relay/0", "overpower"), R"({"state":"off"})");
  EXPECT_EQ(relay.sent("turn_on"), "shellies/shelly1pm-B929CC/relay/0/command on (qos 1)");
  EXPECT_EQ(house.bench(kOld, "relay/0/energy").values("shellies/shelly1pm-B929CC/relay/0/energy", "120"),
            R"({"state":"2.0"})");
}

TEST(ShellyGen1Map, RollersLightsAndSensors) {
  MapHouse house(shipped("shelly_gen1.yaml"));
  house.send({{"shellies/announce", R"({"id":"s","model":"X"})"},
              {"shellies/s/roller/0", "stop"},
              {"shellies/s/roller/0/pos", "50"},
              {"shellies/s/light/0/status", R"({"ison":true,"brightness":50,"temp":3000})"},
              {"shellies/s/color/0/status",
               R"({"ison":true,"mode":"color","red":1,"green":2,"blue":3,"white":0,"gain":40})"},
              {"shellies/s/input_event/0", R"({"event":"","event_cnt":0})"},
              {"shellies/s/sensor/temperature", "21.5"},
              {"shellies/s/sensor/state", "close"},
              {"shellies/s/emeter/0/total", "5.5"}});
  const std::string source = "shelly_gen1 s";
  EXPECT_EQ(house.names(source),
            "cover:roller 0, light:light 0, light:color 0, event:input_event 0, sensor:emeter/0/total, "
            "sensor:sensor temperature, binary_sensor:sensor state");
  PlatformBench roller = house.bench(source, "roller 0");
  EXPECT_EQ(roller.sent("close_cover"), "shellies/s/roller/0/command close (qos 1)");
  EXPECT_EQ(roller.sent("set_cover_position", R"({"position":10})"),
            "shellies/s/roller/0/command/pos 10 (qos 1)");
  PlatformBench color = house.bench(source, "color 0");
  EXPECT_NE(color.sent("turn_on", R"({"rgb_color":[9,8,7]})")
                .find(R"(shellies/s/color/0/set {"turn":"on","mode":"color","red":9,"green":8,"blue":7})"),
            std::string::npos);
  EXPECT_NE(color.sent("turn_on", R"({"brightness":255})").find(R"({"turn":"on","gain":100})"),
            std::string::npos);
  EXPECT_EQ(house.bench(source, "input_event 0")
                .events("shellies/s/input_event/0", R"({"event":"SS","event_cnt":5})"),
            R"({"event_cnt":5,"event_type":"double"})");
  EXPECT_EQ(house.bench(source, "sensor state").values("shellies/s/sensor/state", "open"),
            R"({"state":"on"})");
}

// The firmware says the last event again every 30 s, and when it is asked for an update.
TEST(ShellyGen1Map, AButtonIsPressedOnceForEachCount) {
  MapHouse house(shipped("shelly_gen1.yaml"));
  const std::string topic = "shellies/s/input_event/0";
  const std::string first = R"({"event":"S","event_cnt":1})", none = R"({"event":"","event_cnt":0})";
  house.send({{"shellies/announce", R"({"id":"s","model":"X"})"}, {topic, none}});
  PlatformBench button = house.bench("shelly_gen1 s", "input_event 0");
  EXPECT_EQ(button.events(topic, first), R"({"event_cnt":1,"event_type":"single"})");
  EXPECT_EQ(button.events(topic, first), "-");
  // Without power for a moment: it counts from nought again.
  EXPECT_EQ(button.events(topic, none), "-");
  EXPECT_EQ(button.events(topic, first), R"({"event_cnt":1,"event_type":"single"})");
}

TEST(ShellyGen1Map, OneOnABatterySleepsAndIsNotOffline) {
  MapHouse house(shipped("shelly_gen1.yaml"));
  house.send(
      {{"shellies/announce", R"({"id":"s","model":"SHHT-1"})"}, {"shellies/s/sensor/temperature", "21.5"}});
  EXPECT_TRUE(house.find("shelly_gen1 s", "sensor temperature")->config.contains("availability"));
  house.send({{"shellies/s/sensor/battery", "90"}});
  const wire::Object& config = house.find("shelly_gen1 s", "sensor temperature")->config;
  EXPECT_FALSE(config.contains("availability"));
  EXPECT_EQ(config.find("expire_after")->number_or(0), 90'000);
}

}  // namespace
}  // namespace gable::discovery::maps
