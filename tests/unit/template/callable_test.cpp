// How arguments reach their parameters, what is found by name, versions, and that no text grows beyond its
// budget.
#include "template/callables/callable.hpp"

#include <gtest/gtest.h>

#include <set>

#include "answers.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

std::string bound(std::string_view signature, const Values& positional, const std::vector<Keyword>& keywords,
                  const Value* self = nullptr) {
  try {
    const Bound arguments = bind("f", signature, self, {positional, keywords});
    std::string out;
    for (std::size_t i = 0; i < 3; ++i) out += arguments.has(i) ? str(arguments[i]) : "-";
    for (const Value& value : arguments.rest()) out += "," + str(value);
    for (const Keyword& keyword : arguments.keywords()) out += std::string(",").append(keyword.name);
    return out;
  } catch (const EvaluationError& error) {
    return error.text();
  }
}

TEST(Bind, FillsParameters) {
  const Value self = 0;
  EXPECT_EQ(bound("a, b?", {1}, {}), "1--");
  EXPECT_EQ(bound("a, b?", {1}, {{"b", 2}}), "12-");
  EXPECT_EQ(bound("a, b?, c?", {}, {{"c", 3}, {"a", 1}}), "1-3");
  EXPECT_EQ(bound("self, a", {1}, {}, &self), "01-");
  EXPECT_EQ(bound("a, *", {1, 2, 3}, {}), "1--,2,3");
  EXPECT_EQ(bound("a, *, b?", {1, 2}, {{"b", 5}}), "15-,2");
  EXPECT_EQ(bound("a, /, *, **", {1}, {{"a", 2}, {"x", 3}}), "1--,a,x");
  EXPECT_EQ(bound("", {}, {}), "---");
}

TEST(Bind, RefusesAsPythonDoes) {
  const Value self = 0;
  EXPECT_EQ(bound("a", {1, 2}, {}), "f() takes 1 positional argument but 2 were given");
  EXPECT_EQ(bound("", {1}, {}), "f() takes 0 positional arguments but 1 was given");
  EXPECT_EQ(bound("a, b?", {1, 2, 3}, {}), "f() takes from 1 to 2 positional arguments but 3 were given");
  EXPECT_EQ(bound("self", {1}, {}, &self), "f() takes 1 positional argument but 2 were given");
  EXPECT_EQ(bound("a", {}, {}), "f() missing 1 required positional argument: 'a'");
  EXPECT_EQ(bound("a, b", {}, {}), "f() missing 2 required positional arguments: 'a' and 'b'");
  EXPECT_EQ(bound("a, b, c", {}, {}), "f() missing 3 required positional arguments: 'a', 'b', and 'c'");
  EXPECT_EQ(bound("a", {1}, {{"a", 2}}), "f() got multiple values for argument 'a'");
  EXPECT_EQ(bound("a", {1}, {{"b", 2}}), "f() got an unexpected keyword argument 'b'");
  EXPECT_EQ(bound("a, /", {}, {{"a", 2}}), "f() got an unexpected keyword argument 'a'");
}

TEST(Tables, FindByName) {
  EXPECT_EQ(find_filter("lower")->name, "lower");
  EXPECT_EQ(find_filter("lowre"), nullptr);
  EXPECT_EQ(nearest_name(CallableKind::filter, "lowre"), "lower");
  EXPECT_EQ(find_test("match")->name, "match");
  EXPECT_EQ(find_function("slugify")->name, "slugify");
  EXPECT_EQ(find_method("a", "upper")->name, "upper");
  EXPECT_EQ(find_method(None{}, "upper"), nullptr);
  EXPECT_TRUE(find_constant("pi"));
  EXPECT_FALSE(find_constant("lower"));
}

// Two parts of the room that define the same name would hide one another.
TEST(Tables, NoNameIsThereTwice) {
  const auto expect_unique = [](std::initializer_list<CallableTable> tables) {
    std::set<std::string_view> names;
    for (const CallableTable table : tables) {
      for (const Callable& callable : table) EXPECT_TRUE(names.insert(callable.name).second) << callable.name;
    }
  };
  expect_unique({text_filters(), list_filters(), number_filters(), data_filters(), regex_filters(),
                 time_filters(), house_filters()});
  expect_unique({text_functions(), list_functions(), number_functions(), data_functions(), regex_functions(),
                 time_functions(), house_functions()});
  expect_unique({core_tests(), regex_tests(), time_tests(), house_tests()});
}

// Home Assistant's documentation has these.
TEST(Version, ComparesAndHasParts) {
  expect_answers({
      {"{{ version('2099.9.9') < '2099.9.10' }}", "True"},
      {"{{ '2099.9.9b0' | version < '2099.9.9' }}", "True"},
      {"{{ version('2099.9.9') == '2099.9.9' }}", "True"},
      {"{{ version('2.0') > '1.9.9' }}", "True"},
      {"{{ version('2.0') >= '2.0.0' }}", "True"},
      {"{{ version('2.0') >= '2.1' }}", "False"},
      {"{{ '2.0' < version('2.1') }}", "True"},
      {"{{ '2.1' <= version('2.0') }}", "False"},
      {"{{ version('2024.10.0') > version('2024.9.3') }}", "True"},
      {"{{ version('1.2.3-beta.1') < version('1.2.3-rc.1') }}", "True"},
      {"{{ version('v1.2') == '1.2.0' }}", "True"},
      {"{{ version('2099.9.9').major }} {{ version('2099.9.9').minor }} {{ version('2099.9.9').patch }}",
       "2099 9 9"},
      {"{{ (version('2099.9.10') - '2099.9.9').patch }} {{ (version('2099.9.10') - '2099.9.9').minor }}",
       "True False"},
      {"{{ version('2099.9.9b0').beta }} {{ version('x').valid }}", "True False"},
      {"{{ version('2099.9.9') }}", "2099.9.9"},
      {"{{ version('1') < none }}", "drop TypeError"},
  });
}

TEST(TextBudget, NoTextGrowsBeyondIt) {
  for (const auto* source : {
           "{{ 'x' | center(999999999999) | length }}",
           "{{ 'x'.ljust(9223372036854775807) | length }}",
           "{{ 'x'.zfill(99999999) | length }}",
           "{{ '\t\t'.expandtabs(9223372036854775807) | length }}",
           "{{ 'x' | indent(99999999, true) | length }}",
           "{{ ('x' * 2000).replace('', 'y' * 2000) | length }}",
           "{{ ('x' * 2000).join('a' * 9000) | length }}",
           "{{ ('x' * 2000) | regex_replace('', 'y' * 2000) | length }}",
           "{{ 1 | pack('99999999xB') | length }}",
           "{% set ns = namespace(v=[1]) %}{% for i in range(60) %}{% set ns.v = [ns.v, ns.v] %}{% endfor %}"
           "{{ ns.v | to_json | length }}",
           "{% set ns = namespace(v=[1]) %}{% for i in range(60) %}{% set ns.v = [ns.v, ns.v] %}{% endfor %}"
           "{{ ns.v | pprint | length }}",
           "{{ [1] | tojson(99999999) | length }}",
       }) {
    const Rendering rendering = render_all(source);
    EXPECT_EQ(rendering.outcome, Outcome::drop) << source;
    EXPECT_LT(rendering.text.size(), 100U) << source;
  }
}

}  // namespace
}  // namespace gable::rules::jinja
