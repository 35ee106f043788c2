#include "wire/topic.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gable::wire {
namespace {

const TopicTree kTree("gable");
const EntityId kLamp("light", "kitchen");

struct Spelling {
  TopicKind kind;
  std::string built;
  std::string expected;
  ParsedTopic parsed;
};

std::vector<Spelling> spellings() {
  using enum TopicKind;
  const auto entity_kind = [](TopicKind kind, const char* word) {
    return Spelling{kind,
                    kTree.entity(kind, kLamp),
                    std::string("gable/") + word + "/light/kitchen",
                    {kind, "", "light", "kitchen", ""}};
  };
  const auto bridge_kind = [](TopicKind kind, const char* rest, const char* name) {
    return Spelling{kind,
                    kTree.bridge(kind, "virtual", name),
                    std::string("gable/bridge/virtual/") + rest,
                    {kind, "virtual", "", name, ""}};
  };
  const auto hub_kind = [](TopicKind kind, const char* topic, const char* name) {
    return Spelling{kind, kTree.hub(kind, name), std::string("gable/") + topic, {kind, "", "", name, ""}};
  };
  return {
      entity_kind(state, "state"),
      entity_kind(value, "value"),
      entity_kind(desired, "desired"),
      entity_kind(availability, "availability"),
      entity_kind(meta, "meta"),
      entity_kind(event, "event"),
      entity_kind(result, "result"),
      entity_kind(set, "set"),
      {set,
       kTree.set_attribute(kLamp, "brightness"),
       "gable/set/light/kitchen/brightness",
       {set, "", "light", "kitchen", "brightness"}},
      {set_area,
       kTree.set_area("upstairs", "light"),
       "gable/set/area/upstairs/light",
       {set_area, "", "light", "upstairs", ""}},
      {call, kTree.call("light", "turn_on"), "gable/call/light/turn_on", {call, "", "light", "turn_on", ""}},
      hub_kind(problem, "problem/bridge.virtual.offline", "bridge.virtual.offline"),
      hub_kind(trace, "trace/automation.night", "automation.night"),
      hub_kind(hub_status, "hub/status", ""),
      hub_kind(hub_info, "hub/info", ""),
      hub_kind(hub_health, "hub/health", ""),
      hub_kind(hub_log, "hub/log", ""),
      hub_kind(hub_request, "hub/request/history", "history"),
      hub_kind(hub_response, "hub/response/history", "history"),
      {client,
       kTree.client("anna", "reply/7"),
       "gable/client/anna/reply/7",
       {client, "anna", "", "reply/7", ""}},
      bridge_kind(bridge_status, "status", ""),
      bridge_kind(bridge_info, "info", ""),
      bridge_kind(bridge_inventory, "inventory", ""),
      bridge_kind(bridge_health, "health", ""),
      bridge_kind(bridge_log, "log", ""),
      bridge_kind(bridge_device, "device/1.1.7", "1.1.7"),
      bridge_kind(bridge_state, "state/lamp", "lamp"),
      bridge_kind(bridge_link, "link/lamp", "lamp"),
      bridge_kind(bridge_event, "event/lamp", "lamp"),
      bridge_kind(bridge_set, "set/lamp", "lamp"),
      bridge_kind(bridge_result, "result/lamp", "lamp"),
      bridge_kind(bridge_request, "request/refresh", "refresh"),
      bridge_kind(bridge_response, "response/refresh", "refresh")};
}

TEST(TopicTree, SpellsAndReadsEveryKind) {
  const auto all = spellings();
  ASSERT_EQ(all.size(), static_cast<std::size_t>(TopicKind::bridge_response) + 2);  // `set` has two forms
  for (const Spelling& spelling : all) {
    EXPECT_EQ(spelling.built, spelling.expected);
    const auto parsed = kTree.parse(spelling.built);
    ASSERT_TRUE(parsed) << spelling.built;
    EXPECT_EQ(parsed->kind, spelling.kind) << spelling.built;
    EXPECT_EQ(parsed->owner, spelling.parsed.owner) << spelling.built;
    EXPECT_EQ(parsed->domain, spelling.parsed.domain) << spelling.built;
    EXPECT_EQ(parsed->name, spelling.parsed.name) << spelling.built;
    EXPECT_EQ(parsed->attribute, spelling.parsed.attribute) << spelling.built;
  }
}

TEST(TopicTree, FiltersMatchTheirKindAndNoOther) {
  for (const Spelling& filtered : spellings()) {
    const std::string filter = kTree.filter(filtered.kind);
    for (const Spelling& other : spellings()) {
      // set/# holds the commands for areas too: one subscription for all of them.
      const bool expected = other.kind == filtered.kind ||
                            (filtered.kind == TopicKind::set && other.kind == TopicKind::set_area) ||
                            (filtered.kind == TopicKind::set_area && other.kind == TopicKind::set_area);
      EXPECT_EQ(topic_matches(filter, other.built), expected) << filter << " on " << other.built;
    }
    EXPECT_TRUE(topic_matches(kTree.all(), filtered.built));
  }
  EXPECT_EQ(kTree.bridge_filter(TopicKind::bridge_state, "hue"), "gable/bridge/hue/state/+");
  EXPECT_EQ(kTree.bridge_filter(TopicKind::bridge_status, "hue"), "gable/bridge/hue/status");
}

TEST(TopicTree, ParseRefusesWhatBreaksTheRules) {
  const std::string too_long(129, 'a');
  for (const std::string topic : {"",
                                  "gable",
                                  "gable/",
                                  "gablestate/light/a",
                                  "Gable/state/light/a",
                                  "other/state/light/a",
                                  "gable/state",
                                  "gable/state/light",
                                  "gable/state/light/",
                                  "gable/state//a",
                                  "gable/state/light/a/b",
                                  "gable/state/light/A",
                                  "gable/state/light/a b",
                                  "gable/state/light/ä",
                                  "gable/state/+/a",
                                  "gable/state/#",
                                  "gable/nothing/light/a",
                                  "gable/set/light",
                                  "gable/set/light/a/",
                                  "gable/set/light/a/b/c",
                                  "gable/set/area/light",
                                  "gable/set/area/up/light/x",
                                  "gable/call/light",
                                  "gable/call/light/turn_on/x",
                                  "gable/problem",
                                  "gable/problem/",
                                  "gable/problem/a/b",
                                  "gable/hub",
                                  "gable/hub/",
                                  "gable/hub/request",
                                  "gable/hub/request/",
                                  "gable/hub/other",
                                  "gable/hub/request/a/b",
                                  "gable/client",
                                  "gable/client/anna",
                                  "gable/client/anna/",
                                  "gable/client//x",
                                  "gable/client/anna/+",
                                  "gable/bridge",
                                  "gable/bridge/b",
                                  "gable/bridge/b/",
                                  "gable/bridge/b/other",
                                  "gable/bridge/b/status/x",
                                  "gable/bridge/b/state",
                                  "gable/bridge/b/state/",
                                  "gable/bridge/b/state/a/b",
                                  "gable/bridge//status",
                                  "gable/bridge/b c/status",
                                  "gable/hub/status/x",
                                  "gable/hub/area",
                                  "/gable/state/light/a"}) {
    EXPECT_FALSE(kTree.parse(topic)) << topic;
  }
  EXPECT_FALSE(kTree.parse("gable/state/light/" + too_long));
  EXPECT_TRUE(kTree.parse("gable/state/light/" + too_long.substr(1)));
  EXPECT_FALSE(kTree.parse("gable/bridge/b/state/" + too_long));
  EXPECT_FALSE(kTree.parse(std::string_view("gable/state/light/a\0b", 21)));
}

TEST(TopicTree, PartsAreViewsIntoTheTopic) {
  const std::string topic = "gable/state/light/kitchen";
  const auto parsed = kTree.parse(topic);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->domain.data(), topic.data() + 12);
  EXPECT_EQ(parsed->name.data(), topic.data() + 18);
}

