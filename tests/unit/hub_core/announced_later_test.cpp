// Devices that are announced while others are there already, and what is said before the state is known.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

const std::string kBridge = "zigbee2mqtt/bridge/state";

std::string announcement(const std::string& name, const std::string& more = "") {
  return R"({"name":null,"unique_id":")" + name + R"(","default_entity_id":"switch.)" + name +
         R"(","state_topic":"zigbee2mqtt/)" + name + R"(","command_topic":"zigbee2mqtt/)" + name +
         R"(/set",)" + more + R"("availability":[{"topic":")" + kBridge +
         R"(","value_template":"{{ value_json.state }}"}],"device":{"identifiers":[")" + name +
         R"("],"name":")" + name + R"("}})";
}

class AnnouncedLater : public ::testing::Test {
 protected:
  AnnouncedLater() {
    house.broker["homeassistant/switch/first/switch/config"] = announcement("first");
    house.broker[kBridge] = R"({"state":"online"})";
    house.connect();
  }
  std::string availability(const std::string& name) {
    return house.field("gable/availability/switch/" + name, "status");
  }

  CoreHouse house;
};

TEST_F(AnnouncedLater, ItSharesAnAvailabilityTopicThatHasSpoken) {
  ASSERT_EQ(availability("first"), "online");
  house.keep("homeassistant/switch/second/switch/config", announcement("second"));
  EXPECT_EQ(availability("second"), "online");
  house.send(kBridge, R"({"state":"offline"})");
  house.keep("homeassistant/switch/third/switch/config", announcement("third"));
  EXPECT_EQ(availability("third"), "offline");
}

TEST_F(AnnouncedLater, ATopicThatIsAStateOfAnotherSpeaksAgain) {
  house.broker["shared/state"] = "online";
  house.keep("homeassistant/binary_sensor/s/s/config",
             R"({"name":"s","unique_id":"s","state_topic":"shared/state","payload_on":"online"})");
  house.keep("homeassistant/button/b/b/config",
             R"({"name":"b","unique_id":"b","command_topic":"b/set","availability_topic":"shared/state"})");
  EXPECT_EQ(house.field("gable/availability/button/b", "status"), "online");
}

TEST_F(AnnouncedLater, AChangedAnnouncementLeavesItAvailable) {
  house.keep("homeassistant/switch/second/switch/config", announcement("second"));
  house.keep("homeassistant/switch/first/switch/config", announcement("first", R"("icon":"mdi:fan",)"));
  EXPECT_EQ(house.field("gable/meta/switch/first", "icon"), "mdi:fan");
  EXPECT_EQ(availability("first"), "online");
}

TEST_F(AnnouncedLater, WhatIsWrongWithItGoesWithIt) {
  const std::string topic = "homeassistant/number/n/n/config";
  house.keep(topic,
             R"({"name":"n","unique_id":"n","state_topic":"n","command_topic":"n/set","min":0,"max":5})");
  house.send("n", "77");
  EXPECT_EQ(house.problems().size(), 1u);
  house.keep(topic, "");
  EXPECT_TRUE(house.problems().empty());
}

TEST_F(AnnouncedLater, ANulIsTheEmptyTextOfHomie) {
  house.broker["homie/5/note/n/text"] = std::string(1, '\0');
  house.keep(
      "homie/5/note/$description",
      R"({"homie":"5.0","version":1,"name":"Note","nodes":{"n":{"properties":{"text":{"datatype":"string","settable":true}}}}})");
  house.keep("homie/5/note/$state", "ready");
  const wire::Object state = house.retained("gable/state/text/note_n_text");
  ASSERT_TRUE(state.contains("state"));
  EXPECT_EQ(state.find("state")->string_or("-"), "");
  EXPECT_TRUE(house.problems().empty());
}

TEST(AttributesBeforeTheState, TheyHaveATimeAndACommandIsReached) {
  CoreHouse house;
  house.broker["homeassistant/climate/floor/climate/config"] =
      R"({"name":null,"unique_id":"floor","default_entity_id":"climate.floor","modes":["off","heat"],)"
      R"("mode_state_topic":"floor/mode","mode_command_topic":"floor/mode/set","temperature_state_topic":"floor/wish",)"
      R"("temperature_command_topic":"floor/wish/set","device":{"identifiers":["floor"],"name":"Floor"}})";
  house.connect();
  house.take();
  house.send("gable/set/climate/floor", R"({"temperature":23,"_id":"1"})");
  house.send("floor/wish", "23.0");
  const auto results = house.said("gable/result/climate/floor");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].find("status")->string_or(""), "done");
  EXPECT_THAT(house.field("gable/state/climate/floor", "_since"), ::testing::StartsWith("2026-"));
}

// A program that announces something new and takes it back, for ever: the hub does not grow with it.
TEST(AnnouncedAndTakenBack, ForEverLeavesNoMoreThanTheLatest) {
  constexpr int kRounds = 15'000;
  CoreHouse house;
  house.connect();
  const auto announce = [&](const std::string& id, const std::string& payload) {
    house.send("homeassistant/sensor/" + id + "/config", payload, "", "", true);
    house.published.clear();
  };
  for (int round = 0; round < kRounds; ++round) {
    const std::string id = "probe_" + std::to_string(round);
    announce(id, R"({"state_topic":"probe/x","expire_after":60,"unique_id":")" + id + R"(","name":")" + id +
                     R"(","device":{"identifiers":[")" + id + R"("],"name":"D","suggested_area":")" + id +
                     R"("}})");
    ASSERT_EQ(house.core->registry().size(), 1u) << round;
    announce(id, "");
  }
  EXPECT_EQ(house.core->registry().size(), 0u);
  EXPECT_LT(house.core->registry().entities().size(), 2'000u);
  EXPECT_LT(house.core->registry().devices().size(), 2'000u);
  EXPECT_LT(house.store.size(), 10'100u);  // the latest ids that were given up
}

// A slot that is used again knows nothing of what was there before.
TEST(AnnouncedAndTakenBack, WhatComesLaterIsNotTakenForWhatWent) {
  CoreHouse house;
  house.connect();
  const auto announce = [&](const std::string& id, bool expires) {
    house.send("homeassistant/sensor/" + id + "/config",
               R"({"state_topic":")" + id + R"(/x","unique_id":")" + id + R"(","name":")" + id + "\"" +
                   (expires ? R"(,"expire_after":600})" : "}"),
               "", "", true);
  };
  for (int round = 0; round < 1'100; ++round) {
    const std::string id = "probe_" + std::to_string(round);
    announce(id, true);
    house.send(id + "/x", "1");
    house.send("homeassistant/sensor/" + id + "/config", "", "", "", true);
  }
  announce("stays", false);
  house.send("stays/x", "7");
  house.advance(std::chrono::minutes(20));
  EXPECT_EQ(house.field("gable/state/sensor/stays", "state"), "7");
  EXPECT_EQ(house.field("gable/availability/sensor/stays", "status"), "online");
}

}  // namespace
}  // namespace gable::hub::test
