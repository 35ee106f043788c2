// Regular expressions with Python's syntax and meaning.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Regex, MatchAndSearch) {
  expect_answers({
      {"{{ 'abc' is match('b') }}", "False"},
      {"{{ 'abc' is search('b') }}", "True"},
      {"{{ 'ABC' is search('b') }}", "False"},
      {"{{ 'ABC' is search('b', true) }}", "True"},
      {"{{ 'abc'|regex_match('a.c') }}", "True"},
      {"{{ 'abc'|regex_search('c$') }}", "True"},
      {"{{ 'abc\\n'|regex_search('c$') }}", "True"},
      {"{{ 'abc\\n'|regex_search('c\\\\Z') }}", "False"},
      {"{{ 'a\\nb'|regex_search('^b') }}", "False"},
      {"{{ 'a\\nb'|regex_search('(?m)^b') }}", "True"},
      {"{{ 'a\\nb'|regex_match('a.b') }}", "False"},
      {"{{ 'a\\nb'|regex_match('(?s)a.b') }}", "True"},
      {"{{ 5|regex_match('5') }}", "True"},
      {"{{ undef|regex_match('') }}", "True"},
      {"{{ 'x'|regex_match }}", "True"},
      {"{{ 'x'|regex_match(5) }}", "drop TypeError"},
      {"{{ 'x'|regex_match('(') }}", "drop ValueError"},
      {"{{ ['sensor.a','light.b']|select('match','light') |list }}", "['light.b']"},
      {"{{ 'x'|regex_match(find='X', ignorecase=true) }}", "True"},
      {"{{ '' is search('\\\\B') }}", "False"},
  });
}

TEST(Regex, FindAll) {
  expect_answers({
      {"{{ 'a1b22'|regex_findall('\\\\d+') }}", "['1', '22']"},
      {"{{ 'k=v, x=y'|regex_findall('(\\\\w)=(\\\\w)') }}", "[('k', 'v'), ('x', 'y')]"},
      {"{{ 'k=v'|regex_findall('(?P<key>\\\\w)=(?:\\\\w)') }}", "['k']"},
      {"{{ 'ab'|regex_findall('(x)?') }}", "['', '', '']"},
      {"{{ 'axb'|regex_findall('x*') }}", "['', 'x', '', '']"},
      {"{{ ' a'|regex_findall('^|\\\\s') }}", "['', ' ']"},
      {"{{ 'äöü 12 ٣'|regex_findall('\\\\w+') }}", "['äöü', '12', '٣']"},
      {"{{ 'äöü 12 ٣'|regex_findall('(?a)\\\\w+') }}", "['12']"},
      {"{{ '12 ٣'|regex_findall('\\\\d') }}", "['1', '2', '٣']"},
      {"{{ 'a\\u00a0b\\x1fc'|regex_findall('\\\\s') }}", "['\\xa0', '\\x1f']"},
      {"{{ 'żab'|regex_findall('[^\\\\W\\\\d_]') }}", "['ż', 'a', 'b']"},
      {"{{ 'a1b22'|regex_findall_index('\\\\d+', 1) }}", "22"},
      {"{{ 'a1b22'|regex_findall_index('\\\\d+') }}", "1"},
      {"{{ 'a1b22'|regex_findall_index('\\\\d+', -1) }}", "22"},
      {"{{ 'a1'|regex_findall_index('\\\\d+', 5) }}", "drop IndexError"},
      {"{{ 'Temp: 21.5 C'|regex_findall_index('([0-9.]+)')|float }}", "21.5"},
      {"{{ ''|regex_findall('') }}", "['']"},
      {"{{ 'AbC'|regex_findall('[a-c]', true) }}", "['A', 'b', 'C']"},
      {"{{ 'AbC'|regex_findall('(?i:a)b(?-i:C)') }}", "['AbC']"},
  });
}

