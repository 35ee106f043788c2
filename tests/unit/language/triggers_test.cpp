// Triggers: every documented form of every platform, and what is said of forms that are none.

#include <gtest/gtest.h>

#include "read_text.hpp"

namespace gable::rules {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::show;
using test::Source;

// Reads one trigger that must have nothing wrong with it.
template <class T>
T one(std::string_view text, Trigger* common = nullptr) {
  Source source(text);
  std::vector<Trigger> triggers = read_triggers(source.reading, source.root());
  EXPECT_EQ(source.found(), "") << text;
  if (triggers.size() != 1 || !std::holds_alternative<T>(triggers.front().kind)) {
    ADD_FAILURE() << "not one trigger of this kind: " << text;
    return {};
  }
  if (common != nullptr) *common = triggers.front();
  return std::get<T>(triggers.front().kind);
}

std::string found(std::string_view text) {
  Source source(text);
  read_triggers(source.reading, source.root());
  return source.found();
}

std::string message(std::string_view text) {
  Source source(text);
  read_triggers(source.reading, source.root());
  source.found();
  return source.last.empty() ? std::string() : source.last.front().message;
}

std::string show(const StateFilter& filter) {
  if (!filter.given) return "-";
  if (filter.any) return "any";
  std::string text;
  for (const jinja::Value& value : filter.values) text += (text.empty() ? "" : ", ") + jinja::repr(value);
  return text;
}

std::string show(const NumericStateTrigger& trigger) {
  const auto bound = [](const Threshold& threshold) {
    return threshold.number ? jinja::real_text(*threshold.number) : threshold.entity;
  };
  return bound(trigger.above) + " < x < " + bound(trigger.below);
}

TEST(Triggers, HaveTwoSpellingsAndCommonKeys) {
  Trigger common;
  one<StateTrigger>("platform: state\nentity_id: light.a\n", &common);
  EXPECT_EQ(common.platform, "state");
  one<StateTrigger>(
      "trigger: state\nentity_id: light.a\nid: lamp\nalias: The lamp\nenabled: '{{ x }}'\n"
      "variables: {a: 1, b: '{{ trigger.id }}'}\n",
      &common);
  EXPECT_EQ(common.id, "lamp");
  EXPECT_EQ(common.alias, "The lamp");
  ASSERT_TRUE(common.enabled.has_value());
  EXPECT_EQ(show(*common.enabled), "⟨{{ x }}⟩");
  ASSERT_EQ(common.variables.size(), 2U);
  EXPECT_EQ(show(common.variables[1].second), "⟨{{ trigger.id }}⟩");
}

TEST(Triggers, AreOneOrAListOrGroups) {
  const auto count = [](std::string_view text) {
    Source source(text);
    const auto size = read_triggers(source.reading, source.root()).size();
    EXPECT_EQ(source.found(), "") << text;
    return size;
  };
  EXPECT_EQ(count("~"), 0U);
  EXPECT_EQ(count("[]"), 0U);
  EXPECT_EQ(count("{trigger: sun, event: sunset}"), 1U);
  EXPECT_EQ(count("- {trigger: sun, event: sunset}\n- triggers:\n  - {trigger: sun, event: sunrise}\n"
                  "  - {platform: sun, event: sunset}\n- triggers: {trigger: sun, event: sunset}\n"),
            4U);
}

TEST(Triggers, KnowTheirPlace) {
  Source source("- trigger: sun\n  event: sunset\n-   trigger: sun\n    event: sunset\n");
  const std::vector<Trigger> triggers = read_triggers(source.reading, source.root());
  ASSERT_EQ(triggers.size(), 2U);
  EXPECT_EQ(triggers[1].place.line, 3U);
  EXPECT_EQ(triggers[1].place.column, 5U);
  EXPECT_EQ(source.files, std::vector<std::string>{"rules.yaml"});
}

TEST(Triggers, OfUnknownPlatformsAreNamed) {
  EXPECT_EQ(found("- trigger: sate\n  entity_id: a.b\n"), "1:12 error unknown_platform -> state");
  EXPECT_EQ(found("- trigger: nonsense\n"), "1:12 error unknown_platform");
  EXPECT_EQ(found("- triger: state\n  entity_id: a.b\n"), "1:3 error unknown_key -> trigger");
  EXPECT_EQ(found("- id: x\n"), "1:3 error missing_key");
  EXPECT_EQ(found("- a text\n"), "1:3 error wrong_type");
  EXPECT_EQ(found("- !input x\n"), "1:3 error unresolved_tag");
  EXPECT_EQ(found("{trigger: sun, platform: sun, event: sunset}"), "1:26 error both_spellings -> trigger");
}

TEST(Triggers, ThatAHouseOnMqttCannotOfferAreUnsupported) {
  EXPECT_EQ(found("{trigger: conversation, command: hello}"), "1:11 error unsupported");
  EXPECT_EQ(found("{trigger: light.brightness_changed, target: {entity_id: light.a}}"),
            "1:11 error unsupported");
}

TEST(Triggers, ThatNothingHereMakesLeaveTheOthersAlone) {
  Source source("[{trigger: conversation, command: hello}, {trigger: sun, event: sunset}]");
  const std::vector<Trigger> triggers = read_triggers(source.reading, source.root());
  EXPECT_EQ(source.found(), "1:12 warning unsupported");
  ASSERT_EQ(triggers.size(), 2U);
  EXPECT_TRUE(triggers[0].enabled);  // `enabled: false`
  EXPECT_FALSE(triggers[1].enabled);
}

TEST(Triggers, OfNoEntityAtAllAreWarnedOf) {
  EXPECT_EQ(found("{trigger: state, entity_id: {}}"), "1:29 warning no_entities");
}

TEST(Triggers, ByPurposeAreChangesOfState) {
  const auto door = one<StateTrigger>(
      "{trigger: door.opened, target: {entity_id: [binary_sensor.a, cover.b]}, "
      "options: {behavior: each, for: '00:05:00'}}");
  EXPECT_EQ(door.entities, (EntityIds{"binary_sensor.a", "cover.b"}));
  EXPECT_EQ(show(door.to), "'on', 'open'");
  EXPECT_TRUE(door.hold.has_value());
  EXPECT_EQ(show(one<StateTrigger>("{trigger: light.turned_off, target: {entity_id: light.a}}").from),
            "'on'");
  EXPECT_EQ(found("{trigger: door.opened, target: {area_id: hall}}"), "1:42 error unsupported");
  EXPECT_EQ(
      found("{trigger: door.opened, target: {entity_id: [cover.a, cover.b]}, options: {behavior: first}}"),
      "1:85 error unsupported");
  EXPECT_EQ(found("{trigger: door.opened, target: {entity_id: cover.a}, options: {fro: 5}}"),
            "1:64 error unknown_key -> for");
  EXPECT_EQ(found("{trigger: door.opened, entity_id: cover.a}"),
            "1:1 error missing_key\n1:24 error unknown_key");
}

TEST(Triggers, HaveTextsForIdAndAlias) {
  EXPECT_EQ(found("{trigger: sun, event: sunset, id: 1}"), "1:35 error quote_text -> \"1\"");
  EXPECT_EQ(found("{trigger: sun, event: sunset, alias: on}"), "1:38 error quote_text -> \"on\"");
  EXPECT_EQ(found("{trigger: sun, event: sunset, enabled: perhaps}"), "1:40 error wrong_type");
  EXPECT_EQ(found("{trigger: sun, event: sunset, variables: [a]}"), "1:42 error wrong_type");
}

TEST(StateTriggers, TakeStatesListsAndNulls) {
  auto trigger =
      one<StateTrigger>("{trigger: state, entity_id: 'Light.A, light.b', from: 'off', to: ['on', dim]}");
  EXPECT_EQ(trigger.entities, (EntityIds{"light.a", "light.b"}));
  EXPECT_EQ(show(trigger.from), "'off'");
  EXPECT_EQ(show(trigger.to), "'on', 'dim'");
  EXPECT_EQ(show(trigger.not_from), "-");
  trigger =
      one<StateTrigger>("{trigger: state, entity_id: [light.a], to: , not_from: [unavailable, unknown]}");
  EXPECT_EQ(show(trigger.to), "any");
  EXPECT_EQ(show(trigger.not_from), "'unavailable', 'unknown'");
  EXPECT_EQ(show(one<StateTrigger>("{trigger: state, entity_id: light.a, to: '*'}").to), "any");
  EXPECT_EQ(show(one<StateTrigger>("{trigger: state, entity_id: light.a, not_to: 'on'}").not_to), "'on'");
}

TEST(StateTriggers, TakeAnyValueOfAnAttribute) {
  const auto trigger =
      one<StateTrigger>("{trigger: state, entity_id: light.a, attribute: on, from: false, to: [1, on, x]}");
  EXPECT_EQ(trigger.attribute, "True");
  EXPECT_EQ(show(trigger.from), "False");
  EXPECT_EQ(show(trigger.to), "1, True, 'x'");
}

TEST(StateTriggers, HoldInAllSpellings) {
  const auto hold = [](std::string_view text) {
    const auto trigger =
        one<StateTrigger>("{trigger: state, entity_id: light.a, for: " + std::string(text) + "}");
    return trigger.hold ? show(*trigger.hold) : "-";
  };
  EXPECT_EQ(hold("5"), "5");
  EXPECT_EQ(hold("'00:05:00'"), "300");
  EXPECT_EQ(hold("{minutes: 5}"), "300");
  EXPECT_EQ(hold("'{{ x }}'"), "⟨{{ x }}⟩");
  EXPECT_EQ(hold("{minutes: '{{ x }}'}"), "{'minutes': ⟨{{ x }}⟩}");
  EXPECT_EQ(hold("~"), "-");
}

TEST(StateTriggers, RefuseWhatHomeAssistantRefuses) {
  EXPECT_EQ(found("trigger: state\nentity_id: light.a\nto: on\n"), "3:5 error quote_text -> \"on\"");
  EXPECT_EQ(message("trigger: state\nentity_id: light.a\nto: on\n"),
            "to: expected text; without quotes on is a boolean, so write \"on\"");
  EXPECT_EQ(found("trigger: state\nentity_id: light.a\nfrom: [off, x, 5]\n"),
            "3:8 error quote_text -> \"off\"\n3:16 error quote_text -> \"5\"");
  EXPECT_EQ(found("trigger: state\nentity_id: light.a\nfrom: x\nnot_from: y\nto: x\nnot_to: y\n"),
            "4:11 error exclusive_keys\n6:9 error exclusive_keys");
  EXPECT_EQ(found("trigger: state\nto: x\n"), "1:1 error missing_key");
  EXPECT_EQ(found("trigger: state\nentity_id: a lamp\n"), "2:12 error bad_entity_id");
  EXPECT_EQ(found("trigger: state\nentity_id: '{{ x }}'\n"), "2:12 error bad_entity_id");
  EXPECT_EQ(found("trigger: state\nentity_id: light.a\nstate: 'on'\nfro: x\n"),
            "3:1 error unknown_key\n4:1 error unknown_key -> from");
  EXPECT_EQ(found("trigger: state\nentity_id: light.a\nfor: 5 min\n"), "3:6 error bad_period");
}

TEST(NumericStateTriggers, TakeNumbersAndEntities) {
  EXPECT_EQ(
      show(one<NumericStateTrigger>("{trigger: numeric_state, entity_id: sensor.a, above: 5, below: '7.5'}")),
      "5.0 < x < 7.5");
  const auto trigger = one<NumericStateTrigger>(
      "{trigger: numeric_state, entity_id: sensor.a, below: input_number.X, attribute: level, for: '00:01',\n"
      "value_template: '{{ state.state }}'}");
  EXPECT_EQ(show(trigger), " < x < input_number.x");
  EXPECT_EQ(trigger.attribute, "level");
  EXPECT_TRUE(trigger.value_template.has_value() && trigger.hold.has_value());
  EXPECT_EQ(show(one<NumericStateTrigger>(
                "{trigger: numeric_state, entity_id: sensor.a, above: -0.5, below: 1.e3}")),
            "-0.5 < x < 1000.0");
}

TEST(NumericStateTriggers, RefuseWhatHomeAssistantRefuses) {
  const std::string head = "trigger: numeric_state\nentity_id: sensor.a\n";
  EXPECT_EQ(found(head), "1:1 error missing_key");
  EXPECT_EQ(found(head + "above: 5\nbelow: 3\n"), "1:1 error impossible_range");
  EXPECT_EQ(found(head + "above: high\n"), "3:8 error wrong_type");
  EXPECT_EQ(found(head + "above: '{{ 1.5 }}'\n"), "3:8 error wrong_type");
  EXPECT_EQ(found(head + "above: light.a\n"), "3:8 error bad_entity_id");
  EXPECT_EQ(found(head + "above: \n"), "3:1 error wrong_type");
  EXPECT_EQ(found(head + "above: 5\nto: 7\n"), "4:1 error unknown_key");
  EXPECT_EQ(found(head + "abvoe: 5\n"), "1:1 error missing_key\n3:1 error unknown_key -> above");
}

TEST(TimeTriggers, TakeTimesEntitiesAndTemplates) {
  EXPECT_EQ(one<TimeTrigger>("{trigger: time, at: '07:30'}").at[0].time, seconds(27000));
  const auto trigger = one<TimeTrigger>(
      "trigger: time\nat:\n- '23:59:59'\n- input_datetime.wake\n- sensor.alarm\n- {entity_id: sensor.alarm, "
      "offset: '-00:15'}\n"
      "- {entity_id: input_datetime.wake, offset: {minutes: 5}}\n- '{{ states(\"sensor.x\") }}'\n"
      "weekday: [mon, fri]\n");
  ASSERT_EQ(trigger.at.size(), 6U);
  EXPECT_EQ(trigger.at[0].time, seconds(86399));
  EXPECT_EQ(trigger.at[1].entity, "input_datetime.wake");
  EXPECT_EQ(trigger.at[3].offset, minutes(-15));
  EXPECT_EQ(trigger.at[4].offset, minutes(5));
  EXPECT_TRUE(trigger.at[5].at_template.has_value());
  EXPECT_EQ(trigger.weekdays, 0x11);
  EXPECT_EQ(one<TimeTrigger>("{trigger: time, at: '07:30'}").weekdays, kEveryDay);
}

TEST(TimeTriggers, RefuseWhatHomeAssistantRefuses) {
  EXPECT_EQ(found("{trigger: time}"), "1:1 error missing_key");
  EXPECT_EQ(found("trigger: time\nat: 12:30:00\n"), "2:5 error quote_time -> \"12:30:00\"");
  EXPECT_EQ(message("trigger: time\nat: 12:30\n"),
            "at: without quotes '12:30' is the number 750; write it as \"12:30\"");
  EXPECT_EQ(found("trigger: time\nat: '25:00'\n"), "2:5 error bad_time");
  EXPECT_EQ(found("trigger: time\nat: light.a\n"), "2:5 error bad_entity_id");
  EXPECT_EQ(found("trigger: time\nat: {entity_id: sensor.a, ofset: 5}\n"),
            "2:27 error unknown_key -> offset");
  EXPECT_EQ(found("trigger: time\nat: '07:00'\nweekday: monday\n"), "3:10 error bad_choice");
  EXPECT_EQ(found("trigger: time\nminutes: /5\n"), "1:1 error missing_key\n2:1 error unknown_key");
}

TEST(TimePatternTriggers, MakeSmallerUnitsNoughtWhenALargerIsGiven) {
  const auto pattern = [](std::string_view text) {
    const auto trigger = one<TimePatternTrigger>("{trigger: time_pattern, " + std::string(text) + "}");
    std::string shown;
    for (const TimePattern& part : {trigger.hours, trigger.minutes, trigger.seconds}) {
      if (part.kind == TimePattern::Kind::any) shown += "* ";
      if (part.kind == TimePattern::Kind::step) shown += "/" + std::to_string(part.number) + " ";
      if (part.kind == TimePattern::Kind::exact) shown += std::to_string(part.number) + " ";
    }
    return shown;
  };
  EXPECT_EQ(pattern("minutes: /5"), "* /5 0 ");
  EXPECT_EQ(pattern("hours: '/2'"), "/2 0 0 ");
  EXPECT_EQ(pattern("hours: '*', minutes: 30"), "* 30 0 ");
  EXPECT_EQ(pattern("seconds: '15'"), "* * 15 ");
  EXPECT_EQ(pattern("hours: 2, seconds: 7"), "2 0 7 ");
  EXPECT_EQ(pattern("hours: , seconds: 7"), "* * 7 ");
}

TEST(TimePatternTriggers, RefuseWhatHomeAssistantRefuses) {
  EXPECT_EQ(found("trigger: time_pattern\n"), "1:1 error missing_key");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: 60\n"), "2:10 error bad_pattern");
  EXPECT_EQ(found("trigger: time_pattern\nhours: 24\n"), "2:8 error bad_pattern");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: '*/5'\n"), "2:10 error bad_pattern -> /5");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: /0\n"), "2:10 error bad_pattern");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: 1,2\n"), "2:10 error bad_pattern");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: [1]\n"), "2:10 error bad_pattern");
  EXPECT_EQ(found("trigger: time_pattern\nminutes: /90\n"), "2:10 warning long_step");
}

