// Sets, dicts and the methods of containers.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Lists, Flatten) {
  expect_answers({
      {"{{ [[1,2],[3,[4]]] | flatten }}", "[1, 2, 3, 4]"},
      {"{{ [[1,2],[3,[4]]] | flatten(1) }}", "[1, 2, 3, [4]]"},
      {"{{ [[1,[2]]] | flatten(0) }}", "[[1, [2]]]"},
      {"{{ [1,'ab',(2,3),{'a':1}] | flatten }}", "[1, 'ab', 2, 3, 'a']"},
      {"{{ x | flatten }}", "[]"},
      {"{{ [[1,[2]]] | flatten(levels=1) }}", "[1, [2]]"},
      {"{{ d | flatten }}", "['b', 'A', 'c']"},
      {"{{ [[[1]]] | flatten(-1) }}", "[[[1]]]"},
      {"{{ flatten([[1]]) }}", "[1]"},
      {"{{ [nums | map('int'), x] | flatten }}", "[3, 1, 2]"},
      {"{{ 'abc' | flatten }}", "drop TypeError"},
      {"{{ 5 | flatten }}", "drop TypeError"},
      {"{{ none | flatten }}", "drop TypeError"},
  });
}

TEST(Lists, Combine) {
  expect_answers({
      {"{{ d | combine({'b':5}) }}", "{'b': 5, 'A': 2, 'c': 0}"},
      {"{{ combine({'a':{'x':1}},{'a':{'y':2}},recursive=true) }}", "{'a': {'x': 1, 'y': 2}}"},
      {"{{ combine({'a':{'x':1}},{'a':{'y':2}}) }}", "{'a': {'y': 2}}"},
      {"{{ combine() }}", "{}"},
      {"{{ combine({'a':1},{'a':{'y':2}},{'a':{'z':3}},recursive=true) }}", "{'a': {'y': 2, 'z': 3}}"},
      {"{{ {} | combine({1:2},{1.0:3}) }}", "{1: 3}"},
      {"{{ combine(5) }}", "drop AttributeError"},
      {"{{ combine(x) }}", "passthrough UndefinedError"},
      {"{{ [] | combine({}) }}", "drop AttributeError"},
  });
}

TEST(Lists, SetOperations) {
  expect_answers({
      {"{{ [1,2,3] | intersect([2,3,4]) | sort }}", "[2, 3]"},
      {"{{ [1,2] | difference([2]) }}", "[1]"},
      {"{{ [1,2] | union([3]) }}", "[1, 2, 3]"},
      {"{{ [1,2] | symmetric_difference([2,3]) }}", "[1, 3]"},
      {"{{ x | union([3]) }}", "[3]"},
      {"{{ d | union([3]) | length }}", "4"},
      {"{{ intersect((1,2),[2.0]) }}", "[2.0]"},
      {"{{ union([1],[1.0,true]) }}", "[1]"},
      {"{{ 'ab' | union([3]) }}", "drop TypeError"},
      {"{{ [1] | union('ab') }}", "drop TypeError"},
      {"{{ [[1]] | union([3]) }}", "drop TypeError"},
      {"{{ 5 | intersect([3]) }}", "drop TypeError"},
  });
}

TEST(Lists, SetAndTuple) {
  expect_answers({
      {"{{ set() }}", "set()"},
      {"{{ tuple() }}", "()"},
      {"{{ set('aab') | length }}", "2"},
      {"{{ tuple('ab') }}", "('a', 'b')"},
      {"{{ tuple([1]) }}", "(1,)"},
      {"{{ set(x) }}", "set()"},
      {"{{ set([1,1.0]) }}", "{1}"},
      {"{{ tuple(d) }}", "('b', 'A', 'c')"},
      {"{{ tuple(tuple([1])) }}", "(1,)"},
      {"{{ set([1]) == set([1.0]) }}", "True"},
      {"{{ set(5) }}", "drop TypeError"},
      {"{{ set([[1]]) }}", "drop TypeError"},
      {"{{ tuple(none) }}", "drop TypeError"},
      {"{{ set([1],[2]) }}", "drop TypeError"},
  });
}

TEST(Lists, Dict) {
  expect_answers({
      {"{{ dict(a=1) }}", "{'a': 1}"},
      {"{{ dict({'a':1},b=2) }}", "{'a': 1, 'b': 2}"},
      {"{{ dict([[1,2],'ab']) }}", "{1: 2, 'a': 'b'}"},
      {"{{ dict() }}", "{}"},
      {"{{ dict.from_keys([(1,2)]) }}", "{1: 2}"},
      {"{{ dict.from_keys }}", "dict['from_keys']"},
      {"{{ dict['a'] }}", "dict['a']"},
      {"{{ dict }}", "<class 'dict'>"},
      {"{{ dict.fromkeys(['a'],1) }}", "{'a': 1}"},
      {"{{ dict.get({'a':1},'a') }}", "1"},
      {"{{ dict(d.items()) == d }}", "True"},
      {"{{ dict is callable }}", "True"},
      {"{{ dict.from_keys is callable }}", "True"},
      {"{{ dict.from_keys(zip('ab', [1,2])) }}", "{'a': 1, 'b': 2}"},
      {"{{ dict([(1,2)], x=3) }}", "{1: 2, 'x': 3}"},
      {"{{ dict([('a',1),('a',2)]) }}", "{'a': 2}"},
      {"{{ dict([1]) }}", "drop TypeError"},
      {"{{ dict([[1,2,3]]) }}", "drop ValueError"},
      {"{{ dict(5) }}", "drop TypeError"},
      {"{{ dict(x) }}", "passthrough UndefinedError"},
      {"{{ dict({}, {}) }}", "drop TypeError"},
      {"{{ dict([([],1)]) }}", "drop TypeError"},
  });
}

