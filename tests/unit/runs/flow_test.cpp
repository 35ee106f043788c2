// choose, if, condition, stop, sequence, parallel, repeat (rules.md, section 8).
#include "bench.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::seconds;

class Flow : public RunBench {
 protected:
  Flow() {
    house.set("light.on", "on");
    house.set("light.off", "off");
  }
};

TEST_F(Flow, ChooseTakesTheFirstOptionWhoseConditionsAllHold) {
  run(R"(
- choose:
    - conditions: "{{ false }}"
      sequence: [{action: test.first}]
    - conditions: ["{{ true }}", {condition: state, entity_id: light.on, state: "on"}]
      sequence: [{action: test.second}]
    - conditions: "{{ true }}"
      sequence: [{action: test.third}]
  default: [{action: test.fallback}]
- action: test.next
)");
  EXPECT_EQ(did(), "test.second; test.next");
}

TEST_F(Flow, ChooseWithoutAMatchTakesTheDefaultOrGoesOn) {
  run(R"(
- choose: [{conditions: "{{ false }}", sequence: [{action: test.never}]}]
  default: [{action: test.fallback}]
- choose: [{conditions: "{{ false }}", sequence: [{action: test.never}]}]
- action: test.next
)");
  EXPECT_EQ(did(), "test.fallback; test.next");
}

TEST_F(Flow, AnErrorInAConditionOfChooseOrIfIsLoggedAndCountsAsNotMet) {
  run(R"(
- choose:
    - conditions: {condition: state, entity_id: light.nowhere, state: "on"}
      sequence: [{action: test.never}]
  default: [{action: test.fallback}]
- if: {condition: state, entity_id: light.nowhere, state: "on"}
  then: [{action: test.never}]
  else: [{action: test.otherwise}]
)");
  EXPECT_EQ(did(), "test.fallback; test.otherwise");
  EXPECT_TRUE(logged("counts as not met"));
  EXPECT_EQ(ended(), "finished");
}

TEST_F(Flow, AFalseConditionStepAtTheTopEndsTheRun) {
  run(R"(
- action: test.first
- "{{ false }}"
- action: test.never
)");
  EXPECT_EQ(did(), "test.first");
  EXPECT_EQ(ended(), "aborted");
}

TEST_F(Flow, AFalseConditionStepEndsOnlyTheInnermostSequence) {
  run(R"(
- choose:
    - conditions: "{{ true }}"
      sequence:
        - "{{ false }}"
        - action: test.never
- if: "{{ true }}"
  then:
    - {condition: state, entity_id: light.off, state: "on"}
    - action: test.never
- sequence:
    - "{{ false }}"
    - action: test.never
- repeat:
    count: 3
    sequence:
      - "{{ repeat.index != 2 }}"
      - action: test.round
        data: {n: "{{ repeat.index }}"}
- parallel:
    - sequence: ["{{ false }}", {action: test.never}]
    - action: test.branch
- action: test.next
)");
  EXPECT_EQ(did(), "test.round {'n': 1}; test.round {'n': 3}; test.branch; test.next");
  EXPECT_EQ(ended(), "finished");
}

TEST_F(Flow, AConditionStepThatCannotBeJudgedCountsAsNotMet) {
  run(R"(
- condition: state
  entity_id: light.nowhere
  state: "on"
- action: test.never
)");
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "aborted");
  EXPECT_TRUE(logged("light.nowhere"));
}

TEST_F(Flow, StopEndsTheWholeRunFromAnyDepthAsASuccess) {
  run(R"(
- repeat:
    count: 2
    sequence:
      - choose:
          - conditions: "{{ true }}"
            sequence:
              - if: "{{ true }}"
                then: [{stop: "enough"}]
      - action: test.never
- action: test.never
)");
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "finished");
}

TEST_F(Flow, StopWithAResponseGivesTheVariable) {
  run(R"(
- variables: {answer: {a: 1}}
- sequence:
    - stop: "done"
      response_variable: answer
)");
  EXPECT_EQ(ended(), "finished -> {'a': 1}");
}

