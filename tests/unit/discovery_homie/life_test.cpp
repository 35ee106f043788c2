// Devices of Homie 3, 4 and 5 from their first message to their last.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "homie_house.hpp"
#include "wire/topic.hpp"

namespace gable::discovery::homie {
namespace {

constexpr std::string_view kMeter =
    R"({"homie":"5.0","version":1,"name":"Meter","nodes":{"main":{"name":"Main","properties":{
      "power":{"name":"Power","datatype":"float","unit":"W"}}}}})";

const std::vector<Sent> kBoiler{{"homie/boiler/$homie", "4.0.0"},
                                {"homie/boiler/$name", "Boiler"},
                                {"homie/boiler/$nodes", "heating"},
                                {"homie/boiler/heating/$name", "Heating"},
                                {"homie/boiler/heating/$properties", "target,on"},
                                {"homie/boiler/heating/target/$datatype", "float"},
                                {"homie/boiler/heating/target/$format", "5:30"},
                                {"homie/boiler/heating/target/$unit", "°C"},
                                {"homie/boiler/heating/target/$settable", "true"},
                                {"homie/boiler/heating/on/$datatype", "boolean"},
                                {"homie/boiler/$state", "ready"}};

TEST(HomieLife, OfFourIsAnnouncedWhenAllOfItIsThere) {
  HomieHouse house;
  for (std::size_t i = 0; i + 1 < kBoiler.size(); ++i) {
    house.homie.take(kBoiler[i].first, kBoiler[i].second);
    EXPECT_TRUE(house.changes().empty()) << kBoiler[i].first;
  }
  house.homie.take(kBoiler.back().first, kBoiler.back().second);
  EXPECT_EQ(house.changes().announced.size(), 1U);
  EXPECT_EQ(
      house.text("homie/boiler", "heating target"),
      R"(number {"min":5,"max":30,"step":0.001,"mode":"box","unit_of_measurement":"°C","device_class":"temperature",)"
      R"("command_topic":"homie/boiler/heating/target/set","name":"Heating Target","state_topic":"homie/boiler/heating/target"})");
  EXPECT_EQ(
      house.text("homie/boiler", "heating on"),
      R"(binary_sensor {"payload_on":"true","payload_off":"false","name":"Heating On","state_topic":"homie/boiler/heating/on"})");
  const DeviceInfo& device = house.find("homie/boiler", "heating on")->device;
  EXPECT_EQ(device.name, "Boiler");
  EXPECT_EQ(device.identifiers, std::vector<std::string>{"homie:homie/boiler"});
}

TEST(HomieLife, OfFourInAnyOrder) {
  std::vector<Sent> messages = kBoiler;
  std::ranges::sort(messages);
  HomieHouse reference;
  for (const auto& [topic, payload] : kBoiler) reference.homie.take(topic, payload);
  reference.changes();
  int orders = 0;
  // Each message once as the last one, and the alphabet both ways.
  for (std::size_t last = 0; last < messages.size(); ++last, ++orders) {
    HomieHouse house;
    for (std::size_t i = 1; i <= messages.size(); ++i) {
      const Sent& sent = messages[(last + i) % messages.size()];
      house.homie.take(sent.first, sent.second);
      house.changes();
    }
    EXPECT_EQ(house.text("homie/boiler", "heating target"), reference.text("homie/boiler", "heating target"));
    EXPECT_EQ(house.text("homie/boiler", "heating on"), reference.text("homie/boiler", "heating on"));
  }
  EXPECT_EQ(orders, 11);
}

TEST(HomieLife, SameAgainChangesNothing) {
  HomieHouse house;
  for (const auto& [topic, payload] : kBoiler) house.homie.take(topic, payload);
  EXPECT_EQ(house.changes().announced.size(), 1U);
  for (const auto& [topic, payload] : kBoiler) house.homie.take(topic, payload);
  EXPECT_TRUE(house.changes().empty());
  EXPECT_TRUE(house.send({{"homie/boiler/$state", "lost"}, {"homie/boiler/$state", "ready"}}).empty());
}

