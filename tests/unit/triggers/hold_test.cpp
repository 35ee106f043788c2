// `for:` of triggers, and its life across a restart.
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;
using std::chrono::hours;
using Secs = std::chrono::seconds;

class HoldTest : public TriggerTest {
 protected:
  static StateTrigger held(int period = 10, std::initializer_list<std::string> entities = {"light.a"}) {
    StateTrigger t;
    t.entities = entities;
    t.hold = seconds(period);
    return t;
  }
  static StateTrigger to_on(int period = 10) {
    StateTrigger t = held(period, {"light.a", "light.b"});
    t.to = is({Value("on")});
    return t;
  }
  void put(StateTrigger t) { attach("state", std::move(t)); }
};

TEST_F(HoldTest, FiresWhenThePeriodIsOverWithTheStatesOfTheBeginning) {
  house.set("light.a", "off");
  put(to_on());
  change("light.a", "on");
  wait(Secs(9));
  change("light.a", "on", {{"brightness", 7}});
  EXPECT_EQ(count(), 0U);
  wait(Secs(1));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.to_state.attributes.brightness is defined, trigger.for.total_seconds()]"),
            "[False, 10.0]");
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, AnotherValueEndsIt) {
  put(to_on());
  change("light.a", "on");
  wait(Secs(5));
  change("light.a", "dim");
  wait(Secs(2));
  change("light.a", "on");
  wait(Secs(9));
  EXPECT_EQ(count(), 0U);
  wait(Secs(1));
  EXPECT_EQ(count(), 1U);
}

TEST_F(HoldTest, RemovalEndsIt) {
  put(to_on());
  change("light.a", "on");
  remove("light.a");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U);
  EXPECT_FALSE(desk->next_deadline());
}

TEST_F(HoldTest, WithoutToEveryChangeBeginsOneAndTheNextEndsIt) {
  house.set("light.a", "a");
  StateTrigger t = held();
  t.to = null();
  put(t);
  change("light.a", "b");
  wait(Secs(5));
  change("light.a", "c");
  wait(Secs(9));
  EXPECT_EQ(count(), 0U);
  wait(Secs(1));
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.to_state.state"), "c");
}

TEST_F(HoldTest, WithFromAloneOnlyTheOldValueEndsIt) {
  house.set("light.a", "off");
  StateTrigger t = held();
  t.from = is({Value("off")});
  put(t);
  change("light.a", "on");
  wait(Secs(5));
  change("light.a", "dim");
  wait(Secs(5));
  EXPECT_EQ(count(), 1U);
  change("light.a", "off");
  change("light.a", "on");
  change("light.a", "off");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U);
}

TEST_F(HoldTest, WithFromAndToOnlyToCounts) {
  house.set("light.a", "off");
  StateTrigger t = to_on();
  t.from = is({Value("off")});
  put(t);
  change("light.a", "on");
  wait(Secs(5));
  change("light.a", "dim");
  wait(Secs(20));
  EXPECT_EQ(count(), 0U);
}

TEST_F(HoldTest, EntitiesHoldIndependentlyAndOverlap) {
  put(to_on());
  change("light.a", "on");
  wait(Secs(5));
  change("light.b", "on");
  EXPECT_EQ(rows(), 2U);
  wait(Secs(5));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "light.a");
  wait(Secs(5));
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "light.b");
}

TEST_F(HoldTest, TwoHoldsOfOneEntityWithFromAloneBothFire) {
  house.set("light.a", "a");
  StateTrigger t = held();
  t.from = is({Value("a"), Value("b")});
  put(t);
  change("light.a", "c");
  wait(Secs(1));
  change("light.a", "b");
  change("light.a", "c");
  EXPECT_EQ(rows(), 2U);
  wait(Secs(20));
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, AnAttributeHoldsWhileOthersChange) {
  house.set("light.a", "on", {{"mode", "eco"}});
  StateTrigger t = held();
  t.attribute = "mode";
  t.to = is({Value("boost")});
  put(t);
  change("light.a", "on", {{"mode", "boost"}});
  wait(Secs(5));
  change("light.a", "off", {{"mode", "boost"}, {"x", 1}});
  wait(Secs(5));
  EXPECT_EQ(count(), 1U);
}

