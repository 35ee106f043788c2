// Runs are stored at every wait and go on after a restart where they were (design, section 3).
#include "bench.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::seconds;

class Durable : public RunBench {};

TEST_F(Durable, ARunThatDoesNotWaitNeverTouchesTheStore) {
  run("[{action: test.a}, {delay: 0}, {variables: {a: 1}}]");
  EXPECT_TRUE(house.rows.empty());
}

TEST_F(Durable, ARowIsRemovedWhenTheRunEnds) {
  run("[{delay: 1}]");
  EXPECT_NE(row(), "");
  pass(seconds(1));
  EXPECT_EQ(row(), "");
}

TEST_F(Durable, ADelayKeepsItsDeadline) {
  run("[{action: test.a}, {delay: 10}, {action: test.b}]");
  pass(seconds(4));
  restart();
  pass(seconds(5));
  EXPECT_EQ(did(), "test.a");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.b");
}

TEST_F(Durable, ADelayThatHasPassedMeanwhileContinuesAtOnce) {
  run("[{delay: 10}, {action: test.b}, {delay: 10}, {action: test.c}]");
  now += seconds(60);
  restart();
  EXPECT_EQ(did(), "test.b");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.c");
}

TEST_F(Durable, DelaysThatHavePassedContinueInTheirOrder) {
  rule("automation.a", "[{delay: 20}, {action: test.a}]");
  rule("automation.b", "[{delay: 10}, {action: test.b}]");
  start("automation.a");
  start("automation.b");
  now += seconds(60);
  restart();
  EXPECT_EQ(did(), "test.b; test.a");
}

TEST_F(Durable, APendingCallIsRepeatedAsSuch) {
  run("[{action: test.slow, response_variable: r}, {action: test.next, data: {r: \"{{ r }}\"}}]");
  restart();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen[1].again);
  EXPECT_EQ(seen[1].id, seen[0].id);
  EXPECT_EQ(seen[1].run, seen[0].run);
  EXPECT_EQ(seen[1].context.id, seen[0].context.id);
  finish_call("", 3);
  EXPECT_EQ(did(), "test.slow; test.next {'r': 3}");
}

TEST_F(Durable, ACallWhoseOutcomeNobodyKnowsIsNotRepeatedAndTheRunGoesOn) {
  run("[{action: test.press}, {action: test.next}]");
  restart();
  EXPECT_EQ(did(), "test.press; test.next");
  EXPECT_NE(traced("action/0").find("outcome unknown"), std::string::npos);
}

TEST_F(Durable, AWaitTemplateIsEvaluatedAnew) {
  house.set("light.a", "off");
  run("[{wait_template: \"{{ is_state('light.a', 'on') }}\", timeout: 60}, {action: test.next}]");
  house.set("light.a", "on");
  now += seconds(10);
  restart();
  EXPECT_EQ(did(), "test.next");
  EXPECT_EQ(variable("wait"), "{'completed': True, 'remaining': 50.0}");
}

TEST_F(Durable, AWaitForTriggerIsAttachedAnewAndKeepsItsTimeout) {
  const std::string yaml = R"(
- wait_for_trigger: [{trigger: event, event_type: knock}]
  timeout: 60
- action: test.next
  data: {done: "{{ wait.completed }}"}
)";
  run(yaml);
  restart();
  event("knock");
  EXPECT_EQ(did(), "test.next {'done': True}");
  run(yaml);
  pass(seconds(50));
  restart();
  pass(seconds(9));
  EXPECT_EQ(did(), "");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.next {'done': False}");
}

TEST_F(Durable, AHoldOfAWaitGoesOn) {
  house.set("light.a", "off");
  run("[{wait_for_trigger: [{trigger: state, entity_id: light.a, to: 'on', for: 10}]}, {action: test.next}]");
  change("light.a", "on");
  pass(seconds(6));
  restart();
  pass(seconds(3));
  EXPECT_EQ(did(), "");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.next");
}

TEST_F(Durable, QueuedRunsWaitOnInTheirOrder) {
  rule("automation.a", "[{action: test.a, data: {n: \"{{ n }}\"}}, {delay: 10}]", RunMode::queued);
  for (int n = 1; n <= 3; ++n) start("automation.a", {{"n", n}});
  restart();
  EXPECT_EQ(desk->current("automation.a"), 3U);
  pass(seconds(30));
  EXPECT_EQ(did(), "test.a {'n': 1}; test.a {'n': 2}; test.a {'n': 3}");
  EXPECT_EQ(row(), "");
}

