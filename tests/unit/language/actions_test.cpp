// Actions in every spelling, what they become, and what is said of wrong ones.

#include <gtest/gtest.h>

#include "read_text.hpp"

namespace gable::rules {
namespace {

using test::show;
using test::Source;

std::string show_sequence(const Sequence& sequence);

// A step as a short text, so that a test shows the whole of it.
struct Show {
  std::string operator()(const ServiceAction& a) const {
    std::string text = show(a.service) + " target " + show(a.target) + " data " + show(a.data);
    if (!a.response_variable.empty()) text += " response " + a.response_variable;
    return text + (a.wait_result ? " waits" : "");
  }
  std::string operator()(const DelayAction& a) const { return "delay " + show(a.period); }
  std::string operator()(const WaitTemplateAction& a) const {
    return "wait " + show(a.condition) + rest(a.timeout, a.continue_on_timeout);
  }
  std::string operator()(const WaitForTriggerAction& a) const {
    return "wait for " + a.triggers.at(0).platform + rest(a.timeout, a.continue_on_timeout);
  }
  std::string operator()(const ChooseAction& a) const {
    std::string text = "choose";
    for (const ChooseOption& option : a.options)
      text += " " + std::to_string(option.conditions.size()) + ":" + show_sequence(option.sequence);
    return text + (a.otherwise ? " default:" + show_sequence(*a.otherwise) : "");
  }
  std::string operator()(const IfAction& a) const {
    return "if " + std::to_string(a.conditions.size()) + ":" + show_sequence(a.then) +
           (a.otherwise ? " else:" + show_sequence(*a.otherwise) : "");
  }
  std::string operator()(const RepeatAction& a) const {
    std::string text = "repeat";
    if (a.count) text += " count " + show(*a.count);
    if (a.for_each) text += " each " + show(*a.for_each);
    if (a.while_) text += " while " + std::to_string(a.while_->size());
    if (a.until) text += " until " + std::to_string(a.until->size());
    return text + ":" + show_sequence(a.sequence);
  }
  std::string operator()(const ParallelAction& a) const {
    std::string text = "parallel";
    for (const Sequence& branch : a.branches) text += " " + show_sequence(branch);
    return text;
  }
  std::string operator()(const SequenceAction& a) const { return show_sequence(a.sequence); }
  std::string operator()(const VariablesAction& a) const {
    std::string text = "variables";
    for (const auto& [name, value] : a.variables) text += " " + name + "=" + show(value);
    return text;
  }
  std::string operator()(const StopAction& a) const {
    return "stop " + show(a.reason) + (a.error ? " error" : "") +
           (a.response_variable.empty() ? "" : " response " + a.response_variable);
  }
  std::string operator()(const EventAction& a) const { return "event " + show(a.type) + " " + show(a.data); }
  std::string operator()(const ConditionAction& a) const { return "condition " + a.condition->name; }
  std::string operator()(const DeviceAction& a) const {
    std::string text = "device " + a.device + " " + a.domain + " " + a.type + " " + a.entity;
    for (const auto& [name, value] : a.options) text += " " + name + "=" + show(value);
    return text;
  }
  std::string operator()(const ConversationResponseAction& a) const { return "say " + show(a.text); }