TEST(CalendarTriggers, AreBeginningsAndEnds) {
  const auto end =
      one<CalendarTrigger>("{trigger: calendar, event: end, entity_id: calendar.a, offset: '-0:5:0'}");
  EXPECT_EQ(end.entity, "calendar.a");
  EXPECT_FALSE(end.starts);
  EXPECT_EQ(end.offset, minutes(-5));
  EXPECT_TRUE(one<CalendarTrigger>("{trigger: calendar, entity_id: calendar.a}").starts);
  EXPECT_EQ(found("{trigger: calendar, entity_id: light.a}"), "1:32 error wrong_domain");
}

TEST(SunTriggers, TakeOffsets) {
  EXPECT_FALSE(one<SunTrigger>("{trigger: sun, event: Sunset}").rises);
  EXPECT_EQ(one<SunTrigger>("{trigger: sun, event: sunrise, offset: -00:30:00}").offset, minutes(-30));
  EXPECT_EQ(one<SunTrigger>("{trigger: sun, event: sunrise, offset: 0}").offset, seconds(0));
  EXPECT_EQ(one<SunTrigger>("{trigger: sun, event: sunrise, offset: '90'}").offset, seconds(90));
  EXPECT_EQ(one<SunTrigger>("{trigger: sun, options: {event: sunset, offset: 5}}").offset, seconds(5));
  EXPECT_EQ(found("{trigger: sun, event: dusk}"), "1:23 error bad_choice");
  EXPECT_EQ(found("{trigger: sun, event: sunst}"), "1:23 error bad_choice -> sunset");
  EXPECT_EQ(found("{trigger: sun, offset: 5}"), "1:1 error missing_key");
  EXPECT_EQ(found("{trigger: sun, event: sunset, offset: soon}"), "1:39 error bad_period");
  EXPECT_EQ(found("{trigger: sun, options: {event: sunset, ofset: 5}, event: sunset}"),
            "1:52 error unknown_key\n1:41 error unknown_key -> offset");
}

