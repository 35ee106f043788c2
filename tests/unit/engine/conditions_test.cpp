// Conditions with three values: and, or, not and every kind, with the corners that people's rules meet.
#include "engine/conditions.hpp"

#include <gtest/gtest.h>

#include "fake_surroundings.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;
using std::chrono::hours;
using std::chrono::minutes;

template <typename Kind>
Condition condition(Kind kind) {
  Condition out;
  out.kind = std::move(kind);
  return out;
}

Condition state_is(const std::string& entity, const std::string& state) {
  StateCondition c;
  c.entities = {entity};
  c.states = {Value(state)};
  return condition(std::move(c));
}

Condition rendered(const std::string& text) {
  auto compiled = jinja::Template::compile(text);
  return condition(
      TemplateCondition{Templated(std::make_shared<const jinja::Template>(std::move(*compiled)))});
}

class ConditionsTest : public ::testing::Test {
 protected:
  ConditionsTest() {
    house.set("light.on", "on");
    house.set("light.off", "off");
    house.set("sensor.warm", "21.5", {{"battery", 15}});
    house.set("sensor.gone", "unavailable");
  }

  Verdict judged(const Condition& c, Instant now = kNoon) {
    const Renderer renderer(house, now);
    return judge(c, scope, renderer).verdict;
  }

  Verdict all_of(Condition a, Condition b) {
    return logical(LogicalCondition::Kind::all, std::move(a), std::move(b));
  }
  Verdict any_of(Condition a, Condition b) {
    return logical(LogicalCondition::Kind::any, std::move(a), std::move(b));
  }
  Verdict none_of(Condition a, Condition b) {
    return logical(LogicalCondition::Kind::none, std::move(a), std::move(b));
  }
  static Condition yes() { return state_is("light.on", "on"); }
  static Condition no() { return state_is("light.off", "on"); }
  static Condition fails() { return state_is("light.nowhere", "on"); }

  FakeSurroundings house;
  Scope scope;

 private:
  Verdict logical(LogicalCondition::Kind kind, Condition a, Condition b) {
    LogicalCondition c;
    c.kind = kind;
    c.members.push_back(std::move(a));
    c.members.push_back(std::move(b));
    return judged(condition(std::move(c)));
  }
};

TEST_F(ConditionsTest, AndIsFalseIfAnyIsElseAnErrorStays) {
  EXPECT_EQ(all_of(yes(), yes()), Verdict::yes);
  EXPECT_EQ(all_of(yes(), no()), Verdict::no);
  EXPECT_EQ(all_of(yes(), fails()), Verdict::error);
  EXPECT_EQ(all_of(fails(), no()), Verdict::no);
}

TEST_F(ConditionsTest, OrIsTrueIfAnyIsElseAnErrorStays) {
  EXPECT_EQ(any_of(no(), yes()), Verdict::yes);
  EXPECT_EQ(any_of(no(), no()), Verdict::no);
  EXPECT_EQ(any_of(fails(), yes()), Verdict::yes);
  EXPECT_EQ(any_of(no(), fails()), Verdict::error);
}

TEST_F(ConditionsTest, NotIsNoneOf) {
  EXPECT_EQ(none_of(no(), no()), Verdict::yes);
  EXPECT_EQ(none_of(no(), yes()), Verdict::no);
  EXPECT_EQ(none_of(fails(), yes()), Verdict::no);
  EXPECT_EQ(none_of(fails(), no()), Verdict::error);
}

TEST_F(ConditionsTest, OneOfSeveralStatesAndSeveralEntities) {
  StateCondition c;
  c.entities = {"light.on", "light.off"};
  c.states = {Value("on"), Value("off")};
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  c.states = {Value("on")};
  EXPECT_EQ(judged(condition(c)), Verdict::no);
  c.match_any = true;
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
}

TEST_F(ConditionsTest, AStateMayNameAHelper) {
  house.set("input_text.wanted", "on");
  EXPECT_EQ(judged(state_is("light.on", "input_text.wanted")), Verdict::yes);
  EXPECT_EQ(judged(state_is("light.off", "input_text.wanted")), Verdict::no);
}

