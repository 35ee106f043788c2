// The life of a command: every one ends in exactly one final result.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string text(const wire::Object& object, const std::string& key) {
  const auto* value = object.find(key);
  return value == nullptr ? "(none)" : wire::plain_text(*value);
}

struct Commands : ::testing::Test {
  void SetUp() override {
    house.connect();
    house.lamp();
    house.take();
  }
  // The last final result on the tree.
  wire::Object result(const std::string& entity = "light/kitchen_lamp") {
    const auto said = house.said("gable/result/" + entity);
    EXPECT_FALSE(said.empty());
    return said.empty() ? wire::Object{} : said.back();
  }
  CoreHouse house;
};

TEST_F(Commands, OnGoesToTheDeviceFirstAndIsDoneWhenTheDeviceSaysSo) {
  house.send("gable/set/light/kitchen_lamp", "on");
  ASSERT_FALSE(house.published.empty());
  const auto& command = house.published.front();
  EXPECT_EQ(command.topic, "gable/bridge/virtual/set/lamp");
  EXPECT_EQ(command.payload, R"({"service":"turn_on","_id":")" + command.correlation + "\"}");
  EXPECT_EQ(command.expiry_seconds, 10u);
  EXPECT_FALSE(command.retained);
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off") << "state is never optimistic";
  house.advance(std::chrono::milliseconds(20));
  house.device("virtual/state/lamp", R"({"state":"on","brightness":255})");
  EXPECT_EQ(text(result(), "status"), "done");
  EXPECT_EQ(text(result(), "took_ms"), "20");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "_by"), "mqtt");
  EXPECT_THAT(house.take(), Not(Contains(HasSubstr("gable/desired/"))));
}