TEST(Regex, Replace) {
  expect_answers({
      {"{{ 'a1b2'|regex_replace('\\\\d','#') }}", "a#b#"},
      {"{{ 'john smith'|regex_replace('(\\\\w+) (\\\\w+)','\\\\2 \\\\1') }}", "smith john"},
      {"{{ 'ab'|regex_replace('(?P<x>a)','<\\\\g<x>\\\\g<0>\\\\g<1>>') }}", "<aaa>b"},
      {"{{ 'abc'|regex_replace('x*','-') }}", "-a-b-c-"},
      {"{{ 'a'|regex_replace('a','\\\\3') }}", "drop ValueError"},
      {"{{ 'a'|regex_replace('a','\\\\g<y>') }}", "drop IndexError"},
      {"{{ 'a'|regex_replace('a','\\\\q') }}", "drop ValueError"},
      {"{{ 'a'|regex_replace('a','\\\\n|\\\\t|\\\\\\\\|\\\\.')|replace('\\n','N') }}", "N|\t|\\|\\."},
      {"{{ 'a'|regex_replace('(b)?a','[\\\\1]') }}", "[]"},
      {"{{ 'ABC'|regex_replace('b','x',true) }}", "AxC"},
      {"{{ 'abc'|regex_replace('b') }}", "ac"},
      {"{{ 5.5|regex_replace('\\\\.',',') }}", "5,5"},
      {"{{ 'a'|regex_replace('a',5) }}", "drop TypeError"},
      {"{{ 'äbä'|regex_replace('ä','ö') }}", "öbö"},
      {"{{ 'abc'|regex_replace(find='[ac]',replace='') }}", "b"},
      {"{{ 'x1'|regex_replace('(x)(1)','\\\\2\\\\07') == '1\\x07' }}", "True"},
  });
}

TEST(Regex, Syntax) {
  expect_answers({
      {"{{ 'aaa'|regex_findall('a{,2}') }}", "['aa', 'a', '']"},
      {"{{ 'a{,2'|regex_findall('a{,2') }}", "['a{,2']"},
      {"{{ 'a{x}'|regex_findall('a{x}') }}", "['a{x}']"},
      {"{{ 'aa'|regex_findall('a{1}') }}", "['a', 'a']"},
      {"{{ 'ab'|regex_findall('(?x) a # c\\n b') }}", "['ab']"},
      {"{{ 'a]b'|regex_findall('[]a]') }}", "['a', ']']"},
      {"{{ 'a-b'|regex_findall('[a-]') }}", "['a', '-']"},
      {"{{ 'A'|regex_findall('\\\\x41|\\\\u0042') }}", "['A']"},
      {"{{ 'S'|regex_findall('\\\\123') }}", "['S']"},
      {"{{ 'ab'|regex_findall('a(?#comment)b') }}", "['ab']"},
      {"{{ 'a.b'|regex_findall('\\\\.') }}", "['.']"},
      {"{{ 'a\"/'|regex_findall('[\"/]') }}", "['\"', '/']"},
      {"{{ 'aab'|regex_findall('a+?') }}", "['a', 'a']"},
  });
}

TEST(Regex, BadPatterns) {
  expect_answers({
      {"{{ 'a'|regex_match('*a') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('a**') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('^*') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('a)') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('[a') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('[z-a]') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('[a-\\\\d]') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('\\\\q') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('a(?i)') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('(?P<1>a)') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('(?P<x>a)(?P<x>b)') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('(?<x>a)') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('a{3,1}') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('\\\\') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('(?z)a') }}", "drop ValueError"},
  });
}

TEST(Regex, WhatRe2CannotDo) {
  expect_answers({
      {"{{ 'ab'|regex_match('a(?=b)') }}", "drop ValueError"},
      {"{{ 'ab'|regex_match('(?<!x)a') }}", "drop ValueError"},
      {"{{ 'aa'|regex_match('(a)\\\\1') }}", "drop ValueError"},
      {"{{ 'aa'|regex_match('a++') }}", "drop ValueError"},
      {"{{ 'a'|regex_match('(\\\\w{1,999}){1,999}') }}", "drop ValueError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
