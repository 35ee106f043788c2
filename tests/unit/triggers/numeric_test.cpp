// The numeric_state trigger (rules.md, section 8).
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;
using Secs = std::chrono::seconds;

class NumericTriggerTest : public TriggerTest {
 protected:
  static NumericStateTrigger above(double limit) {
    NumericStateTrigger t;
    t.entities = {"sensor.a", "sensor.b"};
    t.above.number = limit;
    return t;
  }
  void put(NumericStateTrigger t) { attach("numeric_state", std::move(t)); }
};

TEST_F(NumericTriggerTest, FiresOnceWhenItCrossesAndIsArmedAgainOutside) {
  house.set("sensor.a", "5");
  put(above(10));
  change("sensor.a", "11");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.platform, trigger.entity_id, trigger.above, trigger.below, trigger.for]"),
            "['numeric_state', 'sensor.a', 10.0, None, None]");
  EXPECT_EQ(shown("[trigger.from_state.state, trigger.to_state.state]"), "['5', '11']");
  change("sensor.a", "12");
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "9");
  change("sensor.a", "11");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, EqualToTheThresholdIsOutside) {
  house.set("sensor.a", "5");
  put(above(10));
  change("sensor.a", "10");
  change("sensor.a", "10.0");
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "10.1");
  change("sensor.a", "10");
  change("sensor.a", "10.1");
  EXPECT_EQ(count(), 2U);
}

TEST_F(NumericTriggerTest, BothBoundsAreARangeThatIsEnteredFromEitherSide) {
  house.set("sensor.a", "5");
  NumericStateTrigger t = above(10);
  t.below.number = 20;
  put(t);
  change("sensor.a", "15");
  change("sensor.a", "25");
  change("sensor.a", "16");
  EXPECT_EQ(count(), 2U);
  change("sensor.a", "20");
  EXPECT_EQ(count(), 0U);
}

TEST_F(NumericTriggerTest, WhatIsInsideAtSetUpDoesNotFire) {
  house.set("sensor.a", "11");
  put(above(10));
  change("sensor.a", "12");
  EXPECT_EQ(count(), 0U);
}

TEST_F(NumericTriggerTest, AnEntityThatIsNotThereAtSetUpIsNotArmed) {
  put(above(10));
  change("sensor.a", "12");
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "1");
  change("sensor.a", "12");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, UnavailableAtSetUpArms) {
  house.set("sensor.a", "unavailable");
  put(above(10));
  change("sensor.a", "12");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, ABlipBeyondTheThresholdFiresAgainUnlessTheOptionSaysNo) {
  house.set("sensor.a", "5");
  put(above(10));
  options.ignore_unavailable = true;
  attach({trigger_of("numeric_state", above(10))}, "automation.quiet");
  change("sensor.a", "12");
  EXPECT_EQ(count(), 2U);
  change("sensor.a", "unavailable");
  change("sensor.a", "13");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, WithTheOptionWhatWasAwayAtFirstIsJudgedAsAtSetUp) {
  house.set("sensor.a", "unavailable");
  options.ignore_unavailable = true;
  put(above(10));
  change("sensor.a", "12");
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "5");
  change("sensor.a", "12");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, TextIsNamedAndNeitherArmsNorFires) {
  house.set("sensor.a", "5");
  put(above(10));
  change("sensor.a", "12");
  EXPECT_EQ(count(), 1U);
  change("sensor.a", "warm");
  change("sensor.a", "13");
  EXPECT_EQ(count(), 0U);
  ASSERT_EQ(house.logged.size(), 1U);
  EXPECT_NE(house.logged[0].find("expected a number, got 'warm'"), std::string::npos) << house.logged[0];
}

TEST_F(NumericTriggerTest, AThresholdMayBeAnEntityWhoseOwnChangesDoNotTrigger) {
  house.set("sensor.a", "15");
  house.set("input_number.limit", "20");
  NumericStateTrigger t = above(0);
  t.above = {std::nullopt, "input_number.limit"};
  put(t);
  change("input_number.limit", "10");
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "15.5");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.above"), "input_number.limit");
}

TEST_F(NumericTriggerTest, AThresholdThatIsUnavailableMatchesNothingAndArms) {
  house.set("sensor.a", "15");
  house.set("input_number.limit", "10");
  NumericStateTrigger t = above(0);
  t.above = {std::nullopt, "input_number.limit"};
  put(t);
  change("input_number.limit", "unavailable");
  change("sensor.a", "16");
  change("input_number.limit", "10");
  change("sensor.a", "17");
  EXPECT_EQ(count(), 1U);
}

TEST_F(NumericTriggerTest, AMissingAttributeMatchesNothing) {
  house.set("sensor.a", "on", {{"level", 50}});
  NumericStateTrigger t;
  t.entities = {"sensor.a"};
  t.attribute = "level";
  t.below.number = 20;
  put(t);
  change("sensor.a", "on", {{"level", 10}});
  change("sensor.a", "on");
  change("sensor.a", "on", {{"level", 9}});
  EXPECT_EQ(count(), 2U);
}

TEST_F(NumericTriggerTest, AValueTemplateSeesTheState) {
  house.set("sensor.a", "1", {{"factor", 3}});
  NumericStateTrigger t = above(10);
  t.value_template = templated("{{ state.state | float * state.attributes.factor }}");
  put(t);
  change("sensor.a", "4", {{"factor", 3}});
  EXPECT_EQ(count(), 1U);
  change("sensor.a", "x", {{"factor", 3}});
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(NumericTriggerTest, ForChecksTheWholePredicateAtEveryChange) {
  house.set("sensor.a", "5");
  house.set("input_number.limit", "10");
  NumericStateTrigger t = above(0);
  t.above = {std::nullopt, "input_number.limit"};
  t.hold = seconds(10);
  put(t);
  change("sensor.a", "12");
  wait(Secs(5));
  change("input_number.limit", "20");
  change("sensor.a", "13");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "21");
  wait(Secs(5));
  change("sensor.a", "22");
  wait(Secs(5));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.to_state.state, trigger.for.total_seconds()]"), "['21', 10.0]");
}

TEST_F(NumericTriggerTest, HoldsOfTwoEntitiesOverlap) {
  house.set("sensor.a", "5");
  house.set("sensor.b", "5");
  NumericStateTrigger t = above(10);
  t.hold = seconds(10);
  put(t);
  change("sensor.a", "12");
  wait(Secs(5));
  change("sensor.b", "12");
  wait(Secs(2));
  change("sensor.a", "unavailable");
  wait(Secs(30));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "sensor.b");
}

TEST_F(NumericTriggerTest, AHoldGoesOnAfterARestartUnlessTheValueIsOutside) {
  house.set("sensor.a", "5");
  house.set("sensor.b", "5");
  NumericStateTrigger t = above(10);
  t.hold = seconds(60);
  const std::vector<Trigger> rule{trigger_of("numeric_state", t)};
  attach(rule);
  change("sensor.a", "12");
  change("sensor.b", "12");
  crash(Secs(30));
  house.set("sensor.b", "9");
  attach(rule);
  restore();
  start();
  wait(Secs(30));
  ASSERT_EQ(fired.size(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "sensor.a");
  EXPECT_EQ(rows(), 0U);
}

}  // namespace
}  // namespace gable::rules::test
