// Maps of somebody's own at work: what makes a device known, changes it and takes it away.

#include <gtest/gtest.h>

#include <string>

#include "map_house.hpp"

namespace gable::discovery::maps {
namespace {

constexpr const char* kPump = R"(
map: pump
announce:
  hello: {topic: "plant/{site}/{id}/hello", when: value_json.kind == 'pump'}
  names: {topic: "plant/{site}/{id}/names", optional: true}
  tank: {topic: "plant/{site}/{id}/tank/{number}", changing: true}
variables:
  base: "'plant/' ~ site ~ '/' ~ id"
  unit: hello.unit | default('l')
device:
  identifiers: ["<< site >>-<< id >>"]
  name: << names.title | default(none) >>
common:
  availability: [{topic: << base >>/alive}]
components:
  - platform: switch
    key: pump
    name: << names.pump | default(none) >>
    command_topic: << base >>/set
    payload_on: << hello.on >>
    icon: << hello.icon | default(none) >>
  - platform: sensor
    for_each: tank.keys() | list
    key: tank << item >>
    name: Tank << item >> of << tank | length >>
    unit_of_measurement: << unit >>
    state_topic: << base >>/tank/<< item >>
    value_template: "{{ value_json['<< hello.field >>'] }}"
)";
const std::string kSource = "pump north p1";
constexpr std::string_view kHello = "plant/north/p1/hello";
constexpr std::string_view kSaid = R"({"kind":"pump","on":5,"field":"level"})";

TEST(Maps, KnownByItsMessages) {
  MapHouse house(kPump);
  EXPECT_EQ(house.maps.filters(),
            (std::vector<std::string>{"plant/+/+/hello", "plant/+/+/names", "plant/+/+/tank/+"}));
  // Parts of it before itself.
  EXPECT_TRUE(house.send({{"plant/north/p1/tank/2", R"({"level":5})"}}).empty());
  const Changes changes = house.send({{kHello, kSaid}});
  ASSERT_EQ(changes.announced.size(), 1U);
  EXPECT_EQ(changes.announced[0].topic, kHello);
  EXPECT_EQ(house.names(kSource), "switch:pump, sensor:tank 2");
  // A value keeps its type, a text takes it in; none leaves the key out, but for a name.
  EXPECT_EQ(house.at(kSource, "pump", "payload_on"), "5");
  EXPECT_EQ(house.at(kSource, "pump", "command_topic"), R"("plant/north/p1/set")");
  EXPECT_EQ(house.at(kSource, "pump", "icon"), "-");
  EXPECT_EQ(house.at(kSource, "pump", "name"), "null");
  EXPECT_EQ(house.at(kSource, "pump", "availability"), R"([{"topic":"plant/north/p1/alive"}])");
  EXPECT_EQ(house.at(kSource, "pump", "unique_id"), R"("pump north p1 pump")");
  EXPECT_EQ(house.at(kSource, "tank 2", "value_template"), R"("{{ value_json['level'] }}")");
  EXPECT_EQ(house.at(kSource, "tank 2", "unit_of_measurement"), R"("l")");
}

TEST(Maps, ChangesAndRemovals) {
  MapHouse house(kPump);
  house.send({{kHello, kSaid}, {"plant/north/p1/tank/1", R"({"level":5})"}});
  EXPECT_TRUE(house.send({{kHello, kSaid}, {"plant/north/p1/tank/1", R"({"level":6})"}}).empty());
  EXPECT_EQ(house.send({{"plant/north/p1/tank/2", R"({"level":6})"}}).announced.size(), 1U);
  EXPECT_EQ(house.at(kSource, "tank 1", "name"), R"("Tank 1 of 2")");
  house.send({{"plant/north/p1/names", R"({"title":"Well","pump":"Main"})"}});
  EXPECT_EQ(house.find(kSource, "pump")->device.name, "Well");
  EXPECT_EQ(house.send({{"plant/north/p1/tank/1", ""}}).announced.size(), 1U);
  EXPECT_EQ(house.names(kSource), "switch:pump, sensor:tank 2");
  EXPECT_EQ(house.send({{kHello, ""}}).removed, std::vector<std::string>{kSource});
  EXPECT_TRUE(house.send({{"plant/north/p1/names", ""}, {"plant/north/p1/tank/2", ""}}).empty());
  EXPECT_EQ(house.maps.size(), 0U);
  EXPECT_EQ(house.maps.bytes(), 0U);
}

TEST(Maps, OtherDevicesAndOtherMessages) {
  MapHouse house(kPump);
  house.send(
      {{kHello, kSaid}, {"plant/south/p1/hello", kSaid}, {"plant/north/p2/hello", R"({"kind":"fan"})"}});
  EXPECT_EQ(house.devices.size(), 2U);
  for (const std::string_view topic :
       {"plant/north/p1/hello/more", "plant//p1/hello", "plant/north/hello", "x", ""})
    EXPECT_FALSE(house.maps.take(topic, kSaid)) << topic;
}

TEST(Maps, WhatCannotBeCalculatedCostsItsComponent) {
  MapHouse house(kPump);
  const Changes changes =
      house.send({{kHello, R"({"kind":"pump","field":"level"})"}, {"plant/north/p1/tank/1", "{}"}});
  EXPECT_EQ(house.names(kSource), "sensor:tank 1");
  ASSERT_EQ(changes.faults.size(), 1U);
  EXPECT_EQ(
      changes.faults[0].text,
      "map.yaml:16:5: it is undefined; where it may be missing write `| default(none)` (at payload_on)");
  // Said once.
  EXPECT_TRUE(house.send({{kHello, R"({"kind":"pump","field":"level","x":1})"}}).faults.empty());
}

TEST(Maps, Limits) {
  Limits limits;
  limits.devices = 3;
  limits.messages = 5;
  limits.payload = 100;
  limits.components = 4;
  MapHouse house(kPump, limits);
  for (int i = 0; i < 20; ++i) house.maps.take("plant/north/d" + std::to_string(i) + "/hello", kSaid);
  for (int i = 0; i < 20; ++i) house.maps.take("plant/north/d1/tank/" + std::to_string(i), "{}");
  house.maps.take("plant/north/d2/hello", R"({"kind":"pump","x":")" + std::string(200, 'x') + "\"}");
  const Changes changes = house.send({});
  EXPECT_EQ(changes.announced.size(), 3U);
  EXPECT_EQ(house.maps.size(), 3U);
  EXPECT_LE(house.devices.at("pump north d1").size(), 4U);
  EXPECT_GE(changes.faults.size(), 3U);
  EXPECT_LE(changes.faults.size(), 25U);
}

