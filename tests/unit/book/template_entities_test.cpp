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

// ── Reloading ──

constexpr const char* kSlow = R"(
template:
  - switch:
      - name: Slow
        turn_on: [{action: a.begin}, {delay: 4}, {action: a.end}]
        turn_off: []
)";

TEST_F(TemplateEntitiesTest, AnActionThatWaitsGoesOnWhenAnotherRuleChanges) {
  begin(kSlow);
  call("switch", "turn_on", "switch.slow");
  EXPECT_EQ(did(), "a.begin");
  const LoadReport report = load(std::string(kSlow) + R"(
automation:
  - {alias: New, triggers: [], actions: []}
)");
  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_EQ(state("switch.slow"), "on");
  pass(std::chrono::seconds(4));
  EXPECT_EQ(did(), "a.end");
}

TEST_F(TemplateEntitiesTest, AnActionThatWaitsEndsWithItsRule) {
  begin(kSlow);
  call("switch", "turn_on", "switch.slow");
  EXPECT_EQ(did(), "a.begin");
  std::string other = kSlow;
  other.replace(other.find("a.end"), 5, "a.fin");
  const LoadReport report = load(other);
  EXPECT_EQ(report.changed, std::vector<std::string>{"switch.slow"});
  EXPECT_EQ(state("switch.slow"), "on");
  pass(std::chrono::seconds(4));
  EXPECT_EQ(did(), "");
  call("switch", "turn_on", "switch.slow");
  load("template: []");
  pass(std::chrono::seconds(4));
  EXPECT_EQ(did(), "a.begin");
}

TEST_F(TemplateEntitiesTest, ABlockKeepsItsHoldsAndRunsWhenAnotherComesBeforeIt) {
  const std::string block = R"(
  - triggers: {trigger: state, entity_id: sensor.a, to: "1", for: 10}
    actions: [{delay: 5}]
    sensor: {name: Kept, state: "{{ trigger.to_state.state }}"}
)";
  house.set("sensor.a", "0");
  begin("template:" + block);
  set("sensor.a", "1");
  pass(std::chrono::seconds(6));
  load("template:\n  - sensor: {name: First, state: x}\n" + block);
  pass(std::chrono::seconds(6));
  load("template:" + block);
  EXPECT_EQ(state("sensor.kept"), "none");
  pass(std::chrono::seconds(6));
  EXPECT_EQ(state("sensor.kept"), "1");
}

// ── States ──

TEST_F(TemplateEntitiesTest, AutoOffBeginsAnewWithEachReport) {
  const std::string yaml = R"(
template:
  - triggers: {trigger: event, event_type: motion}
    binary_sensor: {name: Motion, state: "on", auto_off: 30}
)";
  begin(yaml);
  engine->handle(BusEvent{"motion", {}, {}}, now);
  EXPECT_EQ(state("binary_sensor.motion"), "on");
  pass(std::chrono::seconds(20));
  engine->handle(BusEvent{"motion", {}, {}}, now);
  pass(std::chrono::seconds(20));
  EXPECT_EQ(state("binary_sensor.motion"), "on");
  load(yaml);
  restart(yaml);
  pass(std::chrono::seconds(9));
  EXPECT_EQ(state("binary_sensor.motion"), "on");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(state("binary_sensor.motion"), "off");
  EXPECT_EQ(house.rows["binary_sensor.motion"], "");
}

TEST_F(TemplateEntitiesTest, AutoOffCountsFromTheEndOfADelay) {
  house.set("sensor.a", "off");
  begin(R"(
template:
  - binary_sensor: {name: Late, state: "{{ states('sensor.a') }}", delay_on: 5, auto_off: 10}
)");
  set("sensor.a", "on");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(state("binary_sensor.late"), "on");
  pass(std::chrono::seconds(9));
  EXPECT_EQ(state("binary_sensor.late"), "on");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(state("binary_sensor.late"), "off");
}

TEST_F(TemplateEntitiesTest, VariablesOfABlockAndOfAnEntity) {
  house.set("sensor.a", "2");
  begin(R"(
template:
  - variables: {base: "{{ states('sensor.a') | int }}"}
    sensor:
      - {name: One, state: "{{ base + 2 }}"}
      - {name: Two, variables: {more: "{{ base * 10 }}"}, state: "{{ more }}"}
)");
  EXPECT_EQ(state("sensor.one") + " " + state("sensor.two"), "4 20");
  set("sensor.a", "3");
  EXPECT_EQ(state("sensor.one") + " " + state("sensor.two"), "5 30");
}

