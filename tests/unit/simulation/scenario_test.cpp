// Tests of rules as files have them: how they are read, what they refuse, what they find.
#include "house.hpp"
#include "simulation/scenario/read_scenario.hpp"
#include "simulation/scenario/run_scenario.hpp"

namespace gable::rules::simulation::test {
namespace {

constexpr std::string_view kRules = R"(
automation:
  - id: hall
    triggers: [{trigger: state, entity_id: binary_sensor.hall, to: "on"}]
    conditions: [{condition: state, entity_id: light.hall, state: "off"}]
    actions:
      - {action: light.turn_on, target: {entity_id: light.hall}, data: {brightness: 100}}
      - {action: notify.phone, data: {message: Somebody is in the hall}}
      - {action: mqtt.publish, data: {topic: out, payload: '{"light": "on", "n": 3}'}}
      - {event: seen, event_data: {where: hall, n: 1}}
      - delay: {minutes: 2}
      - {action: light.turn_off, target: {entity_id: light.hall}}
  - id: broken
    triggers: [{trigger: event, event_type: break}]
    actions: [{action: light.no_such_service, target: {entity_id: light.hall}}]
)";

class OneHourAhead final : public jinja::TimeZone {
 public:
  [[nodiscard]] std::chrono::seconds offset(Instant) const override { return std::chrono::hours(1); }
};

class FakeZones final : public ZoneSource {
 public:
  const jinja::TimeZone* find(const std::string& name) override {
    return name == "Test/Ahead" ? &ahead_ : nullptr;
  }

 private:
  OneHourAhead ahead_;
};

struct Read {
  std::vector<std::string> files;
  ScenarioFile tests;
  std::string findings;  // "3:5 unknown_key -> expect"
};

Read read(std::string_view tests) {
  Read out;
  const auto document = yaml::parse("rules.yaml", tests);
  if (!document) throw std::invalid_argument(document.error().message());
  Reading reading(out.files);
  out.tests = read_scenarios(reading, *document);
  for (const Finding& finding : reading.take()) {
    if (!out.findings.empty()) out.findings += "\n";
    out.findings += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + " " +
                    finding.code + (finding.suggestion.empty() ? "" : " -> " + finding.suggestion);
  }
  return out;
}

constexpr std::string_view kHead = R"(tests:
  - name: x
    given: {binary_sensor.hall: off, light.hall: off}
)";

// What the test with these steps, indented by four, expected in vain; empty: all is well.
std::string run(std::string_view steps) {
  const Read tests = read(std::string(kHead) + std::string(steps));
  if (!tests.findings.empty()) return "refused: " + tests.findings;
  FakeZones zones;
  const RuleSet rules = rules_of(kRules);
  std::string out;
  for (const Scenario& scenario : tests.tests.scenarios) {
    const ScenarioOutcome outcome = run_scenario(scenario, {rules, nullptr, zones});
    for (const Failure& failure : outcome.failures) {
      out += std::to_string(failure.place.line) + ": " + failure.expected + " | " + failure.happened;
    }
  }
  return out;
}

TEST(Scenario, FindsWhatItExpects) {
  EXPECT_EQ(run(R"(
    steps:
      - set: {binary_sensor.hall: on}
        expect:
          only_calls:
            - {action: light.turn_on, entity_id: light.hall, data: {brightness: 100}}
            - {service: notify.*, data: {message: "{{ 'hall' in value }}"}}
            - mqtt.publish
          in_order: true
          states: {light.hall: {state: on, attributes: {brightness: "{{ value > 50 }}"}}, light.other: null}
          events: [{type: seen, data: {where: hall}}, automation_triggered]
          no_events: unseen
          messages: [{topic: out, payload: {light: "on"}}]
          no_messages: in
          runs: {automation.hall: running}
      - after: {minutes: 2}
        expect: {calls: light.turn_off, states: {light.hall: off}, runs: {automation.hall: [finished]}}
)"),
            "");
}

TEST(Scenario, SaysWhatHappenedInstead) {
  EXPECT_EQ(run("    set: {binary_sensor.hall: on}\n    expect: {calls: light.turn_off}\n"),
            "5: the call \"light.turn_off\" | light.turn_on light.hall {\"brightness\":100}\n"
            "notify.phone {\"message\":\"Somebody is in the hall\"}\n"
            R"(mqtt.publish {"topic":"out","payload":"{\"light\": \"on\", \"n\": 3}"})");
  EXPECT_EQ(run("    expect: {states: {light.hall: on}}\n"), "4: light.hall to be on | it is off");
  EXPECT_EQ(run("    set: {light.hall: on, binary_sensor.hall: on}\n    expect: {runs: {automation.hall: "
                "finished}}\n"),
            "5: automation.hall: finished | conditions");
  EXPECT_EQ(run("    set: {binary_sensor.hall: on}\n    expect: {no_calls: notify.phone}\n"),
            "5: no call \"notify.phone\" | notify.phone {\"message\":\"Somebody is in the hall\"}");
  EXPECT_EQ(run("    expect: {runs: {automation.hal: none, automation.hall: failed}}\n"),
            "4: automation.hal: none | there is no rule of this name4: automation.hall: failed | it was not "
            "set off");
}