TEST(TopicTree, RootIsOneLevel) {
  EXPECT_EQ(TopicTree("my-house_2").root(), "my-house_2");
  EXPECT_NO_THROW(TopicTree(std::string(64, 'r')));
  EXPECT_THROW(TopicTree(std::string(65, 'r')), std::invalid_argument);
  for (const std::string_view root : {"", "a/b", "+", "#", "$SYS", "ä", "a b"}) {
    EXPECT_THROW(TopicTree{root}, std::invalid_argument) << root;
  }
}

TEST(TopicTree, RefusesToBuildAKindFromTheWrongParts) {
  EXPECT_THROW((void)kTree.entity(TopicKind::hub_status, kLamp), std::invalid_argument);
  EXPECT_THROW((void)kTree.entity(TopicKind::problem, kLamp), std::invalid_argument);
  EXPECT_THROW((void)kTree.hub(TopicKind::state, "x"), std::invalid_argument);
  EXPECT_THROW((void)kTree.hub(TopicKind::problem), std::invalid_argument);
  EXPECT_THROW((void)kTree.bridge(TopicKind::state, "b", "d"), std::invalid_argument);
  EXPECT_THROW((void)kTree.bridge(TopicKind::bridge_state, "b"), std::invalid_argument);
}

// The examples of MQTT 5, 4.7.
TEST(TopicMatches, FollowsTheSpecification) {
  EXPECT_TRUE(topic_matches("sport/tennis/player1/#", "sport/tennis/player1"));
  EXPECT_TRUE(topic_matches("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"));
  EXPECT_TRUE(topic_matches("sport/#", "sport"));
  EXPECT_TRUE(topic_matches("#", "sport/tennis"));
  EXPECT_TRUE(topic_matches("sport/+", "sport/"));
  EXPECT_FALSE(topic_matches("sport/+", "sport"));
  EXPECT_FALSE(topic_matches("sport/tennis/+", "sport/tennis/player1/ranking"));
  EXPECT_TRUE(topic_matches("+/+", "/finance"));
  EXPECT_TRUE(topic_matches("/+", "/finance"));
  EXPECT_FALSE(topic_matches("+", "/finance"));
  EXPECT_FALSE(topic_matches("#", "$SYS/x"));
  EXPECT_FALSE(topic_matches("+/monitor/Clients", "$SYS/monitor/Clients"));
  EXPECT_TRUE(topic_matches("$SYS/#", "$SYS/x"));
  EXPECT_FALSE(topic_matches("a/b", "a/b/c"));
  EXPECT_FALSE(topic_matches("a/b/c", "a/b"));
  EXPECT_FALSE(topic_matches("sport+", "sport"));
  EXPECT_FALSE(topic_matches("a/#/c", "a/b/c"));
}

TEST(ValidTopicName, FollowsTheSpecification) {
  EXPECT_TRUE(valid_topic_name("a"));
  EXPECT_TRUE(valid_topic_name("/ä/ "));
  EXPECT_TRUE(valid_topic_name(std::string(65'535, 'a')));
  EXPECT_FALSE(valid_topic_name(std::string(65'536, 'a')));
  for (const std::string_view name : {"", "a/+", "a#", "\xFF"}) EXPECT_FALSE(valid_topic_name(name));
  EXPECT_FALSE(valid_topic_name(std::string_view("a\0", 2)));
}

}  // namespace
}  // namespace gable::wire
