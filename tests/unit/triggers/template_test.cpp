// The template trigger (rules.md, section 8).
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using Secs = std::chrono::seconds;

class TemplateTriggerTest : public TriggerTest {
 protected:
  void put(const std::string& text, int hold = 0) {
    TemplateTrigger t{templated(text), {}};
    if (hold != 0) t.hold = seconds(hold);
    attach("template", std::move(t));
  }
};

TEST_F(TemplateTriggerTest, FiresWhenItBecomesTrueHavingBeenFalse) {
  house.set("light.a", "off");
  put("{{ is_state('light.a', 'on') }}");
  change("light.a", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.platform, trigger.entity_id, trigger.from_state.state, trigger.to_state.state]"),
            "['template', 'light.a', 'off', 'on']");
  change("light.a", "on", {{"x", 1}});
  EXPECT_EQ(count(), 0U);
  change("light.a", "off");
  change("light.a", "on");
  EXPECT_EQ(count(), 1U);
}

TEST_F(TemplateTriggerTest, TrueAtSetUpDoesNotFire) {
  house.set("light.a", "on");
  put("{{ is_state('light.a', 'on') }}");
  change("light.a", "on", {{"x", 1}});
  EXPECT_EQ(count(), 0U);
}

TEST_F(TemplateTriggerTest, WordsAndNumbersCountAsTrue) {
  house.set("sensor.a", "off");
  put("{{ states('sensor.a') }}");
  for (const char* yes : {"true", "Yes", "on", "enable", "1", "2.5"}) {
    change("sensor.a", yes);
    EXPECT_EQ(count(), 1U) << yes;
    change("sensor.a", "0");
  }
  for (const char* no : {"false", "no", "maybe", "0.0", "unavailable"}) change("sensor.a", no);
  EXPECT_EQ(count(), 0U);
}

TEST_F(TemplateTriggerTest, AnErrorBetweenTwoTruesDoesNotFireAgain) {
  house.set("sensor.a", "0.5");
  house.set("sensor.b", "1");
  put("{{ 1 / (states('sensor.a') | float) > 0.1 * (states('sensor.b') | float) and true }}");
  change("sensor.b", "1000");
  change("sensor.b", "1");
  EXPECT_EQ(count(), 1U);
  change("sensor.a", "0");
  EXPECT_EQ(house.logged.size(), 1U);
  change("sensor.a", "0.5");
  EXPECT_EQ(count(), 0U);
}

TEST_F(TemplateTriggerTest, ALaterTrueAfterAnErrorFiresIfItIsStillArmed) {
  house.set("sensor.a", "-1");
  put("{{ 1 / (states('sensor.a') | float) > 0 }}");
  change("sensor.a", "0");
  change("sensor.a", "1");
  EXPECT_EQ(count(), 1U);
}

TEST_F(TemplateTriggerTest, WhatIsReadIsFoundOutAtEveryRendering) {
  house.set("light.a", "off");
  house.set("light.b", "off");
  put("{{ is_state('light.a', 'on') and is_state('light.b', 'on') }}");
  EXPECT_FALSE(desk->listens_to("light.b"));
  change("light.a", "on");
  EXPECT_TRUE(desk->listens_to("light.b"));
  change("light.b", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "light.b");
  change("light.a", "off");
  EXPECT_FALSE(desk->listens_to("light.b"));
}

TEST_F(TemplateTriggerTest, DomainsAndAllStatesAreReadToo) {
  put("{{ states.light | selectattr('state', 'eq', 'on') | list | count > 0 }}");
  put("{{ states | list | count > 1 }}");
  change("light.new", "on");
  ASSERT_EQ(count(), 1U);
  change("switch.other", "on");
  ASSERT_EQ(count(), 1U);
}

TEST_F(TemplateTriggerTest, TheClockIsLookedAtEveryMinute) {
  put("{{ now().minute == 3 }}");
  wait(Secs(170));
  EXPECT_EQ(count(), 0U);
  wait(Secs(10));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(times.back(), kNoon + std::chrono::minutes(3));
  EXPECT_EQ(shown("[trigger.entity_id, trigger.from_state, trigger.to_state]"), "[None, None, None]");
  wait(std::chrono::hours(1));
  EXPECT_EQ(count(), 1U);
}

TEST_F(TemplateTriggerTest, WithoutTheClockNothingIsDueAndOthersChangesRenderNothing) {
  house.set("light.a", "off");
  put("{{ is_state('light.a', 'on') }}");
  EXPECT_FALSE(desk->next_deadline());
  EXPECT_FALSE(desk->listens_to("light.z"));
}

TEST_F(TemplateTriggerTest, ForEndsByFalseAndByAnotherTrueButNotByAnError) {
  house.set("sensor.a", "0");
  put("{{ 0 if states('sensor.a') == '0' else 4 // (states('sensor.a') | int) }}", 10);
  change("sensor.a", "2");
  wait(Secs(5));
  change("sensor.a", "0");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U);
  change("sensor.a", "2");
  change("sensor.a", "1");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U) << "another true value ends the hold, and begins none";
  change("sensor.a", "0");
  change("sensor.a", "2");
  wait(Secs(5));
  change("sensor.a", "nonsense");
  wait(Secs(5));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.for.total_seconds()"), "10.0");
}

TEST_F(TemplateTriggerTest, AHoldGoesOnAfterARestartWhileItIsTrue) {
  house.set("light.a", "off");
  TemplateTrigger t{templated("{{ is_state('light.a', 'on') }}"), seconds(60)};
  const std::vector<Trigger> rule{trigger_of("template", t)};
  attach(rule);
  change("light.a", "on");
  crash(Secs(90));
  attach(rule);
  restore();
  start();
  EXPECT_EQ(fired.size(), 1U);
  change("light.a", "off");
  change("light.a", "on");
  crash(Secs(10));
  house.set("light.a", "off");
  attach(rule);
  restore();
  start();
  EXPECT_EQ(rows(), 0U);
}

TEST_F(TemplateTriggerTest, AConstantNeverFires) {
  attach("template", TemplateTrigger{literal(true), {}});
  wait(std::chrono::hours(1));
  EXPECT_EQ(count(), 0U);
}

}  // namespace
}  // namespace gable::rules::test