TEST(Lists, CyclerAndJoiner) {
  expect_answers({
      {"{% set c = cycler(1,2) %}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.next() }}{% set _ = "
       "c.reset() %}{{ c.current }}{{ c.items }}{{ c.pos }}",
       "12111(1, 2)0"},
      {"{% set j = joiner('-') %}{{ j() }}a{{ j() }}b{{ j() }} {% set k = joiner() %}{{ k() }}{{ k() }}",
       "a-b- ,"},
  });
}

TEST(Lists, ListMethods) {
  expect_answers({
      {"{{ [1,2,1].count(1) }}", "2"},
      {"{{ [1,2,1].index(1,1) }}", "2"},
      {"{{ (1,2).index(2) }}", "1"},
      {"{{ [1].copy() }}", "[1]"},
      {"{{ ['a','b','c'].index('c',-1) }}", "2"},
      {"{{ (1,1.0,true).count(1) }}", "3"},
      {"{{ [1].index(5) }}", "drop ValueError"},
      {"{{ (1,).index(5) }}", "drop ValueError"},
      {"{{ [1,2].index(1,1,2) }}", "drop ValueError"},
      {"{{ (1,).copy() }}", "passthrough UndefinedError"},
      {"{{ [].append is defined }}", "False"},
      {"{{ [].append }}", ""},
      {"{{ (1,).append is defined }}", "False"},
      {"{{ [].append(1) }}", "passthrough SecurityError"},
      {"{{ [1].sort() }}", "passthrough SecurityError"},
      {"{{ (1,).append(2) }}", "passthrough UndefinedError"},
  });
}

TEST(Lists, DictMethods) {
  expect_answers({
      {"{{ d.get('b') }}", "1"},
      {"{{ d.get('z') }}", "None"},
      {"{{ d.get('z',5) }}", "5"},
      {"{{ d.copy() }}", "{'b': 1, 'A': 2, 'c': 0}"},
      {"{{ d.fromkeys([1,2]) }}", "{1: None, 2: None}"},
      {"{{ d.fromkeys('ab',0) }}", "{'a': 0, 'b': 0}"},
      {"{{ d.items() }}", "dict_items([('b', 1), ('A', 2), ('c', 0)])"},
      {"{{ d.keys() }}", "dict_keys(['b', 'A', 'c'])"},
      {"{{ d.values() }}", "dict_values([1, 2, 0])"},
      {"{{ d.get([]) }}", "drop TypeError"},
      {"{{ d.get() }}", "drop TypeError"},
      {"{{ d.keys()[0] is defined }} {{ d.keys() - ['b'] == set(['A','c']) }} {{ d.keys() == "
       "{'b':0,'A':0,'c':0}.keys() }} {{ d.keys().isdisjoint(['z']) }} {{ ('b',1) in d.items() }} {{ 1 in "
       "d.values() }} {{ 'b' in d.keys() }} {{ d.items() | list }} {% for k in d.keys() %}{{ k }}{% endfor "
       "%} {{ d.values() | sum }}",
       "False True True True True True True [('b', 1), ('A', 2), ('c', 0)] bAc 3"},
      {"{{ {'a':1}.keys() + [1] }}", "drop TypeError"},
      {"{{ {'update':1}.update }}", ""},
      {"{{ {}['update'] }}", ""},
      {"{{ {'update':1}['update'] }}", "1"},
      {"{{ {}.update is defined }}", "False"},
      {"{{ {}['update'].x }}", "passthrough SecurityError"},
      {"{{ d.update({'z':1}) }}", "passthrough SecurityError"},
      {"{{ d.pop('b') }}", "passthrough SecurityError"},
  });
}

TEST(Lists, SetMethods) {
  expect_answers({
      {"{{ set([1,2]).union([3],(4,)) }}", "{1, 2, 3, 4}"},
      {"{{ set([1,2]).intersection([2]) }}", "{2}"},
      {"{{ set([1,2]).difference([2]) }}", "{1}"},
      {"{{ set([1]).issubset([1,2]) }}", "True"},
      {"{{ set([1,2]).issuperset([1]) }}", "True"},
      {"{{ set([1]).isdisjoint([2]) }}", "True"},
      {"{{ set([1,2]).symmetric_difference([2,3]) }}", "{1, 3}"},
      {"{{ set([1]).copy() }}", "{1}"},
      {"{{ set([1,2]) - set([2]) }}", "{1}"},
      {"{{ set([1]).union(5) }}", "drop TypeError"},
      {"{{ set([1]).add(2) }}", "passthrough SecurityError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
