// first, last, join, sum and their like.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Lists, FirstAndLast) {
  expect_answers({
      {"{{ [1,2] | first }}", "1"},
      {"{{ [1,2] | last }}", "2"},
      {"{{ 'héy' | first }}", "h"},
      {"{{ 'héy' | last }}", "y"},
      {"{{ d | first }}", "b"},
      {"{{ d | last }}", "c"},
      {"{{ [] | first is defined }}", "False"},
      {"{{ [] | last is defined }}", "False"},
      {"{{ x | first is defined }}", "False"},
      {"{{ x | last is defined }}", "False"},
      {"{{ set([1]) | last }}", "drop TypeError"},
      {"{{ none | last }}", "drop TypeError"},
      {"{{ none | first }}", "drop TypeError"},
      {"{{ nums | map('int') | first }}", "3"},
      {"{{ nums | map('int') | last }}", "drop TypeError"},
      {"{{ range(3) | last }}", "2"},
      {"{{ {'a':1,'b':2}.keys() | last }}", "b"},
      {"{{ {'a':1,'b':2}.items() | last }}", "('b', 2)"},
      {"{{ {'a':1,'b':2}.values() | last }}", "2"},
      {"{{ ''|last is defined }}", "False"},
      {"{{ (1,2)|last }}", "2"},
  });
}

TEST(Lists, Length) {
  expect_answers({
      {"{{ x | length }}", "0"},
      {"{{ 'hé' | length }}", "2"},
      {"{{ d | count }}", "3"},
      {"{{ range(7) | length }}", "7"},
      {"{{ d.keys() | length }}", "3"},
      {"{{ set([1,1]) | length }}", "1"},
      {"{{ none | length }}", "drop TypeError"},
      {"{{ 5 | count }}", "drop TypeError"},
      {"{{ nums | map('int') | length }}", "drop TypeError"},
  });
}

TEST(Lists, Join) {
  expect_answers({
      {"{{ [1,'a'] | join(0) }}", "10a"},
      {"{{ rows | join(', ', attribute='n') }}", "b, A, a"},
      {"{{ 'abc' | join('-') }}", "a-b-c"},
      {"{{ x | join }}", ""},
      {"{{ [none,true,1.0] | join(x) }}", "NoneTrue1.0"},
      {"{{ rows | map(attribute='v') | join('/') }}", "2/1/3"},
      {"{{ d | join(',') }}", "b,A,c"},
      {"{{ [x, 1] | join('-') }}", "-1"},
      {"{{ [[1],'a'] | join(' ') }}", "[1] a"},
      {"{{ 5 | join }}", "drop TypeError"},
      {"{{ rows | join(attribute='sub.x') }}", "passthrough UndefinedError"},
  });
}

TEST(Lists, Reverse) {
  expect_answers({
      {"{{ 'héo' | reverse }}", "oéh"},
      {"{{ [1,2] | reverse | list }}", "[2, 1]"},
      {"{{ (1,2) | reverse | list }}", "[2, 1]"},
      {"{{ d | reverse | list }}", "['c', 'A', 'b']"},
      {"{{ range(1,6,2) | reverse | list }}", "[5, 3, 1]"},
      {"{{ set([1,2]) | reverse | sort }}", "[1, 2]"},
      {"{{ nums | map('int') | reverse }}", "[2, 1, 3]"},
      {"{{ d.items() | reverse | list }}", "[('c', 0), ('A', 2), ('b', 1)]"},
      {"{{ x | reverse | list }}", "[]"},
      {"{% set r = [1,2,3] | reverse %}{{ r | first }}{{ r | list }}{{ r | list }}", "3[2, 1][]"},
      {"{{ 5 | reverse }}", "passthrough FilterArgumentError"},
  });
}

