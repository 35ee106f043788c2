// What Home Assistant has beyond the reference implementation; expected answers are from its documentation
// and from Python's own functions.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(HomeAssistantLists, Apply) {
  expect_answers({
      {"{% macro double(n) %}{{ n * 2 }}{% endmacro %}{{ 4 | apply(double) }}", "8"},
      {"{% macro add(a, b=1) %}{{ a + b }}{% endmacro %}{{ 4 | apply(add, b=5) }} {{ apply(4, add, 2) }}",
       "9 6"},
      {"{% macro big(n) %}{% if n > 2 %}x{% endif %}{% endmacro %}{{ [1, 3] | select('apply', big) | list }}",
       "[3]"},
      {"{{ [1, 2] | map('apply', range) | map('list') | list }}", "[[0], [0, 1]]"},
      {"{{ 4 | apply(5) }}", "drop TypeError"},
      {"{{ 4 | apply(missing) }}", "passthrough UndefinedError"},
  });
}

TEST(HomeAssistantLists, AsFunction) {
  expect_answers({
      {"{% macro macro_double(n, returns) %}{% do returns(n * 2) %}{% endmacro %}"
       "{% set double = macro_double | as_function %}{{ double(4) + 1 }} {{ [1, 2] | map('apply', double) | "
       "list }}",
       "9 [2, 4]"},
      {"{% macro m(returns) %}x{% endmacro %}{{ as_function(m)() }}", "None"},
      {"{% macro m(returns) %}{% do returns(returns) %}{% endmacro %}{{ as_function(m)() is callable }}",
       "True"},
      {"{% macro m(returns) %}x{% endmacro %}{{ (m | as_function)(returns=1) }}", "drop TypeError"},
      {"{{ 5 | as_function }}", "drop AttributeError"},
  });
}

TEST(HomeAssistantLists, Shuffle) {
  expect_answers({
      {"{{ [1, 2, 3] | shuffle | sort }} {{ shuffle(3, 1, 2) | sort }}", "[1, 2, 3] [1, 2, 3]"},
      {"{{ (range(50) | shuffle('a')) == shuffle(range(50), seed='a') }}", "True"},
      {"{{ (range(50) | shuffle('a')) == shuffle(range(50), 'b') }}", "False"},
      {"{{ shuffle() }}", "drop TypeError"},
      {"{{ shuffle(1) }}", "drop TypeError"},
  });
}

TEST(HomeAssistantLists, MergeResponse) {
  expect_answers({
      {"{{ merge_response({'calendar.a': {'events': [{'s': 1}, {'s': 2}]}, 'calendar.b': {'events': []}}) }}",
       "[{'s': 1, 'entity_id': 'calendar.a', 'value_key': 'events'}, "
       "{'s': 2, 'entity_id': 'calendar.a', 'value_key': 'events'}]"},
      {"{{ merge_response({'vacuum.a': {'status': 'ok'}}) }}", "[{'status': 'ok', 'entity_id': 'vacuum.a'}]"},
      {"{{ merge_response({}) }}", "[]"},
      {"{{ merge_response([]) }}", "drop TypeError"},
      {"{{ merge_response({'a': 1}) }}", "drop TypeError"},
      {"{{ merge_response({'a': {'entity_id': 1}}) }}", "drop ValueError"},
  });
}

// Keywords ask for Jinja's filters, which the reference implementation lacks.
TEST(HomeAssistantLists, MinAndMaxByAttribute) {
  expect_answers({
      {"{{ (rows | max(attribute='v')).n }} {{ (rows | min(attribute='v')).n }}", "a A"},
      {"{{ ['b', 'A', 'C'] | max(case_sensitive=false) }} {{ max('b', 'A', 'C', case_sensitive=true) }}",
       "C b"},
      {"{{ [] | max is defined }} {{ [] | min | default(5) }}", "False 5"},
      {"{{ max() }}", "drop TypeError"},
  });
}

TEST(HomeAssistantNumbers, StatisticalMode) {
  expect_answers({
      {"{{ [1, 2, 2, 3] | statistical_mode }} {{ statistical_mode('a', 'b', 'b') }} {{ statistical_mode([1, "
       "2]) }}",
       "2 b 1"},
      {"{{ statistical_mode([], default='d') }} {{ statistical_mode([], 'd') }}", "d d"},
      {"{{ statistical_mode([]) }}", "drop ValueError"},
      {"{{ statistical_mode([[1]]) }}", "drop ValueError"},
  });
}

TEST(HomeAssistantNumbers, DefaultsByPosition) {
  expect_answers({
      {"{{ average([], 7) }} {{ median([], 'm') }} {{ average([1, 3], 7) }}", "7 m 2.0"},
      {"{{ atan2('x', 1, 'd') }} {{ atan2(['x', 1], default='d') }}", "d d"},
  });
}

TEST(HomeAssistantNumbers, Wrap) {
  expect_answers({
      {"{{ wrap(370, 0, 360) }} {{ -10 | wrap(0, 360) }} {{ '5' | wrap(0, 10) }} {{ wrap(7, 3, 3) }}",
       "10.0 350.0 5.0 3.0"},
      {"{{ wrap('x', 0, 1) }}", "drop ValueError"},
  });
}

TEST(HomeAssistantNumbers, RemapInSteps) {
  expect_answers({
      {"{{ remap(0.3, 0, 1, 0, 100, steps=4) }} {{ remap(15, 0, 10, 0, 1, edges='clamp') }}", "25.0 1.0"},
      {"{{ remap(15, 0, 10, 0, 1, edges='wrap') }} {{ remap(15, 0, 10, 0, 1, edges='mirror') }}", "0.5 0.5"},
      {"{{ remap(-5, 0, 10, 0, 1, edges='wrap') }} {{ remap(12, 0, 10, 0, 1, edges='mirror') }}", "0.5 0.8"},
      {"{{ remap(5, 0, 10, 0, 10, edges='none') }} {{ remap(15, 0, 10, 0, 1, edges='other') }}", "5.0 1.5"},
      {"{{ remap(5, 1, 1, 0, 10, edges='wrap') }}", "drop ValueError"},
      {"{{ remap(5, 1, 1, 0, 10, steps=2) }}", "drop ZeroDivisionError"},
      {"{{ remap('x', 0, 10, 0, 1, steps=2) }}", "drop ValueError"},
  });
}

// A generator that draws on itself ever deeper, and lists in lists, end in their limits.
TEST(Lists, EndlessOnesEnd) {
  expect_answers({
      {"{% set ns = namespace(m=[1]) %}{% for i in range(3000) %}{% set ns.m = ns.m | map('float') %}{% "
       "endfor %}"
       "{{ ns.m | list }}",
       "drop RecursionError"},
      {"{% set ns = namespace(m=[1]) %}{% for i in range(3000) %}{% set ns.m = [ns.m] %}{% endfor %}"
       "{{ ns.m | flatten }}",
       "drop RecursionError"},
      {"{{ [1] | batch(10 ** 9, 0) | list }}", "drop BudgetExceeded"},
      {"{{ [] | slice(10 ** 9) | list }}", "drop BudgetExceeded"},
      {"{{ range(100000) | map('string') | join | length }}", "drop BudgetExceeded"},
      {"{{ (5).to_bytes(10 ** 9) }}", "drop BudgetExceeded"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