TEST_F(ConditionsTest, AttributesKeepTheirTypes) {
  StateCondition c;
  c.entities = {"sensor.warm"};
  c.attribute = "battery";
  c.states = {Value(15)};
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  c.states = {Value("15")};
  EXPECT_EQ(judged(condition(c)), Verdict::no);
  c.attribute = "nothing";
  EXPECT_EQ(judged(condition(c)), Verdict::error);
}

TEST_F(ConditionsTest, ForCountsFromTheLastChange) {
  StateCondition c;
  c.entities = {"light.on"};
  c.states = {Value("on")};
  c.hold = Templated(Value("00:05:00"));
  EXPECT_EQ(judged(condition(std::move(c)), kNoon + minutes(4)), Verdict::no);
  StateCondition again;
  again.entities = {"light.on"};
  again.states = {Value("on")};
  again.hold = Templated(Value(300));
  EXPECT_EQ(judged(condition(std::move(again)), kNoon + minutes(5)), Verdict::yes);
}

TEST_F(ConditionsTest, NumbersAreStrictlyBetweenTheirBounds) {
  const auto between = [this](std::optional<double> above, std::optional<double> below,
                              const std::string& entity) {
    NumericStateCondition c;
    c.entities = {entity};
    c.above.number = above;
    c.below.number = below;
    return judged(condition(std::move(c)));
  };
  EXPECT_EQ(between(21, 22, "sensor.warm"), Verdict::yes);
  EXPECT_EQ(between(21.5, {}, "sensor.warm"), Verdict::no);
  EXPECT_EQ(between({}, 21.5, "sensor.warm"), Verdict::no);
  EXPECT_EQ(between(0, {}, "sensor.gone"), Verdict::no);
  EXPECT_EQ(between(0, {}, "light.on"), Verdict::error);
  EXPECT_EQ(between(0, {}, "sensor.nowhere"), Verdict::error);
}

TEST_F(ConditionsTest, AThresholdMayBeAnEntity) {
  house.set("input_number.limit", "20");
  NumericStateCondition c;
  c.entities = {"sensor.warm"};
  c.above.entity = "input_number.limit";
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  house.set("input_number.limit", "unknown");
  EXPECT_EQ(judged(condition(c)), Verdict::error);
}

TEST_F(ConditionsTest, OnlyTheTextTrueMakesATemplateTrue) {
  EXPECT_EQ(judged(rendered("{{ is_state('light.on', 'on') }}")), Verdict::yes);
  EXPECT_EQ(judged(rendered("{{ 'TRUE' }}")), Verdict::yes);
  EXPECT_EQ(judged(rendered("{{ 1 }}")), Verdict::no);
  EXPECT_EQ(judged(rendered("{{ 'yes' }}")), Verdict::no);
  EXPECT_EQ(judged(rendered("{{ 1 / 0 }}")), Verdict::error);
}

TEST_F(ConditionsTest, ATimeWindowMayCrossMidnight) {
  const auto window = [this](std::optional<hours> after, std::optional<hours> before, Instant now) {
    TimeCondition c;
    if (after) c.after = TimeBound{*after, {}};
    if (before) c.before = TimeBound{*before, {}};
    return judged(condition(std::move(c)), now);
  };
  EXPECT_EQ(window(hours(12), hours(13), kNoon), Verdict::yes);
  EXPECT_EQ(window(hours(11), hours(12), kNoon), Verdict::no);
  EXPECT_EQ(window(hours(22), hours(6), kNoon + hours(11)), Verdict::yes);
  EXPECT_EQ(window(hours(22), hours(6), kNoon + hours(17)), Verdict::yes);
  EXPECT_EQ(window(hours(22), hours(6), kNoon), Verdict::no);
  EXPECT_EQ(window(hours(7), hours(7), kNoon), Verdict::yes);
  EXPECT_EQ(window({}, hours(11), kNoon), Verdict::no);
  EXPECT_EQ(window(hours(11), {}, kNoon), Verdict::yes);
}

