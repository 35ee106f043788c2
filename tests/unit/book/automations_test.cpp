// Automations: from trigger to run (rules.md, section 8, "Order of a run", "Start, stop, reload").

#include "house_of_rules.hpp"

namespace gable::rules::test {
namespace {

class AutomationsTest : public HouseOfRules {};

constexpr const char* kMotion = R"(
automation:
  - alias: Hall light
    id: "17"
    triggers: {trigger: state, entity_id: binary_sensor.hall, to: "on"}
    conditions: {condition: state, entity_id: sun.sun, state: below_horizon}
    actions: {action: light.turn_on, target: {entity_id: light.hall}}
)";

TEST_F(AutomationsTest, ATriggerRunsTheActionsWhenTheConditionsHold) {
  house.set("sun.sun", "above_horizon");
  begin(kMotion);
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "");
  house.set("sun.sun", "below_horizon");
  set("binary_sensor.hall", "off");
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "light.turn_on ['light.hall']");
}

TEST_F(AutomationsTest, NothingFiresBeforeTheHouseIsComplete) {
  house.set("sun.sun", "below_horizon");
  load(kMotion);
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "");
}

TEST_F(AutomationsTest, AnAutomationIsAnEntity) {
  house.set("sun.sun", "below_horizon");
  begin(kMotion);
  EXPECT_EQ(state("automation.hall_light"), "on");
  EXPECT_EQ(attribute("automation.hall_light", "last_triggered"), "null");
  EXPECT_EQ(attribute("automation.hall_light", "id"), "\"17\"");
  set("binary_sensor.hall", "on");
  EXPECT_EQ(attribute("automation.hall_light", "last_triggered"), "\"2026-01-15T12:00:00.000Z\"");
  EXPECT_EQ(house.fired.front(), "automation_triggered");
}

TEST_F(AutomationsTest, AnUnmetConditionDoesNotCountAsTriggered) {
  house.set("sun.sun", "above_horizon");
  begin(kMotion);
  set("binary_sensor.hall", "on");
  EXPECT_EQ(attribute("automation.hall_light", "last_triggered"), "null");
  ASSERT_FALSE(house.traces.empty());
  EXPECT_EQ(house.traces.back().find("verdict")->string_or(""), "conditions");
}

TEST_F(AutomationsTest, TurnedOffItDoesNotFireAndThatIsRemembered) {
  house.set("sun.sun", "below_horizon");
  begin(kMotion);
  call("automation", "turn_off", "automation.hall_light");
  EXPECT_EQ(state("automation.hall_light"), "off");
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "");
  restart(kMotion);
  EXPECT_EQ(state("automation.hall_light"), "off");
  call("automation", "toggle", "automation.hall_light");
  set("binary_sensor.hall", "off");
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "light.turn_on ['light.hall']");
}

TEST_F(AutomationsTest, InitialStateWinsOverWhatWasStored) {
  const std::string yaml = R"(
automation:
  - alias: A
    initial_state: true
    triggers: {trigger: event, event_type: go}
    actions: []
)";
  begin(yaml);
  call("automation", "turn_off", "automation.a");
  restart(yaml);
  EXPECT_EQ(state("automation.a"), "on");
}

constexpr const char* kSlow = R"(
automation:
  - alias: Slow
    triggers: {trigger: event, event_type: go}
    actions:
      - delay: 10
      - action: light.turn_off
        target: {entity_id: light.hall}
)";

TEST_F(AutomationsTest, TurningOffStopsTheRunsUnlessToldOtherwise) {
  begin(kSlow);
  engine->handle(BusEvent{"go", {}, {}}, now);
  call("automation", "turn_off", "automation.slow");
  pass(std::chrono::seconds(20));
  EXPECT_EQ(did(), "");
  call("automation", "turn_on", "automation.slow");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(attribute("automation.slow", "current"), "1");
  call("automation", "turn_off", "automation.slow", {{"stop_actions", false}});
  pass(std::chrono::seconds(20));
  EXPECT_EQ(did(), "light.turn_off ['light.hall']");
  EXPECT_EQ(attribute("automation.slow", "current"), "0");
}

TEST_F(AutomationsTest, ARunGoesOnAfterARestart) {
  begin(kSlow);
  engine->handle(BusEvent{"go", {}, {}}, now);
  now += std::chrono::seconds(4);
  restart(kSlow);
  pass(std::chrono::seconds(5));
  EXPECT_EQ(did(), "");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(did(), "light.turn_off ['light.hall']");
}

