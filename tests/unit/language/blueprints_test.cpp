// Blueprints: what fills their holes, what is wrong with a use, and where things stand afterwards.

#include <gtest/gtest.h>

#include "read_text.hpp"
#include "rule_sets.hpp"

namespace gable::rules {
namespace {

using test::Read;

constexpr std::string_view kMotion =
    "blueprint:\n  name: Motion\n  domain: automation\n  input:\n    sensor: {name: Sensor, selector: "
    "{entity: }}\n"
    "    light:\n    more:\n      name: More\n      icon: mdi:x\n      collapsed: true\n      input:\n"
    "        wait: {default: 120}\n        then: {default: []}\nmode: restart\n"
    "triggers:\n  - trigger: state\n    entity_id: !input sensor\n    for: !input wait\n"
    "actions:\n  - action: light.turn_on\n    target: !input light\n  - !input then\n";

Read use(std::string_view rule, std::string_view blueprint = kMotion) {
  Read read;
  read.blueprints.add("m.yaml", blueprint);
  read.add(rule);
  return read;
}

TEST(Blueprints, AreFilledWithInputsAndDefaults) {
  const Read read =
      use("alias: Hall\nuse_blueprint:\n  path: m.yaml\n  input:\n    sensor: binary_sensor.hall\n"
          "    light: {entity_id: light.hall}\n    then: [{delay: 1}, {delay: 2}]\n");
  EXPECT_EQ(read.found(), "");
  const Automation& rule = read.rules.automations.at(0);
  EXPECT_EQ(rule.id, "hall");
  EXPECT_EQ(rule.limits.mode, RunMode::restart);
  const auto& trigger = std::get<StateTrigger>(rule.triggers.at(0).kind);
  EXPECT_EQ(trigger.entities, EntityIds{"binary_sensor.hall"});
  ASSERT_TRUE(trigger.hold.has_value());
  EXPECT_EQ(test::show(*trigger.hold), "120");
  EXPECT_EQ(rule.actions.size(), 3U);
}

TEST(Blueprints, GiveWayToWhatStandsBesideTheUse) {
  const Read read =
      use("alias: Hall\nmode: queued\nuse_blueprint: {path: m.yaml, input: {sensor: light.a, light: "
          "{area_id: x}}}\n");
  EXPECT_EQ(read.rules.automations.at(0).limits.mode, RunMode::queued);
}

TEST(Blueprints, KeepThePlaceOfEachPart) {
  const Read read = use("use_blueprint: {path: m.yaml, input: {sensor: nothing, light: {entty_id: x}}}\n");
  EXPECT_EQ(read.found(), "1:47 error bad_entity_id\n1:64 error unknown_key -> entity_id");
  const Read bad = use("use_blueprint: {path: m.yaml}\n",
                       "blueprint: {name: B, domain: automation}\ntriggers: []\nactions: [{dellay: 1}]\n");
  EXPECT_EQ(bad.found(), "m.yaml:3:12 error unknown_action -> delay");
}

TEST(Blueprints, ThatAreMissingAreWaitedFor) {
  const Read read = use("alias: A\nuse_blueprint: {path: other.yaml}\n");
  EXPECT_EQ(read.found(), "2:23 waits missing_blueprint");
  EXPECT_EQ(read.names(), "automation.a");
  EXPECT_FALSE(read.rules.automations.at(0).refused());
}

TEST(Blueprints, NameMissingAndUnknownInputsAtTheUse) {
  EXPECT_EQ(use("use_blueprint: {path: m.yaml, input: {sensr: light.a, light: {area_id: x}}}\n").found(),
            "1:39 warning unknown_input -> sensor\n1:23 error missing_input");
  EXPECT_EQ(use("use_blueprint: {pth: m.yaml}\n").found(),
            "1:16 error missing_key\n1:17 error unknown_key -> path");
  EXPECT_EQ(use("use_blueprint: m.yaml\n").found(), "1:16 error wrong_type");
}

TEST(Blueprints, OfAnotherDomainAreRefused) {
  EXPECT_EQ(
      use("use_blueprint: {path: m.yaml}\n", "blueprint: {name: B, domain: script}\nsequence: []\n").found(),
      "1:23 error wrong_domain");
}

TEST(Blueprints, WithHolesThatNothingFillsAreRefused) {
  EXPECT_EQ(use("use_blueprint: {path: m.yaml}\n",
                "blueprint: {name: B, domain: automation}\ntriggers: []\nactions: [!input x]\n")
                .found(),
            "1:23 error bad_blueprint");
}

TEST(Blueprints, MakeScripts) {
  const Read read =
      use("script: {s: {use_blueprint: {path: m.yaml, input: {d: 5}}}}\n",
          "blueprint: {name: B, domain: script, input: {d: }}\nsequence: [{delay: !input d}]\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.rules.scripts.at(0).sequence.size(), 1U);
}

TEST(Blueprints, AsFilesAreChecked) {
  EXPECT_EQ(Read(kMotion).found(), "");
  EXPECT_EQ(Read(kMotion).names(), "");
  EXPECT_EQ(Read("blueprint: {name: B, domain: automaton}\n").found(), "1:30 error bad_choice -> automation");
  EXPECT_EQ(Read("blueprint: {domain: automation}\n").found(), "1:12 error missing_key");
  EXPECT_EQ(
      Read("blueprint: {name: B, domain: script, input: {delay: }}\nsequence: [{delay: !input dealy}]\n")
          .found(),
      "2:20 error unknown_input -> delay");
}

TEST(Blueprints, CannotGrowWithoutEnd) {
  std::string blueprint = "blueprint: {name: B, domain: automation, input: {x: }}\ntriggers: []\nactions:\n";
  std::string input = "[";
  for (int i = 0; i < 1000; ++i) {
    blueprint += "  - delay: !input x\n";
    input += "1, ";
  }
  const Read read = use("use_blueprint: {path: m.yaml, input: {x: " + input + "]}}\n", blueprint);
  EXPECT_EQ(read.found(), "1:23 error bad_blueprint");
}

}  // namespace
}  // namespace gable::rules