TEST(Lists, List) {
  expect_answers({
      {"{{ 'ab' | list }}", "['a', 'b']"},
      {"{{ d | list }}", "['b', 'A', 'c']"},
      {"{{ (1,2) | list }}", "[1, 2]"},
      {"{{ x | list }}", "[]"},
      {"{{ range(3) | list }}", "[0, 1, 2]"},
      {"{{ d.items() | list }}", "[('b', 1), ('A', 2), ('c', 0)]"},
      {"{{ none | list }}", "drop TypeError"},
      {"{{ 1.5 | list }}", "drop TypeError"},
  });
}

TEST(Lists, Sum) {
  expect_answers({
      {"{{ [1,2] | sum }}", "3"},
      {"{{ rows | sum('v') }}", "6"},
      {"{{ rows | sum(attribute='v', start=10) }}", "16"},
      {"{{ [] | sum }}", "0"},
      {"{{ [[1],[2]] | sum(start=[]) }}", "[1, 2]"},
      {"{{ [1.5,true] | sum }}", "2.5"},
      {"{{ ([0.1] * 10) | sum }}", "0.9999999999999999"},
      {"{{ [] | sum(start='z') is defined }}", "drop TypeError"},
      {"{{ ['a'] | sum }}", "drop TypeError"},
      {"{{ ['a'] | sum(start='') }}", "drop TypeError"},
      {"{{ 5 | sum(start='') }}", "drop TypeError"},
      {"{{ [1,x] | sum }}", "passthrough UndefinedError"},
      {"{{ x | sum }}", "0"},
      {"{{ (1,2) | sum }}", "3"},
      {"{{ {1:2,3:4} | sum }}", "4"},
  });
}

TEST(Lists, Random) {
  expect_answers({
      {"{{ [7] | random }}", "7"},
      {"{{ 'a' | random }}", "a"},
      {"{{ [] | random is defined }}", "False"},
      {"{{ {} | random is defined }}", "False"},
      {"{{ x | random is defined }}", "False"},
      {"{{ '' | random is defined }}", "False"},
      {"{{ 5 | random }}", "drop TypeError"},
      {"{{ set([1]) | random }}", "drop TypeError"},
      {"{{ {'a':1} | random }}", "drop KeyError"},
      {"{{ {0:'z'} | random }}", "z"},
  });
}

TEST(Lists, Attr) {
  expect_answers({
      {"{{ d | attr('b') is defined }}", "False"},
      {"{{ d | attr('items') is defined }}", "True"},
      {"{{ d | attr('update') is defined }}", "False"},
      {"{{ 'a' | attr('upper') is defined }}", "True"},
      {"{{ 5 | attr('x') is defined }}", "False"},
      {"{{ d | attr(5) }}", "drop TypeError"},
      {"{{ x | attr('b') }}", "passthrough UndefinedError"},
      {"{{ (d | attr('get'))('b') }}", "1"},
      {"{{ d | attr('__class__') is defined }}", "False"},
  });
}

TEST(Lists, Items) {
  expect_answers({
      {"{{ d | items | list }} {{ x | items | list }} {% for k, v in d | items %}{{ k }}={{ v }};{% endfor "
       "%}",
       "[('b', 1), ('A', 2), ('c', 0)] [] b=1;A=2;c=0;"},
      {"{{ 5 | items is defined }}", "True"},
      {"{{ 5 | items | list }}", "drop TypeError"},
      {"{{ [] | items | list }}", "drop TypeError"},
  });
}

TEST(Lists, Contains) {
  expect_answers({
      {"{{ [1,2] | contains(1) }}", "True"},
      {"{{ 'abc' | contains('b') }}", "True"},
      {"{{ [1] is contains(1) }}", "True"},
      {"{{ d | contains('b') }}", "True"},
      {"{{ x | contains(1) }}", "False"},
      {"{{ range(3) is contains(2) }}", "True"},
      {"{{ 5 | contains(1) }}", "drop TypeError"},
      {"{{ 'abc' | contains(1) }}", "drop TypeError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
