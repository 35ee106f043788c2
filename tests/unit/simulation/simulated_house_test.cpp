// The simulated house: time, states, the sun, groups, restarts.
#include "house.hpp"

namespace gable::rules::simulation::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kHall = R"(
automation:
  - id: hall
    triggers: [{trigger: state, entity_id: binary_sensor.hall, to: "on"}]
    actions:
      - action: light.turn_on
        target: {entity_id: light.hall}
        data: {brightness_pct: 40}
      - delay: "00:02:00"
      - action: light.turn_off
        target: {entity_id: light.hall}
)";

TEST_F(HouseTest, ARuleSwitchesALightAndAMomentLaterItIsSo) {
  house.place_entity("binary_sensor.hall", "off", {});
  house.place_entity("light.hall", "off", {});
  start(kHall);
  house.set("binary_sensor.hall", "on");
  EXPECT_EQ(state("light.hall"), "on");
  EXPECT_EQ(attribute("light.hall", "brightness"), "102");
  pass(seconds(119));
  EXPECT_EQ(state("light.hall"), "on");
  pass(seconds(1));
  EXPECT_EQ(state("light.hall"), "off");
  EXPECT_EQ(attribute("light.hall", "brightness"), "none") << "a light that is off says nothing of it";
  EXPECT_EQ(calls(), "light.turn_on:light.hall light.turn_off:light.hall");
  EXPECT_EQ(house.record().calls.back().stamp.at, kNoon + minutes(2));
  EXPECT_EQ(house.record().calls.back().rule, "automation.hall");
  ASSERT_EQ(house.record().traces.size(), 1U);
  EXPECT_EQ(*house.record().traces[0].line.find("verdict"), wire::Value("finished"));
}

TEST_F(HouseTest, DelaysSurviveARestart) {
  house.place_entity("binary_sensor.hall", "off", {});
  house.place_entity("light.hall", "off", {});
  start(kHall);
  house.set("binary_sensor.hall", "on");
  house.restart(rules_of(kHall), minutes(1));
  EXPECT_EQ(state("light.hall"), "on");
  pass(minutes(1));
  EXPECT_EQ(state("light.hall"), "off");
}

TEST_F(HouseTest, HoldsAndTimesOfDayComeInTheirOrder) {
  house.place_entity("binary_sensor.door", "off", {});
  start(R"(
automation:
  - id: left_open
    triggers: [{trigger: state, entity_id: binary_sensor.door, to: "on", for: "01:00:00"}]
    actions: [{event: left_open}]
  - id: half_past
    triggers: [{trigger: time, at: "12:30:00"}]
    actions: [{event: half_past}]
)");
  house.set("binary_sensor.door", "on");
  pass(hours(2));
  EXPECT_EQ(events(), "half_past left_open");
  EXPECT_EQ(house.now(), kNoon + hours(2));
}

TEST_F(HouseTest, TheSameStateAgainIsNoEvent) {
  house.place_entity("sensor.x", "1", {{"unit", "W"}});
  start("automation: []");
  house.set("sensor.x", "1");
  EXPECT_TRUE(house.record().states.empty());
  house.set("sensor.x", "1", wire::Object{{"unit", "kW"}});
  ASSERT_EQ(house.record().states.size(), 1U);
  EXPECT_EQ(house.snapshot("sensor.x")->last_changed, kNoon);
}

TEST_F(HouseTest, GroupsFollowTheirMembers) {
  house.place_entity("light.a", "off", {});
  house.place_entity("light.b", "off", {});
  house.place_entity("group.all", "unknown", {{"entity_id", wire::List{"light.a", "light.b"}}});
  start("automation: []");
  EXPECT_EQ(state("group.all"), "off");
  EXPECT_EQ(call("light.turn_on", "group.all"), "");
  EXPECT_EQ(state("group.all"), "on");
  EXPECT_EQ(calls(), "light.turn_on:light.a:light.b");
}

TEST_F(HouseTest, RemovingFiresAndForgets) {
  house.place_entity("person.anna", "home", {});
  start(R"(
automation:
  - id: gone
    triggers: [{trigger: state, entity_id: person.anna, from: home}]
    actions: [{event: gone}]
)");
  house.remove("person.anna");
  EXPECT_EQ(state("person.anna"), "none");
  EXPECT_EQ(events(), "gone");
}

class SunTest : public HouseTest {
 protected:
  SunTest() : HouseTest(kBerlin) {}
};

TEST_F(SunTest, TheSunSetsAndRises) {
  start(R"(
automation:
  - id: dusk
    triggers: [{trigger: sun, event: sunset, offset: "-00:10:00"}]
    actions: [{event: dusk}]
)");
  EXPECT_EQ(state("sun.sun"), "above_horizon");
  pass(hours(3));
  EXPECT_EQ(events(), "") << "the sun sets at 15:24 UTC that day";
  pass(minutes(20));
  EXPECT_EQ(events(), "dusk");
  EXPECT_EQ(state("sun.sun"), "above_horizon");
  pass(minutes(20));
  EXPECT_EQ(state("sun.sun"), "below_horizon");
  const std::string low = attribute("sun.sun", "elevation");
  pass(hours(3));
  EXPECT_LT(std::stod(attribute("sun.sun", "elevation")), std::stod(low));
}

TEST_F(SunTest, PersonsAtHomeAreCounted) {
  house.place_entity("person.anna", "home", {});
  house.place_entity("person.ben", "not_home", {});
  start("automation: []");
  EXPECT_EQ(state("zone.home"), "1");
  house.set("person.ben", "home");
  EXPECT_EQ(state("zone.home"), "2");
}

TEST_F(HouseTest, WhatGoesRoundInCirclesEnds) {
  house.place_entity("input_boolean.a", "off", {});
  start(R"(
automation:
  - id: circle
    mode: parallel
    max: 1000
    triggers: [{trigger: state, entity_id: input_boolean.a}]
    actions: [{action: input_boolean.toggle, target: {entity_id: input_boolean.a}}]
)");
  house.set("input_boolean.a", "on");
  EXPECT_FALSE(house.record().texts.empty());
}

}  // namespace
}  // namespace gable::rules::simulation::test