TEST_F(TemplateEntitiesTest, EachDomainHasItsOwnWordsForAState) {
  house.set("sensor.a", "True");
  begin(R"(
template:
  - lock: {name: Door, state: "{{ states('sensor.a') }}", lock: [], unlock: []}
    cover:
      - {name: Blind, state: "{{ states('sensor.a') }}", open_cover: [], close_cover: []}
      - {name: Shade, position: "{{ 40 if is_state('sensor.a', 'True') else 0 }}", set_cover_position: []}
    update: {name: Pump, installed_version: "1.0", latest_version: "{{ '1.0' if is_state('sensor.a', 'True') else '1.1' }}"}
    weather: {name: Out, condition: sunny, temperature: 20, humidity: 50}
    vacuum: {name: Robot, state: "{{ 'docked' if is_state('sensor.a', 'True') else 'flying' }}", start: []}
    button: {name: Press, press: []}
    light: {name: Told, turn_on: [], turn_off: []}
    sensor: {name: Nothing, state: "{{ none }}"}
)");
  const auto all = [this] {
    std::string out;
    for (const char* id : {"lock.door", "cover.blind", "cover.shade", "update.pump", "weather.out",
                           "vacuum.robot", "button.press", "light.told", "sensor.nothing"})
      out += (out.empty() ? "" : " ") + state(id);
    return out;
  };
  EXPECT_EQ(all(), "locked open open off sunny docked unknown unknown unknown");
  set("sensor.a", "False");
  EXPECT_EQ(all(), "unlocked closed closed on sunny unknown unknown unknown unknown");
  call("button", "press", "button.press");
  EXPECT_EQ(state("button.press"), "2026-01-15T12:00:00.000Z");
}

TEST_F(TemplateEntitiesTest, ACoverMovesBetweenItsPositions) {
  house.set("sensor.a", "opening");
  begin(R"(
template:
  - cover: {name: Shade, state: "{{ states('sensor.a') }}", position: 40, set_cover_position: []}
    update:
      - {name: One, installed_version: "{{ none }}", latest_version: "1"}
      - {name: Two, installed_version: "1", latest_version: "{{ none }}"}
    switch: {name: Word, state: "{{ states('sensor.a') }}", turn_on: [], turn_off: []}
    event: {name: Bell, event_type: "{{ none }}", event_types: "{{ ['ring'] }}"}
)");
  EXPECT_EQ(state("cover.shade"), "opening");
  EXPECT_EQ(state("update.one") + " " + state("update.two") + " " + state("event.bell"),
            "unknown unknown unknown");
  EXPECT_EQ(state("switch.word"), "unknown");
  set("sensor.a", "closing");
  EXPECT_EQ(state("cover.shade"), "closing");
  set("sensor.a", "closed");
  EXPECT_EQ(state("cover.shade"), "open") << "its position says so";
  for (const char* word : {"no", "Off", "disable", "0", "False"}) {
    set("sensor.a", word);
    EXPECT_EQ(state("switch.word"), "off") << word;
  }
}

TEST_F(TemplateEntitiesTest, WhatNoTemplateSaysStaysAsItWasTold) {
  house.set("sensor.level", "10");
  const std::string yaml = R"(
template:
  - light: {name: Lamp, level: "{{ states('sensor.level') }}", turn_on: [], turn_off: [], set_level: []}
)";
  begin(yaml);
  EXPECT_EQ(state("light.lamp"), "unknown");
  call("light", "turn_on", "light.lamp");
  EXPECT_EQ(state("light.lamp"), "on");
  set("sensor.level", "20");
  EXPECT_EQ(state("light.lamp"), "on");
  EXPECT_EQ(attribute("light.lamp", "brightness"), "20");
  restart(yaml);
  EXPECT_EQ(state("light.lamp"), "on");
}

// ── Actions ──

