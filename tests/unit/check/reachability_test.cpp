// Contradictions, dead branches and rules that undo or start each other.
#include <gtest/gtest.h>

#include "checked.hpp"

namespace gable::rules::test {
namespace {

TEST(CheckReachability, FindsConditionsThatContradictEachOther) {
  for (const char* text : {
           "{condition: state, entity_id: light.a, state: 'on'}, {condition: state, entity_id: light.a, "
           "state: 'off'}",
           "{condition: numeric_state, entity_id: sensor.a, above: 30}, "
           "{condition: numeric_state, entity_id: sensor.a, below: 20}",
           "{condition: numeric_state, entity_id: sensor.a, above: 30}, "
           "{condition: state, entity_id: sensor.a, state: '7'}",
           "{condition: time, after: '08:00:00', before: '09:00:00'}, "
           "{condition: time, after: '22:00:00', before: '06:00:00'}",
           "{condition: time, weekday: [mon]}, {condition: time, weekday: [tue]}",
           "{condition: sun, after: sunset}, {condition: sun, before: sunrise}",
           "{condition: state, entity_id: light.a, state: 'on'}, "
           "{not: [{condition: state, entity_id: light.a, state: 'on'}]}",
           "{or: [{and: [{condition: state, entity_id: light.a, state: 'on'}, "
           "{condition: state, entity_id: light.a, state: 'off'}]}, {condition: state, entity_id: light.b, "
           "state: 'on'}]}",
       }) {
    EXPECT_EQ(offline(condition(text)), "warning contradiction") << text;
  }
}

TEST(CheckReachability, LeavesThosePossible) {
  for (const char* text : {
           "{condition: state, entity_id: light.a, state: ['on', 'off']}, "
           "{condition: state, entity_id: light.a, state: 'off'}",
           "{or: [{condition: state, entity_id: light.a, state: 'on'}, {condition: state, entity_id: "
           "light.a, state: 'off'}]}",
           "{condition: numeric_state, entity_id: sensor.a, above: 10, below: 20}",
           "{condition: time, after: '22:00:00', before: '06:00:00'}, {condition: time, after: '23:00:00'}",
           "{condition: sun, after: sunset, before: sunrise}",
           "{or: [{condition: sun, after: sunset}, {condition: sun, before: sunrise}]}",
           "{condition: state, entity_id: light.a, state: 'on'}, "
           "{not: [{condition: state, entity_id: light.a, state: 'on', for: 60}]}",
           "{condition: state, entity_id: [light.a, light.b], match: any, state: 'on'}, "
           "{condition: state, entity_id: light.a, state: 'off'}",
           "{condition: state, entity_id: light.a, state: 'on', enabled: false}, "
           "{condition: state, entity_id: light.a, state: 'off'}",
       }) {
    EXPECT_EQ(offline(condition(text)), "") << text;
  }
}

TEST(CheckReachability, ComparesConditionsWithTheTrigger) {
  const auto rule = [](const char* state) {
    return std::string("- triggers: [{trigger: state, entity_id: light.a, to: 'on'}]\n") +
           "  conditions: [{condition: state, entity_id: light.a, state: '" + state +
           "'}]\n  actions: [{delay: 1}]\n";
  };
  EXPECT_EQ(offline(rule("off")), "warning contradiction");
  EXPECT_EQ(offline(rule("on")), "");
}

TEST(CheckReachability, FindsBranchesThatAreNeverTaken) {
  const std::string on =
      "{conditions: [{condition: state, entity_id: light.a, state: 'on'}], sequence: [{delay: 1}]}";
  const std::string off =
      "{conditions: [{condition: state, entity_id: light.a, state: 'off'}], sequence: [{delay: 1}]}";
  EXPECT_EQ(offline(action("{choose: [" + on + ", " + off + "]}")), "");
  EXPECT_EQ(offline(action("{choose: [" + on + ", " + on + "]}")), "warning unreachable");
  EXPECT_EQ(offline(action("{stop: done}, {delay: 1}")), "warning unreachable");
}

TEST(CheckReachability, FindsRulesThatNothingTriggers) {
  EXPECT_EQ(offline("- triggers: [{trigger: sun, event: sunset, enabled: false}]\n  actions: [{delay: 1}]\n"),
            "warning never_triggered");
}

std::string rule(const char* alias, const char* when, const char* what) {
  return std::string("- alias: ") + alias + "\n  triggers: [{trigger: state, entity_id: " + when +
         "}]\n  actions: [{action: " + what + "}]\n";
}

TEST(CheckConflicts, FindsRulesThatUndoEachOther) {
  const std::string a = rule("a", "binary_sensor.x, to: 'on'", "light.turn_on, target: {entity_id: light.a}");
  const std::string b =
      rule("b", "binary_sensor.x, to: 'on'", "light.turn_off, target: {entity_id: light.a}");
  const std::string c =
      rule("c", "binary_sensor.x, to: 'off'", "light.turn_off, target: {entity_id: light.a}");
  EXPECT_EQ(offline(a + b), "warning fight\nwarning fight");
  EXPECT_EQ(offline(a + c), "");
}

TEST(CheckConflicts, FindsLoops) {
  EXPECT_EQ(offline(rule("a", "light.a", "light.toggle, target: {entity_id: light.a}")), "warning loop");
  EXPECT_EQ(offline(rule("a", "light.a, to: 'on'", "light.turn_off, target: {entity_id: light.a}") +
                    rule("b", "light.a, to: 'off'", "light.turn_on, target: {entity_id: light.a}")),
            "warning loop\nwarning loop");
  // Both are on then, and nothing changes any more.
  EXPECT_EQ(offline(rule("a", "light.a, to: 'on'", "light.turn_on, target: {entity_id: light.b}") +
                    rule("b", "light.b, to: 'on'", "light.turn_on, target: {entity_id: light.a}")),
            "");
}

}  // namespace
}  // namespace gable::rules::test