TEST_F(Flow, StopWithAnUnknownResponseVariableAborts) {
  run("[{stop: done, response_variable: nowhere}]");
  EXPECT_EQ(ended(), "aborted: stop: there is no variable 'nowhere' to respond with");
}

TEST_F(Flow, StopWithErrorAbortsThroughAllLevelsWhateverContinueOnErrorSays) {
  run(R"(
- sequence:
    - stop: "bad"
      error: true
  continue_on_error: true
- action: test.never
)");
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "aborted: bad");
}

TEST_F(Flow, DisabledStepsAreSkippedByTemplatesToo) {
  run(R"(
- action: test.never
  enabled: false
- action: test.never
  enabled: "{{ 1 == 2 }}"
- action: test.next
  enabled: "{{ 1 == 1 }}"
)");
  EXPECT_EQ(did(), "test.next");
  EXPECT_NE(traced("action/1").find("disabled"), std::string::npos);
}

TEST_F(Flow, ParallelBranchesRunTogetherAndAllAreAwaited) {
  run(R"(
- parallel:
    - sequence:
        - action: test.a
        - delay: 5
        - action: test.a_end
    - action: test.b
    - sequence:
        - delay: 2
        - action: test.c
- action: test.next
)");
  EXPECT_EQ(did(), "test.a; test.b");
  pass(seconds(2));
  EXPECT_EQ(did(), "test.c");
  pass(seconds(3));
  EXPECT_EQ(did(), "test.a_end; test.next");
}

TEST_F(Flow, TheFirstErrorOfParallelIsRaisedWhenAllBranchesHaveEnded) {
  run(R"(
- parallel:
    - sequence:
        - delay: 3
        - action: test.fails
    - sequence:
        - action: test.refuses
    - sequence:
        - delay: 5
        - action: test.last
- action: test.never
)");
  EXPECT_EQ(ended(), "");
  pass(seconds(5));
  EXPECT_EQ(did(), "test.refuses; test.fails; test.last");
  EXPECT_EQ(ended(), "failed: the device said no");
}

TEST_F(Flow, ContinueOnErrorAtParallelForgivesWhatABranchReported) {
  run(R"(
- parallel:
    - action: test.fails
    - action: test.b
  continue_on_error: true
- action: test.next
)");
  EXPECT_EQ(did(), "test.fails; test.b; test.next");
}

TEST_F(Flow, StopInABranchEndsTheRunWhenAllBranchesHaveEnded) {
  run(R"(
- parallel:
    - sequence: [{stop: "enough"}]
    - sequence: [{delay: 1}, {action: test.b}]
- action: test.never
)");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.b");
  EXPECT_EQ(ended(), "finished");
}

TEST_F(Flow, OnlyWaitIsPrivateToABranchOtherVariablesAreShared) {
  run(R"(
- parallel:
    - sequence:
        - wait_template: "{{ true }}"
        - variables: {shared: 1}
        - action: test.branch
          data: {done: "{{ wait.completed }}"}
    - sequence:
        - wait_template: "{{ false }}"
          timeout: 0
        - action: test.branch
          data: {done: "{{ wait.completed }}", shared: "{{ shared }}"}
- action: test.next
  data: {known: "{{ wait is defined }}", shared: "{{ shared }}"}
)");
  EXPECT_EQ(did(),
            "test.branch {'done': True}; test.branch {'done': False, 'shared': 1}; "
            "test.next {'known': False, 'shared': 1}");
}

TEST_F(Flow, RepeatCountTakesTemplatesAndZeroSkips) {
  run(R"(
- repeat:
    count: "{{ 1 + 1 }}"
    sequence:
      - action: test.round
        data: {r: "{{ repeat }}"}
- repeat:
    count: 0
    sequence: [{action: test.never}]
- action: test.next
  data: {known: "{{ repeat is defined }}"}
)");
  EXPECT_EQ(did(),
            "test.round {'r': {'first': True, 'index': 1, 'last': False}}; "
            "test.round {'r': {'first': False, 'index': 2, 'last': True}}; test.next {'known': False}");
}

