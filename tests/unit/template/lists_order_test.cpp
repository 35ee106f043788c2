// sort, groupby, min, max, range.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Lists, Sort) {
  expect_answers({
      {"{{ ['b','A','c','B'] | sort }}", "['A', 'b', 'B', 'c']"},
      {"{{ ['b','A','c','B'] | sort(case_sensitive=true) }}", "['A', 'B', 'b', 'c']"},
      {"{{ ['b','A','c','B'] | sort(true) }}", "['c', 'b', 'B', 'A']"},
      {"{{ [3,1,2] | sort(reverse=true) }}", "[3, 2, 1]"},
      {"{{ [none,none] | sort }}", "[None, None]"},
      {"{{ [x,x] | sort }}", "[Undefined, Undefined]"},
      {"{{ x | sort }}", "[]"},
      {"{{ d | sort }}", "['A', 'b', 'c']"},
      {"{{ 'hello' | sort }}", "['e', 'h', 'l', 'l', 'o']"},
      {"{{ [true,0,0.5] | sort }}", "[0, 0.5, True]"},
      {"{{ [[2,1],[1,5]] | sort }}", "[[1, 5], [2, 1]]"},
      {"{{ [] | sort }}", "[]"},
      {"{{ rows | sort(attribute='n,v') | map(attribute='v') | list }}", "[1, 3, 2]"},
      {"{{ rows | sort(attribute='v', reverse=true) | map(attribute='n') | list }}", "['a', 'b', 'A']"},
      {"{{ [[1,'b'],[2,'a']] | sort(attribute=1) }}", "[[2, 'a'], [1, 'b']]"},
      {"{{ [[1,'b'],[2,'a']] | sort(attribute='1,0') }}", "[[2, 'a'], [1, 'b']]"},
      {"{{ [[1,'x'],[0,'y'],[1,'a']] | sort(attribute='0') }}", "[[0, 'y'], [1, 'x'], [1, 'a']]"},
      {"{{ [[1,'x'],[0,'y'],[1,'a']] | sort(attribute=0, reverse=true) }}", "[[1, 'x'], [1, 'a'], [0, 'y']]"},
      {"{{ [3,'a'] | sort }}", "drop TypeError"},
      {"{{ [1,x] | sort }}", "passthrough UndefinedError"},
      {"{{ [1,none] | sort }}", "drop TypeError"},
      {"{{ 5 | sort }}", "drop TypeError"},
      {"{{ rows | sort(attribute='sub.x') }}", "passthrough UndefinedError"},
      {"{{ rows | sort }}", "drop TypeError"},
      {"{{ range(200) | sort(reverse=true) | join(',') }}",
       "199,198,197,196,195,194,193,192,191,190,189,188,187,186,185,184,183,182,181,180,179,178,177,176,175,"
       "174,173,172,171,170,169,168,167,166,165,164,163,162,161,160,159,158,157,156,155,154,153,152,151,150,"
       "149,148,147,146,145,144,143,142,141,140,139,138,137,136,135,134,133,132,131,130,129,128,127,126,125,"
       "124,123,122,121,120,119,118,117,116,115,114,113,112,111,110,109,108,107,106,105,104,103,102,101,100,"
       "99,98,97,96,95,94,93,92,91,90,89,88,87,86,85,84,83,82,81,80,79,78,77,76,75,74,73,72,71,70,69,68,67,"
       "66,65,64,63,62,61,60,59,58,57,56,55,54,53,52,51,50,49,48,47,46,45,44,43,42,41,40,39,38,37,36,35,34,"
       "33,32,31,30,29,28,27,26,25,24,23,22,21,20,19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0"},
      {"{{ [5,3,9,1,1,7,2,8] | sort }}", "[1, 1, 2, 3, 5, 7, 8, 9]"},
      {"{{ (range(100)|list + range(50)|list) | sort | sum }}", "6175"},
      {"{{ ('the quick brown fox jumps over the lazy dog' * 4) | sort | join }}",
       "aaaabbbbccccddddeeeeeeeeeeeeffffgggghhhhhhhhiiiijjjjkkkkllllmmmmnnnnooooooooooooooooppppqqqqrrrrrrrrs"
       "sssttttttttuuuuuuuuvvvvwwwwxxxxyyyyzzzz"},
  });
}

TEST(Lists, Dictsort) {
  expect_answers({
      {"{{ d | dictsort }}", "[('A', 2), ('b', 1), ('c', 0)]"},
      {"{{ d | dictsort(true) }}", "[('A', 2), ('b', 1), ('c', 0)]"},
      {"{{ d | dictsort(false,'value') }}", "[('c', 0), ('b', 1), ('A', 2)]"},
      {"{{ d | dictsort(reverse=true) }}", "[('c', 0), ('b', 1), ('A', 2)]"},
      {"{{ {} | dictsort }}", "[]"},
      {"{{ {'b':1,'B':2,'a':3} | dictsort }}", "[('a', 3), ('b', 1), ('B', 2)]"},
      {"{{ d | dictsort(by='x') }}", "passthrough FilterArgumentError"},
      {"{{ 5 | dictsort }}", "drop AttributeError"},
      {"{{ x | dictsort }}", "passthrough UndefinedError"},
      {"{{ {1:2,'a':1} | dictsort }}", "drop TypeError"},
  });
}