TEST(TemplateTriggers, NeedATemplate) {
  const auto trigger =
      one<TemplateTrigger>("{trigger: template, value_template: '{{ x }}', for: '00:01:00'}");
  EXPECT_EQ(show(trigger.condition), "⟨{{ x }}⟩");
  EXPECT_EQ(trigger.hold ? show(*trigger.hold) : "-", "60");
  EXPECT_EQ(found("{trigger: template}"), "1:1 error missing_key");
  EXPECT_EQ(found("{trigger: template, value_template: a == b}"), "1:37 warning no_template -> {{ a == b }}");
  EXPECT_EQ(found("{trigger: template, value_template: '{{ a == }}'}"), "1:37 error bad_template");
}

TEST(MqttTriggers, TakeFiltersAndTemplates) {
  auto trigger = one<MqttTrigger>(
      "{trigger: mqtt, topic: a/+/b/#, payload: 1, value_template: '{{ value_json.x }}', qos: '1', encoding: "
      "''}");
  EXPECT_EQ(show(trigger.topic), "'a/+/b/#'");
  EXPECT_EQ(show(*trigger.payload), "'1'");
  EXPECT_TRUE(trigger.value_template.has_value());
  EXPECT_EQ(trigger.qos, 1);
  EXPECT_EQ(trigger.encoding, "");
  trigger = one<MqttTrigger>("{platform: mqtt, topic: 'a/{{ x }}', payload: '{{ y }}'}");
  EXPECT_EQ(show(trigger.topic), "⟨a/{{ x }}⟩");
  EXPECT_EQ(trigger.encoding, "utf-8");
  EXPECT_EQ(show(one<MqttTrigger>("{trigger: mqtt, options: {topic: a}}").topic), "'a'");
}

