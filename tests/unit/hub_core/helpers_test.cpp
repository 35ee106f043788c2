// The entities of the hub itself.

#include <gmock/gmock.h>

#include <algorithm>

#include "core/helpers/schedule.hpp"
#include "core/helpers/solar.hpp"
#include "core_house.hpp"

namespace gable::hub::test {
namespace {

House furnished() {
  House house;
  house.helpers.push_back({EntityId("input_boolean", "guests"), "Guests", "", InputBoolean{}});
  house.helpers.push_back({EntityId("input_number", "target"), "Target", "",
                           InputNumber{.min = 5, .max = 30, .step = 0.5, .unit = "°C"}});
  house.helpers.push_back(
      {EntityId("input_select", "mode"), "Mode", "", InputSelect{.options = {"home", "away", "night"}}});
  house.helpers.push_back({EntityId("counter", "doors"), "Doors", "", Counter{.minimum = 0, .maximum = 2}});
  house.helpers.push_back(
      {EntityId("timer", "oven"), "Oven", "", Timer{.duration = std::chrono::minutes(10), .restore = true}});
  house.helpers.push_back(
      {EntityId("group", "all"), "All", "",
       Group{.entities = {EntityId("input_boolean", "guests"), EntityId("light", "kitchen_lamp")}}});
  return house;
}

TEST(Helpers, ValuesAreSetByTheSameTopicsAndSurviveARestart) {
  CoreHouse house(furnished());
  house.connect();
  EXPECT_EQ(house.field("gable/state/input_boolean/guests", "state"), "off");
  house.send("gable/set/input_boolean/guests", "on");
  house.send("gable/set/input_number/target", "21.5");
  house.send("gable/set/input_select/mode", "night");
  for (int i = 0; i < 3; ++i)
    house.send("gable/call/counter/increment", R"({"target":{"entity_id":"counter.doors"}})");
  EXPECT_EQ(house.field("gable/state/counter/doors", "state"), "2") << "stops at its maximum";
  house.restart(furnished());
  house.connect();
  EXPECT_EQ(house.field("gable/state/input_boolean/guests", "state"), "on");
  EXPECT_EQ(house.field("gable/state/input_number/target", "state"), "21.5");
  EXPECT_EQ(house.field("gable/state/input_select/mode", "state"), "night");
  EXPECT_EQ(house.field("gable/state/counter/doors", "state"), "2");
}

TEST(Helpers, OutOfRangeIsRejected) {
  CoreHouse house(furnished());
  house.connect();
  house.take();
  house.send("gable/set/input_number/target", "31");
  EXPECT_EQ(wire::plain_text(*house.said("gable/result/input_number/target").at(0).find("code")),
            "out_of_range");
  house.send("gable/set/input_select/mode", "party");
  EXPECT_EQ(wire::plain_text(*house.said("gable/result/input_select/mode").at(0).find("status")), "rejected");
}

TEST(Helpers, ASelectGetsOtherOptionsUntilTheNextStart) {
  CoreHouse house(furnished());
  house.connect();
  const auto call = [&](const std::string& service, const std::string& data) {
    house.send("gable/call/input_select/" + service,
               R"({"target":{"entity_id":"input_select.mode"},"data":)" + data + "}");
  };
  const auto mode = [&] { return house.field("gable/state/input_select/mode", "state"); };
  house.send("gable/set/input_select/mode", "night");
  call("set_options", R"({"options":["late","night"]})");
  EXPECT_EQ(mode(), "night");
  call("select_option", R"({"option":"late"})");
  EXPECT_EQ(mode(), "late");
  call("set_options", R"({"options":["early","noon"]})");
  EXPECT_EQ(mode(), "early");
  EXPECT_EQ(wire::to_json(*house.retained("gable/state/input_select/mode").find("options")),
            R"(["early","noon"])");
  call("set_options", R"({"options":[]})");
  call("set_options", R"({"options":["a","a"]})");
  call("select_next", "{}");
  EXPECT_EQ(mode(), "noon");
  house.restart(furnished());
  house.connect();
  EXPECT_EQ(mode(), "home");
  house.send("gable/set/input_select/mode", "night");
  EXPECT_EQ(mode(), "night");
}

TEST(Helpers, ATimerIsMadeShorter) {
  CoreHouse house(furnished());
  house.connect();
  house.send("gable/set/timer/oven", "start");
  house.send("gable/call/timer/change",
             R"({"target":{"entity_id":"timer.oven"},"data":{"duration":"-0:09:00"}})");
  EXPECT_EQ(house.field("gable/state/timer/oven", "remaining"), "0:01:00");
  house.advance(std::chrono::seconds(61));
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "idle");
}

TEST(Helpers, ATimerRunsAcrossARestartAndFinishesOnce) {
  CoreHouse house(furnished());
  house.connect();
  house.send("gable/set/timer/oven", "start");
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "active");
  house.advance(std::chrono::minutes(4));
  house.restart(furnished());
  house.connect();
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "active");
  house.take();
  house.advance(std::chrono::minutes(7));
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "idle");
  std::size_t finished = 0;
  for (const auto& line : house.take()) finished += line.find("timer.finished") != std::string::npos;
  EXPECT_EQ(finished, 1u);
}

