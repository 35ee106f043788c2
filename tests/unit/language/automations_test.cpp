// Automations, scripts and scenes: their keys, their names, and what is wrong with one never stops another.

#include <gtest/gtest.h>

#include "rule_sets.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {
namespace {

using test::Read;
using Kind = FileKinds::Kind;

const std::string kBody = "triggers: []\nactions: []\n";

TEST(Automations, HaveAllTheirKeysInBothSpellings) {
  const Read read(
      "alias: Night light\nid: '17'\ndescription: d\nmode: queued\nmax: 3\nmax_exceeded: SILENT\n"
      "initial_state: 'off'\ntrace: {stored_traces: 5}\nhide_entity: true\nvariables: {a: 1}\n"
      "trigger_variables: {b: 2}\ntrigger: {platform: state, entity_id: light.a}\n"
      "condition: '{{ a }}'\naction: {service: light.turn_on}\n");
  EXPECT_EQ(read.found(), "");
  ASSERT_EQ(read.rules.automations.size(), 1U);
  const Automation& rule = read.rules.automations[0];
  EXPECT_EQ(rule.id, "night_light");
  EXPECT_EQ(rule.unique_id, "17");
  EXPECT_EQ(rule.description, "d");
  EXPECT_EQ(rule.limits.mode, RunMode::queued);
  EXPECT_EQ(rule.limits.max, 3U);
  EXPECT_EQ(rule.limits.max_exceeded, "silent");
  EXPECT_EQ(rule.initial_state, false);
  EXPECT_EQ(rule.variables.size(), 1U);
  EXPECT_EQ(rule.trigger_variables.size(), 1U);
  EXPECT_EQ(rule.triggers.size(), 1U);
  EXPECT_EQ(rule.conditions.size(), 1U);
  EXPECT_EQ(rule.actions.size(), 1U);
  EXPECT_FALSE(rule.refused());
}

TEST(Automations, HaveOurOptions) {
  const Read read(kBody +
                  "enforce: shadow\nsnapshot_conditions: true\nignore_unavailable: yes\nmissed: run_once\n"
                  "dst: run_once\n");
  EXPECT_EQ(read.found(), "");
  const Options& options = read.rules.automations.at(0).options;
  EXPECT_EQ(options.enforcement, Enforcement::shadow);
  EXPECT_TRUE(options.snapshot_conditions && options.ignore_unavailable);
  EXPECT_TRUE(options.run_missed_once && options.dst_run_once);
  EXPECT_EQ(Read(kBody + "enforce: off\n").rules.automations.at(0).options.enforcement, Enforcement::off);
  EXPECT_EQ(Read(kBody + "enforce: shadw\n").found(), "3:10 error bad_choice -> shadow");
  EXPECT_EQ(Read(kBody + "missed: once\n").found(), "3:9 error bad_choice");
}

TEST(Automations, ThatAreWrongAreNamed) {
  EXPECT_EQ(Read("alias: A\ntriggers: []\n").found(), "1:1 error missing_key");
  EXPECT_EQ(Read("alias: A\nactions: []\n").found(), "1:1 error missing_key");
  EXPECT_EQ(Read(kBody + "conditons: []\n").found(), "3:1 error unknown_key -> conditions");
  EXPECT_EQ(Read(kBody + "mode: sinlge\n").found(), "3:7 error bad_choice -> single");
  EXPECT_EQ(Read(kBody + "max: 1\n").found(), "3:6 error out_of_range");
  EXPECT_EQ(Read(kBody + "id: 17\n").found(), "3:5 error wrong_type -> '17'");
  EXPECT_EQ(Read(kBody + "trigger: []\n").found(), "3:10 error both_spellings -> triggers");
  EXPECT_EQ(Read(kBody + "max_exceeded: loud\n").found(), "3:15 error bad_choice");
  EXPECT_EQ(Read("- 5", Kind::automations).found(), "1:3 error wrong_type");
}

TEST(Automations, ThatAreWrongStopNoOthers) {
  const Read read(
      "- {alias: Bad, triggers: [], actions: [{dellay: 5}]}\n- {alias: Good, triggers: [], actions: []}\n");
  EXPECT_EQ(read.names(), "automation.bad automation.good");
  EXPECT_TRUE(read.rules.automations[0].refused());
  EXPECT_FALSE(read.rules.automations[1].refused());
  EXPECT_TRUE(read.rules.automations[1].findings.empty());
}

TEST(Automations, AreCalledByAliasElseByIdElseByNumber) {
  const Read read(
      "- {alias: 'Küche: an!', triggers: [], actions: []}\n- {id: abc, triggers: [], actions: []}\n"
      "- {triggers: [], actions: []}\n- {alias: Küche an, triggers: [], actions: []}\n"
      "- {alias: KÜCHE AN, triggers: [], actions: []}\n");
  EXPECT_EQ(read.names(),
            "automation.kuche_an automation.abc automation.automation_2 automation.kuche_an_2 "
            "automation.kuche_an_3");
}

TEST(Automations, OfEqualIdsWarnAcrossFiles) {
  Read read("- {alias: A, id: x, triggers: [], actions: []}\n");
  read.add("- {alias: B, id: x, triggers: [], actions: []}\n");
  EXPECT_EQ(read.found(), "1:18 warning equal_ids");
  EXPECT_FALSE(read.rules.automations[1].refused());
}

TEST(Automations, HaveTheFingerprintOfTheirValues) {
  const auto print = [](std::string_view text) { return Read(text).rules.automations.at(0).fingerprint; };
  const std::uint64_t one = print("alias: A\ntriggers: []\nactions: [{delay: 5}]\n");
  EXPECT_EQ(print("\n# moved\nalias: 'A'\ntriggers:   []\nactions:\n  - delay: 5\n"), one);
  EXPECT_NE(print("alias: A\ntriggers: []\nactions: [{delay: 6}]\n"), one);
  EXPECT_NE(print("alias: A\ntriggers: []\nactions: [{delay: '5'}]\n"), one);
  EXPECT_NE(print("alias: A\ntriggers: [[]]\nactions: [{delay: 5}]\n"), one);
}

TEST(Scripts, HaveFieldsModesAndVariables) {
  const Read read(
      "script:\n  say:\n    alias: Say\n    icon: mdi:x\n    mode: restart\n    variables: {a: 1}\n    "
      "fields:\n"
      "      text: {required: true, selector: {text: }, example: x}\n      volume: {default: 0.5}\n      "
      "plain:\n"
      "    sequence:\n      - delay: 1\n  short:\n    - delay: 1\n    - delay: 2\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "script.say script.short");
  const Script& say = read.rules.scripts[0];
  EXPECT_EQ(say.limits.mode, RunMode::restart);
  EXPECT_EQ(say.icon, "mdi:x");
  ASSERT_EQ(say.fields.size(), 3U);
  EXPECT_TRUE(say.fields[0].required);
  EXPECT_FALSE(say.fields[0].fallback.has_value());
  ASSERT_TRUE(say.fields[1].fallback.has_value());
  EXPECT_EQ(jinja::str(*say.fields[1].fallback), "0.5");
  EXPECT_EQ(say.fields[2].name, "plain");
  EXPECT_EQ(read.rules.scripts[1].sequence.size(), 2U);
}

TEST(Scripts, ThatAreWrongAreNamed) {
  EXPECT_EQ(Read("script: {a: {alias: A}}").found(), "1:13 error missing_key");
  EXPECT_EQ(Read("script: {a: 5}").found(), "1:13 error wrong_type");
  EXPECT_EQ(Read("script: {Big One: {sequence: []}}").found(), "1:10 error bad_name -> big_one");
  EXPECT_EQ(Read("script: {a: {sequence: [], fields: {x: {requird: true}}}}").found(),
            "1:41 error unknown_key -> required");
  EXPECT_EQ(Read("script: [a]").found(), "1:9 error wrong_type");
  Read twice("script: {a: {sequence: []}}");
  twice.add("script: {a: {sequence: []}}");
  EXPECT_EQ(twice.found(), "1:10 error equal_names");
}

TEST(Scenes, PutEntitiesIntoStates) {
  const Read read(
      "scene:\n  - name: Evening\n    id: '1'\n    icon: mdi:x\n    metadata: {}\n    entities:\n      "
      "light.a: on\n"
      "      light.b: {state: 'on', brightness: 5}\n      cover.c: open\n");
  EXPECT_EQ(read.found(), "");
  const Scene& scene = read.rules.scenes.at(0);
  EXPECT_EQ(scene.id, "evening");
  ASSERT_EQ(scene.entities.size(), 3U);
  EXPECT_EQ(jinja::str(scene.entities[0].state), "on");
  EXPECT_EQ(jinja::repr(scene.entities[1].attributes), "{'brightness': 5}");
  EXPECT_EQ(jinja::str(scene.entities[2].state), "open");
}

TEST(Scenes, ThatAreWrongAreNamed) {
  EXPECT_EQ(Read("scene: [{entities: {}}]").found(), "1:9 error missing_key");
  EXPECT_EQ(Read("scene: [{name: A, entities: {light.a: 5}}]").found(), "1:39 error wrong_type -> '5'");
  EXPECT_EQ(Read("scene: [{name: A, entities: {light: on}}]").found(), "1:30 error bad_entity_id");
  EXPECT_EQ(Read("scene: [{name: A, entities: {light.a: {brightness: 5}}}]").found(),
            "1:39 error missing_key");
  EXPECT_EQ(Read("scene: [{platform: hue}]").names(), "");
}

}  // namespace
}  // namespace gable::rules