TEST(MqttTriggers, RefuseBadTopics) {
  EXPECT_EQ(found("{trigger: mqtt}"), "1:1 error missing_key");
  EXPECT_EQ(found("{trigger: mqtt, topic: a/#/b}"), "1:24 error bad_topic");
  EXPECT_EQ(found("{trigger: mqtt, topic: a/b+}"), "1:24 error bad_topic");
  EXPECT_EQ(found("{trigger: mqtt, topic: ''}"), "1:24 error bad_topic");
  EXPECT_EQ(found("{trigger: mqtt, topic: a, qos: 3}"), "1:32 error out_of_range");
  EXPECT_EQ(found("{trigger: mqtt, topic: a, payload: on}"), "1:36 warning quote_text -> \"on\"");
}

TEST(EventTriggers, TakeTypesDataAndContext) {
  const auto trigger = one<EventTrigger>(
      "trigger: event\nevent_type: [a, '{{ b }}']\nevent_data: {x: 1, y: '{{ z }}'}\ncontext: {user_id: [u, "
      "v]}\n");
  ASSERT_EQ(trigger.types.size(), 2U);
  EXPECT_EQ(show(trigger.types[1]), "⟨{{ b }}⟩");
  ASSERT_EQ(trigger.data.size(), 2U);
  EXPECT_EQ(trigger.data[0].first + show(trigger.data[0].second), "x1");
  ASSERT_EQ(trigger.context.size(), 1U);
  EXPECT_EQ(show(trigger.context[0].second), "['u', 'v']");
  EXPECT_EQ(found("{trigger: event}"), "1:1 error missing_key");
  EXPECT_EQ(found("{trigger: event, event_type: a, event_data: x}"), "1:45 error wrong_type");
  EXPECT_EQ(found("{trigger: event, event_type: a, event_data_template: {}}"), "1:33 error unknown_key");
}