TEST(Lists, Groupby) {
  expect_answers({
      {"{{ rows|groupby('v')|map('first')|list|to_json }}", "[1,2,3]"},
      {"{{ ([{'a':1}]|groupby('a'))|to_json }}", "[[1,[{\"a\":1}]]]"},
      {"{{ rows | groupby('n') }}",
       "[('A', [{'n': 'A', 'v': 1, 'sub': {'x': 3}}, {'n': 'a', 'v': 3}]), ('b', [{'n': 'b', 'v': 2, 'sub': "
       "{'x': 1}}])]"},
      {"{{ (rows | groupby('n'))[0].grouper }}", "A"},
      {"{{ (rows | groupby('n'))[0].list | length }}", "2"},
      {"{{ (rows | groupby('n'))[0][0] }}", "A"},
      {"{{ (rows | groupby('n'))[1][-2] }}", "b"},
      {"{{ (rows | groupby('n')) | first == (1,2) }}", "False"},
      {"{{ (rows | groupby('v') | first) == (1, [rows[1]]) }}", "True"},
      {"{{ rows | groupby('v') | map('first') | list }}", "[1, 2, 3]"},
      {"{{ rows | groupby('n', case_sensitive=true) | map('first') | list }}", "['A', 'a', 'b']"},
      {"{% for name, list in rows | groupby('n') %}{{ name }}:{{ list | map(attribute='v') | join(',') }};{% "
       "endfor %} {{ 'aba' | groupby(0) }} {{ [] | groupby('n') }}",
       "A:1,3;b:2; [('a', ['a', 'a']), ('b', ['b'])] []"},
      {"{{ rows | groupby('q', default='z') | map(attribute='grouper') | list }}", "['z']"},
      {"{{ rows | groupby('v') | map(attribute='list') | map('length') | list }}", "[1, 1, 1]"},
      {"{% set g = rows | groupby('n') | first %}{{ g is sequence }}{{ g is tuple }}{{ g | length }}{{ g[:1] "
       "}}{{ 'A' in g }}{{ g + (1,) }}{{ g.index('A') }}{{ g | last | length }}",
       "TrueTrue2('A',)True('A', [{'n': 'A', 'v': 1, 'sub': {'x': 3}}, {'n': 'a', 'v': 3}], 1)02"},
      {"{{ rows | groupby('q') }}", "passthrough UndefinedError"},
      {"{{ rows | groupby('q', default=none) }}", "passthrough UndefinedError"},
      {"{{ rows | groupby('sub.x', default='z') }}", "drop TypeError"},
      {"{{ 5 | groupby('a') }}", "drop TypeError"},
  });
}

TEST(Lists, MinAndMax) {
  expect_answers({
      {"{{ 5 | max }}", "5"},
      {"{{ max(5) }}", "5"},
      {"{{ max(1,2) }}", "2"},
      {"{{ ['b','A','c'] | max }}", "c"},
      {"{{ ['b','A','c'] | min }}", "A"},
      {"{{ 'abc' | max }}", "c"},
      {"{{ max('abc','b') }}", "b"},
      {"{{ max([1,2],[3]) }}", "[3]"},
      {"{{ min([1.0,1]) }}", "1.0"},
      {"{{ max(1,1.0,true) }}", "1"},
      {"{{ min(d) }}", "A"},
      {"{{ [x,1] | max }}", "passthrough UndefinedError"},
      {"{{ [1,none] | max }}", "drop TypeError"},
      {"{{ [1,'a'] | min }}", "drop TypeError"},
  });
}

TEST(Lists, RangeObject) {
  expect_answers({
      {"{{ range(3) }}", "range(0, 3)"},
      {"{{ range(1,5,2) }}", "range(1, 5, 2)"},
      {"{{ range(5)[1] }}", "1"},
      {"{{ range(5)[1:3] }}", "range(1, 3)"},
      {"{{ range(5)[9] is defined }}", "False"},
      {"{{ 3 in range(5) }}", "True"},
      {"{{ 1.0 in range(3) }}", "True"},
      {"{{ 1.5 in range(3) }}", "False"},
      {"{{ range(3) == range(3) }}", "True"},
      {"{{ range(3).start }}", "0"},
      {"{{ range(3).index(2) }}", "2"},
      {"{{ range(3).count(2) }}", "1"},
      {"{{ range(1,6,2)[1:] }}", "range(3, 7, 2)"},
      {"{{ range(5)[::-1] }}", "range(4, -1, -1)"},
      {"{{ range(1,6,2) == range(1,7,2) }}", "True"},
      {"{{ range(0,7,3)[::2] }}", "range(0, 9, 6)"},
      {"{{ range(10)[2:8:3] }}", "range(2, 8, 3)"},
      {"{{ range(5,0) }}", "range(5, 0)"},
      {"{{ range(5,0)[1:3] }}", "range(5, 5)"},
      {"{{ range(5,0,-2) | list }}", "[5, 3, 1]"},
      {"{{ range(-3) | list }}", "[]"},
      {"{{ range(true) | list }}", "[0]"},
      {"{{ range(3).stop }}", "3"},
      {"{{ range(3).step }}", "1"},
      {"{{ range(0) == range(5,5) }}", "True"},
      {"{{ range(100000) | length }}", "100000"},
      {"{{ range(0, 10**15, 10**11) | last }}", "999900000000000"},
      {"{{ range(100001) }}", "drop OverflowError"},
      {"{{ range(10**20) }}", "drop OverflowError"},
      {"{{ range('a') }}", "drop TypeError"},
      {"{{ range(1.0) }}", "drop TypeError"},
      {"{{ range(0,5,0) }}", "drop ValueError"},
      {"{{ range() }}", "drop TypeError"},
      {"{{ range(1,2,3,4) }}", "drop TypeError"},
      {"{{ range(3).index(7) }}", "drop ValueError"},
      {"{{ range(none) }}", "drop TypeError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