  static std::string rest(const Rare<Period>& timeout, bool goes_on) {
    return (timeout ? " timeout " + show(*timeout) : "") + (goes_on ? "" : " or stop");
  }
};

std::string show_sequence(const Sequence& sequence) {
  std::string text = "[";
  for (const Action& action : sequence)
    text += (text.size() > 1 ? "; " : "") + std::visit(Show{}, action.kind);
  return text + "]";
}

// The steps, or what is wrong with them.
std::string read(std::string_view text) {
  Source source(text);
  const Sequence sequence = read_sequence(source.reading, source.root());
  const std::string found = source.found();
  return found.empty() ? show_sequence(sequence) : found;
}

TEST(ServiceSteps, HaveFourSpellingsOfATargetAndOneMeaning) {
  const std::string same =
      "['light.turn_on' target {'entity_id': ['light.a', 'light.b']} data {'brightness': 5}]";
  EXPECT_EQ(read("action: light.turn_on\ntarget: {entity_id: [light.a, light.b]}\ndata: {brightness: 5}"),
            same);
  EXPECT_EQ(read("service: light.turn_on\nentity_id: light.a, light.b\ndata: {brightness: 5}"), same);
  EXPECT_EQ(read("service: light.turn_on\ndata: {entity_id: [light.a, light.b], brightness: 5}"), same);
  EXPECT_EQ(read("service: light.turn_on\ndata_template: {entity_id: 'light.a, light.b', brightness: 5}"),
            same);
}

TEST(ServiceSteps, TheTargetBeatsTheDataAndWhatStandsBesideBeatsBoth) {
  EXPECT_EQ(
      read("action: light.turn_on\ndata: {entity_id: light.a, area_id: hall}\ntarget: {entity_id: light.b}"),
      "['light.turn_on' target {'entity_id': ['light.b'], 'area_id': ['hall']} data {}]");
  EXPECT_EQ(read("action: light.turn_on\ntarget: {entity_id: light.b}\nentity_id: light.c"),
            "['light.turn_on' target {'entity_id': ['light.c']} data {}]");
}

TEST(ServiceSteps, DataTemplateIsMergedOverData) {
  EXPECT_EQ(read("service: notify.x\ndata: {message: a, title: t}\ndata_template: {message: '{{ b }}'}"),
            "['notify.x' target {} data {'message': ⟨{{ b }}⟩, 'title': 't'}]");
}

TEST(ServiceSteps, MayBeTemplatesInEveryPart) {
  EXPECT_EQ(read("service_template: 'light.turn_{{ x }}'\nentity_id: '{{ e }}'"),
            "[⟨light.turn_{{ x }}⟩ target {'entity_id': ⟨{{ e }}⟩} data {}]");
  EXPECT_EQ(read("action: light.turn_on\ntarget: '{{ t }}'\ndata: '{{ d }}'"),
            "['light.turn_on' target ⟨{{ t }}⟩ data ⟨{{ d }}⟩]");
  EXPECT_EQ(read("action: light.turn_on\ntarget: {entity_id: [light.a, '{{ e }}']}"),
            "['light.turn_on' target {'entity_id': ['light.a', ⟨{{ e }}⟩]} data {}]");
}

TEST(ServiceSteps, KeepAllAndNoneAndTheIdsOfDevices) {
  EXPECT_EQ(
      read("action: light.turn_off\ntarget: {entity_id: all, device_id: 1234, floor_id: [up, down]}"),
      "['light.turn_off' target {'entity_id': ['all'], 'device_id': ['1234'], 'floor_id': ['up', 'down']} "
      "data {}]");
}

TEST(ServiceSteps, OfScriptsHaveDataOfTheirOwn) {
  EXPECT_EQ(read("action: script.announce\ndata: {entity_id: whatever it is}"),
            "['script.announce' target {} data {'entity_id': 'whatever it is'}]");
  EXPECT_EQ(read("action: script.turn_on\ndata: {entity_id: script.announce}"),
            "['script.turn_on' target {'entity_id': ['script.announce']} data {}]");
}

TEST(ServiceSteps, HaveResponsesAndOurWait) {
  EXPECT_EQ(read("action: Weather.Get_Forecasts\nresponse_variable: f\nwait_result: true\nmetadata: {}"),
            "['weather.get_forecasts' target {} data {} response f waits]");
}

TEST(ServiceSteps, ThatAreWrongAreNamed) {
  EXPECT_EQ(read("action: light"), "1:9 error bad_service");
  EXPECT_EQ(read("action:"), "1:8 error wrong_type");
  EXPECT_EQ(read("action: light.turn_on\nservice: light.turn_on"), "2:10 error both_spellings -> action");
  EXPECT_EQ(read("action: light.turn_on\ndata: [1]"), "2:7 error wrong_type");
  EXPECT_EQ(read("action: light.turn_on\ntarget: {entity: light.a}"), "2:10 error unknown_key");
  EXPECT_EQ(read("action: light.turn_on\ntarget: {entity_id: kitchen}"), "2:21 error bad_entity_id");
  EXPECT_EQ(read("action: light.turn_on\ntargets: {entity_id: light.a}"), "2:1 error unknown_key -> target");
}

TEST(Steps, WaitInTime) {
  EXPECT_EQ(read("- delay: 5\n- delay: '00:01:00'\n- delay: {minutes: '{{ m }}'}\n- delay: '{{ d }}'"),
            "[delay 5; delay 60; delay {'minutes': ⟨{{ m }}⟩}; delay ⟨{{ d }}⟩]");
  EXPECT_EQ(read("wait_template: '{{ x }}'\ntimeout: 5\ncontinue_on_timeout: false"),
            "[wait ⟨{{ x }}⟩ timeout 5 or stop]");
  EXPECT_EQ(read("wait_for_trigger: {platform: state, entity_id: light.a}\ntimeout: {seconds: 3}"),
            "[wait for state timeout 3]");
  EXPECT_EQ(read("delay: soon"), "1:8 error bad_period");
}

TEST(Steps, Choose) {
  const std::string option = "{conditions: '{{ x }}', sequence: {delay: 1}}";
  EXPECT_EQ(read("choose: " + option), "[choose 1:[delay 1]]");
  EXPECT_EQ(read("choose: [" + option + ", " + option + "]\ndefault: [{delay: 2}]"),
            "[choose 1:[delay 1] 1:[delay 1] default:[delay 2]]");
  EXPECT_EQ(read("choose: {conditions: [], sequence: }"), "[choose 0:[]]");
  EXPECT_EQ(read("choose: [{sequence: []}]"), "1:10 error missing_key");
  EXPECT_EQ(read("choose: [{condition: [], sequence: []}]"),
            "1:10 error missing_key\n1:11 error unknown_key -> conditions");
}

TEST(Steps, If) {
  EXPECT_EQ(read("if: '{{ x }}'\nthen: {delay: 1}\nelse: {delay: 2}"), "[if 1:[delay 1] else:[delay 2]]");
  EXPECT_EQ(read("if: '{{ x }}'"), "1:1 error missing_key");
}

TEST(Steps, Repeat) {
  EXPECT_EQ(read("repeat: {count: '3', sequence: {delay: 1}}"), "[repeat count 3:[delay 1]]");
  EXPECT_EQ(read("repeat: {count: '{{ n }}', sequence: []}"), "[repeat count ⟨{{ n }}⟩:[]]");
  EXPECT_EQ(read("repeat: {for_each: [1, '{{ n }}'], sequence: []}"), "[repeat each [1, ⟨{{ n }}⟩]:[]]");
  EXPECT_EQ(read("repeat: {while: '{{ n }}', sequence: []}"), "[repeat while 1:[]]");
  EXPECT_EQ(read("repeat: {until: ['{{ n }}'], sequence: []}"), "[repeat until 1:[]]");
  EXPECT_EQ(read("repeat: {for_each: light.a, sequence: []}"), "1:20 error wrong_type");
  EXPECT_EQ(read("repeat: {sequence: []}"), "1:9 error missing_key");
  EXPECT_EQ(read("repeat: {count: 1, until: [], sequence: []}"), "1:9 error contradiction");
  EXPECT_EQ(read("repeat: {count: -1, sequence: []}"), "1:17 error out_of_range");
}

TEST(Steps, ParallelAndSequence) {
  EXPECT_EQ(read("parallel: [{delay: 1}, [{delay: 2}, {delay: 3}], {sequence: [{delay: 4}]}]"),
            "[parallel [delay 1] [delay 2; delay 3] [delay 4]]");
  EXPECT_EQ(read("sequence: [{delay: 1}, {sequence: [{delay: 2}]}]"), "[[delay 1; [delay 2]]]");
}

TEST(Steps, VariablesStopEventSceneAndSpeech) {
  EXPECT_EQ(read("variables: {a: 1, b: '{{ a }}'}"), "[variables a=1 b=⟨{{ a }}⟩]");
  EXPECT_EQ(read("stop:"), "[stop None]");
  EXPECT_EQ(read("stop: Done\nerror: true"), "[stop 'Done' error]");
  EXPECT_EQ(read("stop: Done\nresponse_variable: r"), "[stop 'Done' response r]");
  EXPECT_EQ(read("stop: Done\nerror: true\nresponse_variable: r"), "3:20 error contradiction");
  EXPECT_EQ(read("event: x\nevent_data: {a: 1, b: 1}\nevent_data_template: {b: '{{ c }}'}"),
            "[event 'x' {'a': 1, 'b': ⟨{{ c }}⟩}]");
  EXPECT_EQ(read("scene: scene.evening"),
            "['scene.turn_on' target {'entity_id': ['scene.evening']} data None]");
  EXPECT_EQ(read("scene: light.evening"), "1:8 error wrong_domain");
  EXPECT_EQ(read("set_conversation_response: 'It is {{ t }}'"), "[say ⟨It is {{ t }}⟩]");
}

TEST(Steps, Devices) {
  EXPECT_EQ(read("device_id: abc\ndomain: light\ntype: turn_on\nentity_id: light.a\nbrightness_pct: 5"),
            "[device abc light turn_on light.a brightness_pct=5]");
  EXPECT_EQ(read("device_id: abc\ndomain: light"), "1:1 error missing_key");
}

TEST(Steps, ConditionsInEveryShorthand) {
  EXPECT_EQ(read("- '{{ x }}'\n- condition: state\n  entity_id: light.a\n  state: 'on'\n- and: ['{{ x }}']\n"
                 "- or: ['{{ x }}']\n- not: ['{{ x }}']\n- condition: '{{ x }}'"),
            "[condition template; condition state; condition and; condition or; condition not; condition "
            "template]");
}

TEST(Steps, ShareAliasEnabledAndForgiveness) {
  Source source("{delay: 1, alias: A, enabled: false, continue_on_error: true}");
  const Sequence sequence = read_sequence(source.reading, source.root());
  EXPECT_EQ(source.found(), "");
  ASSERT_EQ(sequence.size(), 1U);
  EXPECT_EQ(sequence[0].alias, "A");
  EXPECT_TRUE(sequence[0].continue_on_error);
  ASSERT_TRUE(sequence[0].enabled.has_value());
  EXPECT_EQ(show(*sequence[0].enabled), "False");
  EXPECT_EQ(sequence[0].place.line, 1U);
}

TEST(Steps, ListsWithinListsAreOne) {
  EXPECT_EQ(read("- delay: 1\n- - delay: 2\n  - [{delay: 3}]\n"), "[delay 1; delay 2; delay 3]");
  EXPECT_EQ(read("~"), "[]");
}

TEST(Steps, ThatAreNoneAreNamed) {
  EXPECT_EQ(read("- \n- delay: 1"), "2:1 error wrong_type");
  EXPECT_EQ(read("- light.turn_on"), "1:3 error wrong_type");
  EXPECT_EQ(read("- dellay: 5"), "1:3 error unknown_action -> delay");
  EXPECT_EQ(read("- foo: 5"), "1:3 error unknown_action");
  EXPECT_EQ(read("- !input x"), "1:3 error unresolved_tag");
  EXPECT_EQ(read("- delay: 5\n  timout: 3"), "2:3 error unknown_key");
}

}  // namespace
}  // namespace gable::rules
