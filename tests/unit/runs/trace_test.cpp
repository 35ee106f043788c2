// The trace of a run: every step with its place, values, times, and how it ended; bounded.
#include "bench.hpp"
#include "engine/runs/step_log.hpp"
#include "engine/scope.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::seconds;

class Traces : public RunBench {};

TEST_F(Traces, EveryStepHasItsPath) {
  run(R"(
- choose:
    - conditions: "{{ false }}"
      sequence: [{action: test.never}]
    - conditions: "{{ true }}"
      sequence: [{delay: 0}, {action: test.a}]
- if: "{{ false }}"
  then: [{action: test.never}]
  else: [{action: test.b}]
- repeat: {count: 1, sequence: [{action: test.c}]}
- parallel: [{action: test.d}, {sequence: [{delay: 0}, {action: test.e}]}]
- sequence: [{action: test.f}]
- choose: []
  default: [{action: test.g}]
)");
  for (const char* path :
       {"action/0", "action/0/choose/1/sequence/1", "action/1/else/0", "action/2/repeat/sequence/0",
        "action/3/parallel/0/sequence/0", "action/4/sequence/0", "action/5/default/0"}) {
    EXPECT_NE(traced(path), "") << path;
  }
  EXPECT_EQ(trace().find("verdict")->string_or(""), "finished");
  EXPECT_NE(traced("action/0").find("\"choice\":1"), std::string::npos);
  EXPECT_NE(traced("action/2").find("\"rounds\":1"), std::string::npos);
}

TEST_F(Traces, StepsOfAScriptAreItsSequence) {
  rule("script.b", "- action: test.a");
  start("script.b");
  EXPECT_NE(traced("sequence/0"), "");
}

TEST_F(Traces, WhatStartedItHowLongItWaitedAndWhatWentWrongAreTold) {
  rule("automation.a", "[{delay: 5}, {action: test.fails}]");
  RunDesk::Start start;
  start.begun.others.set("trigger", wire::Object{{"platform", "state"}});
  desk->start(rules.at("automation.a"), std::move(start), now);
  pass(seconds(5));
  EXPECT_EQ(wire::to_json(*trace().find("trigger")), R"({"platform":"state"})");
  EXPECT_NE(traced("action/0").find("\"waited\":5.0"), std::string::npos);
  EXPECT_NE(traced("action/1").find("the device said no"), std::string::npos);
  EXPECT_EQ(trace().find("error")->string_or(""), "the device said no");
  EXPECT_EQ(trace().find("began")->string_or(""), "2026-01-15T12:00:00.000Z");
  EXPECT_EQ(trace().find("_at")->string_or(""), "2026-01-15T12:00:05.000Z");
}

TEST_F(Traces, OfAStateAndItsAttributesWhoItIsAndWhatItSaysIsEnough) {
  rule("automation.a", "[{delay: 5}]");
  StateSnapshot lit{"on", std::make_shared<const wire::Object>(wire::Object{{"brightness", 120}}), {}, {}, {},
                    {}};
  auto trigger = std::make_shared<jinja::Dict>();
  trigger->set("platform", "state");
  trigger->set("to_state", state_object("light.lamp", lit));
  trigger->set("from_state", jinja::Value());
  trigger->set("for", jinja::make_timedelta(5'000'000));
  RunDesk::Start start;
  start.begun.trigger = jinja::DictPtr(trigger);
  desk->start(rules.at("automation.a"), start, now);
  pass(seconds(5));
  const std::string told = wire::to_json(*trace().find("trigger"));
  EXPECT_EQ(told, R"({"platform":"state","to_state":{"entity":"light.lamp","state":"on"},"from_state":null,)"
                  R"("for":{"$timedelta":5000000}})");
  // A run that was stored and goes on after a restart tells the same.
  EXPECT_EQ(wire::to_json(brief(start.begun.row())), R"({"trigger":)" + told + "}");
}

TEST_F(Traces, LongRunsLeaveOutTheMiddleAndLongValuesAreCut) {
  run(R"(
- action: test.first
  data: {text: "{{ 'ä' * 1000 }}", list: "{{ range(100) | list }}"}
- repeat:
    count: 1000
    sequence: [{variables: {a: "{{ repeat.index }}"}}]
- action: test.last
)");
  const wire::List& steps = *trace().find("steps")->as_list();
  EXPECT_LT(steps.size(), 250U);
  EXPECT_NE(traced("action/0"), "");
  EXPECT_NE(traced("action/2"), "");
  EXPECT_NE(traced("action/1").find("\"rounds\":1000"), std::string::npos);
  EXPECT_LT(traced("action/0").size(), 1500U);
  EXPECT_TRUE(wire::valid_utf8(traced("action/0")));
}

}  // namespace
}  // namespace gable::rules::test
