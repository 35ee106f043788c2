// Text with its white space, and every statement.
#include <gtest/gtest.h>

#include "tree_text.hpp"

namespace gable::rules::jinja {
namespace {

struct Case {
  std::string_view source;
  std::string_view tree;
};

class ParserStatements : public testing::TestWithParam<Case> {};

TEST_P(ParserStatements, Become) { EXPECT_EQ(parsed(GetParam().source), GetParam().tree); }

constexpr Case kText[] = {
    {"", "[]"},
    {"abc", "['abc']"},
    {"a\r\nb\rc\n", "['a\\nb\\nc']"},
    {"a\n\n", "['a\\n']"},
    {"a { b } %} }} c", "['a { b } %} }} c']"},
    {"a {{ x }} b", "['a ' x ' b']"},
    {"a {{- x -}} b", "['a' x 'b']"},
    {"a {{+ x }} b", "['a ' x ' b']"},
    {"{{-1}}", "[1]"},
    {"{{ -1 }}", "[(- 1)]"},
    {"a \n {%- do x -%} \n b", "['a' (do x) 'b']"},
    {"a {%+ do x +%} b", "['a ' (do x) ' b']"},
    {"a\xC2\xA0{{- x }}", "['a' x]"},
    {"a {# b #} c", "['a  c']"},
    {"a {#- b -#} c", "['ac']"},
    {"a {# b +#} c", "['a  c']"},
    {"{#-#}x", "['x']"},
    {"a {#", "['a ']"},
    {"{# {{ #}", "[]"},
    {"{% raw %} {{ x }} {% endraw %}", "[' {{ x }} ']"},
    {"a {%- raw -%} {{ x }} {%- endraw -%} b", "['a{{ x }}b']"},
    {"{%raw%}{% if %}{% end {%endraw%}", "['{% if %}{% end ']"},
    {"{% raw %}", "[]"},
    {"{{ '{{' }}", "['{{']"},
};
INSTANTIATE_TEST_SUITE_P(Text, ParserStatements, testing::ValuesIn(kText));

constexpr Case kBlocks[] = {
    {"{% if a %}1{% elif b %}2{% else %}3{% endif %}", "[(if a ['1'] b ['2'] else ['3'])]"},
    {"{% if a: %}{% else: %}{% endif %}", "[(if a [] else [])]"},
    {"{% if a, b %}{% endif %}", "[(if (tuple a b) [])]"},
    {"{% for x in y %}{{ x }}{% endfor %}", "[(for x in y [x])]"},
    {"{% for k, (a, b) in y.items() if a else %}", "1:36 expected '%}', got 'else'"},
    {"{% for k, (a, b) in y.items() if a -%} {% else %}-{% endfor %}",
     "[(for (k,(a,b)) in (call (. y items)) if a [] else ['-'])]"},
    {"{% for x, in y %}{% endfor %}", "1:14 expected 'in', got 'y'"},
    {"{% for x in 1, 2 recursive %}{{ loop(x) }}{% endfor %}",
     "[(for x in (tuple 1 2) recursive [(call loop x)])]"},
    {"{% for x in a if x if y %}{% endfor %}", "[(for x in a if (if x y _) [])]"},
    {"{% for x in y %}{% if x %}{% break %}{% else %}{% continue %}{% endif %}{% endfor %}",
     "[(for x in y [(if x [(break)] else [(continue)])])]"},
    {"{% set x = 1 %}", "[(set x 1)]"},
    {"{% set x, y = 1, 2 %}", "[(set (x,y) (tuple 1 2))]"},
    {"{% set (x, y) = z %}", "[(set (x,y) z)]"},
    {"{% set ns.x = 1 if a else 2 %}", "[(set ns.x (if 1 a 2))]"},
    {"{% set x %}a{{ b }}{% endset %}", "[(set x ['a' b])]"},
    {"{% set x | upper | trim %}a{% endset %}", "[(set x (| (| _ upper) trim) ['a'])]"},
    {"{% set ns.x %}a{% endset %}", "[(set ns.x ['a'])]"},
    {"{% with %}{% endwith %}", "[(with [])]"},
    {"{% with a = 1, (b, c) = d %}{{ a }}{% endwith %}", "[(with a=1 (b,c)=d [a])]"},
    {"{% filter upper | replace('A', 'b') %}a{% endfilter %}",
     "[(filter (| (| _ upper) replace 'A' 'b') ['a'])]"},
    {"{% autoescape false %}a{% endautoescape %}", "[(autoescape False ['a'])]"},
    {"{% do f(1) %}", "[(do (call f 1))]"},
    {"{% print a, b %}", "[a b]"},
    {"{% print %}", "[]"},
};
INSTANTIATE_TEST_SUITE_P(Blocks, ParserStatements, testing::ValuesIn(kBlocks));

constexpr Case kFunctions[] = {
    {"{% macro f(a, b=1, c=a) %}{{ a }}{% endmacro %}", "[(macro f a b=1 c=a [a])]"},
    {"{% macro f() -%} x {%- endmacro %}", "[(macro f ['x'])]"},
    {"{% macro f(caller=none) %}{{ caller() }}{% endmacro %}", "[(macro f caller=None [(call caller)])]"},
    {"{% call f(1) %}x{% endcall %}", "[(call (call f 1) ['x'])]"},
    {"{% call(a, b=2) f() %}{{ a }}{% endcall %}", "[(call a b=2 (call f) [a])]"},
    {"{% import 'a.jinja' as a %}", "[(import 'a.jinja' a)]"},
    {"{% import 'a.jinja' as a with context %}", "[(import 'a.jinja' a with)]"},
    {"{% from 'a.jinja' import b, c as d %}", "[(from 'a.jinja' b>b c>d)]"},
    {"{% from 'a.jinja' import b, c with context %}", "[(from 'a.jinja' b>b c>c with)]"},
    {"{% from 'a.jinja' import with without context %}", "[(from 'a.jinja' with>with)]"},
    {"{% include 'a.jinja' %}", "[(include 'a.jinja' with)]"},
    {"{% include ['a', 'b'] ignore missing without context %}", "[(include (list 'a' 'b') missing)]"},
};
INSTANTIATE_TEST_SUITE_P(Functions, ParserStatements, testing::ValuesIn(kFunctions));

}  // namespace
}  // namespace gable::rules::jinja
