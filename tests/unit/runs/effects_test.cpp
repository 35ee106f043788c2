// Services, devices, events, variables, responses, errors and shadow (rules.md, section 8).
#include "bench.hpp"

namespace gable::rules::test {
namespace {

class Effects : public RunBench {};

TEST_F(Effects, TargetsAreListsHoweverTheyAreWritten) {
  run(R"(
- action: light.turn_on
  target: {entity_id: "light.a, light.b", area_id: kitchen}
  data: {brightness: "{{ 2 + 3 }}"}
- action: light.turn_off
  target: {entity_id: "{{ ['light.a', 'Light.C'] }}"}
- action: "{{ 'light.toggle' }}"
  data: "{{ {'entity_id': 'light.d', 'transition': 1} }}"
)");
  EXPECT_EQ(did(),
            "light.turn_on(light.a, light.b, kitchen) {'brightness': 5}; light.turn_off(light.a, light.c); "
            "light.toggle(light.d) {'transition': 1}");
}

// As in Home Assistant; an entity that is merely not there is the house's affair.
TEST_F(Effects, AStepWhoseTargetNoEntityCanBeCalledFails) {
  for (const char* ids :
       {"\"{{ '' }}\"", "\"{{ ['light.a', ' '] }}\"", "\"{{ 'kitchen' }}\"", "\"{{ 'light.a,' }}\""}) {
    run(std::string("[{action: light.turn_on, target: {entity_id: ") + ids + "}}, {action: test.never}]");
    EXPECT_EQ(did(), "") << ids;
  }
  run("[{action: light.turn_on, target: {entity_id: \"{{ [] }}\"}}, {action: light.turn_off, data: "
      "{entity_id: none}}]");
  EXPECT_EQ(did(), "light.turn_on(); light.turn_off(none)");
}

TEST_F(Effects, ATemplateAsDataOfAScriptKeepsItsEntityId) {
  rule("script.b", "[{action: test.b, data: {e: \"{{ entity_id }}\"}}]");
  run(R"([{action: script.b, data: "{{ {'entity_id': 'light.d'} }}"}])");
  EXPECT_EQ(did(), "test.b {'e': 'light.d'}");
}

TEST_F(Effects, ACallKnowsItsRuleItsRunAndItsContext) {
  run("- action: test.a");
  EXPECT_EQ(seen.at(0).rule, "automation.a");
  EXPECT_EQ(seen.at(0).context.parent, "cause");
  EXPECT_NE(seen.at(0).run, 0U);
  run("- action: test.a");
  EXPECT_NE(seen.at(0).id, seen.at(1).id);
}

TEST_F(Effects, ContextIsAVariable) {
  run("[{action: test.a, data: {p: \"{{ context.parent_id }}\", u: \"{{ context.user_id }}\"}}]");
  EXPECT_EQ(did(), "test.a {'p': 'cause', 'u': None}");
}

TEST_F(Effects, AResponseIsAVariable) {
  run(R"(
- action: test.answers
  response_variable: answer
- action: test.next
  data: {n: "{{ answer.n }}"}
)");
  EXPECT_TRUE(seen.at(0).wants_response);
  EXPECT_EQ(did(), "test.answers; test.next {'n': 7}");
}

TEST_F(Effects, AResponseThatComesLaterIsAVariableToo) {
  run(R"(
- action: test.slow
  response_variable: answer
- action: test.next
  data: {n: "{{ answer }}"}
)");
  finish_call("", 9);
  EXPECT_EQ(did(), "test.slow; test.next {'n': 9}");
}

TEST_F(Effects, AScriptAnswersItsCaller) {
  rule("script.b", R"(
- variables: {answer: {twice: "{{ n * 2 }}"}}
- stop: done
  response_variable: answer
)");
  run(R"(
- action: script.b
  data: {n: 21}
  response_variable: r
- action: test.next
  data: {n: "{{ r.twice }}"}
)");
  EXPECT_EQ(did(), "test.next {'n': 42}");
}

TEST_F(Effects, LaterEntriesOfAVariablesStepSeeEarlierOnes) {
  run(R"(
- variables:
    a: 2
    b: "{{ a * 3 }}"
- variables: {a: "{{ [a, b] }}"}
)");
  EXPECT_EQ(variable("a"), "[2, 6]");
  EXPECT_EQ(variable("b"), "6");
}

TEST_F(Effects, AValueSetInABranchOrALoopIsSeenAfterIt) {
  run(R"(
- variables: {known: 0}
- if: "{{ true }}"
  then:
    - variables: {known: 1, new: 2}
- repeat:
    count: 3
    sequence:
      - variables: {sum: "{{ (sum | default(0)) + repeat.index }}"}
- action: test.next
  data: {v: "{{ [known, new, sum] }}"}
)");
  EXPECT_EQ(did(), "test.next {'v': [1, 2, 6]}");
}

TEST_F(Effects, NothingLeaksBackToTheCaller) {
  rule("script.b", "[{variables: {x: 2}}, {action: test.b, data: {x: \"{{ x }}\"}}]");
  run(R"(
- variables: {x: 1}
- action: script.b
  data: {x: "{{ x }}"}
- action: test.next
  data: {x: "{{ x }}"}
)");
  EXPECT_EQ(did(), "test.b {'x': 2}; test.next {'x': 1}");
}

TEST_F(Effects, ContinueOnErrorForgivesWhatAServiceReports) {
  run(R"(
- action: test.fails
  continue_on_error: true
- action: test.next
- action: test.fails
- action: test.never
)");
  EXPECT_EQ(did(), "test.fails; test.next; test.fails");
  EXPECT_EQ(ended(), "failed: the device said no");
}

TEST_F(Effects, ContinueOnErrorForgivesAPendingCallThatFails) {
  run("[{action: test.slow, continue_on_error: true}, {action: test.next}]");
  finish_call("it broke");
  EXPECT_EQ(did(), "test.slow; test.next");
}

TEST_F(Effects, ContinueOnErrorForgivesATemplateErrorInDataTargetAndName) {
  run(R"(
- action: test.a
  data: {x: "{{ 1 / 0 }}"}
  continue_on_error: true
- action: test.a
  target: {entity_id: "{{ 1 / 0 }}"}
  continue_on_error: true
- action: "{{ 'nonsense' }}"
  continue_on_error: true
- action: test.next
- action: test.a
  data: {x: "{{ 1 / 0 }}"}
)");
  EXPECT_EQ(did(), "test.next");
  EXPECT_NE(ended().find("failed: data: ZeroDivisionError"), std::string::npos);
}

TEST_F(Effects, ContinueOnErrorDoesNotForgiveAnUnknownService) {
  run("[{action: test.refuses, continue_on_error: true}, {action: test.never}]");
  EXPECT_EQ(did(), "test.refuses");
  EXPECT_EQ(ended(), "failed: no such service test.refuses");
}

TEST_F(Effects, ContinueOnErrorDoesNotForgiveATemplateErrorInVariables) {
  run(R"([{variables: {x: "{{ 1 / 0 }}"}, continue_on_error: true}, {action: test.never}])");
  EXPECT_EQ(did(), "");
  EXPECT_NE(ended().find("failed: variables: x: ZeroDivisionError"), std::string::npos);
}

TEST_F(Effects, ContinueOnErrorOfABlockForgivesWhatIsReportedInIt) {
  run(R"(
- continue_on_error: true
  sequence:
    - repeat:
        count: 2
        sequence: [{action: test.fails}]
    - action: test.never
- action: test.next
)");
  EXPECT_EQ(did(), "test.fails; test.next");
}

TEST_F(Effects, AnErrorAbortsAllLevels) {
  run(R"(
- choose:
    - conditions: "{{ true }}"
      sequence: [{action: test.fails}, {action: test.never}]
- action: test.never
)");
  EXPECT_EQ(did(), "test.fails");
}

TEST_F(Effects, EventsAreFiredWithRenderedData) {
  run(R"([{event: "my_event", event_data: {x: "{{ 1 + 1 }}"}}])");
  EXPECT_EQ(did(), "event my_event {'x': 2}");
}

TEST_F(Effects, AnEventIsFiredEvenIfItsDataFail) {
  run(R"([{event: "my_event", event_data: {x: "{{ 1 / 0 }}"}}, {action: test.next}])");
  EXPECT_EQ(did(), "event my_event {}; test.next");
  EXPECT_TRUE(logged("ZeroDivisionError"));
}

TEST_F(Effects, DeviceActionsOfGenericDomainsAreServices) {
  run(R"(
- {device_id: d1, domain: light, type: turn_on, entity_id: light.a}
- {device_id: d1, domain: light, type: brightness_decrease, entity_id: light.a}
- {device_id: d1, domain: cover, type: open, entity_id: cover.a}
- {device_id: d1, domain: select, type: select_option, entity_id: select.a, option: eco}
)");
  EXPECT_EQ(did(),
            "light.turn_on(light.a); light.turn_on(light.a) {'brightness_step_pct': -10}; "
            "cover.open_cover(cover.a); select.select_option(select.a) {'option': 'eco'}");
}

TEST_F(Effects, AConversationsAnswerIsInTheTrace) {
  run(R"([{set_conversation_response: "{{ 1 + 1 }} lights"}])");
  EXPECT_EQ(trace().find("conversation_response")->string_or(""), "2 lights");
}

TEST_F(Effects, ShadowWithholdsEffectsAndGoesOn) {
  rule("automation.a", R"(
- action: test.answers
  response_variable: r
- event: my_event
- delay: 1
- if: "{{ r is mapping }}"
  then: [{action: test.last}]
)")
      .shadow = true;
  start("automation.a");
  pass(std::chrono::seconds(1));
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "finished");
  EXPECT_NE(traced("action/0").find("\"withheld\":{\"service\":\"test.answers\""), std::string::npos);
  EXPECT_NE(traced("action/1").find("\"withheld\":{\"event\":\"my_event\""), std::string::npos);
  EXPECT_NE(traced("action/3/then/0").find("withheld"), std::string::npos);
}

}  // namespace
}  // namespace gable::rules::test
