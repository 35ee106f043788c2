// Scripts and scenes as services (rules.md, section 8, "Modes", "Variables and responses").

#include "house_of_rules.hpp"

namespace gable::rules::test {
namespace {

class ScriptsTest : public HouseOfRules {};

TEST_F(ScriptsTest, CalledByItsNameTheCallerWaits) {
  begin(R"(
script:
  slow:
    sequence:
      - delay: 5
      - action: light.turn_on
        target: {entity_id: light.a}
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - action: script.slow
      - action: light.turn_off
        target: {entity_id: light.a}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(), "");
  EXPECT_EQ(state("script.slow"), "on");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(did(), "light.turn_on ['light.a']; light.turn_off ['light.a']");
  EXPECT_EQ(state("script.slow"), "off");
}

TEST_F(ScriptsTest, ScriptTurnOnDoesNotWait) {
  begin(R"(
script:
  slow:
    sequence:
      - delay: 5
      - action: light.turn_on
        target: {entity_id: light.a}
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - action: script.turn_on
        target: {entity_id: script.slow}
      - action: light.turn_off
        target: {entity_id: light.a}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(), "light.turn_off ['light.a']");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(did(), "light.turn_on ['light.a']");
}

constexpr const char* kAnswer = R"(
script:
  answer:
    fields:
      a: {required: true}
    sequence:
      - variables: {sum: {value: "{{ a + 1 }}"}}
      - stop: done
        response_variable: sum
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - action: script.answer
        data: {a: 41}
        response_variable: out
      - action: notify.all
        data: {message: "{{ out.value }}"}
)";

TEST_F(ScriptsTest, FieldsGoInAndAResponseComesBack) {
  begin(kAnswer);
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(), "notify.all {'message': 42}");
}

TEST_F(ScriptsTest, FromOutsideTheResponseIsThereAtOnce) {
  begin(kAnswer);
  ServiceCall call;
  call.domain = "script";
  call.service = "answer";
  auto data = std::make_shared<jinja::Dict>();
  data->set("a", 1);
  call.data = jinja::DictPtr(std::move(data));
  const ServiceOutcome outcome = engine->call(call, now);
  EXPECT_EQ(outcome.status, ServiceOutcome::Status::done);
  EXPECT_EQ(jinja::str(outcome.response), "{'value': 2}");
}

// `fields:` describe a form; a template's default stands in for what is not given.
TEST_F(ScriptsTest, AFieldThatIsRequiredStopsNothing) {
  begin(R"(
script:
  tell:
    fields: {message: {required: true}}
    sequence:
      - action: notify.all
        data: {message: "{{ message | default('hello') }}"}
)");
  ServiceCall call;
  call.domain = "script";
  call.service = "tell";
  EXPECT_EQ(engine->call(call, now).error, "");
  EXPECT_EQ(did(), "notify.all {'message': 'hello'}");
}

