// The states of entities in every form, against a faked house. Expected answers are those of Home Assistant's
// documentation and of its own tests of templates.
#include "fake_house.hpp"
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

using Names = std::vector<std::string>;

const BerlinZone kBerlin;

class HouseStates : public testing::Test {
 protected:
  HouseStates() {
    using namespace std::chrono_literals;
    FakeHouse::Entity& lamp = house_.add("light.kitchen", "on",
                                         R"({"brightness": 128, "friendly_name": "Kitchen lamp",
                                             "modes": ["a", "b"], "nothing": null, "deep": {"x": 1.0}})");
    lamp.changed = Instant(std::chrono::microseconds(1'784'118'896'789'000));
    lamp.updated = lamp.changed + 5s;
    lamp.context_id = "c1";
    lamp.context_user_id = "u1";
    house_.add("light.hall", "off");
    house_.add("sensor.temperature", "21.456", R"({"unit_of_measurement": "°C"})").precision = 1;
    house_.add("sensor.zero", "-0.04", R"({"unit_of_measurement": "W"})").precision = 1;
    house_.add("sensor.text", "wet").precision = 1;
    house_.add("number.level", "21.456", R"({"unit_of_measurement": "%"})").precision = 1;
    house_.add("sensor.gone", "unavailable", R"({"unit_of_measurement": "W"})");
    house_.add("sensor.new", "unknown");
  }

  void expect(std::initializer_list<Answer> answers) { expect_answers(house_, reference_clock(), answers); }
  Reads reads(std::string_view source) { return render_all(source, {}, house_).reads; }

  FakeHouse house_;
};

TEST_F(HouseStates, Function) {
  expect({
      {"{{ states('light.kitchen') }}", "on"},
      {"{{ states('LIGHT.Kitchen') }}", "on"},
      {"{{ states('light.missing') }}", "unknown"},
      {"{{ states('nonsense') }}", "unknown"},
      {"{{ states('') }}", "unknown"},
      {"{{ states('sensor.gone') }}", "unavailable"},
      {"{{ states('sensor.temperature') | float * 2 }}", "42.912"},
      {"{{ states('sensor.gone') | float(0) }}", "0"},
      {"{{ states('sensor.gone') | float }}", "drop ValueError"},
      {"{{ states(entity_id='light.hall') }}", "off"},
      {"{{ 'light.kitchen' | states }}", "on"},
      {"{{ ['light.kitchen', 'light.missing'] | map('states') | list }}", "['on', 'unknown']"},
      {"{{ states() }}", "drop TypeError"},
      {"{{ states('a.b', true, true, true) }}", "drop TypeError"},
      {"{{ states(none) }}", "drop AttributeError"},
      {"{{ states(5) }}", "drop AttributeError"},
      {"{{ states([]) }}", "drop TypeError"},
      {"{{ states(nothing) }}", "passthrough UndefinedError"},
  });
}

TEST_F(HouseStates, RoundedAndWithUnit) {
  expect({
      {"{{ states('sensor.temperature', rounded=true) }}", "21.5"},
      {"{{ states('sensor.temperature', true) }}", "21.5"},
      {"{{ states('sensor.temperature', with_unit=true) }}", "21.5 °C"},
      {"{{ states('sensor.temperature', rounded=false, with_unit=true) }}", "21.456 °C"},
      {"{{ states('sensor.temperature', rounded=false) }}", "21.456"},
      {"{{ states('sensor.zero', true) }}", "0.0"},
      {"{{ states('sensor.text', true) }}", "wet"},
      {"{{ states('number.level', true) }}", "21.456"},
      {"{{ states('number.level', with_unit=true) }}", "21.456 %"},
      {"{{ states('sensor.gone', with_unit=true) }}", "unavailable W"},
      {"{{ states('light.kitchen', with_unit=true) }}", "on"},
      {"{{ states('light.missing', with_unit=true) }}", "unknown"},
      {"{{ 'sensor.temperature' | states(with_unit=true) }}", "21.5 °C"},
      {"{{ states.sensor.temperature.state_with_unit }}", "21.5 °C"},
  });
}

TEST_F(HouseStates, Object) {
  expect({
      {"{{ states.light.kitchen.state }}", "on"},
      {"{{ states['light.kitchen'].state }}", "on"},
      {"{{ states['light']['kitchen']['state'] }}", "on"},
      {"{{ states.light['kitchen'].state }}", "on"},
      {"{{ states.light.kitchen.attributes.brightness }}", "128"},
      {"{{ states.light.kitchen.attributes['brightness'] }}", "128"},
      {"{{ states.light.kitchen.attributes.get('brightness') }}", "128"},
      {"{{ states.light.kitchen.attributes.get('x', 5) }}", "5"},
      {"{{ states.light.kitchen.attributes.x is defined }}", "False"},
      {"{{ states.light.kitchen.attributes.modes[1] }}", "b"},
      {"{{ states.light.kitchen.attributes is mapping }}", "True"},
      {"{{ states.light.hall.attributes }}", "{}"},
      {"{{ states.light.kitchen.entity_id }}", "light.kitchen"},
      {"{{ states.light.kitchen.domain }} {{ states.light.kitchen.object_id }}", "light kitchen"},
      {"{{ states.light.kitchen.name }} / {{ states.light.hall.name }}", "Kitchen lamp / hall"},
      {"{{ states.light.kitchen.last_changed }}", "2026-07-15 12:34:56.789000+00:00"},
      {"{{ states.light.kitchen.last_updated - states.light.kitchen.last_changed }}", "0:00:05"},
      {"{{ states.light.kitchen.last_reported.minute }}", "35"},
      {"{{ states.light.kitchen.last_changed_timestamp }}", "1784118896.789"},
      {"{{ states.light.kitchen.context.id }}", "c1"},
      {"{{ states.light.kitchen.context.parent_id }}", "None"},
      {"{{ states.light.kitchen.context.user_id }}", "u1"},
      {"{{ states.light.kitchen.nothing }}", ""},
      {"{{ states.light.kitchen.nothing is defined }}", "False"},
      {"{{ states.light.kitchen['nothing'] is defined }}", "False"},
      {"{{ states.light.kitchen[5] is defined }}", "False"},
      {"{{ states.light.kitchen.nothing.more }}", "passthrough UndefinedError"},
      {"{{ states.light.kitchen == states['light.kitchen'] }}", "True"},
      {"{{ states.light.kitchen == states.light.hall }}", "False"},
      {"{{ states.light.kitchen < states.light.hall }}", "drop TypeError"},
      {"{{ 'yes' if states.light.hall else 'no' }}", "yes"},
      {"{{ states.light.LIVING is none }}", "passthrough TemplateRuntimeError"},
      {"{{ states.light.KITCHEN.state }}", "on"},
  });
}

TEST_F(HouseStates, Missing) {
  expect({
      {"{{ states.light.missing }}", "None"},
      {"{{ states.light.missing is none }}", "True"},
      {"{{ states['light.missing'] is none }}", "True"},
      {"{{ states.light.missing.state }}", ""},
      {"{{ states.light.missing.state is defined }}", "False"},
      {"{{ states.light.missing.state | default('x') }}", "x"},
      {"{{ states.light.missing.attributes.x }}", "passthrough UndefinedError"},
      {"{{ states.light.missing.state | float(1) }}", "passthrough UndefinedError"},
      {"{{ states.nowhere | list }}", "[]"},
      {"{{ states.nowhere | count }}", "0"},
  });
}

TEST_F(HouseStates, InvalidIds) {
  expect({
      {"{{ states['nonsense'] }}", "<template DomainStates('nonsense')>"},
      {"{{ states['Non sense'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states['a.b.c'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states['light.'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states.light['a.b'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states.light['a b'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states['light.a__b'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states['light._a'] }}", "passthrough TemplateRuntimeError"},
      {"{{ states.light[5] }}", "None"},
      {"{{ states[5] is defined }}", "False"},
      {"{{ states.x.y.z }}", ""},
      {"{{ states.x.y.z.w }}", "passthrough UndefinedError"},
  });
}

TEST_F(HouseStates, GoingThrough) {
  expect({
      {"{{ states.light | map(attribute='entity_id') | list }}", "['light.hall', 'light.kitchen']"},
      {"{% for s in states.light %}{{ s.entity_id }}={{ s.state }} {% endfor %}",
       "light.hall=off light.kitchen=on"},
      {"{{ states.light | selectattr('state', 'eq', 'on') | map(attribute='name') | join }}", "Kitchen lamp"},
      {"{{ states | map(attribute='domain') | unique | sort | join(' ') }}", "light number sensor"},
      {"{{ states.light | list | count }} {{ states.light | count }} {{ states.light | length }}", "2 2 2"},
      {"{{ states | count }} {{ states | list | length }}", "8 8"},
      {"{{ states.light | groupby('state') | map('first') | list }}", "['off', 'on']"},
      {"{{ states.sensor | rejectattr('state', 'in', ['unknown', 'unavailable']) | list | count }}", "3"},
      {"{{ 'yes' if states.nowhere else 'no' }}", "no"},
      {"{{ states.light | sort(attribute='state', reverse=true) | map(attribute='state') | list }}",
       "['on', 'off']"},
      {"{{ (states.light | first).entity_id }}", "light.hall"},
      {"{{ states.light | random is defined }}", "True"},
  });
}

TEST_F(HouseStates, Printing) {
  expect({
      {"{{ states }}", "<template AllStates>"},
      {"{{ states.light }}", "<template DomainStates('light')>"},
      {"{{ states.light.hall }}",
       "<template TemplateState(<state light.hall=off @ 1970-01-01T00:00:00+00:00>)>"},
      {"{{ [states.light.hall] }}",
       "[<template TemplateState(<state light.hall=off @ 1970-01-01T00:00:00+00:00>)>]"},
  });
  expect_answers(
      house_, clock_at(0, &kBerlin),
      {{"{{ states.light.kitchen }}",
        "<template TemplateState(<state light.kitchen=on; brightness=128, friendly_name=Kitchen lamp, "
        "modes=['a', 'b'], nothing=None, deep=x=1.0 @ 2026-07-15T14:34:56.789000+02:00>)>"}});
}

TEST_F(HouseStates, IsState) {
  expect({
      {"{{ is_state('light.kitchen', 'on') }}", "True"},
      {"{{ is_state('light.kitchen', 'off') }}", "False"},
      {"{{ is_state('light.kitchen', ['off', 'on']) }}", "True"},
      {"{{ is_state('light.kitchen', []) }}", "False"},
      {"{{ is_state('light.kitchen', ('off', 'on')) }}", "False"},
      {"{{ is_state('light.kitchen', true) }}", "False"},
      {"{{ is_state('light.missing', 'unknown') }}", "False"},
      {"{{ is_state('sensor.gone', 'unavailable') }}", "True"},
      {"{{ is_state('light.kitchen', nothing) }}", "False"},
      {"{{ 'light.kitchen' is is_state('on') }}", "True"},
      {"{{ 'light.kitchen' is not is_state('on') }}", "False"},
      {"{{ ['light.kitchen', 'light.hall'] | select('is_state', 'on') | list }}", "['light.kitchen']"},
      {"{{ is_state('light.kitchen') }}", "drop TypeError"},
      {"{{ is_state(none, 'on') }}", "drop AttributeError"},
      {"{{ is_state(nothing, 'on') }}", "passthrough UndefinedError"},
      {"{{ 'light.kitchen' | is_state('on') }}", "drop invalid"},
  });
}

TEST_F(HouseStates, Attributes) {
  expect({
      {"{{ state_attr('light.kitchen', 'brightness') }}", "128"},
      {"{{ state_attr('light.kitchen', 'nothing') }}", "None"},
      {"{{ state_attr('light.kitchen', 'missing') }}", "None"},
      {"{{ state_attr('light.missing', 'brightness') }}", "None"},
      {"{{ state_attr('light.missing', 'brightness') is none }}", "True"},
      {"{{ state_attr('light.kitchen', 'deep').x }}", "1.0"},
      {"{{ state_attr('light.kitchen', 'brightness') + 1 }}", "129"},
      {"{{ state_attr('light.missing', 'brightness') + 1 }}", "drop TypeError"},
      {"{{ state_attr('light.missing', 'brightness') | int }}", "drop ValueError"},
      {"{{ 'light.kitchen' | state_attr('brightness') }}", "128"},
      {"{{ state_attr('light.kitchen', name='brightness') }}", "128"},
      {"{{ state_attr('light.kitchen', 5) }}", "None"},
      {"{{ is_state_attr('light.kitchen', 'brightness', 128) }}", "True"},
      {"{{ is_state_attr('light.kitchen', 'brightness', 128.0) }}", "True"},
      {"{{ is_state_attr('light.kitchen', 'brightness', '128') }}", "False"},
      {"{{ is_state_attr('light.kitchen', 'nothing', none) }}", "True"},
      {"{{ is_state_attr('light.kitchen', 'missing', none) }}", "False"},
      {"{{ is_state_attr('light.missing', 'brightness', none) }}", "False"},
      {"{{ is_state_attr('light.kitchen', 'modes', ['a', 'b']) }}", "True"},
      {"{{ 'light.kitchen' is is_state_attr('brightness', 128) }}", "True"},
      {"{{ is_state_attr('light.kitchen', 'brightness') }}", "drop TypeError"},
  });
}

TEST_F(HouseStates, HasValue) {
  expect({
      {"{{ has_value('light.kitchen') }}", "True"},
      {"{{ has_value('sensor.gone') }}", "False"},
      {"{{ has_value('sensor.new') }}", "False"},
      {"{{ has_value('light.missing') }}", "False"},
      {"{{ 'light.kitchen' | has_value }}", "True"},
      {"{{ 'sensor.gone' is has_value }}", "False"},
      {"{{ ['light.kitchen', 'sensor.gone'] | select('has_value') | list }}", "['light.kitchen']"},
      {"{{ has_value(none) }}", "drop AttributeError"},
      {"{{ state_translated('light.kitchen') }}", "on"},
      {"{{ state_translated('light.missing') }}", "unknown"},
      {"{{ state_translated('non sense') }}", "passthrough TemplateRuntimeError"},
      {"{{ 'light.kitchen' | state_translated }}", "on"},
  });
}

TEST_F(HouseStates, Expand) {
  house_.add("group.lights", "on", R"({"entity_id": ["light.kitchen", "light.hall"]})");
  house_.add("group.all", "on", R"({"entity_id": ["group.lights", "sensor.new", "group.all"]})");
  house_.add("zone.home", "1", R"({"persons": ["person.ann"]})");
  house_.add("person.ann", "home");
  house_.add("light.both", "on", R"({"entity_id": ["light.hall"]})");
  house_.add_entry("light.both", {.device_id = {},
                                  .area_id = {},
                                  .name = {},
                                  .original_name = {},
                                  .platform = "group",
                                  .config_entry_id = {}});
  expect({
      {"{{ expand('light.kitchen') | map(attribute='entity_id') | list }}", "['light.kitchen']"},
      {"{{ expand('group.lights') | map(attribute='entity_id') | sort }}", "['light.hall', 'light.kitchen']"},
      {"{{ expand('group.all') | map(attribute='entity_id') | sort }}",
       "['light.hall', 'light.kitchen', 'sensor.new']"},
      {"{{ expand('light.both') | map(attribute='entity_id') | list }}", "['light.hall']"},
      {"{{ expand('zone.home') | map(attribute='entity_id') | list }}", "['person.ann']"},
      {"{{ expand('light.missing') }}", "[]"},
      {"{{ expand('light.kitchen', 'light.kitchen') | count }}", "1"},
      {"{{ expand(['light.kitchen', ['light.hall']]) | count }}", "2"},
      {"{{ expand(states.light.hall, 'light.kitchen') | map(attribute='state') | list }}", "['on', 'off']"},
      {"{{ expand(states.group.lights) | count }}", "2"},
      {"{{ expand(states.light) | count }}", "2"},
      {"{{ expand() }}", "[]"},
      {"{{ expand(none, 5, nothing) }}", "[]"},
      {"{{ ['light.kitchen'] | expand | map(attribute='state') | list }}", "['on']"},
      {"{{ 'group.lights' | expand | selectattr('state', 'eq', 'on') | list | count }}", "1"},
      {"{{ expand('light.kitchen') is string }}", "False"},
  });
  const Reads seen = reads("{{ expand('group.all') | count }}");
  EXPECT_EQ(seen.entities(),
            (Names{"group.all", "group.lights", "light.hall", "light.kitchen", "sensor.new"}));
}

TEST_F(HouseStates, ReadsAreRecorded) {
  EXPECT_EQ(reads("{{ states('light.kitchen') }}").entities(), Names{"light.kitchen"});
  EXPECT_EQ(reads("{{ states('light.missing') }}").entities(), Names{"light.missing"});
  EXPECT_EQ(reads("{{ states('LIGHT.Missing') }}").entities(), Names{"light.missing"});
  EXPECT_EQ(reads("{{ states.light.kitchen.state }}").entities(), Names{"light.kitchen"});
  EXPECT_EQ(reads("{{ states.light.missing is none }}").entities(), Names{"light.missing"});
  EXPECT_EQ(reads("{{ is_state('light.hall','x') or state_attr('light.kitchen','y') }}").entities(),
            (Names{"light.hall", "light.kitchen"}));
  EXPECT_EQ(reads("{{ states('light.hall') if false else 5 }}").entities(), Names{});
  EXPECT_EQ(reads("{{ has_value('a.b') }}").entities(), Names{"a.b"});

  const Reads domain = reads("{{ states.light | map(attribute='state') | list }}");
  EXPECT_EQ(domain.domains(), Names{"light"});
  EXPECT_TRUE(domain.touches("light.new_one"));
  EXPECT_FALSE(domain.touches("switch.new_one"));
  EXPECT_EQ(reads("{{ states.light | count }}").domains(), Names{"light"});
  EXPECT_FALSE(domain.reads_all());

  EXPECT_TRUE(reads("{{ states | list | count }}").reads_all());
  EXPECT_TRUE(reads("{{ states | count }}").reads_all());
  EXPECT_FALSE(reads("{{ states.light }}").reads_all());
  EXPECT_FALSE(reads("{{ states('light.hall') }}").reads_registry());
  EXPECT_TRUE(reads("{{ areas() }}").reads_registry());
}

TEST_F(HouseStates, GroupsThatContainEachOtherEnd) {
  house_.add("group.a", "on", R"({"entity_id": ["group.b", "light.hall"]})");
  house_.add("group.b", "on", R"({"entity_id": ["group.a"]})");
  expect({{"{{ expand('group.a') | map(attribute='entity_id') | list }}", "['light.hall']"}});
}

}  // namespace
}  // namespace gable::rules::jinja