TEST(OtherTriggers, HaveTheirKeys) {
  EXPECT_FALSE(one<HomeassistantTrigger>("{trigger: homeassistant, event: shutdown}").start);
  EXPECT_EQ(found("{trigger: homeassistant, event: stop}"), "1:33 error bad_choice");
  EXPECT_EQ(found("{trigger: homeassistant}"), "1:1 error missing_key");
  const auto tag = one<TagTrigger>("{trigger: tag, tag_id: [a, 5], device_id: d}");
  EXPECT_EQ(tag.tags, (std::vector<std::string>{"a", "5"}));
  EXPECT_EQ(tag.devices, std::vector<std::string>{"d"});
  const auto zone = one<ZoneTrigger>("{trigger: zone, entity_id: person.a, zone: zone.home, event: leave}");
  EXPECT_EQ(zone.zone, "zone.home");
  EXPECT_FALSE(zone.enters);
  EXPECT_TRUE(one<ZoneTrigger>("{trigger: zone, entity_id: person.a, zone: zone.home}").enters);
  EXPECT_EQ(found("{trigger: zone, entity_id: person.a, zone: [zone.a, zone.b], event: come}"),
            "1:44 error wrong_type\n1:69 error bad_choice");
}

TEST(WebhookTriggers, HaveMethods) {
  const auto hook =
      one<WebhookTrigger>("{trigger: webhook, webhook_id: w, allowed_methods: [get, POST], local_only: no}");
  EXPECT_EQ(hook.methods, (std::vector<std::string>{"GET", "POST"}));
  EXPECT_FALSE(hook.local_only);
  EXPECT_TRUE(one<WebhookTrigger>("{trigger: webhook, webhook_id: w, allowed_methods: put}").local_only);
  EXPECT_EQ(found("{trigger: webhook, webhook_id: w, allowed_methods: [PATCH]}"), "1:53 error bad_choice");
  EXPECT_EQ(found("{trigger: webhook, allowed_methods: [GTE]}"),
            "1:1 error missing_key\n1:38 error bad_choice -> GET");
}

