// One source that says too much holds up nobody else; nothing is held up, reordered or left out in a house
// that is merely busy.

#include "core/flood_gate.hpp"

#include <gmock/gmock.h>

#include <cstdint>

namespace gable::hub::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Small, so that what happens can be seen.
constexpr FloodLimits kSmall{.calm = 0, .source = 20, .topic = 5, .crowd = 8, .waiting = 30};

struct Gate : testing::Test {
  FloodGate gate{"gable", kSmall};
  FloodGate::Steady now{100s};
  std::vector<std::string> handled;

  // True if it was handled at once.
  bool say(const std::string& topic, const std::string& payload = "x") {
    MessageIn message{.topic = topic, .payload = payload};
    if (gate.hold(message, now)) return false;
    handled.push_back(topic + "=" + payload);
    return true;
  }
  // As many messages of a source, each on a topic of its own.
  void crowd(const std::string& source, int from, int count) {
    for (int i = from; i < from + count; ++i) say(source + "/" + std::to_string(i), std::to_string(i));
  }
  void drain() {
    while (auto message = gate.next()) handled.push_back(message->topic + "=" + message->payload);
  }
  std::vector<std::string> latest() {
    std::vector<std::string> out;
    for (const auto& message : gate.latest(now)) out.push_back(message.topic + "=" + message.payload);
    return out;
  }
};

TEST_F(Gate, ABusyHouseIsHeardAsItSpeaks) {
  for (int second = 0; second < 10; ++second, now += 1s) {
    // Two sources below their limits, ten devices of each.
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(say("zigbee2mqtt/lamp" + std::to_string(i % 10)));
      EXPECT_TRUE(say("gable/bridge/attic/state/lamp" + std::to_string(i % 10)));
    }
    EXPECT_THAT(gate.report(now), IsEmpty());
  }
  EXPECT_FALSE(gate.waits());
  EXPECT_FALSE(gate.muffles());
}

TEST_F(Gate, WhoSaysTooMuchWaitsForTheOthersInTheOrderOfItsWords) {
  crowd("mad", 0, 25);
  EXPECT_TRUE(say("zigbee2mqtt/button"));
  EXPECT_EQ(handled.size(), 21U);
  EXPECT_TRUE(gate.waits());
  handled.clear();
  drain();
  EXPECT_THAT(handled, ElementsAre("mad/20=20", "mad/21=21", "mad/22=22", "mad/23=23", "mad/24=24"));
}

TEST_F(Gate, NothingOvertakesWhatWaits) {
  crowd("mad", 0, 25);
  now += 3s;  // calm again, but nobody has had time for what waits
  EXPECT_FALSE(say("mad/0", "newer"));
  handled.clear();
  drain();
  EXPECT_EQ(handled.back(), "mad/0=newer");
  now += 1s;
  EXPECT_TRUE(say("mad/0", "newest"));
}

TEST_F(Gate, OneTopicIsMuffledAndItsNeighboursAreNot) {
  for (int i = 0; i < 100; ++i) say("zigbee2mqtt/mad", std::to_string(i));
  EXPECT_TRUE(say("zigbee2mqtt/button"));
  // Five until it is counted by name, and five more.
  EXPECT_EQ(handled.size(), 11U);
  EXPECT_THAT(latest(), ElementsAre("zigbee2mqtt/mad=99"));
  EXPECT_THAT(latest(), IsEmpty());
  const auto floods = gate.report(now);
  ASSERT_EQ(floods.size(), 1U);
  EXPECT_EQ(floods[0].source, "zigbee2mqtt");
  EXPECT_EQ(floods[0].topic, "zigbee2mqtt/mad");
  EXPECT_EQ(floods[0].left_out, 89U);
  EXPECT_FALSE(floods[0].over);
}

TEST_F(Gate, TheLastWordOfAMuffledTopicIsNeitherLostNorOvertaken) {
  for (int i = 0; i < 100; ++i) say("zigbee2mqtt/mad", std::to_string(i));
  now += 2s;
  handled.clear();
  EXPECT_FALSE(say("zigbee2mqtt/mad", "calm"));  // the one before it has not been handled
  EXPECT_THAT(latest(), ElementsAre("zigbee2mqtt/mad=calm"));
  now += 1s;
  EXPECT_TRUE(say("zigbee2mqtt/mad", "and on"));
  EXPECT_FALSE(gate.muffles());
}

TEST_F(Gate, AMuffledTopicDoesNotOvertakeItself) {
  crowd("mad", 0, 25);
  say("mad/24", "waits");
  for (int i = 0; i < 20; ++i) say("mad/24", std::to_string(i));
  EXPECT_THAT(latest(), IsEmpty());
  handled.clear();
  drain();
  EXPECT_EQ(handled.back(), "mad/24=19");
  EXPECT_THAT(latest(), IsEmpty());
}

