// The state trigger: what matches (rules.md, section 8, "State trigger, matching").
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;

class StateTriggerTest : public TriggerTest {
 protected:
  static StateTrigger of(std::initializer_list<std::string> entities = {"light.a"}) {
    StateTrigger t;
    t.entities = entities;
    return t;
  }
  void put(StateTrigger t) { attach("state", std::move(t)); }
};

TEST_F(StateTriggerTest, WithoutFiltersEveryChangeFiresAttributesCreationAndRemovalToo) {
  put(of());
  change("light.a", "off");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.from_state is none"), "True");
  change("light.a", "off", {{"brightness", 3}});
  EXPECT_EQ(count(), 1U);
  change("light.a", "on");
  EXPECT_EQ(count(), 1U);
  remove("light.a");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.to_state is none"), "True");
}

TEST_F(StateTriggerTest, WithAnyFilterChangesOfAttributesAreIgnored) {
  house.set("light.a", "on");
  for (int which = 0; which < 4; ++which) {
    StateTrigger t = of();
    (which == 0 ? t.from : which == 1 ? t.to : which == 2 ? t.not_from : t.not_to) = null();
    put(t);
  }
  change("light.a", "on", {{"brightness", 3}});
  EXPECT_EQ(count(), 0U);
  change("light.a", "off");
  EXPECT_EQ(count(), 4U);
}

TEST_F(StateTriggerTest, ToFiresOnlyWhenItIsReached) {
  house.set("light.a", "off");
  StateTrigger t = of();
  t.to = is({Value("on"), Value("dim")});
  put(t);
  change("light.a", "on");
  change("light.a", "on", {{"x", 1}});
  EXPECT_EQ(count(), 1U);
  change("light.a", "dim");
  change("light.a", "off");
  EXPECT_EQ(count(), 1U);
}

TEST_F(StateTriggerTest, FromAndToBothCount) {
  house.set("light.a", "off");
  StateTrigger t = of();
  t.from = is({Value("off")});
  t.to = is({Value("on")});
  put(t);
  change("light.a", "unavailable");
  change("light.a", "on");
  EXPECT_EQ(count(), 0U);
  change("light.a", "off");
  change("light.a", "on");
  EXPECT_EQ(count(), 1U);
}

TEST_F(StateTriggerTest, NotFromAndNotToShutOut) {
  house.set("light.a", "unavailable");
  StateTrigger from = of();
  from.not_from = is({Value("unavailable"), Value("unknown")});
  StateTrigger to = of();
  to.not_to = is({Value("unavailable")});
  attach({trigger_of("state", from), trigger_of("state", to)});
  change("light.a", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(fired.back().index, 1U);
  change("light.a", "unavailable");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(fired.back().index, 0U);
}

TEST_F(StateTriggerTest, ToAloneFiresOnCreationFromAloneOnRemoval) {
  StateTrigger to = of();
  to.to = is({Value("on")});
  StateTrigger from = of();
  from.from = is({Value("on")});
  attach({trigger_of("state", to), trigger_of("state", from)});
  change("light.a", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(fired.back().index, 0U);
  remove("light.a");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(fired.back().index, 1U);
}

TEST_F(StateTriggerTest, AnAttributeIsComparedAloneAndEqualValuesNeverFire) {
  house.set("light.a", "on", {{"mode", "eco"}});
  StateTrigger t = of();
  t.attribute = "mode";
  put(t);
  change("light.a", "off", {{"mode", "eco"}, {"other", 1}});
  EXPECT_EQ(count(), 0U);
  change("light.a", "off", {{"mode", "boost"}, {"other", 1}});
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.attribute"), "mode");
}

TEST_F(StateTriggerTest, AnAttributeMayBeABooleanOrANumber) {
  house.set("light.a", "on", {{"child_lock", false}});
  StateTrigger t = of();
  t.attribute = "child_lock";
  t.from = is({Value(false)});
  t.to = is({Value(true)});
  put(t);
  change("light.a", "on", {{"child_lock", "true"}});
  EXPECT_EQ(count(), 0U);
  change("light.a", "on", {{"child_lock", false}});
  change("light.a", "on", {{"child_lock", true}});
  EXPECT_EQ(count(), 1U);
}

TEST_F(StateTriggerTest, AStarIsAnyState) {
  house.set("light.a", "on");
  StateTrigger t = of();
  t.to = is({Value("*")});
  put(t);
  change("light.a", "on", {{"x", 1}});
  EXPECT_EQ(count(), 0U);
  change("light.a", "off");
  EXPECT_EQ(count(), 1U);
}

TEST_F(StateTriggerTest, TheVariableIsAsDocumented) {
  house.set("light.a", "off");
  StateTrigger t = of({"light.b", "light.a"});
  t.to = is({Value("on")});
  Trigger named = trigger_of("state", t);
  named.id = "went_on";
  named.alias = "On";
  attach({trigger_of("state", of({"light.c"})), named});
  change("light.a", "on", {{"friendly_name", "Lamp"}});
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.platform, trigger.id, trigger.idx, trigger.alias, trigger.entity_id]"),
            "['state', 'went_on', '1', 'On', 'light.a']");
  EXPECT_EQ(shown("[trigger.from_state.state, trigger.to_state.state, trigger.to_state.name]"),
            "['off', 'on', 'Lamp']");
  EXPECT_EQ(shown("[trigger.for, trigger.attribute, trigger.description]"),
            "[None, None, 'state of light.a']");
  EXPECT_EQ(fired.back().cause.id, "c-1");
  change("light.c", "on");
  EXPECT_EQ(shown("[trigger.id, trigger.idx, trigger.alias]"), "['0', '0', None]");
}

TEST_F(StateTriggerTest, WithTheOptionATripThroughUnavailableIsNoChange) {
  house.set("light.a", "on");
  options.ignore_unavailable = true;
  put(of());
  change("light.a", "unavailable");
  change("light.a", "unknown");
  change("light.a", "on");
  EXPECT_EQ(count(), 0U);
  change("light.a", "unavailable");
  change("light.a", "off");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.from_state.state"), "on");
}

TEST_F(StateTriggerTest, WithTheOptionWhatWasAwayAtFirstIsNoChangeWhenItComes) {
  house.set("light.a", "unavailable");
  options.ignore_unavailable = true;
  put(of());
  change("light.a", "on");
  EXPECT_EQ(count(), 0U);
  change("light.a", "off");
  EXPECT_EQ(count(), 1U);
}

TEST_F(StateTriggerTest, WithTheOptionWhoAsksForUnavailableStillGetsIt) {
  house.set("light.a", "on");
  options.ignore_unavailable = true;
  StateTrigger t = of();
  t.to = is({Value("unavailable")});
  put(t);
  change("light.a", "unavailable");
  EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace gable::rules::test
