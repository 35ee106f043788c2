// map, select and their like: lazy, read once, failing when read.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Lists, Map) {
  expect_answers({
      {"{{ ['1','2'] | map('int') | sum }}", "3"},
      {"{{ ['1','x'] | map('int', 0) | list }}", "[1, 0]"},
      {"{{ ['a'] | map('float', default=1) | list }}", "[1]"},
      {"{{ x | map('int') | list }}", "[]"},
      {"{{ ['ab','cd'] | map(attribute=0) | list }}", "['a', 'c']"},
      {"{{ [[1,[2]],[3,[4]]] | map(attribute='1.0') | list }}", "[2, 4]"},
      {"{{ [1] | map(attribute=none) | list }}", "[1]"},
      {"{{ rows | map(attribute='n') | list }}", "['b', 'A', 'a']"},
      {"{{ rows | map(attribute='q') | list }}", "[Undefined, Undefined, Undefined]"},
      {"{{ rows | map(attribute='q', default='-') | list }}", "['-', '-', '-']"},
      {"{{ rows | map(attribute='q', default=none) | list }}", "[Undefined, Undefined, Undefined]"},
      {"{{ rows | map(attribute='sub') | map(attribute='x', default=7) | list }}",
       "passthrough UndefinedError"},
      {"{{ rows | map(attribute='sub.x', default=7) | list }}", "[1, 3, 7]"},
      {"{{ rows | map(attribute='sub.x.y', default={'y':7}) | list }}", "[{'y': 7}, {'y': 7}, 7]"},
      {"{{ rows | map('attr','n') | list }}", "[Undefined, Undefined, Undefined]"},
      {"{{ ['a'] | map('upper') | list }}", "['A']"},
      {"{{ {'a':1} | map('upper') | list }}", "['A']"},
  });
}

TEST(Lists, MapFailsWhenItIsRead) {
  expect_answers({
      {"{{ nums | map('nope') is defined }}", "True"},
      {"{{ 5 | map('float') is defined }}", "True"},
      {"{{ 0 | map('nope') | list }}", "[]"},
      {"{{ none | map('nope') | list }}", "[]"},
      {"{{ nums | map is defined }}", "True"},
      {"{{ nums | map('nope') | list }}", "passthrough TemplateRuntimeError"},
      {"{{ nums | map | list }}", "passthrough FilterArgumentError"},
      {"{{ nums | map(attribute='a', x=1) | list }}", "passthrough FilterArgumentError"},
      {"{{ 5 | map('float') | list }}", "drop TypeError"},
      {"{{ true | map('float') | list }}", "drop TypeError"},
      {"{{ [1] | map(5) | list }}", "passthrough TemplateRuntimeError"},
      {"{{ [1] | map([]) | list }}", "drop TypeError"},
      {"{{ [1] | map(nope) | list }}", "passthrough TemplateRuntimeError"},
      {"{{ ['x'] | map('float') | list }}", "drop ValueError"},
      {"{{ [] | map | list }}", "[]"},
      {"{{ [] | map('nope') | list }}", "[]"},
  });
}

TEST(Lists, AGeneratorIsReadOnce) {
  expect_answers({
      {"{% set m = nums | map('int') %}{{ m | list }}{{ m | list }}", "[3, 1, 2][]"},
      {"{% set m = nums | map('int') %}{{ m | first }}{{ m | list }}", "3[1, 2]"},
      {"{% set m = nums | select('>', 1) %}{% for a in m %}{{ a }}{% break %}{% endfor %}{{ m | list }}",
       "3[2]"},
      {"{% set m = nums | map('int') %}{{ 3 in m }}{{ m | list }}", "True[1, 2]"},
      {"{{ nums | map('int') == nums | map('int') }}", "False"},
      {"{% set m = ['a', 'x'] | map('int', 0) | map('float') %}{{ m | list }}", "[0.0, 0.0]"},
  });
}

TEST(Lists, SelectAndReject) {
  expect_answers({
      {"{{ [1,2] | select | list }}", "[1, 2]"},
      {"{{ [0,1,2] | select | list }}", "[1, 2]"},
      {"{{ [0,1] | reject | list }}", "[0]"},
      {"{{ [1,2,3] | select('odd') | list }}", "[1, 3]"},
      {"{{ [1,2,3] | select('>',1) | list }}", "[2, 3]"},
      {"{{ [1,2,3] | reject('in',[1]) | list }}", "[2, 3]"},
      {"{{ [1,x,none] | select('defined') | list }}", "[1, None]"},
      {"{{ ['a',1] | select('string') | list }}", "['a']"},
      {"{{ (1,2) | reject('eq', 1) | list }}", "[2]"},
      {"{{ 'abc' | select('in','bc') | join }}", "bc"},
      {"{{ x | select | list }}", "[]"},
      {"{{ [] | select('nope') | list }}", "[]"},
      {"{{ [1] | select('nope') | list }}", "passthrough TemplateRuntimeError"},
      {"{{ [1] | select(nope) | list }}", "passthrough TemplateRuntimeError"},
      {"{{ [1] | select([]) | list }}", "drop TypeError"},
      {"{{ [1] | select('eq', 1, 2) | list }}", "drop TypeError"},
      {"{{ [1] | select('nope') is defined }}", "True"},
      {"{{ 5 | select | list }}", "drop TypeError"},
      {"{{ [1,'a'] | select('>', 0) | list }}", "drop TypeError"},
      {"{{ [1,x] | select('>', 0) | list }}", "passthrough UndefinedError"},
  });
}

