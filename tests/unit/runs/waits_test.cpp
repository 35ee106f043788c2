// delay, wait_template, wait_for_trigger and the variable `wait` (rules.md, section 8).
#include "bench.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class Waits : public RunBench {};

constexpr const char* kTell = R"(
- action: test.tell
  data: {wait: "{{ wait }}"}
)";

TEST_F(Waits, DelaysInEverySpelling) {
  run(R"(
- delay: 1
- action: test.a
- delay: "00:00:02"
- action: test.b
- delay: {seconds: 3, milliseconds: 500}
- action: test.c
- delay: {minutes: "{{ 1 }}"}
- action: test.d
- delay: "{{ n }}"
- action: test.e
- delay: 0
- action: test.f
)",
      {{"n", 4}});
  pass(seconds(1));
  EXPECT_EQ(did(), "test.a");
  pass(seconds(2));
  EXPECT_EQ(did(), "test.b");
  pass(milliseconds(3499));
  EXPECT_EQ(did(), "");
  pass(milliseconds(1));
  EXPECT_EQ(did(), "test.c");
  pass(minutes(1));
  EXPECT_EQ(did(), "test.d");
  pass(seconds(4));
  EXPECT_EQ(did(), "test.e; test.f");
}

TEST_F(Waits, ADelayThatIsNoPeriodEndsTheRun) {
  run(R"([{delay: "{{ 'soon' }}", continue_on_error: true}, {action: test.never}])");
  EXPECT_EQ(did(), "");
  EXPECT_NE(ended().find("delay: 'soon' is no period"), std::string::npos);
}

TEST_F(Waits, StoppingInterruptsADelayAtOnce) {
  run("[{delay: 100}, {action: test.never}]");
  desk->stop("automation.a", now);
  EXPECT_EQ(ended(), "stopped");
  EXPECT_EQ(desk->next_deadline(), std::nullopt);
}

TEST_F(Waits, WaitTemplateReturnsAtOnceIfAlreadyTrue) {
  run(R"([{wait_template: "{{ true }}", timeout: 5}])");
  EXPECT_EQ(ended(), "finished");
  EXPECT_EQ(variable("wait"), "{'completed': True, 'remaining': 5.0}");
}

TEST_F(Waits, WaitTemplateWithoutATimeoutHasNothingRemaining) {
  house.set("light.a", "off");
  run(R"([{wait_template: "{{ is_state('light.a', 'on') }}"}])");
  EXPECT_EQ(desk->next_deadline(), std::nullopt);
  change("light.a", "on");
  EXPECT_EQ(variable("wait"), "{'completed': True, 'remaining': None}");
}

TEST_F(Waits, WaitTemplateCompletesWhenWhatItReadsChanges) {
  house.set("light.a", "off");
  run(std::string("- wait_template: \"{{ is_state('light.a', 'on') }}\"\n  timeout: 10") + kTell);
  pass(seconds(4));
  change("light.other", "on");
  EXPECT_EQ(did(), "");
  change("light.a", "on");
  EXPECT_EQ(did(), "test.tell {'wait': {'completed': True, 'remaining': 6.0}}");
}

TEST_F(Waits, WaitTemplateTimesOutAndGoesOn) {
  run(std::string("- wait_template: \"{{ false }}\"\n  timeout: 10") + kTell);
  pass(seconds(10));
  EXPECT_EQ(did(), "test.tell {'wait': {'completed': False, 'remaining': 0.0}}");
}

TEST_F(Waits, ContinueOnTimeoutFalseAbortsTheRun) {
  run(R"(
- sequence:
    - wait_template: "{{ false }}"
      timeout: 10
      continue_on_timeout: false
- action: test.never
)");
  pass(seconds(10));
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "aborted: the wait ended by its timeout");
}

TEST_F(Waits, TimeoutZeroIsAnImmediateTimeout) {
  run(std::string("- wait_template: \"{{ false }}\"\n  timeout: 0") + kTell +
      "- wait_template: \"{{ true }}\"\n  timeout: 0" + kTell +
      "- wait_for_trigger: [{trigger: event, event_type: knock}]\n  timeout: 0" + kTell);
  EXPECT_EQ(did(),
            "test.tell {'wait': {'completed': False, 'remaining': 0.0}}; "
            "test.tell {'wait': {'completed': True, 'remaining': 0.0}}; "
            "test.tell {'wait': {'completed': False, 'remaining': 0.0, 'trigger': None}}");
}

