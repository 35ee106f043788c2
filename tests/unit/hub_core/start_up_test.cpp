// Start-up, reconnects, restarts: complete or saying so, nothing invented, nothing left behind.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::size_t changes(const CoreHouse& house) {
  std::size_t count = 0;
  for (const auto& line : house.journal) count += line.find(R"("k":"change")") != std::string::npos;
  return count;
}

TEST(StartUp, ARestartOfTheHubChangesNothingAndPublishesNoDocumentAgain) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/state/lamp", R"({"state":"on","brightness":100})");
  const auto before = house.broker;
  house.advance(std::chrono::minutes(5));
  house.journal.clear();
  house.restart();
  house.take();
  house.connect();
  EXPECT_EQ(changes(house), 0u);
  EXPECT_EQ(house.broker["gable/state/light/kitchen_lamp"], before.at("gable/state/light/kitchen_lamp"));
  for (const auto& line : house.take()) EXPECT_THAT(line, Not(HasSubstr("gable/state/light"))) << line;
}

TEST(StartUp, AValueThatChangedWhileTheHubWasAwayIsInitial) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.broker["gable/bridge/virtual/state/lamp"] = R"({"state":"on"})";
  house.journal.clear();
  house.restart();
  house.connect();
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "on");
  ASSERT_EQ(changes(house), 1u);
  EXPECT_THAT(house.journal, Contains(HasSubstr(R"("initial":true)")));
}

// Killed, mosquitto comes back as it was when it last wrote its database: our session is there, and documents
// that we have replaced or deleted since.
TEST(StartUp, AfterAReconnectTheBrokersCopyIsMended) {
  for (const int protocol : {5, 4}) {
    CoreHouse house;
    house.connect(protocol);
    house.lamp();
    const auto old = house.broker;
    house.device("virtual/state/lamp", R"({"state":"on"})");
    house.device("virtual/device/plug",
                 R"({"schema":"device/1","name":"Plug","entity":{"domain":"switch"}})");
    const auto latest = house.broker;
    house.lose_broker();
    house.broker = old;
    house.broker["gable/problem/bridge.gone.status"] = R"({"text":"solved since"})";
    house.journal.clear();
    house.take();
    house.connect(protocol, true);
    EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "on");
    EXPECT_EQ(house.field("gable/meta/switch/plug", "name"), "Plug");
    EXPECT_EQ(changes(house), 0u);
    EXPECT_THAT(house.problems(), IsEmpty());
    std::size_t documents = 0;
    for (const auto& line : house.take()) documents += line.starts_with("gable/meta/light/") ? 1 : 0;
    EXPECT_EQ(documents, 0u) << "what is right is not published again";
    // From now on a stranger is one again.
    if (protocol == 5) {
      house.send("gable/state/light/kitchen_lamp", R"({"state":"blue"})");
      EXPECT_THAT(house.problems(), Contains(HasSubstr("stranger")));
    }
  }
}

TEST(StartUp, ItsOwnWordsAndOldEventsAreNotSentToIt) {
  CoreHouse house;
  house.connect();
  const auto asked = [&](const std::string& filter) {
    const auto found = std::find_if(house.subscribed.begin(), house.subscribed.end(),
                                    [&](const Subscribe& wish) { return wish.filter == filter; });
    EXPECT_NE(found, house.subscribed.end()) << filter;
    return found == house.subscribed.end() ? Subscribe{} : *found;
  };
  EXPECT_TRUE(asked("gable/state/+/+").no_local);
  EXPECT_TRUE(asked("gable/state/+/+").stored);
  EXPECT_EQ(asked("gable/state/+/+").qos, 0);
  EXPECT_FALSE(asked("gable/bridge/+/event/+").stored);
  EXPECT_EQ(asked("gable/bridge/+/event/+").qos, 1);
  EXPECT_FALSE(asked("gable/set/#").stored);
}

TEST(StartUp, WhatWasDesiredOfAFormerProcessIsTakenAway) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.broker["gable/desired/light/kitchen_lamp"] = R"({"state":"on","_id":"x"})";
  house.restart();
  house.connect();
  EXPECT_FALSE(house.broker.contains("gable/desired/light/kitchen_lamp"));
}

TEST(StartUp, ACommandIsTakenWhileTheCopyIsChecked) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.lose_broker();
  house.connect_only(5, true);
  house.take();
  house.send("gable/set/light/kitchen_lamp", "on");
  EXPECT_THAT(house.take(), Contains(HasSubstr("gable/bridge/virtual/set/lamp")));
}

