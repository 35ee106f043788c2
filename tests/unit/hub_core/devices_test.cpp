// From a bridge's words to entities, states and availability.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Devices, AnAnnouncedDeviceBecomesAnEntityWithStateMetaAndAvailability) {
  CoreHouse house;
  house.connect();
  house.lamp();
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "_by"), "device:virtual/lamp");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "name"), "Kitchen lamp");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "area"), "kitchen");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "source"), "virtual/lamp");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "online");
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST(Devices, AStateDocumentIsPublishedOnlyWhenSomethingButBookkeepingChanged) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.take();
  house.device("virtual/state/lamp", R"({"state":"off","_seq":7})");
  EXPECT_THAT(house.take(), IsEmpty());
  house.device("virtual/state/lamp", R"({"state":"on","brightness":100,"_seq":8})");
  EXPECT_EQ(house.said("gable/state/light/kitchen_lamp").size(), 1u);
}

TEST(Devices, AStateBeforeItsDescriptionWaits) {
  CoreHouse house;
  house.connect();
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_THAT(house.take(), Not(Contains(HasSubstr("gable/state/"))));
  house.lamp();
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
}

TEST(Devices, SeveralEntitiesOfADeviceAreKeyed) {
  CoreHouse house;
  house.connect();
  house.device(
      "host/device/pc",
      R"({"schema":"device/1","name":"PC","entities":{"load":{"domain":"sensor","name":"Load","state_class":"measurement"},)"
      R"("net":{"domain":"binary_sensor","name":"Network","device_class":"connectivity"}}})");
  house.device("host/state/pc", R"({"load":{"state":0.50},"net":{"state":"on"}})");
  house.device("host/inventory", R"({"rev":1,"complete":true,"devices":["pc"]})");
  house.device("host/status", R"({"status":"online","session":"x"})");
  EXPECT_EQ(house.field("gable/state/sensor/pc_load", "state"), "0.5");
  EXPECT_EQ(house.field("gable/state/binary_sensor/pc_network", "state"), "on");
  EXPECT_EQ(house.field("gable/availability/sensor/pc_load", "status"), "online");
}

TEST(Devices, GoingBadTellsAvailabilityFirstAndComingBackTellsStateFirst) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.take();
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"no radio"})");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "offline");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "reason"), "no radio");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
  house.device("virtual/status", R"({"status":"offline","session":"b1","reason":"connection lost"})");
  EXPECT_THAT(house.problems(), Contains("bridge.virtual.status"));
  house.device("virtual/status", R"({"status":"online","session":"b1"})");
  house.device("virtual/link/lamp", R"({"status":"online"})");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "online");
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST(Devices, AvailabilityIsToldOnceForEachOfItsTurns) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const std::string topic = "gable/availability/light/kitchen_lamp";
  house.advance(std::chrono::minutes(1));
  house.journal.clear();
  house.take();
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"no answer"})");
  EXPECT_THAT(house.journal,
              ElementsAre(R"({"t":"2026-11-22T12:01:00.000Z","k":"availability","e":"light.kitchen_lamp",)"
                          R"("to":"offline","reason":"no answer"})"));
  EXPECT_EQ(house.field(topic, "since"), "2026-11-22T12:01:00.000Z");
  // Another reason is published, and is no turn; the same again is nothing.
  house.advance(std::chrono::minutes(1));
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"flat battery"})");
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"flat battery"})");
  EXPECT_EQ(house.said(topic).size(), 2u);
  EXPECT_EQ(house.field(topic, "reason"), "flat battery");
  EXPECT_EQ(house.field(topic, "since"), "2026-11-22T12:01:00.000Z");
  EXPECT_THAT(house.journal, SizeIs(1));
  house.device("virtual/link/lamp", R"({"status":"online"})");
  EXPECT_EQ(house.field(topic, "since"), "2026-11-22T12:02:00.000Z");
  EXPECT_THAT(house.journal, SizeIs(2));
}

