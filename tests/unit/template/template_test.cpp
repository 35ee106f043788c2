// The door: outcomes, bare paths, reads, limits.
#include "template/template.hpp"

#include <gtest/gtest.h>

#include "render.hpp"
#include "template/json_values.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Template, StaticTextIsStripped) {
  EXPECT_EQ(render("  on \n"), "on");
  EXPECT_TRUE(Template::compile("on")->is_static());
}

TEST(Template, OutcomesAreToldApart) {
  EXPECT_EQ(render_all("{{ 1 + 1 }}").outcome, Outcome::text);
  EXPECT_EQ(render_all("{{ missing.attribute }}").outcome, Outcome::passthrough);
  EXPECT_EQ(render_all("{{ 'x' | int }}").outcome, Outcome::drop);
  EXPECT_FALSE(Template::compile("{{ x || 0 }}"));
  EXPECT_FALSE(Template::compile("{{ x | no_such_filter }}"));
}

TEST(Template, AnErrorNamesItsPlace) {
  const Rendering rendering = render_all("{{ 1 }}\n  {{ 2 / 0 }}");
  EXPECT_EQ(rendering.error, "ZeroDivisionError: division by zero");
  EXPECT_EQ(rendering.where.line, 2U);
}

TEST(Template, BarePathsAreLookedUp) {
  const Value json = *read_json(R"({"a": {"b": [1, 2.0, {"c": " x "}]}, "items": 1, "t": true, "n": null})");
  const auto look = [&json](std::string_view source) {
    std::string out;
    return Template::compile(source)->look_up(json, out) ? out : "no";
  };
  EXPECT_EQ(look("{{ value_json.a.b[0] }}"), "1");
  EXPECT_EQ(look("{{ value_json['a']['b'][1] }}"), "2.0");
  EXPECT_EQ(look("{{ value_json.a.b[-1].c }}"), "x");
  EXPECT_EQ(look("{{value_json.t}}"), "True");
  EXPECT_EQ(look("{{ value_json.n }}"), "None");
  EXPECT_EQ(look("{{ value_json['items'] }}"), "1");
  // What is missing, a method and all else go the long way.
  EXPECT_EQ(look("{{ value_json.x }}"), "no");
  EXPECT_EQ(look("{{ value_json.items }}"), "no");
  EXPECT_EQ(look("{{ value_json.a | string }}"), "no");
  EXPECT_EQ(look("{{ value_json.a.b[7] }}"), "no");
}

TEST(Template, EndlessWorkEndsInItsBudget) {
  for (const auto* source : {
           "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
           "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
           "{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
           "{% set ns = namespace(t='x') %}{% for i in range(99999) %}{% set ns.t = ns.t ~ ns.t %}{% endfor "
           "%}",
           "{{ 'x' * 999999999 }}",
           "{{ [0] * 999999999 }}",
           "{{ 10 ** 999999999 }}",
           "{{ '%999999999d' | format(1) }}",
           "{{ 'x' | center(999999999) }}",
           "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
       }) {
    const Rendering rendering = render_all(source);
    EXPECT_EQ(rendering.outcome, Outcome::drop) << source;
  }
}

TEST(Template, ANamespaceInACircleIsNotLeaked) {
  // The leak checker of the sanitizers looks at this one.
  EXPECT_EQ(render("{% set ns = namespace() %}{% set ns.me = ns %}{% set ns.f = ns %}ok"), "ok");
  EXPECT_EQ(render("{% set ns = namespace() %}{% macro m() %}{{ ns }}{% endmacro %}{% set ns.m = m %}ok"),
            "ok");
}

TEST(Template, LoopsKnowWhereTheyAre) {
  EXPECT_EQ(render("{% for x in 'abc' %}{{ loop.index }}{{ x }}{{ ',' if not loop.last }}{% endfor %}"),
            "1a,2b,3c");
  EXPECT_EQ(render("{% for x in [] %}x{% else %}none{% endfor %}"), "none");
  EXPECT_EQ(render("{% for x in range(9) if x is odd %}{{ x }}/{{ loop.length }} {% endfor %}"),
            "1/4 3/4 5/4 7/4");
  EXPECT_EQ(render("{% for x in [1, [2, [3]]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}"),
            "123");
  EXPECT_EQ(render("{% for x in range(9) %}{% if x == 2 %}{% continue %}{% elif x == 4 %}{% break %}{% endif "
                   "%}{{ x }}{% endfor %}"),
            "013");
  EXPECT_EQ(render("{% for a, b in {'k': 1, 'l': 2}.items() %}{{ a }}{{ b }}{% endfor %}"), "k1l2");
}

TEST(Template, ScopesAreThoseOfJinja) {
  EXPECT_EQ(render("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}"), "1");
  EXPECT_EQ(render("{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}"), "2");
  EXPECT_EQ(render("{% set ns = namespace(x=1) %}{% for i in [1] %}{% set ns.x = 2 %}{% endfor %}{{ ns.x }}"),
            "2");
}

TEST(Template, MacrosTakeWhatTheyDeclare) {
  EXPECT_EQ(render("{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, b=3) }}"),
            "1-2 1-3");
  EXPECT_EQ(render("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x=2) }}"), "(1,){'x': 2}");
  EXPECT_EQ(render("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}in{% endcall %}"), "<in>");
  EXPECT_EQ(render("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}"),
            "drop TypeError: macro 'm' takes not more than 1 argument(s)");
}

}  // namespace
}  // namespace gable::rules::jinja