TEST_F(Waits, ATemplateThatAsksTheClockIsRenderedEachMinute) {
  pass(seconds(30));
  run(R"(
- wait_template: "{{ now().minute >= 2 }}"
- action: test.next
)");
  pass(seconds(60));
  EXPECT_EQ(did(), "");
  pass(seconds(29));
  EXPECT_EQ(did(), "");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.next");
}

TEST_F(Waits, TheFirstErrorOfAWaitTemplateEndsTheRunLaterOnesAreLogged) {
  run(R"([{wait_template: "{{ 1 / 0 }}", continue_on_error: true}])");
  EXPECT_NE(ended().find("failed: wait_template: ZeroDivisionError"), std::string::npos);
  house.set("sensor.a", "1");
  run(R"(
- wait_template: "{{ 1 / (states('sensor.a') | int) > 1 }}"
- action: test.never
)");
  change("sensor.a", "0");
  EXPECT_EQ(ended(), "");
  EXPECT_TRUE(logged("ZeroDivisionError"));
}

TEST_F(Waits, WaitForTriggerWaitsForANewEvent) {
  house.set("light.a", "on");
  run(std::string("- wait_for_trigger: [{trigger: state, entity_id: light.a, to: \"on\"}]\n") + R"(
- action: test.tell
  data: {to: "{{ wait.trigger.to_state.state }}", done: "{{ wait.completed }}", left: "{{ wait.remaining }}"}
)");
  EXPECT_EQ(did(), "");
  change("light.a", "off");
  EXPECT_EQ(did(), "");
  change("light.a", "on");
  EXPECT_EQ(did(), "test.tell {'to': 'on', 'done': True, 'left': None}");
}

TEST_F(Waits, WaitForTriggerTakesAnyOfItsTriggers) {
  run(R"(
- wait_for_trigger:
    - {trigger: event, event_type: knock, id: one}
    - {trigger: event, event_type: ring, id: two}
  timeout: 10
- action: test.tell
  data: {id: "{{ wait.trigger.id }}", left: "{{ wait.remaining }}"}
)");
  pass(seconds(3));
  event("ring");
  EXPECT_EQ(did(), "test.tell {'id': 'two', 'left': 7.0}");
  // The other one concerns nobody any more.
  event("knock");
  pass(seconds(10));
  EXPECT_EQ(did(), "");
}

TEST_F(Waits, WaitForTriggerTimesOutWithoutATrigger) {
  run(std::string("- wait_for_trigger: [{trigger: event, event_type: knock}]\n  timeout: 3") + kTell);
  pass(seconds(3));
  EXPECT_EQ(did(), "test.tell {'wait': {'completed': False, 'remaining': 0.0, 'trigger': None}}");
  event("knock");
  EXPECT_EQ(did(), "");
}

TEST_F(Waits, TriggersOfAWaitSeeTheRunsVariables) {
  run(R"(
- variables: {name: knock}
- wait_for_trigger: [{trigger: event, event_type: "{{ name }}"}]
- action: test.next
)");
  event("ring");
  EXPECT_EQ(did(), "");
  event("knock");
  EXPECT_EQ(did(), "test.next");
}

TEST_F(Waits, AHoldInAWaitIsHeld) {
  house.set("light.a", "off");
  run(R"(
- wait_for_trigger: [{trigger: state, entity_id: light.a, to: "on", for: 5}]
- action: test.next
)");
  change("light.a", "on");
  pass(seconds(4));
  EXPECT_EQ(did(), "");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.next");
}

TEST_F(Waits, StoppingDetachesTheTriggers) {
  run("[{wait_for_trigger: [{trigger: state, entity_id: light.a}]}]");
  EXPECT_TRUE(triggers->listens_to("light.a"));
  desk->stop("automation.a", now);
  EXPECT_FALSE(triggers->listens_to("light.a"));
}

TEST_F(Waits, OnlyEntitiesThatAWaitingTemplateReadsAreListenedTo) {
  EXPECT_FALSE(desk->listens_to("light.a"));
  run("[{wait_template: \"{{ is_state('light.a', 'on') }}\"}]");
  EXPECT_TRUE(desk->listens_to("light.a"));
  EXPECT_FALSE(desk->listens_to("light.b"));
  change("light.a", "on");
  EXPECT_FALSE(desk->listens_to("light.a"));
}

TEST_F(Waits, AServiceStepEndsWhenItsCallDoes) {
  run("[{action: test.slow}, {action: test.next}]");
  EXPECT_EQ(did(), "test.slow");
  finish_call();
  EXPECT_EQ(did(), "test.next");
}

}  // namespace
}  // namespace gable::rules::test