TEST(Helpers, TheEndOfATimerWaitsForRulesToHearIt) {
  const auto finished = [](const std::vector<std::string>& lines) {
    return std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
      return line.find("timer.finished") != std::string::npos;
    });
  };
  CoreHouse house(furnished());
  house.connect();
  house.send("gable/set/timer/oven", "start");
  house.restart(furnished());
  house.advance(std::chrono::hours(1));
  EXPECT_EQ(finished(house.take()), 0) << "no broker, no rules: a hub that dies now would have told nobody";
  house.restart(furnished());
  house.connect();
  house.advance(std::chrono::seconds(1));
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "idle");
  EXPECT_EQ(finished(house.take()), 1);
}

TEST(Helpers, AnOverdueTimerThatIsCancelledDoesNotEnd) {
  CoreHouse house(furnished());
  house.connect();
  house.lamp();
  house.send("gable/set/timer/oven", "start");
  house.advance(std::chrono::seconds(598));
  house.restart(furnished());
  house.broker.clear();
  house.connect();  // the bridge of the lamp has not spoken: the house is not complete
  house.advance(std::chrono::seconds(3));
  ASSERT_EQ(house.field("gable/state/timer/oven", "state"), "active");
  house.send("gable/set/timer/oven", "cancel");
  house.take();
  house.advance(std::chrono::hours(1));
  EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "idle");
  for (const auto& line : house.take()) EXPECT_EQ(line.find("timer.finished"), std::string::npos) << line;
}

TEST(Helpers, AGroupFollowsItsMembersAndPassesCommandsOn) {
  CoreHouse house(furnished());
  house.connect();
  house.lamp();
  EXPECT_EQ(house.field("gable/state/group/all", "state"), "off");
  house.send("gable/set/input_boolean/guests", "on");
  EXPECT_EQ(house.field("gable/state/group/all", "state"), "on");
  house.take();
  house.send("gable/set/group/all", "off");
  EXPECT_EQ(house.field("gable/state/input_boolean/guests", "state"), "off");
  EXPECT_EQ(house.said("gable/bridge/virtual/set/lamp").size(), 1u);
}

TEST(Helpers, WithoutALocationThereIsNoSun) {
  CoreHouse house;
  house.connect();
  EXPECT_EQ(house.broker.count("gable/state/sun/sun"), 0u);
  House berlin;
  berlin.info.location = Location{52.52, 13.405};
  house.restart(berlin);
  house.connect();
  EXPECT_EQ(house.field("gable/state/sun/sun", "state"), "above_horizon");
  house.advance(std::chrono::hours(6));
  EXPECT_EQ(house.field("gable/state/sun/sun", "state"), "below_horizon");
}

TEST(Helpers, BeyondThePolarCircleTheSunIsUpAllSummerAndDownAllWinter) {
  const Location tromso{69.65, 18.95};
  const auto up = [&](unsigned month, unsigned day, int hour) {
    const Time at = std::chrono::sys_days(std::chrono::year(2026) / month / day) + std::chrono::hours(hour);
    return sun_is_up(tromso, 0, at);
  };
  for (const int hour : {0, 6, 12, 18, 23}) {
    EXPECT_TRUE(up(6, 20, hour)) << hour;
    EXPECT_FALSE(up(12, 20, hour)) << hour;
  }
  EXPECT_TRUE(up(3, 20, 12));
  EXPECT_FALSE(up(3, 20, 0));
}

TEST(Helpers, AScheduleIsOnWithinItsBlocksInLocalTime) {
  class Berlin final : public ZoneRules {
   public:
    std::chrono::seconds offset(Time) const override { return std::chrono::hours(1); }
  } zone;
  Schedule schedule;
  schedule.days[6].push_back({std::chrono::hours(8), std::chrono::hours(10), {}});  // Sunday
  const Time sunday = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  auto step = schedule_step(schedule, zone, sunday + std::chrono::hours(6));
  EXPECT_EQ(*step.report.text, "off");
  EXPECT_EQ(*step.next, sunday + std::chrono::hours(7));
  step = schedule_step(schedule, zone, *step.next);
  EXPECT_EQ(*step.report.text, "on");
  EXPECT_EQ(*step.next, sunday + std::chrono::hours(9));
  step = schedule_step(schedule, zone, *step.next);
  EXPECT_EQ(*step.report.text, "off");
  EXPECT_EQ(*step.next, sunday + std::chrono::hours(7 + 7 * 24));
}

TEST(Helpers, AHelperThatLeftTheFilesLeavesTheTree) {
  CoreHouse house(furnished());
  house.connect();
  house.restart(House{});
  house.connect();
  EXPECT_EQ(house.broker.count("gable/state/input_boolean/guests"), 0u);
  EXPECT_EQ(house.broker.count("gable/meta/input_boolean/guests"), 0u);
}

House with(Helper helper) {
  House house;
  house.helpers.push_back(std::move(helper));
  return house;
}

void call(CoreHouse& house, const std::string& service, const std::string& entity,
          const std::string& data = "{}") {
  house.send("gable/call/" + service, R"({"target":{"entity_id":")" + entity + R"("},"data":)" + data + "}");
}