TEST_F(AutomationsTest, AHoldGoesOnAfterARestart) {
  const std::string yaml = R"(
automation:
  - alias: Left open
    triggers: {trigger: state, entity_id: binary_sensor.door, to: "on", for: 60}
    actions: {action: notify.all, data: {message: open}}
)";
  begin(yaml);
  set("binary_sensor.door", "on");
  now += std::chrono::seconds(20);
  restart(yaml);
  pass(std::chrono::seconds(39));
  EXPECT_EQ(did(), "");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(did(), "notify.all {'message': 'open'}");
}

TEST_F(AutomationsTest, AHoldThatEndedMeanwhileFiresLateOnce) {
  const std::string yaml = R"(
automation:
  - alias: Left open
    triggers: {trigger: state, entity_id: binary_sensor.door, to: "on", for: 60}
    actions: {action: notify.all, data: {message: open}}
)";
  begin(yaml);
  set("binary_sensor.door", "on");
  now += std::chrono::seconds(200);
  restart(yaml);
  EXPECT_EQ(did(), "notify.all {'message': 'open'}");
  restart(yaml);
  pass(std::chrono::seconds(100));
  EXPECT_EQ(did(), "");
}

TEST_F(AutomationsTest, ReloadKeepsTheRunsOfWhatDidNotChange) {
  begin(kSlow);
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(load(kSlow).unchanged, 1U);
  pass(std::chrono::seconds(10));
  EXPECT_EQ(did(), "light.turn_off ['light.hall']");
  engine->handle(BusEvent{"go", {}, {}}, now);
  std::string other = kSlow;
  other.replace(other.find("delay: 10"), 9, "delay: 11");
  EXPECT_EQ(load(other).changed, std::vector<std::string>{"automation.slow"});
  pass(std::chrono::seconds(30));
  EXPECT_EQ(did(), "");
}

TEST_F(AutomationsTest, ReloadEndsWhatIsGone) {
  begin(kSlow);
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(load("automation: []").removed, std::vector<std::string>{"automation.slow"});
  EXPECT_EQ(state("automation.slow"), "none");
  pass(std::chrono::seconds(30));
  EXPECT_EQ(did(), "");
}

TEST_F(AutomationsTest, TriggeredByHandItSkipsTheConditionsAndWorksWhileOff) {
  house.set("sun.sun", "above_horizon");
  begin(kMotion);
  call("automation", "turn_off", "automation.hall_light");
  call("automation", "trigger", "automation.hall_light");
  EXPECT_EQ(did(), "light.turn_on ['light.hall']");
  call("automation", "trigger", "automation.hall_light", {{"skip_condition", false}});
  EXPECT_EQ(did(), "");
}

TEST_F(AutomationsTest, VariablesComeInOrderAndAnErrorInThemMeansNoRun) {
  begin(R"(
automation:
  - alias: A
    variables: {a: 1, b: "{{ a + 1 }}"}
    triggers: {trigger: event, event_type: go}
    actions: {action: script.none, data: {value: "{{ b }}"}}
  - alias: B
    variables: {a: "{{ 1 / 0 }}"}
    triggers: {trigger: event, event_type: go}
    actions: {action: light.turn_on, target: {entity_id: light.b}}
  - alias: C
    variables: {name: "{{ trigger.event.data.who }}"}
    triggers: {trigger: event, event_type: hello}
    actions: {action: notify.all, data: {message: "{{ name }}"}}
)");
  auto data = std::make_shared<jinja::Dict>();
  data->set("who", "Anna");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(), "");
  engine->handle(BusEvent{"hello", jinja::DictPtr(data), {}}, now);
  EXPECT_EQ(did(), "notify.all {'message': 'Anna'}");
}

TEST_F(AutomationsTest, AShadowDecidesAndDoesNothing) {
  house.set("sun.sun", "below_horizon");
  Read read(kMotion);
  engine->load(std::move(read.rules), now, Enforcement::shadow);
  engine->handle(HouseStarted{}, now);
  set("binary_sensor.hall", "on");
  EXPECT_EQ(did(), "");
  EXPECT_NE(wire::to_json(house.traces.back()).find("withheld"), std::string::npos);
}