TEST_F(Durable, ARunOfAChangedRuleIsDroppedWithATrace) {
  run("[{delay: 10}, {action: test.never}]");
  rule("automation.a", "[{delay: 20}, {action: test.never}]");
  restart();
  EXPECT_EQ(trace().find("verdict")->string_or(""), "dropped");
  EXPECT_EQ(row(), "");
  pass(seconds(30));
  EXPECT_EQ(did(), "");
}

TEST_F(Durable, ARowThatIsNoneIsDropped) {
  rule("automation.a", "[{delay: 10}]");
  for (const char* json : {"{", "[]", "{}", R"({"fingerprint":"0"})",
                           R"({"fingerprint":"0","strands":[{"id":1,"frames":[{"kind":0,"index":9}]}]})"}) {
    rules.at("automation.a").fingerprint = 0;
    desk->restore("7", json, rules.at("automation.a"));
  }
  desk->resume(now);
  EXPECT_EQ(desk->current("automation.a"), 0U);
  EXPECT_EQ(house.traces.size(), 5U);
}

TEST_F(Durable, NumbersOfRunsAndCallsAreNeverUsedAgain) {
  run("[{action: test.slow}]");
  const RunId first = seen.at(0).run;
  restart();
  rule("automation.b", "[{action: test.slow}]");
  start("automation.b");
  EXPECT_GT(seen.back().run, first);
  EXPECT_GT(seen.back().id, seen.front().id);
}

// Everything that can wait, in everything that can contain it.
constexpr const char* kLong = R"(
- variables: {n: 0, log: []}
- action: test.begin
  data: {t: "{{ trigger.state }}"}
- repeat:
    for_each: "{{ [[1, 'a'], [2, 'b']] }}"
    sequence:
      - delay: "{{ repeat.item[0] }}"
      - variables: {log: "{{ log + [repeat.item[1]] }}"}
      - choose:
          - conditions: "{{ repeat.first }}"
            sequence:
              - action: test.slow
                response_variable: answer
              - action: test.answered
                data: {a: "{{ answer }}", i: "{{ repeat.index }}"}
        default:
          - if: "{{ repeat.last }}"
            then:
              - repeat:
                  while: "{{ repeat.index <= 2 }}"
                  sequence:
                    - delay: 1
                    - variables: {n: "{{ n + repeat.index }}"}
            else: [{action: test.never}]
- parallel:
    - sequence:
        - wait_template: "{{ is_state('light.a', 'on') }}"
          timeout: 100
        - action: test.branch
          data: {b: 1, left: "{{ wait.remaining }}"}
        - delay: 50
    - sequence:
        - wait_for_trigger: [{trigger: state, entity_id: light.b, to: "on", for: 5}]
          timeout: 60
        - action: test.branch
          data: {b: 2, done: "{{ wait.completed }}", to: "{{ wait.trigger.to_state.state }}"}
    - sequence:
        - delay: 3
        - action: test.fails
  continue_on_error: true
- wait_for_trigger: [{trigger: event, event_type: knock}]
  timeout: 2
- action: script.sub
  data: {x: "{{ [n, log, wait.completed] }}"}
- repeat:
    until: "{{ repeat.index == 2 }}"
    sequence: [{delay: {milliseconds: 300}}]
- stop: done
  response_variable: log
)";

TEST_F(Durable, ALongScriptThatIsRestoredAtEveryWaitHasTheSameEffects) {
  std::vector<std::string> effects, ends;
  for (const bool often : {false, true}) {
    now = kNoon;
    restart_often = often;
    house.set("light.a", "off");
    house.set("light.b", "off");
    rule("automation.a", kLong);
    rule("script.sub", R"([{action: test.sub, data: {x: "{{ x }}"}}])");
    start("automation.a", {{"trigger", state_object("light.a", *house.snapshot("light.a"))}});
    for (int moment = 0; moment < 9; ++moment) {
      if (moment == 1) finish_call("", 5);
      if (moment == 3) change("light.a", "on");
      if (moment == 4) change("light.b", "on");
      pass(moment == 5 ? seconds(60) : seconds(2));
    }
    effects.push_back(did());
    ends.push_back(ended());
    EXPECT_EQ(row(), "");
  }
  EXPECT_EQ(effects[0], effects[1]);
  EXPECT_EQ(ends[0], ends[1]);
  EXPECT_EQ(ends[1], "finished; finished -> ['a', 'b']");
  EXPECT_NE(effects[1].find("test.sub"), std::string::npos) << effects[1];
}

}  // namespace
}  // namespace gable::rules::test