TEST_F(Commands, WhatALightThatFadesGoesOnReportingIsStillTheCommandsDoing) {
  house.send("gable/set/light/kitchen_lamp", "on");
  house.device("virtual/state/lamp", R"({"state":"on","brightness":1})");
  EXPECT_EQ(text(result(), "status"), "done");
  house.advance(std::chrono::milliseconds(400));
  house.device("virtual/state/lamp", R"({"state":"on","brightness":255})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "_by"), "mqtt");
  house.advance(std::chrono::seconds(6));
  house.device("virtual/state/lamp", R"({"state":"off"})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "_by"), "device:virtual/lamp");
}

TEST_F(Commands, DesiredStandsOnlyWhileACommandIsOutstanding) {
  house.send("gable/set/light/kitchen_lamp/brightness", "40%");
  house.advance(std::chrono::milliseconds(60));
  EXPECT_EQ(house.field("gable/desired/light/kitchen_lamp", "brightness"), "102");
  EXPECT_EQ(house.field("gable/desired/light/kitchen_lamp", "_since"), "2026-11-22T12:00:00.000Z");
  EXPECT_EQ(house.field("gable/desired/light/kitchen_lamp", "_until"), "2026-11-22T12:00:05.000Z");
  house.device("virtual/state/lamp", R"({"state":"on","brightness":102})");
  EXPECT_EQ(house.broker.count("gable/desired/light/kitchen_lamp"), 0u);
  EXPECT_EQ(text(result(), "status"), "done");
}

TEST_F(Commands, DesiredGoesWithItsCommandHoweverSoonAfterAReconnect) {
  house.send("gable/set/light/kitchen_lamp/brightness", "40%");
  house.advance(std::chrono::milliseconds(60));
  ASSERT_EQ(house.broker.count("gable/desired/light/kitchen_lamp"), 1u);
  house.lose_broker();
  house.connect();
  // In the moment in which the hub is online again.
  house.device("virtual/state/lamp", R"({"state":"on","brightness":102})");
  EXPECT_EQ(house.broker.count("gable/desired/light/kitchen_lamp"), 0u);
}

TEST_F(Commands, AnAnswerToACommandThatHasEndedIsTooLate) {
  house.send("gable/set/light/kitchen_lamp", "on");
  const auto id = house.published.front().correlation;
  house.device("virtual/state/lamp", R"({"state":"on"})");
  house.device("virtual/result/lamp", R"({"id":")" + id + R"(","status":"failed"})");
  EXPECT_EQ(house.said("gable/result/light/kitchen_lamp").size(), 1u);
  EXPECT_EQ(text(result(), "status"), "done");
}

TEST_F(Commands, TheJournalSaysWhoAskedForWhat) {
  house.journal.clear();
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","brightness":7,"_id":"w1"})");
  EXPECT_THAT(house.journal,
              Contains(AllOf(HasSubstr(R"("k":"command","e":"light.kitchen_lamp")"),
                             HasSubstr(R"("service":"turn_on","data":{"brightness":7},"by":"mqtt")"))));
}

TEST_F(Commands, WhatACommandChangedNamesIt) {
  house.send("gable/set/light/kitchen_lamp", "on");
  const auto id = house.published.front().correlation;
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_THAT(house.journal, Contains(AllOf(HasSubstr(R"("k":"change")"),
                                            HasSubstr(R"("by":"mqtt","cause":")" + id + '"'))));
}

// A light that fades goes on reporting; one that goes dark was switched off by somebody else.
TEST_F(Commands, ForAMomentReportsFollowFromItUnlessTheyDenyIt) {
  house.send("gable/set/light/kitchen_lamp", "on");
  house.device("virtual/state/lamp", R"({"state":"on","brightness":10})");
  house.journal.clear();
  house.device("virtual/state/lamp", R"({"state":"on","brightness":90})");
  EXPECT_THAT(house.journal, Contains(HasSubstr(R"("cause":")")));
  house.journal.clear();
  house.device("virtual/state/lamp", R"({"state":"off"})");
  EXPECT_THAT(house.journal, Contains(HasSubstr(R"("k":"change")")));
  EXPECT_THAT(house.journal, Not(Contains(HasSubstr(R"("cause":")"))));
}

// It reports nothing: what was done is assumed.
TEST_F(Commands, OfADeviceThatReportsNothingTheStateIsAssumed) {
  house.device("virtual/device/fan",
               R"({"schema":"device/1","name":"Fan","entity":{"domain":"switch","assumed_state":true}})");
  house.take();
  house.send("gable/set/switch/fan", "on");
  const auto id = house.published.front().correlation;
  EXPECT_NE(house.field("gable/state/switch/fan", "state"), "on");
  house.device("virtual/result/fan", R"({"id":")" + id + R"(","status":"done"})");
  EXPECT_EQ(house.field("gable/state/switch/fan", "state"), "on");
}

TEST_F(Commands, NoAnswerIsATimeoutThatNamesTheBridge) {
  house.send("gable/set/light/kitchen_lamp", "on");
  house.advance(std::chrono::seconds(6));
  EXPECT_EQ(text(result(), "status"), "timeout");
  EXPECT_THAT(text(result(), "reason"), HasSubstr("virtual"));
  EXPECT_EQ(house.said("gable/result/light/kitchen_lamp").size(), 1u);
  EXPECT_EQ(house.broker.count("gable/desired/light/kitchen_lamp"), 0u);
}

// (Found by the simulation: such a result was no valid document.)
TEST_F(Commands, AClockThatIsSetBackMakesNoNegativeTime) {
  house.send("gable/set/light/kitchen_lamp", "on");
  house.now -= std::chrono::seconds(5);
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(text(result(), "status"), "done");
  EXPECT_TRUE(wire::decode_result(result())) << wire::to_json(result());
}

TEST_F(Commands, ANewerCommandSupersedesTheOlder) {
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"first"})");
  house.send("gable/set/light/kitchen_lamp", R"({"state":"off","_id":"second"})");
  EXPECT_EQ(text(result(), "id"), "first");
  EXPECT_EQ(text(result(), "status"), "superseded");
}

TEST_F(Commands, TheResponseTopicHearsTheFinalResultOnceWithItsCorrelation) {
  house.send("gable/set/light/kitchen_lamp", "on", "gable/client/anna/r", "42");
  const auto id = house.published.front().correlation;
  house.device("virtual/result/lamp", R"({"id":")" + id + R"(","status":"accepted"})");
  EXPECT_THAT(house.said("gable/client/anna/r"), IsEmpty());
  EXPECT_EQ(text(result(), "status"), "accepted");
  house.device("virtual/result/lamp", R"({"id":")" + id + R"(","status":"done"})");
  ASSERT_EQ(house.said("gable/client/anna/r").size(), 1u);
  EXPECT_EQ(house.published.back().correlation, "42");
}

TEST_F(Commands, OnlyTopicsOfClientsAreTakenForAnswers) {
  house.send("gable/set/light/kitchen_lamp", "nonsense", "gable/state/light/kitchen_lamp", "1");
  EXPECT_THAT(house.said("gable/state/light/kitchen_lamp"), IsEmpty());
  EXPECT_EQ(text(result(), "status"), "rejected");
}

TEST_F(Commands, ADeviceThatRefusesFails) {
  house.send("gable/set/light/kitchen_lamp", "on");
  house.device("virtual/result/lamp", R"({"id":")" + house.published.front().correlation +
                                          R"(","status":"failed","code":"failed","reason":"bulb missing"})");
  EXPECT_EQ(text(result(), "status"), "failed");
  EXPECT_EQ(text(result(), "reason"), "bulb missing");
}

struct Bad {
  std::string topic, payload, code, hint;
};

TEST_F(Commands, BadOnesAreRejectedWithAReason) {
  for (const auto& bad : std::vector<Bad>{
           {"light/kitchen_lmap", "on", "unknown_entity", "light.kitchen_lamp"},
           {"light/kitchen_lamp", "blink", "malformed", ""},
           {"light/kitchen_lamp", R"({"brihtness":3})", "unknown_attribute", "brightness"},
           {"light/kitchen_lamp", R"({"brightness":300})", "out_of_range", "255"},
           {"light/kitchen_lamp", R"({"state":"on","color_temp_kelvin":3000})", "unsupported", "color_temp"},
           {"light/kitchen_lamp", R"({"brightness":true})", "wrong_type", ""},
           {"light/kitchen_lamp", "{\"state\":", "malformed", ""},
           {"light/kitchen_lamp", std::string(70'000, ' ') + "on", "too_large", "64 KiB"},
           {"light/kitchen_lamp/nothing", "1", "unknown_attribute", ""}}) {
    house.take();
    house.send("gable/set/" + bad.topic, bad.payload);
    const auto entity = bad.topic.substr(0, bad.topic.find('/', 6));
    const auto said = result(entity);
    EXPECT_EQ(text(said, "status"), "rejected") << bad.payload.substr(0, 60);
    if (!bad.code.empty()) {
      EXPECT_EQ(text(said, "code"), bad.code) << bad.payload.substr(0, 60) << ": " << text(said, "reason");
    }
    EXPECT_THAT(text(said, "reason"), HasSubstr(bad.hint)) << bad.payload.substr(0, 60);
    EXPECT_THAT(house.said("gable/bridge/virtual/set/lamp"), IsEmpty()) << bad.payload.substr(0, 60);
  }
}

TEST_F(Commands, ARetainedCommandIsObeyedOnceClearedAndReported) {
  house.send("gable/set/light/kitchen_lamp", "on", "", "", true);
  EXPECT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u);
  EXPECT_THAT(house.take(), Contains("gable/set/light/kitchen_lamp "));
  EXPECT_THAT(house.problems(), Contains(HasSubstr("retained_command")));
}

TEST_F(Commands, AStoredCommandOnAnOldBrokerIsNotObeyed) {
  house.connect(4);
  house.take();
  house.send("gable/set/light/kitchen_lamp", "on", "", "", true);
  EXPECT_THAT(house.said("gable/bridge/virtual/set/lamp"), IsEmpty());
}

TEST_F(Commands, AMessageDeliveredAgainActsOnce) {
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"x1"})");
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"x1"})");
  EXPECT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u);
  EXPECT_EQ(text(result(), "code"), "duplicate");
  // Nor twice when the next process gets it.
  house.restart();
  house.connect();
  house.take();
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"x1"})");
  EXPECT_THAT(house.said("gable/bridge/virtual/set/lamp"), IsEmpty());
  EXPECT_EQ(text(result(), "code"), "duplicate");
}