TEST(HomieLife, EmptyTopicsTakeItBackAndLeaveNothing) {
  HomieHouse house;
  for (const auto& [topic, payload] : kBoiler) house.homie.take(topic, payload);
  house.changes();
  EXPECT_EQ(house.homie.device_of("homie/boiler/heating/target"), "homie/boiler");
  EXPECT_EQ(house.send({{"homie/boiler/$homie", ""}}).removed, std::vector<std::string>{"homie/boiler"});
  EXPECT_EQ(house.homie.device_of("homie/boiler/heating/target"), "");
  for (const auto& [topic, payload] : kBoiler) house.homie.take(topic, "");
  EXPECT_TRUE(house.changes().empty());
  EXPECT_EQ(house.homie.size(), 0U);
  EXPECT_EQ(house.homie.bytes(), 0U);
}

TEST(HomieLife, OfFiveChangesThroughInit) {
  HomieHouse house;
  EXPECT_TRUE(house.send({{"homie/5/m/$state", "init"}, {"homie/5/m/$description", kMeter}}).empty());
  EXPECT_EQ(house.send({{"homie/5/m/$state", "ready"}}).announced.size(), 1U);
  EXPECT_EQ(
      house.text("homie/5/m", "main power"),
      R"(sensor {"unit_of_measurement":"W","device_class":"power","state_class":"measurement","name":"Main Power",)"
      R"("state_topic":"homie/5/m/main/power"})");
  const std::string other =
      R"({"homie":"5.0","name":"Meter","nodes":{"main":{"properties":{"energy":{"datatype":"float"}}}}})";
  EXPECT_TRUE(house.send({{"homie/5/m/$state", "init"}, {"homie/5/m/$description", other}}).empty());
  EXPECT_NE(house.text("homie/5/m", "main power"), "");
  EXPECT_EQ(house.send({{"homie/5/m/$state", "ready"}}).announced.size(), 1U);
  EXPECT_EQ(house.text("homie/5/m", "main power"), "");
  EXPECT_NE(house.text("homie/5/m", "main energy"), "");
  EXPECT_EQ(house.send({{"homie/5/m/$state", ""}}).removed, std::vector<std::string>{"homie/5/m"});
  house.send({{"homie/5/m/$description", ""}});
  EXPECT_EQ(house.homie.size(), 0U);
  EXPECT_EQ(house.homie.bytes(), 0U);
}

TEST(HomieLife, ChildrenAreReachedThroughTheirParents) {
  HomieHouse house;
  house.send(
      {{"homie/5/gateway/$state", "ready"},
       {"homie/5/gateway/$description", R"({"homie":"5.0","name":"R","children":["child"]})"},
       {"homie/5/child/$state", "ready"},
       {"homie/5/child/$description",
        R"({"homie":"5.0","name":"C","root":"gateway","parent":"middle","nodes":{"a":{"properties":{"b":{"datatype":"string"}}}}})"}});
  EXPECT_TRUE(house.devices.contains("homie/5/gateway"));
  const Component* child = house.find("homie/5/child", "a b");
  ASSERT_NE(child, nullptr);
  EXPECT_EQ(child->device.via_device, "homie:homie/5/middle");
  EXPECT_EQ(child->config.find("availability_mode")->string_or(""), "all");
  const wire::List& topics = *child->config.find("availability")->as_list();
  ASSERT_EQ(topics.size(), 2U);
  EXPECT_EQ(topics[0].as_object()->find("topic")->string_or(""), "homie/5/gateway/$state");
  EXPECT_EQ(topics[1].as_object()->find("topic")->string_or(""), "homie/5/child/$state");
}

TEST(HomieLife, AlertsAndTargets) {
  HomieHouse house;
  Changes changes = house.send({{"homie/5/m/$alert/hot", "Too hot"},
                                {"homie/5/m/main/power/$target", "20"},
                                {"homie/5/m/$description", kMeter}});
  EXPECT_TRUE(changes.empty());
  changes = house.send({{"homie/5/m/$state", "ready"}});
  ASSERT_EQ(changes.alerts.size(), 1U);
  EXPECT_EQ(changes.alerts[0].alerts, (std::vector<Alert>{{"hot", "Too hot"}}));
  ASSERT_EQ(changes.targets.size(), 1U);
  EXPECT_EQ(changes.targets[0].topic, "homie/5/m/main/power");
  EXPECT_EQ(changes.targets[0].value, "20");
  changes = house.send({{"homie/5/m/$alert/hot", ""}, {"homie/5/m/main/power/$target", ""}});
  ASSERT_EQ(changes.alerts.size(), 1U);
  EXPECT_TRUE(changes.alerts[0].alerts.empty());
  EXPECT_EQ(changes.targets[0].value, "");
  EXPECT_TRUE(house.changes().empty());
}

