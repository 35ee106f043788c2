// What a template's text says that it reads.
#include <gmock/gmock.h>

#include "template/house/static_reads.hpp"
#include "template/syntax/parser.hpp"

namespace gable::rules::jinja {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

StaticReads reads(std::string_view source) {
  const wire::Result<Tree> tree = parse(source);
  EXPECT_TRUE(tree) << source;
  return static_reads(*tree);
}

// "1:11 light.kitchen[brightness]"
std::vector<std::string> entities(std::string_view source) {
  std::vector<std::string> texts;
  for (const StaticReads::Entity& read : reads(source).entities) {
    texts.push_back(std::to_string(read.position.line) + ":" + std::to_string(read.position.column) + " " +
                    read.entity_id + (read.attribute.empty() ? "" : "[" + read.attribute + "]"));
  }
  return texts;
}

std::vector<std::string> texts(const std::vector<StaticReads::Named>& named) {
  std::vector<std::string> out;
  for (const StaticReads::Named& name : named) out.push_back(name.text);
  return out;
}

TEST(StaticReads, Functions) {
  EXPECT_THAT(entities("{{ states('light.a') }}"), ElementsAre("1:11 light.a"));
  EXPECT_THAT(entities("{{ is_state('light.a', 'on') }}"), ElementsAre("1:13 light.a"));
  EXPECT_THAT(entities("\n {{ state_attr('light.a', 'x') }}"), ElementsAre("2:16 light.a[x]"));
  EXPECT_THAT(entities("{{ is_state_attr('light.a', 'x', 5) }}"), ElementsAre("1:18 light.a[x]"));
  EXPECT_THAT(entities("{{ has_value('light.a') }}"), ElementsAre("1:14 light.a"));
  EXPECT_THAT(entities("{{ states(entity_id='light.a') }}"), ElementsAre("1:21 light.a"));
  EXPECT_THAT(entities("{{ state_attr('light.a', name='x') }}"), ElementsAre("1:15 light.a[x]"));
  EXPECT_THAT(entities("{{ expand('light.a', ['light.b']) }}"), ElementsAre("1:11 light.a", "1:23 light.b"));
  EXPECT_THAT(entities("{{ distance('zone.home', states.person.ann) }}"),
              ElementsAre("1:13 zone.home", "1:26 person.ann"));
  EXPECT_TRUE(reads("{{ states('light.a') ~ state_attr('light.b', 'x') }}").complete);
}

TEST(StaticReads, FiltersAndTests) {
  EXPECT_THAT(entities("{{ 'light.a' | states }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ 'light.a' | state_attr('x') }}"), ElementsAre("1:4 light.a[x]"));
  EXPECT_THAT(entities("{{ 'light.a' is is_state('on') }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ 'light.a' is has_value }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ ['light.a', 'light.b'] | map('states') | list }}"),
              ElementsAre("1:5 light.a", "1:16 light.b"));
  EXPECT_THAT(entities("{{ ['light.a'] | select('is_state', 'on') | list }}"), ElementsAre("1:5 light.a"));
  EXPECT_THAT(entities("{{ ['light.a'] | map('state_attr', 'x') | list }}"), ElementsAre("1:5 light.a[x]"));
  EXPECT_THAT(entities("{{ ['light.a'] | expand | list }}"), ElementsAre("1:5 light.a"));
}

TEST(StaticReads, Objects) {
  EXPECT_THAT(entities("{{ states.light.a.state }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ states.light.a }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ states['light.a'].state }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ states.light['a'].attributes.x.y }}"), ElementsAre("1:4 light.a[x]"));
  EXPECT_THAT(entities("{{ states['light.a'].attributes['x'] }}"), ElementsAre("1:4 light.a[x]"));
  EXPECT_THAT(entities("{{ states.light.a.attributes.get('x', 5) }}"), ElementsAre("1:4 light.a[x]"));
  EXPECT_THAT(entities("{{ states.light.a.attributes.items() }}"), ElementsAre("1:4 light.a"));
  EXPECT_THAT(entities("{{ states.light.a.name.lower() }}"), ElementsAre("1:4 light.a"));
  EXPECT_TRUE(reads("{{ states.light.a.attributes[x] }}").complete);
}

TEST(StaticReads, DomainsAndAll) {
  const StaticReads light = reads("{{ states.light | selectattr('state', 'eq', 'on') | list }}");
  EXPECT_THAT(texts(light.domains), ElementsAre("light"));
  EXPECT_FALSE(light.all);
  EXPECT_TRUE(light.complete);
  EXPECT_THAT(light.entities, IsEmpty());
  EXPECT_THAT(texts(reads("{% for s in states['light'] %}{{ s.state }}{% endfor %}").domains),
              ElementsAre("light"));
  EXPECT_THAT(texts(reads("{{ expand(states.light) }}").domains), ElementsAre("light"));
  EXPECT_TRUE(reads("{{ states | count }}").all);
  EXPECT_TRUE(reads("{% for s in states %}{% endfor %}").all);
  EXPECT_FALSE(reads("{{ states('a.b') }}").all);
}

TEST(StaticReads, TimeAndRegistry) {
  EXPECT_TRUE(reads("{{ now() }}").time);
  EXPECT_TRUE(reads("{{ states.a.b.last_changed | relative_time }}").time);
  EXPECT_TRUE(reads("{% if utcnow().hour > 5 %}{% endif %}").time);
  EXPECT_FALSE(reads("{{ timedelta(1) }}").time);
  EXPECT_TRUE(reads("{{ area_entities('x') }}").registry);
  EXPECT_TRUE(reads("{{ 'x' | area_name }}").registry);
  EXPECT_TRUE(reads("{{ ['x'] | map('area_name') | list }}").registry);
  EXPECT_FALSE(reads("{{ states('a.b') }}").registry);
}

TEST(StaticReads, WhatIsOnlyKnownInEvaluation) {
  for (const auto* text :
       {"{{ states(x) }}", "{{ states('sensor.' ~ x) }}", "{{ states['light.' ~ x] }}", "{{ states[x] }}",
        "{{ states.light[x] }}", "{{ x | states }}", "{{ x | map('states') | list }}",
        "{{ area_entities('a') | select('is_state', 'on') | list }}", "{{ expand(x) }}",
        "{{ expand('group.a') }}", "{{ x is is_state('on') }}", "{% from 'tools.jinja' import f %}{{ f() }}",
        "{% set f = is_state %}{{ f(x, 'on') }}", "{{ states(*x) }}"}) {
    EXPECT_FALSE(reads(text).complete) << text;
  }
  EXPECT_THAT(entities("{{ states(x) }}{{ states('light.a') }}"), ElementsAre("1:26 light.a"));
}

TEST(StaticReads, ChoicesAndVariables) {
  const auto* choice = "{{ states('light.a' if x else 'light.b') }}";
  EXPECT_THAT(entities(choice), ElementsAre("1:11 light.a", "1:31 light.b"));
  EXPECT_TRUE(reads(choice).complete);
  const auto* variable = "{% set e = 'light.a' %}{{ states(e) }}";
  EXPECT_THAT(entities(variable), ElementsAre("1:12 light.a"));
  EXPECT_TRUE(reads(variable).complete);
  const auto* loop = "{% for e in ['light.a', 'light.b'] %}{{ states(e) }}{% endfor %}";
  EXPECT_THAT(entities(loop), ElementsAre("1:14 light.a", "1:25 light.b"));
  EXPECT_TRUE(reads(loop).complete);
  // It may come from outside when x is false.
  const auto* perhaps = "{% if x %}{% set e = 'light.a' %}{% endif %}{{ states(e) }}";
  EXPECT_THAT(entities(perhaps), ElementsAre("1:22 light.a"));
  EXPECT_FALSE(reads(perhaps).complete);
  const auto* changed = "{% set e = 'light.a' %}{% set e = x %}{{ states(e) }}";
  EXPECT_THAT(entities(changed), ElementsAre("1:12 light.a"));
  EXPECT_FALSE(reads(changed).complete);
  EXPECT_FALSE(reads("{% macro m(e) %}{{ states(e) }}{% endmacro %}").complete);
  EXPECT_THAT(entities("{% set a = a %}{{ states(a) }}"), IsEmpty());
}

TEST(StaticReads, NamesThatAreTheTemplatesOwn) {
  EXPECT_THAT(entities("{% macro is_state(e, s) %}{% endmacro %}{{ is_state('light.a', 'on') }}"), IsEmpty());
  EXPECT_FALSE(reads("{% set states = 5 %}{{ states }}").all);
}

TEST(StaticReads, NamesInTexts) {
  EXPECT_THAT(texts(reads("{{ 'light.turn_on' if x else 'light.turn_off' }}").names),
              ElementsAre("light.turn_on", "light.turn_off"));
  const StaticReads branches = reads("{% if x %}\n  light.turn_on\n{% else %}light.turn_off{% endif %}");
  EXPECT_THAT(texts(branches.names), ElementsAre("light.turn_on", "light.turn_off"));
  EXPECT_EQ(branches.names[0].position.line, 2U);
  EXPECT_EQ(branches.names[0].position.column, 3U);
  EXPECT_THAT(texts(reads("{{ states('light.a') }} on. 1.5 {{ 'hello' }}").names), ElementsAre("light.a"));
}

}  // namespace
}  // namespace gable::rules::jinja