// What people and `why` read: every field, and JSON.
TEST(Devices, AChangeIsWrittenDownWhole) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.journal.clear();
  house.device("virtual/state/lamp", R"({"state":"on","brightness":10})");
  house.device("virtual/state/lamp", R"({"state":"on"})");
  house.device("virtual/state/lamp", R"({"state":null})");
  const std::string begin = R"({"t":"2026-11-22T12:00:00.000Z","k":"change","e":"light.kitchen_lamp",)";
  const std::string by = R"("by":"device:virtual/lamp",)";
  EXPECT_THAT(house.journal,
              ElementsAre(begin + R"("from":"off","to":"on","a":{"brightness":10},)" + by + R"("seq":2})",
                          begin + R"("to":"on","a":{"brightness":null},)" + by + R"("seq":3})",
                          begin + R"("from":"on","to":null,)" + by + R"("seq":4})"));
}

TEST(Devices, ValuesAtTheEdgeAreTakenAndBeyondItNot) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/device/text", R"({"schema":"device/1","name":"Text","entity":{"domain":"sensor"}})");
  for (const auto& [brightness, taken] : {std::pair(0, true), {255, true}, {256, false}, {-1, false}}) {
    house.device("virtual/state/lamp", R"({"state":"on","brightness":)" + std::to_string(brightness) + "}");
    EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "brightness"),
              taken ? std::to_string(brightness) : "(none)");
  }
  const std::string longest(255, 'x');
  house.device("virtual/state/text", R"({"state":")" + longest + R"("})");
  EXPECT_EQ(house.field("gable/state/sensor/text", "state"), longest);
  house.device("virtual/state/text", R"({"state":")" + longest + R"(y"})");
  EXPECT_EQ(house.field("gable/state/sensor/text", "state"), "unknown");
  house.device("virtual/state/text", R"({"state":["a"]})");
  EXPECT_THAT(house.problems(), Contains("report.virtual.text"));
}

TEST(Devices, TheWillOfAFormerProcessDoesNotHideTheOneThatRuns) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/status", R"({"status":"online","session":"b2"})");
  house.device("virtual/status", R"({"status":"offline","session":"b1"})");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "online");
}

TEST(Devices, WhatVanishesFromTheInventoryIsAGhostUntilForgotten) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.send("gable/hub/request/forget", R"({"entity":"light.kitchen_lamp"})");
  EXPECT_EQ(wire::plain_text(*house.said("gable/hub/response/forget").at(0).find("code")), "conflict");
  house.device("virtual/inventory", R"({"rev":2,"complete":true,"devices":[]})");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "offline");
  EXPECT_THAT(house.problems(), Contains("ghost.virtual.lamp"));
  house.take();
  house.send("gable/hub/request/forget", R"({"device":"virtual/lamp"})");
  const auto said = house.take();
  EXPECT_EQ(said.front(), "gable/meta/light/kitchen_lamp ");
  for (const auto& [topic, payload] : house.broker) EXPECT_THAT(topic, Not(HasSubstr("kitchen_lamp")));
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST(Devices, OneThatBecameAnotherKindKeepsItsNewIdAndWhatPeopleSaidOfIt) {
  CoreHouse house;
  house.connect();
  house.device("b/info", R"({"program":"p","version":"1"})");
  house.device("b/status", R"({"status":"online","session":"s"})");
  for (const std::string domain : {"switch", "light", "switch"}) {
    house.device("b/device/plug", R"({"name":"Plug","entities":{"relay":{"domain":")" + domain +
                                      R"(","name":"Relay"},"other":{"domain":"switch","name":"Other"}}})");
  }
  EXPECT_EQ(house.field("gable/meta/switch/plug_relay_2", "source"), "b/plug:relay");
  EXPECT_EQ(house.field("gable/meta/light/plug_relay", "source"), "b/plug:relay#light");
  house.send("gable/hub/request/customize", R"({"entity":"switch.plug_relay_2","name":"Heater"})");
  for (int i = 0; i < 3; ++i) {
    house.restart();
    house.connect();
    EXPECT_EQ(house.core->registry().find("switch.plug_relay_3"), nullptr);
    house.device("b/state/plug", R"({"relay":{"state":"on"}})");
    EXPECT_EQ(house.field("gable/state/switch/plug_relay_2", "state"), "on");
  }
  house.send("gable/hub/request/forget", R"({"entity":"light.plug_relay"})");
  house.send("gable/hub/request/forget", R"({"entity":"switch.plug_relay"})");
  house.restart();
  house.connect();
  EXPECT_EQ(house.field("gable/meta/switch/plug_relay_2", "name"), "Heater");
}