TEST_F(Flow, RepeatCountThatIsNoNumberAborts) {
  run(R"([{repeat: {count: "{{ 'many' }}", sequence: [{action: test.never}]}}])");
  EXPECT_EQ(ended(), "aborted: repeat: count is 'many', expected a whole number");
}

TEST_F(Flow, RepeatForEachGivesItemAndLast) {
  run(R"(
- repeat:
    for_each: "{{ ['a', {'k': 2}] }}"
    sequence:
      - action: test.round
        data: {i: "{{ repeat.item }}", last: "{{ repeat.last }}"}
)");
  EXPECT_EQ(did(), "test.round {'i': 'a', 'last': False}; test.round {'i': {'k': 2}, 'last': True}");
}

TEST_F(Flow, RepeatForEachOfWhatIsNoListAborts) {
  run(R"(
- repeat:
    for_each: "{{ 'abc' }}"
    sequence: [{action: test.never}]
- action: test.never
)");
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "aborted: repeat: for_each is 'abc', expected a list");
}

TEST_F(Flow, RepeatWhileIsTestedBeforeEachRound) {
  run(R"(
- variables: {n: 0}
- repeat:
    while: "{{ repeat.index <= 2 }}"
    sequence:
      - variables: {n: "{{ n + 1 }}"}
- repeat:
    while: "{{ false }}"
    sequence: [{action: test.never}]
- action: test.next
  data: {n: "{{ n }}"}
)");
  EXPECT_EQ(did(), "test.next {'n': 2}");
}

TEST_F(Flow, RepeatUntilIsTestedAfterEachRound) {
  run(R"(
- repeat:
    until: "{{ true }}"
    sequence: [{action: test.once, data: {last: "{{ repeat.last is defined }}"}}]
)");
  EXPECT_EQ(did(), "test.once {'last': False}");
}

TEST_F(Flow, AnUntilThatCannotBeJudgedEndsTheLoop) {
  run(R"(
- repeat:
    until: {condition: state, entity_id: light.nowhere, state: "on"}
    sequence: [{action: test.once}]
- action: test.next
)");
  EXPECT_EQ(did(), "test.once; test.next");
}

TEST_F(Flow, NestedLoopsShadowRepeatAndRestoreIt) {
  run(R"(
- repeat:
    for_each: [x, y]
    sequence:
      - repeat:
          count: 1
          sequence:
            - action: test.inner
              data: {i: "{{ repeat.index }}", item: "{{ repeat.item is defined }}"}
      - action: test.outer
        data: {i: "{{ repeat.index }}", item: "{{ repeat.item }}"}
)");
  EXPECT_EQ(did(),
            "test.inner {'i': 1, 'item': False}; test.outer {'i': 1, 'item': 'x'}; "
            "test.inner {'i': 1, 'item': False}; test.outer {'i': 2, 'item': 'y'}");
}

TEST_F(Flow, WhileWarnsAfter5000RoundsAndAbortsAfter10000) {
  run(R"(
- repeat:
    while: "{{ true }}"
    sequence: []
- action: test.never
)");
  EXPECT_TRUE(logged("5000 times"));
  EXPECT_EQ(ended(),
            "aborted: repeat: while went round 10000 times: this looks like a loop that does not end");
}

TEST_F(Flow, TenThousandStepsWithoutAWaitEndTheRun) {
  run(R"(
- repeat:
    count: 1000000
    sequence: [{variables: {a: 1}}]
)");
  EXPECT_NE(ended().find("failed: more than 10000 steps without a wait"), std::string::npos);
}

TEST_F(Flow, ARunThatWaitsNowAndThenMayHaveMoreSteps) {
  run(R"(
- repeat:
    count: 3
    sequence:
      - repeat:
          count: 4000
          sequence: [{variables: {a: 1}}]
      - delay: 1
- action: test.next
)");
  pass(seconds(3));
  EXPECT_EQ(did(), "test.next");
}

}  // namespace
}  // namespace gable::rules::test