TEST_F(ScriptsTest, ItsVariablesAreWhatItHasWithoutTheCallers) {
  begin(R"(
script:
  tell:
    variables: {message: hello, twice: "{{ message ~ message }}"}
    sequence:
      - action: notify.all
        data: {message: "{{ twice }}"}
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - {action: script.tell}
      - {action: script.tell, data: {message: bye}}
      - {action: script.turn_on, target: {entity_id: script.tell}, data: {variables: {twice: once}}}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(did(),
            "notify.all {'message': 'hellohello'}; notify.all {'message': 'byebye'}; notify.all {'message': "
            "'once'}");
}

// An abort ends the run that it is in, and no other.
TEST_F(ScriptsTest, OneThatIsAbortedIsNoErrorToItsCaller) {
  begin(R"(
script:
  waits:
    sequence:
      - wait_template: "{{ false }}"
        timeout: 5
        continue_on_timeout: false
  stops:
    sequence: [{stop: enough, error: true}]
  fails:
    variables: {x: "{{ 1 / 0 }}"}
    sequence: [{event: never}]
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - {action: script.waits}
      - {action: script.stops}
      - {action: notify.all, data: {message: there}}
      - {action: script.fails}
      - {action: notify.all, data: {message: never}}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  pass(std::chrono::seconds(5));
  EXPECT_EQ(did(), "notify.all {'message': 'there'}");
  ServiceCall call;
  call.domain = "script";
  call.service = "stops";
  EXPECT_EQ(engine->call(call, now).error, "");
}

TEST_F(ScriptsTest, StoppingTheCallerStopsTheScript) {
  begin(R"(
script:
  slow:
    sequence: [{delay: 5}, {action: light.turn_on, target: {entity_id: light.a}}]
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions: {action: script.slow}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  call("automation", "turn_off", "automation.a");
  pass(std::chrono::seconds(10));
  EXPECT_EQ(did(), "");
  EXPECT_EQ(state("script.slow"), "off");
}

TEST_F(ScriptsTest, TheCallerGoesOnAfterARestartInTheMiddleOfTheScript) {
  const std::string yaml = R"(
script:
  slow:
    sequence: [{delay: 5}, {stop: end, response_variable: r}]
    variables: {r: {x: 7}}
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - action: script.slow
        response_variable: out
      - action: notify.all
        data: {message: "{{ out.x }}"}
)";
  begin(yaml);
  engine->handle(BusEvent{"go", {}, {}}, now);
  now += std::chrono::seconds(2);
  restart(yaml);
  pass(std::chrono::seconds(3));
  EXPECT_EQ(did(), "notify.all {'message': 7}");
}

// As Home Assistant: the inner call does nothing, and the outer run goes on.
TEST_F(ScriptsTest, AScriptThatCallsItselfInModeRestartIsNotStartedAgain) {
  begin(R"(
script:
  again:
    mode: restart
    sequence: [{action: script.again}, {action: light.turn_on, target: {entity_id: light.a}}]
)");
  ServiceCall call;
  call.domain = "script";
  call.service = "again";
  engine->call(call, now);
  EXPECT_EQ(did(), "light.turn_on ['light.a']");
  EXPECT_EQ(state("script.again"), "off");
}

class ScenesTest : public HouseOfRules {};

constexpr const char* kEvening = R"(
scene:
  - name: Evening
    entities:
      light.a: {state: "on", brightness: 80}
      light.b: "off"
      cover.c: {state: open, current_position: 40}
      input_number.d: "3"
)";

TEST_F(ScenesTest, TurnOnBringsEveryEntityToItsState) {
  begin(kEvening);
  call("scene", "turn_on", "scene.evening", {{"transition", 2}});
  EXPECT_EQ(did(),
            "light.turn_on ['light.a'] {'brightness': 80, 'transition': 2}; "
            "light.turn_off ['light.b'] {'transition': 2}; cover.set_cover_position ['cover.c'] "
            "{'position': 40}; input_number.set_value ['input_number.d'] {'value': '3'}");
  EXPECT_EQ(state("scene.evening"), "2026-01-15T12:00:00.000Z");
}

TEST_F(ScenesTest, AnAutomationStepMayBeAScene) {
  begin(std::string(kEvening) + R"(
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions: {scene: scene.evening}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_NE(did().find("light.turn_off ['light.b']"), std::string::npos);
}

TEST_F(ScenesTest, ASnapshotComesBackAfterARestart) {
  begin(kEvening);
  house.set("light.x", "on", {{"brightness", 12}});
  call("scene", "create", "none", {{"scene_id", "before"}, {"snapshot_entities", "light.x"}});
  house.set("light.x", "off");
  restart(kEvening);
  call("scene", "turn_on", "scene.before");
  EXPECT_EQ(did(), "light.turn_on ['light.x'] {'brightness': 12}");
  call("scene", "delete", "scene.before");
  EXPECT_EQ(state("scene.before"), "none");
}

TEST_F(ScenesTest, ASnapshotOfNothingIsNoSceneAndNoError) {
  begin(kEvening);
  const ServiceOutcome outcome =
      call("scene", "create", "none", {{"scene_id", "before"}, {"snapshot_entities", "light.gone"}});
  EXPECT_EQ(outcome.status, ServiceOutcome::Status::done);
  EXPECT_EQ(state("scene.before"), "none");
}

// A light shows its colour in every way; a command takes one.
TEST_F(ScenesTest, ALightGetsTheColourOfItsMode) {
  begin(R"(
automation:
  - alias: A
    triggers: {trigger: event, event_type: go}
    actions:
      - action: scene.apply
        data:
          entities:
            light.a: {state: "on", color_mode: color_temp, hs_color: [28, 65], rgb_color: [255, 166, 87], color_temp_kelvin: 2700}
      - action: scene.apply
        data:
          entities:
            light.a: {state: "on", color_mode: hs, hs_color: [28, 65], rgb_color: [255, 166, 87]}
      - action: scene.apply
        data:
          entities:
            light.a: {state: "on", color_mode: brightness, brightness: 9, hs_color: [28, 65]}
      - action: scene.apply
        data:
          entities:
            light.a: {state: "on", rgb_color: [1, 2, 3]}
)");
  engine->handle(BusEvent{"go", {}, {}}, now);
  EXPECT_EQ(
      did(),
      "light.turn_on ['light.a'] {'color_temp_kelvin': 2700}; light.turn_on ['light.a'] {'hs_color': [28, "
      "65]}; "
      "light.turn_on ['light.a'] {'brightness': 9}; light.turn_on ['light.a'] {'rgb_color': [1, 2, 3]}");
}

TEST_F(ScenesTest, ApplyNeedsNoScene) {
  begin(kEvening);
  auto entities = std::make_shared<jinja::Dict>();
  entities->set("switch.z", "on");
  call("scene", "apply", "none", {{"entities", jinja::DictPtr(std::move(entities))}});
  EXPECT_EQ(did(), "switch.turn_on ['switch.z']");
}

}  // namespace
}  // namespace gable::rules::test
