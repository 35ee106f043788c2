// Who speaks on a broker.

#include "discovery/survey/survey.hpp"

#include <gmock/gmock.h>

namespace gable::discovery {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Speaker speaker(const Survey& survey, const std::string& name) {
  for (auto& row : survey.speakers())
    if (row.name == name) return row;
  return {};
}

constexpr const char* kInfo =
    R"({"version":"2.14.1","coordinator":{"type":"x"},"config":{"homeassistant":{"enabled":ENABLED}}})";

std::string info(const char* enabled) {
  std::string text = kInfo;
  return text.replace(text.find("ENABLED"), 7, enabled);
}

TEST(Survey, SaysThatZigbee2MqttDoesNotAnnounceAndWhatToWrite) {
  Survey survey;
  survey.hear("zigbee/attic/bridge/info", info("false"), true);
  survey.hear("zigbee/attic/bridge/devices",
              R"([{"type":"Coordinator"},{"type":"Router"},{"type":"EndDevice"}])", true);
  const Speaker row = speaker(survey, "zigbee2mqtt");
  EXPECT_EQ(row.base, "zigbee/attic");
  EXPECT_EQ(row.devices, 2U);
  EXPECT_EQ(row.version, "2.14.1");
  EXPECT_THAT(row.missing, HasSubstr("does not announce"));
  EXPECT_THAT(row.advice, HasSubstr("homeassistant: {enabled: true}"));
}

TEST(Survey, IsContentWhenAllAreAnnounced) {
  Survey survey;
  survey.hear("zigbee2mqtt/bridge/info", info("true"), true);
  survey.hear("zigbee2mqtt/bridge/devices", R"([{"type":"Coordinator"},{"type":"Router"}])", true);
  for (const auto* id : {"bridge", "0x01"})
    survey.hear(std::string("homeassistant/sensor/") + id + "/x/config",
                std::string(R"({"device":{"identifiers":")") + id + R"("},"origin":{"name":"Zigbee2MQTT"}})",
                true);
  const Speaker row = speaker(survey, "zigbee2mqtt");
  EXPECT_EQ(row.announced, 1U);
  EXPECT_THAT(row.missing, IsEmpty());
}

TEST(Survey, KnowsOthersByTheirTopics) {
  Survey survey;
  survey.hear("tasmota/discovery/AABB/config", "{}", true);
  survey.hear("homie/5/lamp/$state", "ready", true);
  survey.hear("valetudo/robot/$homie", "4.0.0", true);
  survey.hear("shellyplus1-aa/online", "true", true);
  survey.hear("shellies/shelly1-bb/relay/0", "on", true);
  survey.hear("gable/bridge/zwave/status", "{}", true);
  survey.hear("somebody/else", "1", false);
  survey.hear("homeassistant/status", "online", false);
  EXPECT_EQ(speaker(survey, "Tasmota").devices, 1U);
  EXPECT_EQ(speaker(survey, "Homie").devices, 1U);
  EXPECT_EQ(speaker(survey, "Shelly (Gen2 and later)").devices, 1U);
  EXPECT_EQ(speaker(survey, "Gable bridge").devices, 1U);
  EXPECT_THAT(speaker(survey, "other").base, "somebody");
  EXPECT_TRUE(survey.home_assistant());
}

TEST(Survey, OurOwnHubThatGreetsDevicesIsNoHomeAssistant) {
  Survey survey;
  survey.hear("gable/hub/status", R"({"status":"online"})", true);
  survey.hear("homeassistant/status", "online", false);
  EXPECT_FALSE(survey.home_assistant());
  survey.hear("homeassistant/status", "online", true);
  EXPECT_TRUE(survey.home_assistant());
}

TEST(Survey, WhatCameBeforeItsSpeakerWasKnownIsHis) {
  Survey survey;
  survey.hear("zigbee2mqtt/lamp", "{}", true);
  survey.hear("zigbee2mqtt/bridge/info", info("true"), true);
  EXPECT_EQ(speaker(survey, "other").name, "");
}

TEST(Survey, LivesThroughNonsense) {
  Survey survey;
  for (const auto* topic :
       {"", "/", "//", "bridge", "x/bridge/info", "x/bridge/devices", "homeassistant/a/b/config"})
    for (const auto* payload : {"", "{", "[]", "{}", "5", "\xff"}) survey.hear(topic, payload, true);
  EXPECT_GT(survey.messages(), 0U);
}

}  // namespace
}  // namespace gable::discovery