TEST(HomieLife, StateAlertOfFourIsAnAlert) {
  HomieHouse house;
  for (const auto& [topic, payload] : kBoiler) house.homie.take(topic, payload);
  house.changes();
  Changes changes = house.send({{"homie/boiler/$state", "alert"}});
  ASSERT_EQ(changes.alerts.size(), 1U);
  EXPECT_EQ(changes.alerts[0].alerts.at(0).id, "$state");
  changes = house.send({{"homie/boiler/$state", "ready"}});
  EXPECT_TRUE(changes.alerts.at(0).alerts.empty());
}

TEST(HomieLife, WhatLacksAPartWaitsUntilAllHasComeIn) {
  HomieHouse house;
  EXPECT_TRUE(house
                  .send({{"homie/x/$homie", "3.0.1"},
                         {"homie/x/$state", "ready"},
                         {"homie/x/$nodes", "a,b"},
                         {"homie/x/a/$properties", "p"}})
                  .empty());
  house.homie.settle();
  const Changes changes = house.changes();
  EXPECT_EQ(changes.announced.size(), 1U);
  ASSERT_EQ(changes.faults.size(), 2U);
  EXPECT_EQ(changes.faults[0].text, "property 'a/p' says no $datatype: it is taken as a string");
  EXPECT_EQ(changes.faults[1].text, "node 'b' of $nodes is left out: it says no $properties");
  EXPECT_EQ(house.text("homie/x", "a p"), R"(sensor {"name":"A P","state_topic":"homie/x/a/p"})");
}

TEST(HomieLife, OldVersionsAreNamed) {
  HomieHouse house;
  const Changes changes =
      house.send({{"homie/x/$homie", "2.0.1"}, {"homie/x/$state", "ready"}, {"homie/x/$nodes", "a"}});
  EXPECT_TRUE(changes.announced.empty());
  ASSERT_EQ(changes.faults.size(), 1U);
  EXPECT_EQ(changes.faults[0].text, "it is of Homie 2.0.1; 3, 4 and 5 are read: update its firmware");
}

TEST(HomieLife, ADeviceThatIsCalledFive) {
  HomieHouse house;
  house.send({{"homie/5/$homie", "4.0.0"},
              {"homie/5/$state", "ready"},
              {"homie/5/$nodes", "n"},
              {"homie/5/n/$properties", "p"},
              {"homie/5/n/p/$datatype", "integer"},
              {"homie/5/m/$description", kMeter},
              {"homie/5/m/$state", "ready"}});
  EXPECT_NE(house.text("homie/5", "n p"), "");
  EXPECT_NE(house.text("homie/5/m", "main power"), "");
}

TEST(HomieLife, OtherPrefixes) {
  HomieHouse house({"+", "house/floor"});
  house.send({{"valetudo/robot/$homie", "4.0.0"},
              {"valetudo/robot/$state", "ready"},
              {"valetudo/robot/$nodes", "n"},
              {"valetudo/robot/n/$properties", "p"},
              {"valetudo/robot/n/p/$datatype", "integer"},
              {"house/floor/5/m/$description", kMeter},
              {"house/floor/5/m/$state", "ready"}});
  EXPECT_EQ(house.homie.device_of("valetudo/robot/n/p"), "valetudo/robot");
  EXPECT_EQ(house.homie.device_of("house/floor/5/m/main/power"), "house/floor/5/m");
  EXPECT_EQ(house.homie.device_of("house/floor/5/other/main/power"), "");
}

TEST(HomieLife, FiltersCoverEveryAttribute) {
  const Homie homie({"+"});
  const auto covered = [&](std::string_view topic) {
    return std::ranges::any_of(
        homie.filters(), [topic](const std::string& filter) { return wire::topic_matches(filter, topic); });
  };
  for (const auto& [topic, payload] : kBoiler) EXPECT_TRUE(covered(topic)) << topic;
  for (const std::string_view topic :
       {"h/5/m/$state", "h/5/m/$description", "h/5/m/$alert/hot", "h/5/m/n/p/$target", "h/d/$fw/name",
        "h/d/n/$array", "h/d/$stats/uptime"})
    EXPECT_TRUE(covered(topic)) << topic;
  EXPECT_FALSE(covered("homie/boiler/heating/target"));
}

}  // namespace
}  // namespace gable::discovery::homie