TEST(Scenario, ARunThatFailsIsAMistakeUnlessItIsExpected) {
  EXPECT_NE(run("    event: break\n").find("no run that fails"), std::string::npos);
  EXPECT_EQ(run("    event: break\n    expect: {runs: {automation.broken: failed}}\n"), "");
}

TEST(Scenario, TimesAreThoseOfTheClocks) {
  EXPECT_EQ(run("    time_zone: Test/Ahead\n    now: 2026-05-01 23:30\n    steps:\n"
                "      - at: 07:15\n        expect: {states: {light.hall: \"{{ now().isoformat()[:16] == "
                "'2026-05-02T07:15' and utcnow().hour == 6 }}\"}}\n"
                "      - at: 2026-05-04\n        expect: {states: {light.hall: \"{{ now().day == 4 }}\"}}\n"),
            "");
  EXPECT_NE(run("    time_zone: Test/Nowhere\n").find("no time zone"), std::string::npos);
  EXPECT_NE(run("    steps: [{at: 2020-01-01}]\n").find("a time that comes"), std::string::npos);
}

TEST(Scenario, WhatHappensComesFromEverywhere) {
  const Read tests = read(R"(tests:
  - name: x
    given:
      light.hall: {state: on, attributes: {brightness: 3}, for: "00:10:00", area: hall, labels: [a], device: d}
      switch.slow: {state: off, answers: {after: 2}}
      switch.deaf: {state: off, answers: never}
    services: {weather.get_forecasts: {response: {x: 1}}}
    steps:
      - event: [a, {type: b, data: {c: 1}}]
        mqtt: {topic: t, payload: {a: 1}, retained: true}
        webhook: {id: w, method: GET, query: {a: b}}
        tag: {id: t, device: d}
        call: {action: light.turn_on, entity_id: light.hall}
        remove: switch.deaf
      - restart: 10
      - shut_down: true
)");
  EXPECT_EQ(tests.findings, "");
  ASSERT_EQ(tests.tests.scenarios.size(), 1U);
  EXPECT_EQ(tests.tests.scenarios[0].steps[0].deeds.size(), 7U);
  FakeZones zones;
  const RuleSet rules = rules_of(kRules);
  EXPECT_TRUE(run_scenario(tests.tests.scenarios[0], {rules, nullptr, zones}).ok());
}

TEST(Scenario, UnknownKeysAreRefusedWithTheNearest) {
  EXPECT_EQ(read("tests:\n  - name: x\n    expct: {}\n").findings, "3:5 unknown_key -> expect");
  EXPECT_EQ(read("tests:\n  - name: x\n    expect: {cals: a.b}\n").findings, "3:14 unknown_key -> calls");
  EXPECT_EQ(read("tests:\n  - name: x\n    steps: [{sett: {}}]\n").findings, "3:14 unknown_key -> set");
  EXPECT_EQ(read("tests:\n  - steps: []\n").findings, "2:5 missing_key");
  EXPECT_EQ(read("tests: 3\n").findings, "1:8 wrong_type");
  EXPECT_EQ(read("tests:\n  - name: x\n    expect: {runs: {automation.x: finishd}}\n").findings,
            "3:35 bad_choice -> finished");
  EXPECT_EQ(read("tests:\n  - name: x\n    after: soon\n").findings, "3:12 bad_period");
  EXPECT_EQ(read("tests:\n  - name: x\n    given: {light: on}\n").findings, "3:13 bad_entity_id");
}

TEST(Scenario, WhatTestsHaveInCommonIsSaidOnce) {
  const Read tests = read(R"(tests:
  now: 2026-03-01 10:00
  given: {light.a: off, light.b: off}
  files: [other.yaml]
  cases:
    - {name: one, given: {light.a: on}}
    - {name: two}
)");
  EXPECT_EQ(tests.findings, "");
  ASSERT_EQ(tests.tests.scenarios.size(), 2U);
  EXPECT_EQ(tests.tests.files.front(), "other.yaml");
  EXPECT_EQ(tests.tests.scenarios[0].given.size(), 2U);
  EXPECT_EQ(tests.tests.scenarios[0].given.back().state, "on");
  EXPECT_EQ(tests.tests.scenarios[1].given.front().state, "off");
}

}  // namespace
}  // namespace gable::rules::simulation::test
