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

}  // namespace
}  // namespace gable::hub::test