TEST(Devices, AReportThatIsWrongInPartIsTakenInPart) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/state/lamp", R"({"state":"on","brightness":"very","linkquality":77})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "on");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "brightness"), "(none)");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "linkquality"), "77");
  EXPECT_THAT(house.problems(), Contains("report.virtual.lamp"));
  house.device("virtual/state/lamp", R"({"state":"on","brightness":10})");
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST(Devices, HostileDocumentsAreNamedAndDisturbNothing) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const std::string deep = R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}";
  for (const std::string& bad :
       {std::string("not json"), std::string("[1,2]"), deep, std::string("{\"a\":\"\xff\"}"),
        "{\"name\":\"" + std::string(2'000'000, 'x') + "\"}",
        std::string(R"({"schema":"device/1","name":5,"entity":{"domain":"light"}})"),
        std::string(R"({"schema":"device/1","name":"x","entity":{"domain":"toaster"}})")}) {
    house.device("virtual/device/bad", bad);
    EXPECT_THAT(house.problems(), Contains("bridge.virtual.bad")) << bad.substr(0, 80);
    house.device("virtual/device/bad", "");
  }
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
}

TEST(Devices, ABridgeOfANewerSchemaIsNotRead) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/info", R"({"program":"x","version":"9","protocol":"virtual","schema":"bridge/2"})");
  EXPECT_THAT(house.problems(), Contains("bridge.virtual.schema"));
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "offline");
}

TEST(Devices, TwoThatWantOneIdGetTwo) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("other/device/x",
               R"({"schema":"device/1","name":"X","entity":{"domain":"light","object_id":"kitchen_lamp"}})");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp_2", "source"), "other/x");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "source"), "virtual/lamp");
  EXPECT_THAT(house.problems(), Contains("conflict.light.kitchen_lamp_2"));
}

TEST(Devices, AReportThatIsOverdueMakesItStale) {
  CoreHouse house;
  house.connect();
  house.device(
      "m/device/meter",
      R"({"schema":"device/1","name":"Meter","entity":{"domain":"sensor","unit":"W","expected_interval":60}})");
  house.device("m/state/meter", R"({"state":5})");
  house.device("m/inventory", R"({"rev":1,"complete":true,"devices":["meter"]})");
  house.device("m/status", R"({"status":"online","session":"m1"})");
  house.advance(std::chrono::seconds(59));
  EXPECT_EQ(house.field("gable/availability/sensor/meter", "status"), "online");
  house.advance(std::chrono::seconds(2));
  EXPECT_EQ(house.field("gable/availability/sensor/meter", "status"), "stale");
  house.device("m/state/meter", R"({"state":5})");
  EXPECT_EQ(house.field("gable/availability/sensor/meter", "status"), "online");
}

TEST(Devices, EventsAreToldOnceAndNeverRetained) {
  CoreHouse house;
  house.connect();
  house.device(
      "r/device/remote",
      R"({"schema":"device/1","name":"Remote","entity":{"domain":"event","event_types":["press","double"]}})");
  house.device("r/inventory", R"({"rev":1,"complete":true,"devices":["remote"]})");
  house.device("r/status", R"({"status":"online","session":"r1"})");
  house.take();
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1"})");
  ASSERT_EQ(house.said("gable/event/event/remote").size(), 1u);
  EXPECT_EQ(house.broker.count("gable/event/event/remote"), 0u);
  EXPECT_EQ(house.field("gable/state/event/remote", "event_type"), "press");
}