TEST_F(Commands, AnUnavailableEntityRejectsAndShowsItsStateAgain) {
  house.device("virtual/status", R"({"status":"offline","session":"b1"})");
  house.take();
  house.send("gable/set/light/kitchen_lamp", "on");
  EXPECT_EQ(text(result(), "code"), "unavailable");
  EXPECT_EQ(house.said("gable/state/light/kitchen_lamp").size(), 1u);
}

TEST_F(Commands, AnAreaIsAnsweredOnceForAll) {
  house.send("gable/set/area/kitchen/light", "on", "gable/client/anna/r", "7");
  EXPECT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u);
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(house.said("gable/client/anna/r").size(), 1u);
}

TEST_F(Commands, AServiceCallNamesItsTargets) {
  house.send("gable/call/light/turn_on",
             R"({"target":{"entity_id":"light.kitchen_lamp"},"data":{"brightness":10}})");
  ASSERT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u);
  EXPECT_EQ(text(house.said("gable/bridge/virtual/set/lamp")[0], "brightness"), "10");
  house.take();
  house.send("gable/call/light/turn_on", R"({"target":{"entity_id":"light.kitchn_lamp"}})",
             "gable/client/a/r");
  EXPECT_THAT(text(house.said("gable/client/a/r").at(0), "reason"), HasSubstr("light.kitchen_lamp"));
}