TEST(Maps, NamesOutOfPayloadsAreNoTopics) {
  MapHouse house(R"(
map: liar
announce:
  hello: {topic: liar/announce, with: {id: value_json.id}}
device: {identifiers: ["<< id >>"]}
components:
  - {platform: button, key: press, command_topic: liar/<< id >>/press}
)");
  for (const std::string_view id : {R"("a/b")", R"("+")", R"("#")", R"("")", "null", "[]", R"("a\u0000b")"})
    house.maps.take("liar/announce", R"({"id":)" + std::string(id) + "}");
  house.maps.take("liar/announce", "no JSON");
  EXPECT_EQ(house.send({}).announced.size(), 0U);
  EXPECT_EQ(
      house.send({{"liar/announce", R"({"id":7})"}, {"liar/announce", R"({"id":"x y"})"}}).announced.size(),
      2U);
  EXPECT_EQ(house.at("liar 7", "press", "command_topic"), R"("liar/7/press")");
}

TEST(Maps, DeepDocuments) {
  MapHouse house(kPump);
  const std::string deep = R"({"kind":"pump","x":)" + std::string(5000, '[') + std::string(5000, ']') + "}";
  EXPECT_TRUE(house.send({{kHello, deep}}).announced.empty());
}

TEST(Maps, TextsAreUsedInSeveralPlaces) {
  MapHouse house(R"(
map: lamp
announce:
  hello: {topic: "lamp/{id}/hello"}
texts:
  when_on: "{{ 'on' if value_json.<< item >>"
  part: << when_on >> == 1 else 'off' }}
device: {identifiers: ["<< id >>"]}
components:
  - platform: binary_sensor
    for_each: "['a', 'b']"
    key: << item >>
    state_topic: lamp/<< id >>/said
    value_template: << part >>
    payload_on: "on"
    payload_off: "off"
)");
  house.send({{"lamp/x/hello", "1"}});
  EXPECT_EQ(house.at("lamp x", "b", "value_template"), R"("{{ 'on' if value_json.b == 1 else 'off' }}")");
  EXPECT_EQ(house.bench("lamp x", "a").values("lamp/x/said", R"({"a":1})"), R"({"state":"on"})");
}

}  // namespace
}  // namespace gable::discovery::maps
