// What is refused, where, and how people are told.
#include <gtest/gtest.h>

#include <string>

#include "template/syntax/parser.hpp"
#include "tree_text.hpp"

namespace gable::rules::jinja {
namespace {

struct Case {
  std::string_view source;
  std::string_view error;
};

class ParserErrors : public testing::TestWithParam<Case> {};

TEST_P(ParserErrors, AreTold) { EXPECT_EQ(parsed(GetParam().source), GetParam().error); }

constexpr Case kExpressions[] = {
    {"{{ x || 0 }}", "1:7 expected the name of a filter ('||' is written: or), got '|'"},
    {"{{ x && 0 }}", "1:6 expected an expression or an operator, got '&' (it is written: and)"},
    {"{{ !x }}", "1:4 expected an expression or an operator, got '!' (it is written: not)"},
    {"{{ “x” }}", "1:4 expected an expression or an operator, got '“'"},
    {"{{ }}", "1:4 expected an expression, got '}}'"},
    {"{{", "1:3 expected an expression, got the end of the template"},
    {"{{ 1 +", "1:7 expected an expression, got the end of the template"},
    {"a\n{{ (1 }}", "2:7 expected ')', got '}'"},
    {"{{ 1) }}", "1:5 expected '}}', got ')'"},
    {"{% if 1] %}", "1:8 expected '%}', got ']'"},
    {"{{ [1 2] }}", "1:7 expected ',' or ']', got the number 2"},
    {"{{ {1} }}", "1:6 expected ':', got '}'"},
    {"{{ {1: 2 3} }}", "1:10 expected ',' or '}', got the number 3"},
    {"{{ f(1 2) }}", "1:8 expected ',' or ')', got the number 2"},
    {"{{ f(,) }}", "1:6 expected an expression, got ','"},
    {"{{ 'x }}", "1:4 expected ' at the end of the string, got the end of the template"},
    {"{{ x 'y' }}", "1:6 expected an operator or '}}', got the string 'y'"},
    {"{{ x if y else }}", "1:16 expected an expression, got '}}'"},
    {"{{ a.'b' }}", "1:6 expected a name or an integer behind the '.', got the string 'b'"},
    {"{{ a[1:2, 3] }}", "1:6 expected ']' behind the slice, got ','"},
    {"{{ a[1 }}", "1:8 expected ']', got '}'"},
    {"{{ x is }}", "1:9 expected the name of a test, got '}}'"},
    {"{{ x is none is none }}", "1:14 expected 'and' between two tests, got 'is'"},
    {"{{ x is defined if y }}", "1:20 expected an operator or '}}', got 'y'"},
    {"{{ x | 1 }}", "1:8 expected the name of a filter, got the number 1"},
    {R"({{ '\x4' }})", "1:4 expected 2 hexadecimal digits behind the backslash, got others"},
    {R"({{ '\ud83d' }})",
     "1:4 expected a character of Unicode, got a number that is none (half of a surrogate pair, or too "
     "large)"},
    {R"({{ '\N{DEGREE SIGN}' }})",
     "1:4 expected a character by its number (\\u00b0), got one by its name (\\N{…}), which is not there"},
    {"{{ 0x }}", "1:5 expected an operator or '}}', got 'x'"},
};
INSTANTIATE_TEST_SUITE_P(Expressions, ParserErrors, testing::ValuesIn(kExpressions));

constexpr Case kArguments[] = {
    {"{{ f(a=1, 2) }}", "1:11 expected a keyword (name=value), got a positional argument behind keywords"},
    {"{{ f(*a, b) }}", "1:10 expected a keyword (name=value), got a positional argument behind keywords"},
    {"{{ f(*a, *b) }}", "1:10 expected one *arguments, before any **keywords, got another '*'"},
    {"{{ f(**a, **b) }}", "1:11 expected one **keywords, got another '**'"},
    {"{{ f(**a, b=1) }}", "1:11 expected ')' behind **keywords, got the keyword 'b'"},
    {"{{ f(a=1, a=2) }}", "1:5 expected each keyword once, got 'a' twice"},
    {"{{ x | uper }}", "1:8 expected the name of a filter, got 'uper'; did you mean upper?"},
    {"{{ x is defind }}", "1:9 expected the name of a test, got 'defind'; did you mean defined?"},
    {"{{ x | no.such.thing }}", "1:8 expected the name of a filter, got 'no.such.thing'"},
};
INSTANTIATE_TEST_SUITE_P(Arguments, ParserErrors, testing::ValuesIn(kArguments));

constexpr Case kStatements[] = {
    {"{% if a %}",
     "1:11 expected '{% elif %}' or '{% else %}' or '{% endif %}' for the 'if' of line 1, got the "
     "end of the template"},
    {"{% if a %}{% endfor %}",
     "1:14 expected '{% elif %}' or '{% else %}' or '{% endif %}' for the 'if' of line 1, "
     "got 'endfor'"},
    {"{% endif %}", "1:4 expected a statement, got 'endif' without its begin"},
    {"{% fro x in y %}", "1:4 expected a statement, got 'fro'; did you mean for?"},
    {"{% %}", "1:4 expected the name of a statement, got '%}'"},
    {"{% extends 'a' %}",
     "1:4 expected a statement, got 'extends', which is not there: templates here do not inherit "
     "from files; share macros with import"},
    {"{% block a %}{% endblock %}",
     "1:4 expected a statement, got 'block', which is not there: templates here do not "
     "inherit from files; share macros with import"},
    {"{% raw %} x", "1:1 expected '{% endraw %}', got the end of the template"},
    {"a{# x", "1:2 expected '#}' at the end of the comment, got the end of the template"},
    {"{% set x 1 %}", "1:10 expected '=' or '%}', got the number 1"},
    {"{% set true = 1 %}", "1:8 expected a name to assign to, got another expression"},
    {"{% set x[0] = 1 %}", "1:9 expected '=' or '%}', got '['"},
    {"{% set (a.b, c) = 1 %}", "1:11 expected a name to assign to, got another expression"},
    {"{% for none in x %}", "1:8 expected a name to assign to, got another expression"},
    {"{% for x %}", "1:10 expected 'in', got '%}'"},
    {"{% for loop in x %}", "1:8 expected another name than 'loop', which a for sets itself, got it"},
    {"{% for a in x %}{% set loop = 1 %}",
     "1:24 expected another name than 'loop', which a for sets itself, got it"},
    {"{% break %}", "1:4 expected 'break' within a for, got it outside of one"},
    {"{% for x in y %}{% macro f() %}{% continue %}",
     "1:35 expected 'continue' within a for, got it outside of one"},
    {"{% for x in y %}{% else %}{% break %}{% endfor %}",
     "1:30 expected 'break' within a for, got it outside of one"},
    {"{% macro f(a, a) %}", "1:15 expected each parameter once, got 'a' twice"},
    {"{% macro f(a=1, b) %}",
     "1:17 expected a default for 'b', as the parameters before it have one, got none"},
    {"{% macro f(a b) %}", "1:14 expected ',' or ')', got 'b'"},
    {"{% macro f(caller) %}{{ caller() }}{% endmacro %}",
     "1:4 expected a default for the special parameter 'caller', got none"},
    {"{% macro none() %}", "1:10 expected a name to assign to, got 'none'"},
    {"{% call f %}", "1:9 expected the call of a macro, got another expression"},
    {"{% call f()|upper %}", "1:9 expected the call of a macro, got another expression"},
    {"{% import 'a' %}", "1:15 expected 'as', got '%}'"},
    {"{% from 'a' import %}", "1:20 expected a name to import, got '%}'"},
    {"{% from 'a' import _x %}", "1:20 expected a name to import, got one that begins with an underscore"},
    {"{% do %}", "1:7 expected an expression, got '%}'"},
    {"{% if x %}{% endif x %}", "1:20 expected '%}', got 'x'"},
};
INSTANTIATE_TEST_SUITE_P(Statements, ParserErrors, testing::ValuesIn(kStatements));

// Jinja compiles these (and fails when rendering comes to them), but not the same outside of an if.
TEST(ParserUnknownNames, AreNoSyntaxErrorWithinAnIf) {
  for (const auto* source : {
           "{% if a | nofilter %}{{ b is notest }}{% endif %}",
           "{{ a | nofilter if b else c }}",
           "{{ a if b is notest else c }}",
           "{{ a if b else c | nofilter }}",
           "{{ [f(a | nofilter)] if b }}",
           "{{ false and a | nofilter }}",
           "{{ true or a is notest }}",
           "{% if a %}{% for x in y | nofilter %}{% endfor %}{% endif %}",
           "{% if a %}{% set x = b | nofilter %}{% endif %}",
       }) {
    EXPECT_EQ(parsed(source).front(), '[') << source;
  }
  for (const auto* source : {
           "{{ true and a | nofilter }}",
           "{{ (a if b else c) | nofilter }}",
           "{% if a %}{% for x in y %}{{ x | nofilter }}{% endfor %}{% endif %}",
           "{% if a %}{% for x in y if x is notest %}{% endfor %}{% endif %}",
           "{% if a %}{% set x %}{{ b | nofilter }}{% endset %}{% endif %}",
           "{% if a %}{% macro f(x=b | nofilter) %}{% endmacro %}{% endif %}",
           "{% if a %}{% filter nofilter %}{% endfilter %}{% endif %}",
           "{% if a %}{% with %}{{ b | nofilter }}{% endwith %}{% endif %}",
           "{% if a %}{% endif %}{{ b | nofilter }}",
       }) {
    EXPECT_NE(parsed(source).find("expected the name of a "), std::string::npos) << source;
  }
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ParserLimits, NothingUsesUpTheStack) {
  const int many = 3000;
  for (const auto& source : {
           "{{ " + repeated("(", many) + "1" + repeated(")", many) + " }}",
           "{{ " + repeated("[", many) + repeated("]", many) + " }}",
           "{{ " + repeated("{1:", many) + "1" + repeated("}", many) + " }}",
           "{{ " + repeated("not ", many) + "1 }}",
           "{{ " + repeated("-", many) + "1 }}",
           "{{ 1 " + repeated(" + 1", many) + " }}",
           "{{ 1 " + repeated(" or 1", many) + " }}",
           "{{ x " + repeated("|abs", many) + " }}",
           "{{ x " + repeated(".a", many) + " }}",
           "{{ x " + repeated("()", many) + " }}",
           "{{ x " + repeated(" is true", many) + " }}",
           "{{ " + repeated("f(", many) + repeated(")", many) + " }}",
           "{{ " + repeated("1 if 1 else ", many) + "1 }}",
           "{{ 1 " + repeated("if 1 ", many) + " }}",
           repeated("{% if 1 %}", many) + repeated("{% endif %}", many),
           repeated("{% for x in y %}", many),
           repeated("{% macro f() %}", 1000),
       }) {
    const auto tree = parse(source);
    ASSERT_FALSE(tree) << source.substr(0, 40);
    EXPECT_TRUE(tree.error().text.starts_with("expected at most 64 brackets and blocks within each other") ||
                tree.error().text.starts_with("expected a shorter expression") ||
                tree.error().text.starts_with("expected 'and' between"))
        << tree.error().text;
  }
}

TEST(ParserLimits, WhatPeopleWriteIsWithinThem) {
  EXPECT_EQ(parsed("{{ " + repeated("(", 60) + "1" + repeated(")", 60) + " }}"), "[1]");
  EXPECT_TRUE(parse("{{ 1 " + repeated(" + 1", 200) + " }}"));
  EXPECT_TRUE(parse("{{ x " + repeated(" ~ 1", 4000) + " }}"));
  EXPECT_TRUE(parse("{% if a %}" + repeated("{% elif b %}", 2000) + "{% endif %}"));
  EXPECT_TRUE(parse(repeated("{% if a %}", 50) + repeated("{% endif %}", 50)));
}

TEST(ParserLimits, TheSizeOfTheSource) {
  EXPECT_TRUE(parse(std::string(kMaxSource, 'x')));
  const auto tree = parse(std::string(kMaxSource + 1, 'x'));
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, wire::ErrorCode::too_large);
  EXPECT_EQ(parsed("\xFF"), "1:1 expected UTF-8 without NUL, got other octets");
}

}  // namespace
}  // namespace gable::rules::jinja