// A bridge first says what it kept while the hub was away.
TEST(Devices, AnEventBeforeItsDescriptionWaitsForIt) {
  CoreHouse house;
  house.connect();
  house.take();
  for (int i = 0; i < 20; ++i)
    house.device("r/event/remote", R"({"event_type":"press","_id":"e)" + std::to_string(i) + R"("})");
  EXPECT_TRUE(house.said("gable/event/event/remote").empty());
  house.device(
      "r/device/remote",
      R"({"schema":"device/1","name":"Remote","entity":{"domain":"event","event_types":["press"]}})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 16u)
      << "the first ones, no more than there is room for";
}

// The broker was wiped while the hub was away, and the bridge first says what happened meanwhile. (Found by
// the simulation, seed 1668: such an event was lost.)
TEST(Devices, AfterARestartADeviceOfTheStoreIsHeardBeforeItIsDescribedAnew) {
  CoreHouse house;
  house.connect();
  const std::string event = R"({"domain":"event","event_types":["press"]})";
  house.device("r/device/remote", R"({"schema":"device/1","name":"Remote","entity":)" + event + "}");
  house.device("r/device/pad",
               R"({"schema":"device/1","name":"Pad","entities":{"a":)" + event + R"(,"b":)" + event + "}}");
  house.broker.clear();
  house.restart();
  house.connect();
  house.take();
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1"})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 1u);
  house.device("r/event/pad", R"({"b":{"event_type":"press"},"_id":"e2"})");
  EXPECT_EQ(house.said("gable/event/event/pad_a").size(), 0u);
  EXPECT_EQ(house.said("gable/event/event/pad_b").size(), 1u);
}

TEST(Devices, OnlyTheLastThousandEventsAreRemembered) {
  CoreHouse house;
  house.connect();
  house.device(
      "r/device/remote",
      R"({"schema":"device/1","name":"Remote","entity":{"domain":"event","event_types":["press"]}})");
  const auto press = [&](int number) {
    house.take();
    house.device("r/event/remote", R"({"event_type":"press","_id":"e)" + std::to_string(number) + R"("})");
    return house.said("gable/event/event/remote").size();
  };
  for (int i = 0; i < 1'003; ++i) EXPECT_EQ(press(i), 1u);
  const auto rows = std::count_if(house.store.begin(), house.store.end(),
                                  [](const auto& row) { return row.first.first == Table::seen; });
  EXPECT_EQ(rows, 1'000);
  EXPECT_EQ(press(3), 0u);
  EXPECT_EQ(press(2), 1u) << "forgotten";
}

// What MQTT delivers at least once happens once.
TEST(Devices, AnEventThatIsDeliveredAgainIsNoSecondEvent) {
  CoreHouse house;
  house.connect();
  house.device(
      "r/device/remote",
      R"({"schema":"device/1","name":"Remote","entity":{"domain":"event","event_types":["press","double"]}})");
  house.device("r/inventory", R"({"rev":1,"complete":true,"devices":["remote"]})");
  house.device("r/status", R"({"status":"online","session":"b1"})");
  house.take();
  for (int i = 0; i < 2; ++i) house.device("r/event/remote", R"({"event_type":"press","_id":"e1","n":1})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 1u);
  // Another press under the same id: a bridge that began its numbers anew.
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1","n":2})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 2u);
  // Nor is it one for the next process, within an hour.
  house.restart();
  house.connect();
  house.take();
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1","n":1})");
  EXPECT_TRUE(house.said("gable/event/event/remote").empty());
  house.now += std::chrono::hours(2);
  house.restart();
  house.connect();
  house.take();
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1","n":1})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 1u);
  house.device("r/event/remote", R"({"event_type":"press","_id":"e1","n":2})");
  // Without an id nobody can tell.
  for (int i = 0; i < 2; ++i) house.device("r/event/remote", R"({"event_type":"double"})");
  EXPECT_EQ(house.said("gable/event/event/remote").size(), 4u);
}

TEST(Devices, ABridgeThatIsForgottenStaysSo) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/status", R"({"status":"offline","session":"b1","since":"2026-11-22T11:00:00.000Z"})");
  house.send("gable/hub/request/forget", R"({"bridge":"virtual"})");
  // The hub's own empty documents come back to it.
  for (const char* kind : {"info", "inventory", "status", "device/lamp", "state/lamp"})
    house.device(std::string("virtual/") + kind, "");
  house.take();
  house.send("gable/hub/request/bridges", "{}");
  const auto answer = house.said("gable/hub/response/bridges").at(0);
  EXPECT_EQ(wire::to_json(answer).find("virtual"), std::string::npos) << wire::to_json(answer);
}

}  // namespace
}  // namespace gable::hub::test