struct TemplateActionsTest : TemplateEntitiesTest {
  static std::string action(const std::string& name, const std::string& shows) {
    return name + ": {action: did." + name + ", data: {v: \"" + shows + "\"}}\n";
  }
  // A light with these actions beside turn_on and turn_off.
  void light(const std::vector<std::pair<std::string, std::string>>& actions) {
    std::string yaml = "template:\n  - light:\n      name: Lamp\n      state: \"off\"\n";
    yaml += "      " + action("turn_on", "{{ brightness | default }}") + "      " + action("turn_off", "");
    for (const auto& [name, shows] : actions) yaml += "      " + action(name, shows);
    begin(yaml);
  }
  std::string turn_on(std::vector<std::pair<std::string, jinja::Value>> data) {
    call("light", "turn_on", "light.lamp", std::move(data));
    return did();
  }
  static jinja::Value list(std::initializer_list<int> numbers) {
    jinja::Values out;
    for (const int one : numbers) out.emplace_back(static_cast<std::int64_t>(one));
    return jinja::Value::list(std::move(out));
  }
};

TEST_F(TemplateActionsTest, ALightRunsOneActionForWhatIsSaid) {
  light({{"set_level", "{{ brightness }}"},
         {"set_rgb", "{{ rgb }} {{ r }} {{ b }}"},
         {"set_temperature", "{{ color_temp }}"}});
  EXPECT_EQ(turn_on({}), "did.turn_on {'v': ''}");
  EXPECT_EQ(turn_on({{"brightness", jinja::Value(50)}}), "did.set_level {'v': 50}");
  EXPECT_EQ(turn_on({{"brightness_pct", jinja::Value(50)}}), "did.set_level {'v': 128}");
  EXPECT_EQ(turn_on({{"rgb_color", list({1, 2, 3})}, {"brightness", jinja::Value(50)}}),
            "did.set_rgb {'v': '[1, 2, 3] 1 3'}");
  EXPECT_EQ(turn_on({{"color_name", jinja::Value("red")}}), "did.set_rgb {'v': '[255, 0, 0] 255 0'}");
  EXPECT_EQ(turn_on({{"color_temp_kelvin", jinja::Value(4000)}}), "did.set_temperature {'v': 250}");
  EXPECT_EQ(turn_on({{"effect", jinja::Value("x")}}), "did.turn_on {'v': ''}");
  EXPECT_EQ(turn_on({{"brightness", jinja::Value(0)}}), "did.turn_off {'v': ''}");
}

TEST_F(TemplateActionsTest, ALightThatTakesNoLevelIsSwitchedOn) {
  light({});
  EXPECT_EQ(turn_on({{"brightness", jinja::Value(50)}}), "did.turn_on {'v': 50}");
}

TEST_F(TemplateActionsTest, AColourInTheWayThatTheLightTakes) {
  light({{"set_hs", "{{ h }} {{ s }}"}});
  EXPECT_EQ(turn_on({{"rgb_color", list({0, 0, 255})}}), "did.set_hs {'v': '240 100'}");
}

TEST_F(TemplateActionsTest, ServicesWhoseActionsHaveOtherNames) {
  begin(R"(
template:
  - alarm_control_panel: {name: House, arm_away: {action: did.arm, data: {code: "{{ code }}"}}}
    fan:
      - name: Air
        state: "off"
        turn_on: {action: did.on}
        turn_off: []
        set_percentage: {action: did.speed, data: {v: "{{ percentage }}"}}
        set_oscillating: {action: did.swing}
    cover: {name: Shade, set_cover_position: {action: did.position, data: {v: "{{ position }}"}}}
)");
  call("alarm_control_panel", "alarm_arm_away", "alarm_control_panel.house", {{"code", jinja::Value("12")}});
  EXPECT_EQ(did(), "did.arm {'code': 12}");
  EXPECT_EQ(state("alarm_control_panel.house"), "armed_away");
  call("fan", "oscillate", "fan.air");
  call("fan", "turn_on", "fan.air", {{"percentage", jinja::Value(30)}});
  EXPECT_EQ(did(), "did.swing; did.on; did.speed {'v': 30}");
  call("cover", "open_cover", "cover.shade");
  call("cover", "close_cover", "cover.shade");
  EXPECT_EQ(did(), "did.position {'v': 100}; did.position {'v': 0}");
  EXPECT_EQ(state("cover.shade"), "closed");
  const ServiceOutcome none = call("cover", "stop_cover", "cover.shade");
  EXPECT_EQ(none.status, ServiceOutcome::Status::refused);
}

}  // namespace
}  // namespace gable::rules::test