TEST(StartUp, AStoredStateThatIsNotWholeIsLeftOut) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const auto row = *wire::parse_object(house.store[{Table::state, "light.kitchen_lamp"}]);
  for (const char* key : {"changed", "updated", "reported", "seq", "attributes"}) {
    wire::Object broken = row;
    broken.erase(key);
    house.store[{Table::state, "light.kitchen_lamp"}] = wire::to_json(broken);
    house.restart();
    const bool whole = std::string_view(key) == "attributes";
    EXPECT_EQ(house.core->registry().find("light.kitchen_lamp")->state.known, whole) << key;
    broken.set(key, "7");
    house.store[{Table::state, "light.kitchen_lamp"}] = wire::to_json(broken);
    house.restart();
    EXPECT_EQ(house.core->registry().find("light.kitchen_lamp")->state.known, whole) << key;
  }
}

TEST(StartUp, AWipedBrokerIsFilledAgain) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const auto before = house.broker;
  house.lose_broker();
  house.broker.clear();
  house.connect();
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "unknown")
      << "its bridge has not come back yet";
  house.advance(std::chrono::seconds(6));
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "offline");
  house.lamp();
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "online");
  EXPECT_EQ(house.broker.at("gable/meta/light/kitchen_lamp"), before.at("gable/meta/light/kitchen_lamp"));
  EXPECT_EQ(house.broker.at("gable/state/light/kitchen_lamp"), before.at("gable/state/light/kitchen_lamp"));
}

TEST(StartUp, ABurstThatWasCutIsReadAgainAndThenNamed) {
  CoreHouse house;
  house.connect_only();
  house.send("gable/bridge/virtual/inventory", R"({"rev":1,"complete":true,"devices":["lamp","fan"]})");
  house.send("gable/bridge/virtual/status", R"({"status":"online","session":"b1"})");
  house.subscribed.clear();
  house.barrier();  // behind what bridges and hub have said …
  house.barrier();  // … and behind the announcements
  bool narrow = false;
  for (const auto& s : house.subscribed) narrow |= s.filter == "gable/bridge/virtual/device/+";
  EXPECT_TRUE(narrow);
  EXPECT_NE(house.status->status, wire::ParticipantStatus::online);
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
  EXPECT_THAT(house.problems(), Contains("broker.queue_limit"));
}