TEST_F(HoldTest, ThePeriodMayBeATemplateInThreeSpellings) {
  variables.define("pause", Value(4));
  StateTrigger whole = to_on();
  whole.hold = templated("{{ '00:00:04' if trigger.to_state.state == 'on' else 99 }}");
  StateTrigger number = to_on();
  number.hold = templated("{{ pause }}");
  StateTrigger parts = to_on();
  std::vector<std::pair<Templated, Templated>> map;
  map.emplace_back(literal("minutes"), literal(0));
  map.emplace_back(literal("seconds"), templated("{{ pause }}"));
  parts.hold = Templated(std::move(map));
  attach({trigger_of("state", whole), trigger_of("state", number), trigger_of("state", parts)});
  change("light.a", "on");
  wait(Secs(3));
  EXPECT_EQ(count(), 0U);
  wait(Secs(1));
  EXPECT_EQ(count(), 3U);
}

TEST_F(HoldTest, APeriodThatCannotBeRenderedDropsThisMatchAndSaysSo) {
  StateTrigger t = to_on();
  t.hold = templated("{{ 1 / 0 }}");
  StateTrigger word = to_on();
  word.hold = templated("soon");
  attach({trigger_of("state", t), trigger_of("state", word)});
  change("light.a", "on");
  wait(hours(1));
  EXPECT_EQ(count(), 0U);
  EXPECT_EQ(house.logged.size(), 2U);
}

TEST_F(HoldTest, APeriodOfNothingFiresAtOnce) {
  put(to_on(0));
  change("light.a", "on");
  EXPECT_EQ(count(), 1U);
}

TEST_F(HoldTest, GoesOnAfterARestart) {
  const std::vector<Trigger> rule{trigger_of("state", to_on(60))};
  attach(rule);
  start();
  change("light.a", "on");
  wait(Secs(10));
  crash(Secs(20));
  attach(rule);
  restore();
  start();
  wait(Secs(29));
  EXPECT_TRUE(fired.empty());
  wait(Secs(1));
  ASSERT_EQ(fired.size(), 1U);
  EXPECT_EQ(shown("[trigger.to_state.state, trigger.for.total_seconds(), trigger.entity_id]"),
            "['on', 60.0, 'light.a']");
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, ThatEndedMeanwhileFiresLateOnceAtTheStart) {
  const std::vector<Trigger> rule{trigger_of("state", to_on(60))};
  attach(rule);
  change("light.a", "on");
  crash(hours(2));
  attach(rule);
  restore();
  desk->handle(TimePassed{}, now);
  EXPECT_TRUE(fired.empty());
  start();
  EXPECT_EQ(fired.size(), 1U);
  wait(hours(1));
  EXPECT_EQ(fired.size(), 1U);
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, WhoseStateIsAnotherAtStartIsCancelled) {
  const std::vector<Trigger> rule{trigger_of("state", to_on(60))};
  attach(rule);
  change("light.a", "on");
  crash(hours(2));
  house.set("light.a", "off");
  attach(rule);
  restore();
  start();
  EXPECT_TRUE(fired.empty());
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, OfARuleThatIsGoneOrOfAnotherEntityLosesItsRow) {
  attach("state", to_on(60));
  change("light.a", "on");
  crash(Secs(1));
  attach({trigger_of("state", held(60, {"light.z"}))});
  restore();
  EXPECT_EQ(rows(), 0U);
  house.rows["broken"] = "{";
  restore();
  EXPECT_EQ(rows(), 0U);
}

TEST_F(HoldTest, EndsWithItsOwner) {
  const TriggerOwner owner = attach("state", to_on());
  change("light.a", "on");
  desk->detach(owner);
  EXPECT_EQ(rows(), 0U);
  wait(hours(1));
  EXPECT_EQ(count(), 0U);
}

TEST_F(HoldTest, WithTheOptionATripDoesNotEndItButAnotherValueDoes) {
  options.ignore_unavailable = true;
  house.set("light.a", "off");
  put(to_on());
  change("light.a", "on");
  change("light.a", "unavailable");
  wait(Secs(5));
  change("light.a", "on");
  wait(Secs(5));
  EXPECT_EQ(count(), 1U);
  change("light.a", "off");
  change("light.a", "on");
  change("light.a", "unavailable");
  change("light.a", "off");
  wait(hours(1));
  EXPECT_EQ(count(), 0U);
}

}  // namespace
}  // namespace gable::rules::test