TEST(Helpers, ATimerTakesEverySpellingOfADuration) {
  CoreHouse house(furnished());
  house.connect();
  const auto runs = [&](const std::string& duration) {
    call(house, "timer/start", "timer.oven", R"({"duration":)" + duration + "}");
    return house.field("gable/state/timer/oven", "state") + " " +
           house.field("gable/state/timer/oven", "duration");
  };
  EXPECT_EQ(runs(R"({"minutes":5})"), "active 0:05:00");
  EXPECT_EQ(runs(R"("00:06")"), "active 0:06:00");
  EXPECT_EQ(runs(R"("0:00:90")"), "active 0:01:30");
  EXPECT_EQ(runs("20"), "active 0:00:20");
  EXPECT_EQ(runs(R"({"hours":"1","seconds":2.0})"), "active 1:00:02");
  EXPECT_EQ(runs(R"("soon")"), "active 1:00:02");
  house.send("gable/call/timer/start", R"({"target":{"entity_id":"timer.oven"}})");
  EXPECT_EQ(house.field("gable/state/timer/oven", "duration"), "1:00:02") << "started again: for as long";
}

TEST(Helpers, WhatATimerAtRestIsToldDoesNothing) {
  CoreHouse house(furnished());
  house.connect();
  for (const char* service : {"timer/pause", "timer/finish", "timer/cancel"}) {
    house.take();
    call(house, service, "timer.oven");
    for (const auto& line : house.take()) {
      EXPECT_EQ(line.find("rejected"), std::string::npos) << line;
      EXPECT_EQ(line.find("timer.finished"), std::string::npos) << line;
    }
    EXPECT_EQ(house.field("gable/state/timer/oven", "state"), "idle");
  }
}

TEST(Helpers, ANumberStopsAtItsEnds) {
  CoreHouse house(furnished());
  house.connect();
  house.send("gable/set/input_number/target", "29.8");
  call(house, "input_number/increment", "input_number.target");
  EXPECT_EQ(house.field("gable/state/input_number/target", "state"), "30.0");
  call(house, "input_number/increment", "input_number.target");
  EXPECT_EQ(house.field("gable/state/input_number/target", "state"), "30.0");
}

TEST(Helpers, ADateAndTimeHasPartsAndTakesEverySpelling) {
  CoreHouse house(with(
      {EntityId("input_datetime", "wake"), "Wake", "", InputDatetime{.has_date = true, .has_time = true}}));
  house.connect();
  const std::string topic = "gable/state/input_datetime/wake";
  const auto set = [&](const std::string& data) {
    call(house, "input_datetime/set_datetime", "input_datetime.wake", data);
    return house.field(topic, "state");
  };
  EXPECT_EQ(set(R"({"datetime":"2026-01-17 08:30"})"), "2026-01-17 08:30:00");
  EXPECT_EQ(
      house.field(topic, "year") + " " + house.field(topic, "hour") + " " + house.field(topic, "timestamp"),
      "2026 8 1768638600");
  EXPECT_EQ(set(R"({"time":"6:30"})"), "2026-01-17 06:30:00");
  EXPECT_EQ(set(R"({"date":"2026-02-01"})"), "2026-02-01 06:30:00");
  EXPECT_EQ(set(R"({"timestamp":1767225600})"), "2026-01-01 00:00:00");
  EXPECT_EQ(set(R"({"datetime":"2026-01-17T08:30:00Z"})"), "2026-01-17 08:30:00");
  EXPECT_EQ(set(R"({"datetime":"tomorrow"})"), "2026-01-17 08:30:00");
  EXPECT_EQ(set(R"({"timestamp":1e300})"), "2026-01-17 08:30:00");
}

TEST(Helpers, ATimeOfDayCountsFromMidnight) {
  CoreHouse house(with({EntityId("input_datetime", "wake"), "Wake", "",
                        InputDatetime{.has_time = true, .initial = "06:30:10"}}));
  house.connect();
  EXPECT_EQ(house.field("gable/state/input_datetime/wake", "timestamp"), "23410");
  EXPECT_EQ(house.field("gable/state/input_datetime/wake", "second"), "10");
}

TEST(Helpers, AGroupFollowsAMemberThatComesLater) {
  CoreHouse house(furnished());
  house.connect();
  EXPECT_EQ(house.field("gable/state/group/all", "state"), "off");
  house.lamp();
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(house.field("gable/state/group/all", "state"), "on");
}

TEST(Helpers, ACounterThatIsNotRestoredKeepsItsValueInAReload) {
  const House one =
      with({EntityId("counter", "doors"), "Doors", "", Counter{.initial = 3, .restore = false}});
  CoreHouse house(one);
  house.connect();
  call(house, "counter/increment", "counter.doors");
  house.handle(HouseChanged{one});
  EXPECT_EQ(house.field("gable/state/counter/doors", "state"), "4");
  house.restart(one);
  house.connect();
  EXPECT_EQ(house.field("gable/state/counter/doors", "state"), "3");
}

}  // namespace
}  // namespace gable::hub::test