TEST(StartUp, ABrokerThatDoesNotAnswerIsNamedAfterFiveSeconds) {
  CoreHouse house;
  house.connect_only();
  house.advance(std::chrono::milliseconds(4'900));
  EXPECT_NE(house.status->status, wire::ParticipantStatus::online);
  house.advance(std::chrono::milliseconds(200));
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
  EXPECT_THAT(house.problems(), Contains("broker.barrier"));
}

TEST(StartUp, AnAnswerThatComesTooLateSolvesTheProblem) {
  CoreHouse house;
  house.connect_only();
  house.advance(std::chrono::seconds(6));
  ASSERT_THAT(house.problems(), Contains("broker.barrier"));
  house.barrier();
  EXPECT_THAT(house.problems(), IsEmpty());
}

// A link that stood still for longer than the hub waits: what the broker held is no stranger's word.
TEST(StartUp, WhatABrokerHandsOutTooLateIsReadOnceMore) {
  CoreHouse house;
  house.connect_only();
  house.advance(std::chrono::seconds(6));
  ASSERT_EQ(house.status->status, wire::ParticipantStatus::online);
  house.send("gable/state/light/gone", R"({"state":"on"})");
  EXPECT_THAT(house.problems(), ElementsAre("broker.barrier"));
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::starting);
  house.barrier();
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
  EXPECT_THAT(house.problems(), IsEmpty());
  house.send("gable/state/light/gone", R"({"state":"on"})");
  EXPECT_THAT(house.problems(), ElementsAre("stranger")) << "now it is one";
}

TEST(StartUp, ABrokerThatIsAlwaysTooLateIsReadOnceMoreOnly) {
  CoreHouse house;
  house.connect_only();
  house.advance(std::chrono::seconds(6));
  house.barrier();
  house.advance(std::chrono::seconds(6));
  ASSERT_EQ(house.status->status, wire::ParticipantStatus::online);
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

TEST(StartUp, AClockThatIsSetForwardWhileReadingIsNoSilence) {
  CoreHouse house;
  house.connect_only();
  house.now += std::chrono::minutes(13);
  house.advance(std::chrono::seconds(1));
  EXPECT_THAT(house.problems(), IsEmpty());
  house.barrier();
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

TEST(StartUp, ABrokerThatIsStillSendingIsGivenTime) {
  CoreHouse house;
  house.connect_only();
  for (int i = 0; i < 20; ++i) {
    house.send("homeassistant/sensor/x" + std::to_string(i) + "/x/config", "{}");
    house.advance(std::chrono::seconds(2));
  }
  EXPECT_THAT(house.problems(), IsEmpty());
  house.barrier();
  house.barrier();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

// A broker that was killed has the session of some earlier moment.
TEST(StartUp, ASessionThatIsThereIsToldAllSubscriptionsAgain) {
  CoreHouse house;
  house.connect();
  house.lose_broker();
  house.subscribed.clear();
  house.connect(5, true);
  const auto again = [&](const std::string& filter, bool if_new) {
    return std::any_of(house.subscribed.begin(), house.subscribed.end(), [&](const Subscribe& wish) {
      return wish.filter == filter && wish.qos == 1 && wish.if_new == if_new && (if_new || !wish.stored);
    });
  };
  EXPECT_TRUE(again("gable/bridge/+/state/+", true));
  EXPECT_TRUE(again("homeassistant/#", true) || again("homeassistant/+/+/config", true));
  EXPECT_TRUE(again("gable/set/#", false));
  EXPECT_TRUE(again("gable/client/hub/sync", false));
}

TEST(StartUp, ASessionThatReturnsNoBarrierIsAsIfThereWereNone) {
  CoreHouse house;
  house.connect();
  house.lose_broker();
  house.connect_only(5, true);
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
  house.advance(std::chrono::seconds(5));
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::starting);
  EXPECT_THAT(house.problems(), IsEmpty());
  house.connect();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

TEST(StartUp, AReadingThatWasBrokenOffIsBegunAnewEvenIfTheSessionIsThere) {
  CoreHouse house;
  house.connect();
  house.lose_broker();
  house.connect_only(5, false);
  house.barrier();
  house.lose_broker();
  house.subscribed.clear();
  house.connect_only(5, true);
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::starting);
  EXPECT_THAT(house.subscribed, Contains(testing::Field(&Subscribe::filter, "gable/bridge/+/device/+")));
  house.connect();
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

TEST(StartUp, RetainedIsReadAtQosZeroThenHeardAtQosOneWithoutAnotherBurst) {
  CoreHouse house;
  house.connect();
  std::vector<std::string> states;
  for (const auto& s : house.subscribed) {
    if (s.filter == "gable/bridge/+/state/+")
      states.push_back(std::to_string(s.qos) + (s.stored ? "stored" : "live"));
  }
  EXPECT_EQ(states, (std::vector<std::string>{"0stored", "1live"}));
}

TEST(StartUp, AStrangersTopicIsNamedAndLeftAlone) {
  CoreHouse house;
  house.broker["gable/state/light/nobody"] = R"({"state":"on"})";
  house.connect();
  EXPECT_EQ(house.broker.count("gable/state/light/nobody"), 1u);
  EXPECT_THAT(house.problems(), Contains(HasSubstr("stranger")));
}

TEST(StartUp, AStrangerWhoWritesInOurPlaceIsOverwrittenAndNamed) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.take();
  house.send("gable/state/light/kitchen_lamp", R"({"state":"on"})");
  EXPECT_EQ(house.said("gable/state/light/kitchen_lamp").size(), 1u);
  EXPECT_THAT(house.problems(), Contains(HasSubstr("stranger")));
}

TEST(StartUp, WhatWasForgottenWhileTheBrokerWasAwayIsSwept) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const auto before = house.broker;
  house.device("virtual/inventory", R"({"rev":2,"complete":true,"devices":[]})");
  house.send("gable/hub/request/forget", R"({"device":"virtual/lamp"})");
  house.broker["gable/state/light/kitchen_lamp"] = before.at("gable/state/light/kitchen_lamp");
  house.restart();
  house.connect();
  EXPECT_EQ(house.broker.count("gable/state/light/kitchen_lamp"), 0u);
}

TEST(StartUp, ProblemsOfAFormerRunGoWhenTheirCauseIsGone) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/status", R"({"status":"offline","session":"b1"})");
  EXPECT_THAT(house.problems(), Contains("bridge.virtual.status"));
  house.broker["gable/bridge/virtual/status"] = R"({"status":"online","session":"b2"})";
  house.restart();
  house.connect();
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST(StartUp, ABrokerWithAnOldDatabaseBringsNoSolvedProblemBack) {
  for (const bool hub_restarts : {false, true}) {
    CoreHouse house;
    house.connect();
    house.lamp();
    house.device("virtual/status", R"({"status":"offline","session":"b1"})");
    const auto old = house.broker;
    ASSERT_THAT(house.problems(), Not(IsEmpty()));
    house.device("virtual/status", R"({"status":"online","session":"b2"})");
    ASSERT_THAT(house.problems(), IsEmpty());
    const std::string now = house.broker["gable/bridge/virtual/status"];
    house.lose_broker();
    if (hub_restarts) house.restart();
    house.broker = old;
    house.broker["gable/bridge/virtual/status"] = now;
    house.connect();
    EXPECT_THAT(house.problems(), IsEmpty());
  }
}

TEST(StartUp, ABrokerWithAnOldDatabaseTakesNoStateBack) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.device("virtual/state/lamp", R"({"state":"off","_at":"2026-11-22T05:00:00.000Z"})");
  const std::string old = house.broker["gable/bridge/virtual/state/lamp"];
  house.device("virtual/state/lamp", R"({"state":"on","_at":"2026-11-22T05:00:01.000Z"})");
  house.journal.clear();
  house.lose_broker();
  house.broker["gable/bridge/virtual/state/lamp"] = old;
  house.connect();
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "on");
  EXPECT_EQ(changes(house), 0u);
  house.device("virtual/state/lamp", R"({"state":"off","_at":"2026-11-22T05:00:00.500Z"})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "off") << "live, from a clock set back";
}

TEST(StartUp, RenameMovesEverythingAndDeletesTheOldAfterTheNew) {
  CoreHouse house;
  house.connect();
  house.lamp();
  house.take();
  house.send("gable/hub/request/rename", R"({"entity":"light.kitchen_lamp","to":"light.stove"})");
  EXPECT_EQ(house.field("gable/state/light/stove", "state"), "off");
  EXPECT_EQ(house.broker.count("gable/state/light/kitchen_lamp"), 0u);
  house.restart();
  house.connect();
  EXPECT_EQ(house.field("gable/meta/light/stove", "source"), "virtual/lamp");
  EXPECT_EQ(house.broker.count("gable/meta/light/kitchen_lamp"), 0u);
}

// A process that died while its disk was full, or with the power, could not write down what it had said; and
// a broker may come back with an old database.
TEST(StartUp, AProblemThatNobodyKnowsIsDeleted) {
  CoreHouse house;
  house.broker["gable/problem/store.save"] =
      R"({"severity":"error","text":"The hub cannot save: disk is full"})";
  house.broker["gable/problem/command.light.stove"] = R"({"severity":"warning","text":"it did not obey"})";
  house.connect();
  EXPECT_TRUE(house.problems().empty());
}

// One problem for all of them, and none any more when nobody does so.
TEST(StartUp, WhoWritesInTheHubsPlaceIsNamedOnceUntilItIsOver) {
  CoreHouse house;
  house.connect();
  const auto text = [&house] { return house.field("gable/problem/stranger", "text"); };
  house.send("gable/state/light/a", "on");
  EXPECT_EQ(text(), "Somebody else publishes in the hub's place: gable/state/light/a");
  for (const char* name : {"b", "c", "d"}) house.send(std::string("gable/state/light/") + name, "on");
  house.advance(std::chrono::seconds(2));
  EXPECT_EQ(
      text(),
      "Somebody else publishes in the hub's place, on 4 topics: gable/state/light/a, gable/state/light/b, "
      "gable/state/light/c, …");
  house.send("gable/state/light/a", "");
  EXPECT_THAT(text(), HasSubstr("on 3 topics: gable/state/light/b"));
  house.advance(std::chrono::minutes(9));
  house.send("gable/state/light/d", "on");
  house.advance(std::chrono::minutes(1));
  EXPECT_EQ(text(), "Somebody else publishes in the hub's place: gable/state/light/d");
  house.advance(std::chrono::minutes(9));
  EXPECT_THAT(house.problems(), IsEmpty());
}

}  // namespace
}  // namespace gable::hub::test
