// The four modes, recursion, and starts and stops in the middle of a step (rules.md, section 8, Modes).
#include "bench.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::seconds;

class Modes : public RunBench {
 protected:
  static constexpr const char* kTwoParts = R"(
- action: test.begin
- delay: 10
- action: test.end
)";
};

TEST_F(Modes, SingleDropsASecondStartWithAWarning) {
  rule("automation.a", kTwoParts);
  EXPECT_TRUE(start("automation.a"));
  EXPECT_FALSE(start("automation.a"));
  EXPECT_EQ(desk->current("automation.a"), 1U);
  EXPECT_TRUE(logged("already running"));
  EXPECT_EQ(trace().find("verdict")->string_or(""), "refused");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.begin; test.end");
  EXPECT_TRUE(start("automation.a"));
}

TEST_F(Modes, MaxExceededSilentSaysNothing) {
  rule("automation.a", kTwoParts).limits.max_exceeded = "silent";
  start("automation.a");
  EXPECT_FALSE(start("automation.a"));
  EXPECT_TRUE(house.logged.empty());
}

TEST_F(Modes, RestartStopsTheOthersAndStartsFromTheBeginning) {
  rule("automation.a", kTwoParts, RunMode::restart);
  start("automation.a");
  pass(seconds(5));
  start("automation.a");
  EXPECT_EQ(ended(), "stopped");
  pass(seconds(9));
  EXPECT_EQ(did(), "test.begin; test.begin");
  pass(seconds(1));
  EXPECT_EQ(did(), "test.end");
  EXPECT_EQ(ended(), "finished");
}

TEST_F(Modes, RestartTwiceInTheSameInstantLeavesOneRun) {
  rule("script.b", kTwoParts, RunMode::restart);
  run(R"(
- action: script.turn_on
  target: {entity_id: script.b}
- action: script.turn_on
  target: {entity_id: script.b}
)");
  EXPECT_EQ(desk->current("script.b"), 1U);
  pass(seconds(10));
  EXPECT_EQ(did(), "test.begin; test.begin; test.end");
}

TEST_F(Modes, TwoStartsWithinOneStepDoNotCancelEachOther) {
  rule("script.b", kTwoParts, RunMode::restart);
  house.on_call = [this](const ServiceCall& call) {
    if (call.service != "both") return ServiceOutcome{};
    EXPECT_TRUE(start("script.b"));
    EXPECT_TRUE(start("script.b"));
    EXPECT_EQ(desk->current("script.b"), 2U);
    return ServiceOutcome{};
  };
  run("- action: test.both");
  EXPECT_EQ(desk->current("script.b"), 1U);
  pass(seconds(10));
  EXPECT_EQ(house.calls, (std::vector<std::string>{"test.both", "test.begin", "test.end"}));
}

TEST_F(Modes, QueuedRunsOneAfterAnotherInOrder) {
  rule("automation.a", R"(
- action: test.begin
  data: {n: "{{ n }}"}
- delay: 10
)",
       RunMode::queued);
  for (int n = 1; n <= 3; ++n) EXPECT_TRUE(start("automation.a", {{"n", n}}));
  EXPECT_EQ(desk->current("automation.a"), 3U);
  EXPECT_EQ(did(), "test.begin {'n': 1}");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.begin {'n': 2}");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.begin {'n': 3}");
  pass(seconds(10));
  EXPECT_EQ(ended(), "finished; finished; finished");
}

TEST_F(Modes, QueuedMaxCountsTheRunningOne) {
  rule("automation.a", kTwoParts, RunMode::queued).limits.max = 2;
  EXPECT_TRUE(start("automation.a"));
  EXPECT_TRUE(start("automation.a"));
  EXPECT_FALSE(start("automation.a"));
  EXPECT_TRUE(logged("max"));
}

TEST_F(Modes, ParallelRunsAreIndependentUpToMax) {
  rule("automation.a", kTwoParts, RunMode::parallel).limits.max = 2;
  start("automation.a");
  pass(seconds(5));
  start("automation.a");
  EXPECT_FALSE(start("automation.a"));
  pass(seconds(5));
  EXPECT_EQ(did(), "test.begin; test.begin; test.end");
  pass(seconds(5));
  EXPECT_EQ(did(), "test.end");
}

