// Home Assistant's discovery messages: topics, short names, `~`, device messages, removal.

#include "discovery/announcement/announcement.hpp"

#include <gmock/gmock.h>

#include "discovery/announcement/abbreviations.hpp"
#include "wire/json.hpp"

namespace gable::discovery {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Announcement read(const std::string& component, const std::string& payload) {
  auto out = read_announcement({component, "node thing"}, payload);
  EXPECT_TRUE(out) << (out ? "" : out.error().message());
  return out ? *out : Announcement{};
}

std::string text(const Component& component, std::string_view key) {
  const wire::Value* value = component.config.find(key);
  return value == nullptr ? "(none)" : wire::to_json(*value);
}

TEST(AnnouncementTopics, HaveThreeOrFourLevelsBelowThePrefix) {
  const auto with_node = parse_announcement_topic("homeassistant", "homeassistant/light/0x01/light/config");
  ASSERT_TRUE(with_node);
  EXPECT_EQ(with_node->component, "light");
  EXPECT_EQ(with_node->id, "0x01 light");
  const auto without = parse_announcement_topic("a/b", "a/b/sensor/x-1/config");
  ASSERT_TRUE(without);
  EXPECT_EQ(without->id, "x-1");
  for (const auto* other :
       {"homeassistant/light/config", "homeassistant/light/a/b/c/config", "homeassistant/status",
        "homeassistant/light//config", "homeassistantx/light/a/config", "other/light/a/config"})
    EXPECT_FALSE(parse_announcement_topic("homeassistant", other)) << other;
}

TEST(ShortNames, AreReadOldAndNew) {
  const std::pair<const char*, const char*> names[] = {
      {"stat_t", "state_topic"},
      {"cmd_t", "command_topic"},
      {"val_tpl", "value_template"},
      {"stat_val_tpl", "state_value_template"},
      {"bri_cmd_tpl", "brightness_command_template"},
      {"hum_state_tpl", "target_humidity_state_template"},
      {"act_stat_t", "activity_state_topic"},
      {"act_t", "action_topic"},
      {"dock_t", "docked_topic"},
      {"dock_cmd_t", "dock_command_topic"},
      {"swing_h_mode_cmd_t", "swing_horizontal_mode_command_topic"},
      {"pl_not_avail", "payload_not_available"},
      {"pl_rst_pr_mode", "payload_reset_preset_mode"},
      {"pos", "reports_position"},
      {"pos_t", "position_topic"},
      {"t", "topic"},
      {"b_tpl", "blue_template"},
      {"away_mode_stat_tpl", "away_mode_state_template"},
      {"whit_val_stat_t", "white_value_state_topic"},
      {"uniq_id", "unique_id"},
      {"def_ent_id", "default_entity_id"},
  };
  for (const auto& [brief, full] : names) EXPECT_EQ(long_key(brief), full) << brief;
  for (const auto* full :
       {"state_topic", "temp_step", "min_temp", "name", "modes", "step", "qos", "pl_something"})
    EXPECT_EQ(long_key(full), full);
}

TEST(Announcements, TheBaseTopicReplacesATildeAtEitherEndOfTopicsOnly) {
  const auto read_now =
      read("switch", R"({"~":"a/b","stat_t":"~/s","cmd_t":"set/~","name":"~x","avty":[{"t":"~/lwt"}],)"
                     R"("json_attr_t":"x~y"})");
  ASSERT_THAT(read_now.components, SizeIs(1));
  const Component& component = read_now.components[0];
  EXPECT_EQ(text(component, "state_topic"), R"("a/b/s")");
  EXPECT_EQ(text(component, "command_topic"), R"("set/a/b")");
  EXPECT_EQ(text(component, "name"), R"("~x")");
  EXPECT_EQ(text(component, "json_attributes_topic"), R"("x~y")");
  EXPECT_EQ(text(component, "availability"), R"([{"topic":"a/b/lwt"}])");
}

TEST(Announcements, OneAvailabilityTopicBecomesTheList) {
  const auto one = read(
      "switch", R"({"avty_t":"x","pl_avail":"Online","pl_not_avail":"Offline","avty_tpl":"{{ value }}"})");
  EXPECT_EQ(
      text(one.components.at(0), "availability"),
      R"([{"topic":"x","payload_available":"Online","payload_not_available":"Offline","value_template":"{{ value }}"}])");
}

TEST(Announcements, DeviceAndOriginAreTakenOut) {
  const auto one = read(
      "sensor",
      R"({"dev":{"ids":"abc","cns":[["mac","02:5b"]],"name":7,"mf":"M","mdl":"D","sw":1.5,"cu":"javascript:x"},)"
      R"("o":{"name":"Prog","sw":"2","url":"http://x"}})");
  const Component& component = one.components.at(0);
  EXPECT_THAT(component.device.identifiers, ElementsAre("abc"));
  EXPECT_EQ(component.device.connections.at(0).second, "02:5b");
  EXPECT_EQ(component.device.name, "7");
  EXPECT_EQ(component.device.sw_version, "1.5");
  EXPECT_EQ(component.device.configuration_url, "") << "only http and https";
  EXPECT_EQ(component.origin.name, "Prog");
  EXPECT_EQ(component.unique_id(), "sensor node thing");
  EXPECT_FALSE(component.config.contains("device"));
}

TEST(Announcements, ADeviceMessageSharesAndTakesBack) {
  const auto all = read(
      "device", R"({"dev":{"ids":["d"]},"o":{"name":"P"},"stat_t":"d/s","qos":1,"avty_t":"d/a","cmps":{)"
                R"("a":{"p":"sensor","unique_id":"1"},"b":{"p":"switch","stat_t":"own","avty_t":"own/a"},)"
                R"("gone":{"p":"light"},"odd":5,"nameless":{"name":"x"}}})");
  ASSERT_THAT(all.components, SizeIs(2));
  EXPECT_EQ(all.components[0].key, "a node thing");
  EXPECT_EQ(text(all.components[0], "state_topic"), R"("d/s")");
  EXPECT_EQ(text(all.components[0], "availability"), R"([{"topic":"d/a"}])");
  EXPECT_EQ(text(all.components[1], "state_topic"), R"("own")");
  EXPECT_EQ(text(all.components[1], "availability"), R"([{"topic":"own/a"}])");
  EXPECT_EQ(text(all.components[1], "qos"), "1");
  ASSERT_THAT(all.removed, SizeIs(1));
  EXPECT_EQ(all.removed[0].platform, "light");
  EXPECT_THAT(all.faults, SizeIs(2));
}

TEST(Announcements, WhatCannotBeReadIsRefusedWithItsKey) {
  for (const auto* bad :
       {"[]", "5", "{", R"({"cmps":[]})", R"({"cmps":{}})", R"({"cmps":{},"dev":{"ids":"x"}})"})
    EXPECT_FALSE(read_announcement({"device", "x"}, bad)) << bad;
  EXPECT_EQ(read_announcement({"device", "x"}, R"({"cmps":{},"dev":{"ids":"x"}})").error().where, "origin");
  EXPECT_FALSE(read_announcement({"sensor", "x"}, "{\"a\":" + std::string(300'000, ' ') + "1}"));
  EXPECT_FALSE(read_announcement({"sensor", "x"}, std::string(100, '[') + std::string(100, ']')));
}

TEST(Announcements, EmptyRemovesAndMigrationIsToldApart) {
  EXPECT_TRUE(read("light", "").removal);
  EXPECT_TRUE(read("light", R"({"migrate_discovery":true})").migration);
  EXPECT_TRUE(read("light", R"({"migr_discvry":true})").migration);
  EXPECT_THAT(read("light", R"({"migr_discvry":true})").components, IsEmpty());
}

}  // namespace
}  // namespace gable::discovery