TEST_F(Gate, AFloodIsReportedWithItsRateAndItsEnd) {
  for (int second = 0; second < 3; ++second, now += 1s) {
    for (int i = 0; i < 50; ++i) say("zigbee2mqtt/mad");
  }
  const auto floods = gate.report(now);
  ASSERT_EQ(floods.size(), 1U);
  EXPECT_EQ(floods[0].per_second, 50U);
  EXPECT_EQ(floods[0].lasts, 3s);
  static_cast<void>(gate.latest(now));
  now += 2s;
  const auto end = gate.report(now);
  ASSERT_EQ(end.size(), 1U);
  EXPECT_TRUE(end[0].over);
  EXPECT_GT(end[0].left_out, 100U);
  EXPECT_FALSE(gate.floods());
  EXPECT_FALSE(gate.muffles());
  EXPECT_THAT(gate.report(now), IsEmpty());
}

TEST_F(Gate, ASourceIsReportedUntilNothingOfItWaits) {
  crowd("mad", 0, 25);
  now += 5s;
  ASSERT_EQ(gate.report(now).size(), 1U);
  EXPECT_TRUE(gate.floods());
  drain();
  now += 1s;
  const auto end = gate.report(now);
  ASSERT_EQ(end.size(), 1U);
  EXPECT_TRUE(end[0].over);
}

TEST_F(Gate, InACrowdTheNewestOfATopicTakesThePlaceOfTheOneBeforeIt) {
  crowd("mad", 0, 30);
  EXPECT_TRUE(gate.waits());
  say("mad/25", "newer");
  say("mad/25", "newest");
  handled.clear();
  drain();
  EXPECT_EQ(handled.size(), 10U);
  EXPECT_THAT(handled, testing::Contains("mad/25=newest"));
  EXPECT_THAT(handled, testing::Not(testing::Contains("mad/25=newer")));
}

TEST_F(Gate, SeveralMessagesOfOneTopicWaitInOrderWhileThereIsNoCrowd) {
  crowd("mad", 0, 21);
  say("mad/20", "b");
  say("mad/20", "c");
  handled.clear();
  drain();
  EXPECT_THAT(handled, ElementsAre("mad/20=20", "mad/20=b", "mad/20=c"));
}

TEST_F(Gate, CommandsResultsAndEventsOfOurTreeAreNeverLeftOut) {
  for (const std::string topic :
       {"gable/set/light/desk", "gable/bridge/attic/result/lamp", "gable/bridge/attic/event/button"}) {
    for (int i = 0; i < 100; ++i) say(topic, std::to_string(i));
    drain();
    EXPECT_THAT(latest(), IsEmpty());
    EXPECT_EQ(handled.size(), 100U) << topic;
    for (int i = 0; i < 100; ++i)
      EXPECT_EQ(handled[static_cast<std::size_t>(i)], topic + "=" + std::to_string(i));
    handled.clear();
  }
}

TEST_F(Gate, BridgesAreSourcesOfTheirOwn) {
  crowd("gable/bridge/mad/state", 0, 40);
  EXPECT_TRUE(say("gable/bridge/attic/state/lamp"));
  EXPECT_TRUE(say("gable/set/light/desk"));
  const auto floods = gate.report(now);
  ASSERT_EQ(floods.size(), 1U);
  EXPECT_EQ(floods[0].source, "gable/bridge/mad");
  EXPECT_EQ(floods[0].topic, "");
}

TEST_F(Gate, WhatTheHubSaysToItselfComesAfterWhatWasSaidBeforeIt) {
  EXPECT_TRUE(say("gable/client/hub/sync", "0"));
  crowd("mad", 0, 25);
  EXPECT_FALSE(say("gable/client/hub/sync", "1"));
  handled.clear();
  drain();
  EXPECT_EQ(handled.size(), 6U);
  EXPECT_EQ(handled.back(), "gable/client/hub/sync=1");
}

TEST_F(Gate, ItIsFullWhenTheOldestHasToHaveItsTurn) {
  crowd("mad", 0, 49);
  EXPECT_FALSE(gate.full());
  crowd("mad", 49, 1);
  EXPECT_TRUE(gate.full());
  EXPECT_EQ(gate.next()->topic, "mad/20");
  EXPECT_FALSE(gate.full());
}

TEST_F(Gate, NobodyIsCountedWhileLittleComesIn) {
  FloodGate calm("gable", {.calm = 40, .source = 20, .topic = 5, .crowd = 8, .waiting = 30});
  for (int i = 0; i < 40; ++i) {
    MessageIn message{.topic = "mad/" + std::to_string(i % 2)};
    EXPECT_FALSE(calm.hold(message, now));
  }
  EXPECT_FALSE(calm.floods());
}

TEST_F(Gate, ThousandsOfNamesAreBounded) {
  FloodGate wide("gable");
  const auto say_to = [&](std::string topic) {
    MessageIn message{.topic = std::move(topic)};
    return wide.hold(message, now);
  };
  for (int i = 0; i < 20'000; ++i) say_to("source" + std::to_string(i) + "/x");
  EXPECT_TRUE(wide.waits()) << "those whose names are not kept share one, which says too much";
  ASSERT_EQ(wide.report(now).size(), 1U);
  EXPECT_EQ(wide.report(now)[0].source, "others");
  EXPECT_FALSE(wide.muffles());
}

}  // namespace
}  // namespace gable::hub::test
