// Conditions: every documented form and shorthand, and what is said of forms that are none.

#include <gtest/gtest.h>

#include "read_text.hpp"

namespace gable::rules {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::show;
using test::Source;

// A condition in short: "and(state, not(time))".
std::string show(const Condition& condition) {
  const auto* logical = std::get_if<LogicalCondition>(&condition.kind);
  if (logical == nullptr) return condition.name;
  std::string text = condition.name + "(";
  for (const Condition& member : logical->members) text += (text.ends_with("(") ? "" : ", ") + show(member);
  return text + ")";
}

std::string read(std::string_view text) {
  Source source(text);
  const Conditions conditions = read_conditions(source.reading, source.root());
  std::string found = source.found();
  if (!found.empty()) return found;
  std::string shown;
  for (const Condition& condition : conditions) shown += (shown.empty() ? "" : " ") + show(condition);
  return shown;
}

template <class T>
T one(std::string_view text, Condition* common = nullptr) {
  Source source(text);
  Condition condition = read_condition(source.reading, source.root());
  EXPECT_EQ(source.found(), "") << text;
  if (common != nullptr) *common = condition;
  if (auto* kind = std::get_if<T>(&condition.kind)) return std::move(*kind);
  ADD_FAILURE() << "no condition of this kind: " << text;
  return {};
}

TEST(Conditions, ByPurposeAreStates) {
  const auto door = one<StateCondition>(
      "{condition: door.is_open, target: {entity_id: [cover.a, binary_sensor.b]}, "
      "options: {behavior: all, for: '00:01:00'}}");
  EXPECT_EQ(door.entities, (EntityIds{"cover.a", "binary_sensor.b"}));
  EXPECT_EQ(door.states.size(), 2U);
  EXPECT_FALSE(door.match_any);
  EXPECT_TRUE(door.hold.has_value());
  EXPECT_TRUE(one<StateCondition>("{condition: light.is_off, target: {entity_id: light.a}}").match_any);
  EXPECT_EQ(read("{condition: light.is_off, target: {}}"), "1:35 error missing_key");
  EXPECT_EQ(read("{condition: light.is_off, target: {label_id: a}}"), "1:46 error unsupported");
}

TEST(Conditions, AreOneOrAListOrTemplates) {
  EXPECT_EQ(read("~"), "");
  EXPECT_EQ(read("[]"), "");
  EXPECT_EQ(read("'{{ x }}'"), "template");
  EXPECT_EQ(read("{condition: template, value_template: '{{ x }}'}"), "template");
  EXPECT_EQ(read("- '{{ x }}'\n- {condition: trigger, id: a}\n"), "template trigger");
  EXPECT_EQ(read("{condition: '{{ x }}', alias: a}"), "template");
}

TEST(Conditions, NestInBothSpellings) {
  EXPECT_EQ(read("condition: and\nconditions:\n- '{{ x }}'\n- condition: or\n  conditions: '{{ y }}'\n"),
            "and(template, or(template))");
  EXPECT_EQ(read("and: ['{{ x }}', {or: []}, {not: '{{ y }}', alias: a, enabled: false}]"),
            "and(template, or(), not(template))");
  EXPECT_EQ(read("{condition: ['{{ x }}', '{{ y }}']}"), "and(template, template)");
  EXPECT_EQ(one<LogicalCondition>("{not: []}").kind, LogicalCondition::Kind::none);
  EXPECT_EQ(one<LogicalCondition>("{or: []}").kind, LogicalCondition::Kind::any);
}

TEST(Conditions, HaveCommonKeys) {
  Condition common;
  one<TriggerCondition>("{condition: trigger, id: a, alias: 5, enabled: no}", &common);
  EXPECT_EQ(common.name, "trigger");
  EXPECT_EQ(common.alias, "5");
  EXPECT_EQ(show(*common.enabled), "False");
}

TEST(Conditions, OfUnknownKindsAreNamed) {
  EXPECT_EQ(read("- condition: tempalte\n"), "1:14 error unknown_condition -> template");
  EXPECT_EQ(read("- condition: x == y\n"), "1:14 error unknown_condition");
  EXPECT_EQ(read("- condition: climate.is_heating\n  target: {}\n"), "1:14 error unsupported");
  EXPECT_EQ(read("- conditoin: state\n  entity_id: a.b\n"), "1:3 error unknown_key -> condition");
  EXPECT_EQ(read("- entity_id: a.b\n"), "1:3 error missing_key");
  EXPECT_EQ(read("- x == y\n- 5\n"), "1:3 error wrong_type\n2:3 error wrong_type");
  EXPECT_EQ(read("- !input x\n"), "1:3 error unresolved_tag");
  EXPECT_EQ(read("- and: []\n  or: []\n"), "2:3 error unknown_key");
  EXPECT_EQ(read("condition: and\n"), "1:1 error missing_key");
  EXPECT_EQ(read("condition: or\nconditions: []\nmode: any\n"), "3:1 error unknown_key");
}

TEST(Conditions, AreToldFromActions) {
  const auto is = [](std::string_view text) { return is_condition(Source(text).root()); };
  EXPECT_TRUE(is("{condition: state}"));
  EXPECT_TRUE(is("{or: []}"));
  EXPECT_FALSE(is("{action: light.turn_on}"));
  EXPECT_FALSE(is("'{{ x }}'"));
}

TEST(StateConditions, TakeStatesListsAndAttributes) {
  auto condition = one<StateCondition>(
      "{condition: state, entity_id: 'light.a, light.b', match: Any, state: ['on', input_text.x], for: "
      "'00:05'}");
  EXPECT_EQ(condition.entities.size(), 2U);
  EXPECT_TRUE(condition.match_any);
  EXPECT_EQ(condition.states.size(), 2U);
  EXPECT_EQ(condition.hold ? show(*condition.hold) : "-", "300");
  condition = one<StateCondition>("{condition: state, entity_id: light.a, attribute: x, state: [on, 5]}");
  EXPECT_FALSE(condition.match_any);
  EXPECT_EQ(jinja::repr(condition.states[0]) + jinja::repr(condition.states[1]), "True5");
}

TEST(StateConditions, RefuseWhatHomeAssistantRefuses) {
  EXPECT_EQ(read("condition: state\nentity_id: light.a\n"), "1:1 error missing_key");
  EXPECT_EQ(read("condition: state\nstate: 'on'\n"), "1:1 error missing_key");
  EXPECT_EQ(read("condition: state\nentity_id: light.a\nstate: on\n"), "3:8 error quote_text -> \"on\"");
  EXPECT_EQ(read("condition: state\nentity_id: light.a\nstate: \n"), "3:1 error wrong_type");
  EXPECT_EQ(read("condition: state\nentity_id: light.a\nstate: x\nmatch: some\n"), "4:8 error bad_choice");
  EXPECT_EQ(read("condition: state\nentity_id: light.a\nstate: x\nto: x\n"), "4:1 error unknown_key");
}

TEST(NumericStateConditions, TakeNumbersAndEntities) {
  const auto condition = one<NumericStateCondition>(
      "{condition: numeric_state, entity_id: sensor.a, above: 5, below: sensor.b, value_template: '{{ 1 "
      "}}'}");
  EXPECT_EQ(condition.above.number, 5);
  EXPECT_EQ(condition.below.entity, "sensor.b");
  EXPECT_TRUE(condition.value_template.has_value());
  EXPECT_EQ(read("{condition: numeric_state, entity_id: sensor.a}"), "1:1 error missing_key");
  EXPECT_EQ(read("{condition: numeric_state, entity_id: sensor.a, above: 5, below: 5}"),
            "1:1 warning impossible_range");
}

TEST(TimeConditions, TakeBoundsAndWeekdays) {
  const auto condition = one<TimeCondition>(
      "{condition: time, after: '22:00', before: input_datetime.wake, weekday: [sat, sun]}");
  EXPECT_EQ(condition.after.value_or(TimeBound()).time, seconds(79200));
  EXPECT_EQ(condition.before.value_or(TimeBound()).entity, "input_datetime.wake");
  EXPECT_EQ(condition.weekdays, 0x60);
  EXPECT_EQ(one<TimeCondition>("{condition: time, weekday: mon}").weekdays, 1);
  EXPECT_EQ(one<TimeCondition>("{condition: time, after: time.x}").after.value_or(TimeBound()).entity,
            "time.x");
  EXPECT_EQ(read("{condition: time}"), "1:1 error missing_key");
  EXPECT_EQ(read("{condition: time, after: 22:00:00}"), "1:26 error quote_time -> \"22:00:00\"");
  EXPECT_EQ(read("{condition: time, after: light.x}"), "1:26 error bad_entity_id");
  EXPECT_EQ(read("{condition: time, after: '{{ x }}'}"), "1:26 error bad_time");
  EXPECT_EQ(read("{condition: time, weekday: [mon, fry]}"), "1:34 error bad_choice -> fri");
}

TEST(SunConditions, TakeOffsets) {
  const auto condition = one<SunCondition>(
      "{condition: sun, after: Sunset, after_offset: -00:30:00, before: sunrise, before_offset: {hours: 1}}");
  EXPECT_FALSE(condition.after.value_or(SunBound()).rise);
  EXPECT_EQ(condition.after.value_or(SunBound()).offset, minutes(-30));
  EXPECT_TRUE(condition.before.value_or(SunBound()).rise);
  EXPECT_EQ(condition.before.value_or(SunBound()).offset, minutes(60));
  EXPECT_EQ(read("{condition: sun, options: {after: sunset}}"), "sun");
  EXPECT_EQ(read("{condition: sun}"), "1:1 error missing_key");
  EXPECT_EQ(read("{condition: sun, after: noon}"), "1:25 error bad_choice");
  // Home Assistant takes it and does nothing with it, which nobody can have meant.
  EXPECT_EQ(read("{condition: sun, after: sunset, before_offset: 5}"), "1:48 warning missing_key");
}

TEST(OtherConditions, HaveTheirKeys) {
  EXPECT_EQ(one<TriggerCondition>("{condition: trigger, id: [a, 1]}").ids,
            (std::vector<std::string>{"a", "1"}));
  EXPECT_EQ(read("{condition: trigger}"), "1:1 error missing_key");
  const auto zone = one<ZoneCondition>("{condition: zone, entity_id: person.a, zone: [zone.a, zone.b]}");
  EXPECT_EQ(zone.zones.size(), 2U);
  const auto device = one<DeviceCondition>(
      "{condition: device, device_id: d, domain: light, type: is_on, entity_id: light.a, for: {seconds: 5}}");
  EXPECT_EQ(device.type + " " + device.entity, "is_on light.a");
  EXPECT_TRUE(device.hold.has_value());
  EXPECT_EQ(read("{condition: device, domain: light, type: is_on}"), "1:1 error missing_key");
}

}  // namespace
}  // namespace gable::rules
