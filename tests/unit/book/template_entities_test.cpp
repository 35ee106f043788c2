// Template entities: computed when what they read changes, or when their trigger fires.

#include "house_of_rules.hpp"

namespace gable::rules::test {
namespace {

class TemplateEntitiesTest : public HouseOfRules {};

TEST_F(TemplateEntitiesTest, FollowsWhatItReads) {
  house.set("sensor.a", "2");
  begin(R"(
template:
  - sensor:
      - name: Twice
        unit_of_measurement: W
        state: "{{ states('sensor.a') | float * 2 }}"
        attributes: {of: "{{ states('sensor.a') }}"}
)");
  EXPECT_EQ(state("sensor.twice"), "4.0");
  set("sensor.a", "3");
  EXPECT_EQ(state("sensor.twice"), "6.0");
  EXPECT_EQ(attribute("sensor.twice", "of"), "3");
  EXPECT_TRUE(engine->listens_to("sensor.a"));
  EXPECT_FALSE(engine->listens_to("sensor.b"));
}

TEST_F(TemplateEntitiesTest, AnErrorMakesItUnavailable) {
  house.set("sensor.a", "unavailable");
  begin(R"(
template:
  - sensor: {name: Twice, state: "{{ states('sensor.a') | float * 2 }}"}
)");
  EXPECT_EQ(state("sensor.twice"), "unavailable");
  set("sensor.a", "1");
  EXPECT_EQ(state("sensor.twice"), "2.0");
}

TEST_F(TemplateEntitiesTest, ABinarySensorIsOnOrOffAndMayWait) {
  house.set("sensor.a", "0");
  begin(R"(
template:
  - binary_sensor:
      - name: High
        delay_on: 5
        state: "{{ states('sensor.a') | int > 10 }}"
)");
  EXPECT_EQ(state("binary_sensor.high"), "off");
  set("sensor.a", "11");
  EXPECT_EQ(state("binary_sensor.high"), "off");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(state("binary_sensor.high"), "on");
  set("sensor.a", "1");
  EXPECT_EQ(state("binary_sensor.high"), "off");
  set("sensor.a", "12");
  set("sensor.a", "2");
  pass(std::chrono::seconds(60));
  EXPECT_EQ(state("binary_sensor.high"), "off");
}

TEST_F(TemplateEntitiesTest, WithATriggerOnlyTheTriggerComputesIt) {
  house.set("sensor.a", "1");
  begin(R"(
template:
  - triggers: {trigger: event, event_type: now}
    sensor:
      - name: Kept
        state: "{{ states('sensor.a') }} {{ trigger.event.event_type }}"
)");
  set("sensor.a", "2");
  EXPECT_EQ(state("sensor.kept"), "none");
  engine->handle(BusEvent{"now", {}, {}}, now);
  EXPECT_EQ(state("sensor.kept"), "2 now");
}

TEST_F(TemplateEntitiesTest, ActionsRunBeforeATriggeredOneIsComputed) {
  begin(R"(
template:
  - triggers: {trigger: event, event_type: now}
    actions: [{variables: {x: 5}}]
    sensor: {name: Kept, state: "{{ x }}"}
)");
  engine->handle(BusEvent{"now", {}, {}}, now);
  EXPECT_EQ(state("sensor.kept"), "5");
}

TEST_F(TemplateEntitiesTest, OneThatAsksTheTimeIsComputedEachMinute) {
  begin(R"(
template:
  - sensor: {name: Clock, state: "{{ now().strftime('%H:%M') }}"}
)");
  EXPECT_EQ(state("sensor.clock"), "12:00");
  pass(std::chrono::seconds(61));
  EXPECT_EQ(state("sensor.clock"), "12:01");
}

TEST_F(TemplateEntitiesTest, ASwitchRunsItsActions) {
  house.set("input_boolean.a", "off");
  begin(R"(
template:
  - switch:
      - name: Pump
        state: "{{ is_state('input_boolean.a', 'on') }}"
        turn_on: {action: input_boolean.turn_on, target: {entity_id: input_boolean.a}}
        turn_off: {action: input_boolean.turn_off, target: {entity_id: input_boolean.a}}
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions: {action: switch.turn_on, target: {entity_id: [switch.pump, switch.real]}}
)");
  EXPECT_EQ(state("switch.pump"), "off");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(), "switch.turn_on ['switch.real']; input_boolean.turn_on ['input_boolean.a']");
  call("switch", "toggle", "switch.pump");
  EXPECT_EQ(did(), "input_boolean.turn_on ['input_boolean.a']");
}

}  // namespace
}  // namespace gable::rules::test