// An ending that nobody has been told survives another crash before there is a broker.
TEST_F(Commands, AnUnknownOutcomeIsToldHoweverOftenTheHubDies) {
  house.send("gable/set/light/kitchen_lamp", R"({"state":"toggle","_id":"t1"})");
  ASSERT_FALSE(house.store.empty());
  house.take();
  house.restart();
  house.restart();
  EXPECT_TRUE(house.said("gable/result/light/kitchen_lamp").empty());
  house.connect();
  const auto said = house.said("gable/result/light/kitchen_lamp");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said.front().find("reason")->string_or(""), HasSubstr("outcome unknown"));
  house.restart();
  house.take();
  house.connect();
  EXPECT_TRUE(house.said("gable/result/light/kitchen_lamp").empty()) << "told once";
}

TEST_F(Commands, WhatWasOutstandingAtACrashIsSentAgainWithItsId) {
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"mine"})");
  const auto id = house.published.front().correlation;
  house.take();
  house.restart();
  const auto again = house.said("gable/bridge/virtual/set/lamp");
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(text(again[0], "_id"), id);
  house.take();
  house.restart();
  ASSERT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u) << "however often it dies";
  EXPECT_EQ(text(house.said("gable/bridge/virtual/set/lamp")[0], "_id"), id);
  house.connect();
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(text(result(), "id"), "mine");
  EXPECT_EQ(text(result(), "status"), "done");
}

TEST(CommandsAtStart, BeforeStartUpIsCompleteTheAnswerIsStarting) {
  CoreHouse house;
  house.connect_only();
  house.send("gable/set/light/kitchen_lamp", "on");
  EXPECT_EQ(text(house.said("gable/result/light/kitchen_lamp").at(0), "code"), "starting");
}

// Its bridge has nothing to start from; the hub has.
TEST(OneWay, AToggleOfWhatNeverAnswersIsResolvedHere) {
  CoreHouse house;
  house.connect();
  house.device("rf/info", R"({"program":"x","version":"1","protocol":"rf","schema":"bridge/1"})");
  house.device(
      "rf/device/plug",
      R"({"schema":"device/1","name":"Plug","entity":{"domain":"switch","object_id":"plug","assumed_state":true}})");
  house.device("rf/inventory", R"({"rev":1,"complete":true,"devices":["plug"]})");
  house.device("rf/status", R"({"status":"online","session":"b1","since":"2026-11-22T11:00:00.000Z"})");
  const auto told = [&house](const std::string& word) {
    house.take();
    house.send("gable/set/switch/plug", word);
    const auto sent = house.said("gable/bridge/rf/set/plug");
    if (sent.empty()) return std::string("nothing");
    house.device("rf/result/plug",
                 R"({"id":)" + wire::to_json(*sent.at(0).find("_id")) + R"(,"status":"done"})");
    return wire::plain_text(*sent.at(0).find("service"));
  };
  EXPECT_EQ(told("on"), "turn_on");
  EXPECT_EQ(told("toggle"), "turn_off");
  EXPECT_EQ(told("toggle"), "turn_on");
}

}  // namespace
}  // namespace gable::hub::test
