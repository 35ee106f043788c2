// What the hub asks of others: programs, to say their states again, and devices, what their maps ask.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

struct Asking : ::testing::Test {
  Asking() { house.connect(); }

  CoreHouse house;
};

TEST_F(Asking, AStartSaysOnlineWhereNobodyElseDoes) {
  EXPECT_THAT(house.take(), Contains("homeassistant/status online"));
  CoreHouse beside;
  beside.broker["homeassistant/status"] = "online";
  beside.connect();
  EXPECT_THAT(beside.take(), Not(Contains("homeassistant/status online")));
}

// What was said at QoS 0 meanwhile no session has kept. (Found by the simulation.)
TEST_F(Asking, AReconnectSaysOnlineTooButNotTwiceAMinute) {
  const auto reconnect = [&] {
    house.take();
    house.lose_broker();
    house.connect_only(5, true);
    return house.take();
  };
  house.advance(std::chrono::minutes(2));
  EXPECT_THAT(reconnect(), Contains("homeassistant/status online"));
  EXPECT_THAT(reconnect(), Not(Contains("homeassistant/status online")));
  house.advance(std::chrono::seconds(59));
  EXPECT_THAT(house.take(), Not(Contains("homeassistant/status online")));
  house.advance(std::chrono::seconds(2));
  EXPECT_THAT(house.take(), Contains("homeassistant/status online"));
  house.advance(std::chrono::minutes(5));
  EXPECT_THAT(house.take(), Not(Contains("homeassistant/status online")));
}

// Its state came with its announcement, before anybody had subscribed to it. (Found by the simulation.)
TEST_F(Asking, WhatIsAnnouncedLaterAndStaysSilentIsAskedOnce) {
  house.advance(std::chrono::minutes(2));
  house.take();
  const auto plug = [&](const std::string& name) {
    house.keep("homeassistant/switch/" + name + "/config", R"({"name":")" + name + R"(","unique_id":")" +
                                                               name + R"(","command_topic":"p/)" + name +
                                                               R"(/set","state_topic":"p/)" + name + R"("})");
  };
  plug("spoke");
  house.send("p/spoke", "ON");
  house.advance(std::chrono::seconds(10));
  EXPECT_THAT(house.take(), Not(Contains("homeassistant/status online")));
  plug("silent");
  house.advance(std::chrono::seconds(10));
  EXPECT_THAT(house.take(), Contains("homeassistant/status online"));
  plug("silent_too");
  house.advance(std::chrono::seconds(10));
  EXPECT_THAT(house.take(), Not(Contains("homeassistant/status online"))) << "not twice within a minute";
  house.advance(std::chrono::minutes(2));
  EXPECT_THAT(house.take(), Contains("homeassistant/status online"));
  house.advance(std::chrono::minutes(5));
  EXPECT_THAT(house.take(), Not(Contains("homeassistant/status online")));
}

TEST(DeviceMaps, APayloadCannotMakeTheHubSpeakInItsOwnName) {
  House given;
  given.discovery.maps = {{"asker.yaml", R"(
map: asker
announce:
  hello:
    topic: asker/{id}/hello
    ask:
      - {topic: "<< value_json.where >>", payload: "on"}
device: {identifiers: ["<< id >>"], name: << id >>}
components:
  - {platform: sensor, key: a, name: A, state_topic: "asker/<< id >>/a"}
)"}};
  CoreHouse house(given);
  house.connect();
  EXPECT_THAT(house.problems(), IsEmpty());
  house.take();
  for (const char* where : {"gable/set/lock/door", "$SYS/broker", "asker/+/x"})
    house.send("asker/1/hello", std::string(R"({"where":")") + where + R"("})");
  for (const auto& line : house.take()) EXPECT_THAT(line, Not(testing::EndsWith(" on"))) << line;
  house.send("asker/1/hello", R"({"where":"asker/1/get"})");
  EXPECT_THAT(house.take(), Contains("asker/1/get on"));
}

}  // namespace
}  // namespace gable::hub::test