TEST(Lists, SelectattrAndRejectattr) {
  expect_answers({
      {"{{ rows | selectattr('v','>',1) | map(attribute='n') | list }}", "['b', 'a']"},
      {"{{ rows | selectattr('sub') | list | length }}", "2"},
      {"{{ rows | rejectattr('sub') | list | length }}", "1"},
      {"{{ rows | selectattr('n','in',['a','b']) | map(attribute='v') | list }}", "[2, 3]"},
      {"{{ [[1,2],[3,4]] | selectattr(0,'eq',3) | list }}", "[[3, 4]]"},
      {"{{ [[1,2],[3,4]] | rejectattr('1','eq',4) | list }}", "[[1, 2]]"},
      {"{{ rows | selectattr('q','undefined') | list | length }}", "3"},
      {"{{ rows | selectattr | list }}", "passthrough FilterArgumentError"},
      {"{{ rows | rejectattr('sub.x','defined') | list }}", "passthrough UndefinedError"},
      {"{{ [] | selectattr | list }}", "[]"},
  });
}

TEST(Lists, Unique) {
  expect_answers({
      {"{{ ['a','A','b'] | unique | list }}", "['a', 'b']"},
      {"{{ ['a','A','b'] | unique(true) | list }}", "['a', 'A', 'b']"},
      {"{{ rows | unique(attribute='n') | map(attribute='v') | list }}", "[2, 1]"},
      {"{{ [1,1.0,true,'1'] | unique | list }}", "[1, '1']"},
      {"{{ 'abca' | unique | join }}", "abc"},
      {"{{ x | unique | list }}", "[]"},
      {"{{ [none,none,x,x] | unique | list }}", "[None, Undefined]"},
      {"{{ [[1]] | unique is defined }}", "True"},
      {"{{ [[1]] | unique | list }}", "drop TypeError"},
      {"{{ 5 | unique | list }}", "drop TypeError"},
  });
}

TEST(Lists, Batch) {
  expect_answers({
      {"{{ [1,2,3,4,5] | batch(2) | list }}", "[[1, 2], [3, 4], [5]]"},
      {"{{ [1,2,3,4,5] | batch(2,0) | list }}", "[[1, 2], [3, 4], [5, 0]]"},
      {"{{ [1,2,3] | batch(0) | list }}", "[[], [1, 2, 3]]"},
      {"{{ [1,2,3] | batch('a') | list }}", "[[1, 2, 3]]"},
      {"{{ [] | batch(2) | list }}", "[]"},
      {"{{ [1,2,3] | batch(2.0) | list }}", "[[1, 2], [3]]"},
      {"{{ [1,2,3] | batch(-1,0) | list }}", "[[1, 2, 3]]"},
      {"{{ 'abc' | batch(2,'-') | list }}", "[['a', 'b'], ['c', '-']]"},
      {"{{ [1,2,3] | batch('a',1) | list }}", "drop TypeError"},
      {"{{ [1,2,3] | batch(2.0,0) | list }}", "drop TypeError"},
      {"{{ 5 | batch(2) | list }}", "drop TypeError"},
      {"{{ 5 | batch(2) is defined }}", "True"},
  });
}

TEST(Lists, Slice) {
  expect_answers({
      {"{{ [1,2,3,4,5] | slice(2) | list }}", "[[1, 2, 3], [4, 5]]"},
      {"{{ [1,2,3,4,5] | slice(2,0) | list }}", "[[1, 2, 3], [4, 5, 0]]"},
      {"{{ [1,2,3,4,5] | slice(7,'x') | list }}", "[[1], [2], [3], [4], [5], ['x'], ['x']]"},
      {"{{ [] | slice(2) | list }}", "[[], []]"},
      {"{{ [1] | slice(-1) | list }}", "[]"},
      {"{{ [1] | slice(2) | list }}", "[[1], []]"},
      {"{{ [1] | slice(0) is defined }}", "True"},
      {"{{ [1] | slice(0) | list }}", "drop ZeroDivisionError"},
      {"{{ [1] | slice('a') | list }}", "drop TypeError"},
      {"{{ [1] | slice(2.0) | list }}", "drop TypeError"},
  });
}

TEST(Lists, Zip) {
  expect_answers({
      {"{{ zip([1,2],'ab') | list }} {{ zip() | list }} {{ zip([1,2,3],[4]) | list }} {{ zip(x,[1]) | list "
       "}} {% for a,b in zip([1],[2]) %}{{ a }}{{ b }}{% endfor %}",
       "[(1, 'a'), (2, 'b')] [] [(1, 4)] [] 12"},
      {"{{ zip([1],[1],strict=true) | list }}", "[(1, 1)]"},
      {"{{ dict(zip('ab',[1,2])) }}", "{'a': 1, 'b': 2}"},
      {"{{ zip(5) }}", "drop TypeError"},
      {"{{ zip([1],[1,2],strict=true) | list }}", "drop ValueError"},
      {"{{ zip([1,2],[1],strict=true) | list }}", "drop ValueError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