TEST_F(Modes, StopEndsAllRunsAndTheQueue) {
  rule("automation.a", kTwoParts, RunMode::queued);
  start("automation.a");
  start("automation.a");
  desk->stop("automation.a", now);
  EXPECT_EQ(desk->current("automation.a"), 0U);
  EXPECT_EQ(ended(), "stopped; stopped");
  pass(seconds(30));
  EXPECT_EQ(did(), "test.begin");
  EXPECT_EQ(row(), "");
}

TEST_F(Modes, OneRunOfSeveralCanBeStoppedAndTheQueueMovesUp) {
  rule("automation.a", kTwoParts, RunMode::queued);
  const std::optional<RunId> first = start("automation.a");
  start("automation.a");
  desk->stop_run(first.value_or(0), now);
  EXPECT_EQ(ended(), "stopped");
  EXPECT_EQ(did(), "test.begin; test.begin");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.end");
}

TEST_F(Modes, ARunThatStopsItselfEndsAfterTheStep) {
  rule("script.b", R"(
- action: script.turn_off
  target: {entity_id: script.b}
- action: test.never
)");
  start("script.b");
  EXPECT_EQ(did(), "");
  EXPECT_EQ(ended(), "stopped");
}

TEST_F(Modes, AStoppedRunAbandonsItsPendingCall) {
  rule("automation.a", "- action: test.slow");
  start("automation.a");
  desk->stop("automation.a", now);
  EXPECT_EQ(house.abandoned, std::vector<std::uint64_t>{pending.at(0).id});
  // What comes of it later concerns nobody.
  finish_call();
  EXPECT_EQ(ended(), "stopped");
}

TEST_F(Modes, CallingAScriptWaitsForItTurningItOnDoesNot) {
  rule("script.b", kTwoParts);
  rule("automation.a", R"(
- action: script.b
- action: test.after_call
- action: script.turn_on
  target: {entity_id: script.b}
- action: test.after_turn_on
)");
  start("automation.a");
  EXPECT_EQ(did(), "test.begin");
  pass(seconds(10));
  EXPECT_EQ(did(), "test.end; test.after_call; test.begin; test.after_turn_on");
}

TEST_F(Modes, AScriptInModeRestartOrQueuedIsRefusedInItsOwnChain) {
  for (const RunMode mode : {RunMode::restart, RunMode::queued}) {
    rule("script.b", R"(
- action: test.b
- action: script.c
)",
         mode);
    rule("script.c", "- action: script.b");
    start("script.b");
    EXPECT_EQ(did(), "test.b");
    EXPECT_TRUE(logged("calls itself"));
    EXPECT_EQ(ended(), "finished; finished");
  }
}

TEST_F(Modes, AScriptInModeParallelMayCallItself) {
  rule("script.b", R"(
- action: test.level
  data: {n: "{{ n }}"}
- if: "{{ n < 3 }}"
  then:
    - action: script.b
      data: {n: "{{ n + 1 }}"}
- action: test.back
  data: {n: "{{ n }}"}
)",
       RunMode::parallel);
  start("script.b", {{"n", 1}});
  EXPECT_EQ(did(),
            "test.level {'n': 1}; test.level {'n': 2}; test.level {'n': 3}; "
            "test.back {'n': 3}; test.back {'n': 2}; test.back {'n': 1}");
}

TEST_F(Modes, RulesThatStartEachOtherWithoutEndAreStopped) {
  rule("script.b", R"(
- action: script.turn_on
  target: {entity_id: script.b}
)",
       RunMode::restart);
  start("script.b");
  EXPECT_TRUE(logged("rules start each other without end"));
  EXPECT_EQ(desk->current("script.b"), 0U);
}

TEST_F(Modes, AnErrorInACalledScriptIsOneOfTheStep) {
  rule("script.b", "- action: test.fails");
  run(R"(
- action: script.b
  continue_on_error: true
- action: test.next
- action: script.b
- action: test.never
)");
  EXPECT_EQ(did(), "test.fails; test.next; test.fails");
  EXPECT_EQ(ended(), "failed: the device said no; failed: the device said no; failed: the device said no");
}

}  // namespace
}  // namespace gable::rules::test