TEST(DeviceTriggers, KeepTheOptionsOfTheirDomain) {
  const auto generic = one<DeviceTrigger>(
      "{trigger: device, device_id: d, domain: sensor, type: temperature, entity_id: sensor.t, above: 5,\n"
      "for: {minutes: 1}, metadata: {secondary: false}}");
  EXPECT_EQ(generic.device + generic.domain + generic.type + generic.entity, "dsensortemperaturesensor.t");
  ASSERT_EQ(generic.options.size(), 1U);
  EXPECT_EQ(generic.options[0].first, "above");
  EXPECT_TRUE(generic.hold.has_value());
  const auto remote = one<DeviceTrigger>(
      "{platform: device, device_id: d, domain: hue, type: press, subtype: 1, unique_id: u}");
  EXPECT_EQ(remote.subtype, "1");
  EXPECT_EQ(remote.options[0].first, "unique_id");
  const auto mqtt = one<DeviceTrigger>(
      "{trigger: device, device_id: d, domain: mqtt, type: action, subtype: single, discovery_id: 0x1}");
  EXPECT_EQ(mqtt.discovery_id, "1");
}

TEST(DeviceTriggers, NameWhatIsMisspelt) {
  const std::string head = "trigger: device\ndevice_id: d\ntype: x\n";
  EXPECT_EQ(found(head), "1:1 error missing_key");
  EXPECT_EQ(found(head + "domain: light\nabowe: 5\ncolour: red\n"),
            "5:1 error unknown_key -> above\n6:1 error unknown_key");
  EXPECT_EQ(found(head + "domain: zha\nsubtpye: a\ncolour: red\n"), "5:1 error unknown_key -> subtype");
  EXPECT_EQ(found(head + "domain: light\nentity_id: [a.b, c.d]\n"), "5:12 error bad_entity_id");
}

}  // namespace
}  // namespace gable::rules