TEST_F(ConditionsTest, TheWeekdayIsTheOneOfNow) {
  TimeCondition c;
  c.weekdays = 1U << 3;  // Thursday
  EXPECT_EQ(judged(condition(c), kNoon), Verdict::yes);
  EXPECT_EQ(judged(condition(c), kNoon + hours(12)), Verdict::no);
  house.time_zone.ahead = hours(-1);
  EXPECT_EQ(judged(condition(c), kNoon + hours(12)), Verdict::yes);
}

TEST_F(ConditionsTest, BoundsMayBeEntities) {
  house.set("input_datetime.begin", "11:30:00");
  TimeCondition c;
  c.after = TimeBound{{}, "input_datetime.begin"};
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  house.set("input_datetime.begin", "2026-01-15 12:30:00");
  EXPECT_EQ(judged(condition(c)), Verdict::no);
  house.set("input_datetime.begin", "2026-01-15T11:30:00+00:00");
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  house.set("input_datetime.begin", "unknown");
  EXPECT_EQ(judged(condition(c)), Verdict::error);
}

TEST_F(ConditionsTest, TheNightIsAfterSunsetOrBeforeSunrise) {
  house.sunrise = hours(7);
  house.sunset = hours(17);
  SunCondition night;
  night.after = SunBound{false, {}};
  night.before = SunBound{true, {}};
  EXPECT_EQ(judged(condition(night), kNoon), Verdict::no);
  EXPECT_EQ(judged(condition(night), kNoon + hours(6)), Verdict::yes);
  EXPECT_EQ(judged(condition(night), kNoon - hours(6)), Verdict::yes);
  // After sunset alone ends at midnight.
  SunCondition evening;
  evening.after = SunBound{false, minutes(30)};
  EXPECT_EQ(judged(condition(evening), kNoon + hours(5)), Verdict::no);
  EXPECT_EQ(judged(condition(evening), kNoon + hours(6)), Verdict::yes);
  EXPECT_EQ(judged(condition(evening), kNoon + hours(13)), Verdict::no);
  house.sunset.reset();
  EXPECT_EQ(judged(condition(evening), kNoon + hours(6)), Verdict::no);
}

TEST_F(ConditionsTest, AZoneHoldsWhoIsWithinItsRadius) {
  house.set("zone.home", "0", {{"latitude", 52.5}, {"longitude", 13.4}, {"radius", 100}});
  ZoneCondition c;
  c.entities = {"person.anna"};
  c.zones = {"zone.home"};
  house.set("person.anna", "home", {{"latitude", 52.5}, {"longitude", 13.4005}});
  EXPECT_EQ(judged(condition(c)), Verdict::yes);
  house.set("person.anna", "not_home", {{"latitude", 52.6}, {"longitude", 13.4}});
  EXPECT_EQ(judged(condition(c)), Verdict::no);
  house.set("person.anna", "home");
  EXPECT_EQ(judged(condition(c)), Verdict::error);
}

TEST_F(ConditionsTest, ADisabledConditionIsAsIfItWereNotThere) {
  Condition c = no();
  c.enabled = Templated(Value(false));
  EXPECT_EQ(judged(c), Verdict::yes);
  EXPECT_EQ(any_of(c, no()), Verdict::no);
  EXPECT_EQ(none_of(c, no()), Verdict::yes);
  EXPECT_EQ(all_of(c, yes()), Verdict::yes);
  c.enabled = Templated(Value(true));
  EXPECT_EQ(judged(c), Verdict::no);
}

TEST_F(ConditionsTest, TheTraceNamesTheValues) {
  Condition c = no();
  c.name = "state";
  const ConditionResult result = judge(c, scope, Renderer(house, kNoon));
  EXPECT_EQ(result.trace.find("light.off")->string_or(""), "off");
  EXPECT_EQ(result.trace.find("result")->string_or(""), "false");
  const ConditionResult failed = judge(fails(), scope, Renderer(house, kNoon));
  EXPECT_EQ(failed.trace.find("error")->string_or(""), "there is no entity light.nowhere");
}

}  // namespace
}  // namespace gable::rules::test