TEST_F(AutomationsTest, ConditionsMaySeeTheStateThatTriggered) {
  const std::string rule = R"(
automation:
  - alias: A
    SNAPSHOT
    triggers: {trigger: state, entity_id: input_boolean.a, to: "on"}
    conditions: {condition: state, entity_id: input_boolean.a, state: "on"}
    actions: {action: light.turn_on, target: {entity_id: light.a}}
)";
  // The event comes when the state is already another one.
  const auto late = [&](const std::string& yaml) {
    house.set("input_boolean.a", "off");
    begin(yaml);
    StateChanged changed;
    changed.entity = "input_boolean.a";
    changed.before = house.snapshot("input_boolean.a");
    house.set("input_boolean.a", "on");
    changed.after = house.snapshot("input_boolean.a");
    house.set("input_boolean.a", "off");
    engine->handle(changed, now);
    return did();
  };
  std::string with = rule, without = rule;
  with.replace(with.find("SNAPSHOT"), 8, "snapshot_conditions: true");
  without.erase(without.find("    SNAPSHOT"), 13);
  EXPECT_EQ(late(without), "");
  engine = std::make_unique<Engine>(house);
  EXPECT_EQ(late(with), "light.turn_on ['light.a']");
}

TEST_F(AutomationsTest, WhoTriggersItByHandMaySayItsVariables) {
  begin(R"(
automation:
  - alias: A
    triggers: {trigger: event, event_type: never}
    variables: {who: nobody, where: here}
    actions: {action: notify.all, data: {v: "{{ who }} {{ where }}"}}
)");
  auto variables = std::make_shared<jinja::Dict>();
  variables->set("who", jinja::Value("me"));
  call("automation", "trigger", "automation.a", {{"variables", jinja::DictPtr(std::move(variables))}});
  EXPECT_EQ(did(), "notify.all {'v': 'me here'}");
}

TEST_F(AutomationsTest, WhatIsKeptGoesOnWithoutItsText) {
  begin(R"(
automation:
  - {alias: A, triggers: {trigger: event, event_type: go}, actions: [{delay: 5}, {action: a.a}]}
script:
  s: {sequence: [{delay: 5}, {action: a.s}]}
scene:
  - {name: Night, entities: {light.a: "on"}}
template:
  - switch: {name: T, turn_on: [{delay: 5}, {action: a.t}], turn_off: []}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  call("script", "turn_on", "script.s");
  call("switch", "turn_on", "switch.t");
  engine->load(RuleSet{}, now, {}, {"automation.a", "script.s", "scene.night", "switch.t"});
  pass(std::chrono::seconds(5));
  EXPECT_EQ(did(), "a.a; a.s; a.t");
  EXPECT_TRUE(engine->owns("scene.night"));
  const LoadReport report = engine->load(RuleSet{}, now);
  EXPECT_EQ(report.removed.size(), 4U);
}

struct AutomationsInACircleTest : AutomationsTest {
  // Runs in a circle while the switch is on.
  const std::string rule = R"(
automation:
  - alias: Loop
    mode: parallel
    triggers: {trigger: event, event_type: go}
    actions:
      - {condition: state, entity_id: switch.circle, state: "on"}
      - {event: go}
)";
  AutomationsInACircleTest() { house.set("switch.circle", "on"); }
  // Somebody outside the rules; true if a loop is told of.
  bool go() {
    engine->handle(BusEvent{"go", {}, {"c", "", ""}}, now);
    return told();
  }
  bool told() const { return house.problems.contains("loop_loop"); }
};

TEST_F(AutomationsInACircleTest, OneThatSetsItselfOffIsHeldBack) {
  begin(rule);
  EXPECT_TRUE(go());
}

TEST_F(AutomationsInACircleTest, ItIsSolvedWhenTheRuleIsAnotherOne) {
  begin(rule);
  ASSERT_TRUE(go());
  load(rule);
  EXPECT_TRUE(told());
  std::string mended = rule;
  mended.replace(mended.find("{event: go}"), 11, "{event: no}");
  load(mended);
  EXPECT_FALSE(told());
  EXPECT_FALSE(go());
}

TEST_F(AutomationsInACircleTest, ItIsSolvedWhenTheRuleIsGoneOrOff) {
  begin(rule);
  ASSERT_TRUE(go());
  load("automation: []");
  EXPECT_FALSE(told());
  load(rule);
  ASSERT_TRUE(go());
  call("automation", "turn_off", "automation.loop");
  EXPECT_FALSE(told());
}

TEST_F(AutomationsInACircleTest, ItIsSolvedWhenItStartsAsItShouldMinutesLater) {
  begin(rule);
  ASSERT_TRUE(go());
  house.set("switch.circle", "off");
  now += std::chrono::seconds(599);
  EXPECT_TRUE(go());
  now += std::chrono::seconds(1);
  EXPECT_FALSE(go());
  house.set("switch.circle", "on");
  EXPECT_TRUE(go());
}

}  // namespace
}  // namespace gable::rules::test
