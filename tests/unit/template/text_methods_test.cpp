// Methods of text (str).
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(TextMethods, Split) {
  expect_answers({
      {"{{ 'a,b,,c'.split(',') }}", "['a', 'b', '', 'c']"},
      {"{{ ' a  b c '.split() }}", "['a', 'b', 'c']"},
      {"{{ ' a  b c '.split(none,1) }}", "['a', 'b c ']"},
      {"{{ 'a b c '.rsplit(none,1) }}", "['a b', 'c']"},
      {"{{ 'a,b,c'.rsplit(',',1) }}", "['a,b', 'c']"},
      {"{{ 'a,b,c'.split(',',maxsplit=1) }}", "['a', 'b,c']"},
      {"{{ 'abc'.split('') }}", "drop ValueError"},
      {"{{ ''.split() }}", "[]"},
      {"{{ ''.split(',') }}", "['']"},
      {"{{ 'a\\u00a0b'.split() }}", "['a', 'b']"},
      {"{{ 'a'.split(5) }}", "drop TypeError"},
      {"{{ 'äxöxü'.split('x') }}", "['ä', 'ö', 'ü']"},
      {"{{ 'a b'.split(sep=' ') }}", "['a', 'b']"},
      {"{{ '1-2'.split('-')[1]|int }}", "2"},
  });
}

TEST(TextMethods, LinesAndParts) {
  expect_answers({
      {"{{ 'a\\nb\\r\\nc\\n'.splitlines() }}", "['a', 'b', 'c']"},
      {"{{ 'a\\nb'.splitlines(true) }}", "['a\\n', 'b']"},
      {"{{ ''.splitlines() }}", "[]"},
      {"{{ 'a-b-c'.partition('-') }}", "('a', '-', 'b-c')"},
      {"{{ 'a-b-c'.rpartition('-') }}", "('a-b', '-', 'c')"},
      {"{{ 'abc'.partition('-') }}", "('abc', '', '')"},
      {"{{ 'abc'.rpartition('-') }}", "('', '', 'abc')"},
      {"{{ 'abc'.partition('') }}", "drop ValueError"},
  });
}

TEST(TextMethods, Join) {
  expect_answers({
      {"{{ ', '.join(['a','b']) }}", "a, b"},
      {"{{ ''.join('abc') }}", "abc"},
      {"{{ ','.join([1]) }}", "drop TypeError"},
      {"{{ ','.join({'x':1}) }}", "x"},
      {"{{ ','.join(undef) }}", ""},
      {"{{ ','.join(5) }}", "drop TypeError"},
      {"{{ '-'.join(['a','b']|map('upper')) }}", "A-B"},
  });
}

TEST(TextMethods, Strip) {
  expect_answers({
      {"{{ '  a '.strip() ~ '|' }}", "a|"},
      {"{{ 'xxaxx'.strip('x') }}", "a"},
      {"{{ 'xxaxx'.lstrip('x') }}", "axx"},
      {"{{ 'xxaxx'.rstrip('x') }}", "xxa"},
      {"{{ 'abcba'.strip('ab') }}", "c"},
      {"{{ 'äaä'.strip('ä') }}", "a"},
      {"{{ 'a'.strip(none) }}", "a"},
      {"{{ 'a'.strip(5) }}", "drop TypeError"},
      {"{{ 'sensor.x'.removeprefix('sensor.') }}", "x"},
      {"{{ 'x_power'.removesuffix('_power') }}", "x"},
      {"{{ 'x'.removeprefix('y') }}", "x"},
  });
}

TEST(TextMethods, Find) {
  expect_answers({
      {"{{ 'hello'.find('l') }}", "2"},
      {"{{ 'hello'.rfind('l') }}", "3"},
      {"{{ 'hello'.find('z') }}", "-1"},
      {"{{ 'äöü'.find('ü') }}", "2"},
      {"{{ 'hello'.find('l',3) }}", "3"},
      {"{{ 'hello'.find('l',-2,-1) }}", "3"},
      {"{{ 'abc'.find('',3) }}", "3"},
      {"{{ 'abc'.find('',4) }}", "-1"},
      {"{{ 'hello'.index('z') }}", "drop ValueError"},
      {"{{ 'hello'.index('o') }}", "4"},
      {"{{ 'hello'.rindex('h') }}", "0"},
      {"{{ 'hello'.find(none) }}", "drop TypeError"},
      {"{{ 'banana'.count('an') }}", "2"},
      {"{{ 'aaaa'.count('aa') }}", "2"},
      {"{{ 'abc'.count('') }}", "4"},
      {"{{ 'äöä'.count('ä',1) }}", "1"},
      {"{{ 'abc'.find('b','x') }}", "drop TypeError"},
  });
}

TEST(TextMethods, StartsAndEnds) {
  expect_answers({
      {"{{ 'sensor.x'.startswith('sensor.') }}", "True"},
      {"{{ 'sensor.x'.startswith(('light.','sensor.')) }}", "True"},
      {"{{ 'x.y'.endswith('.y') }}", "True"},
      {"{{ 'abc'.startswith('b',1) }}", "True"},
      {"{{ 'abc'.endswith('b',0,2) }}", "True"},
      {"{{ 'abc'.startswith(()) }}", "False"},
      {"{{ 'abc'.startswith(['a']) }}", "drop TypeError"},
      {"{{ 'abc'.startswith(5) }}", "drop TypeError"},
      {"{{ 'abc'.startswith(undef) }}", "drop TypeError"},
      {"{{ 'abc'.startswith('',4) }}", "False"},
  });
}

TEST(TextMethods, Case) {
  expect_answers({
      {"{{ 'ab cd'.title() }}", "Ab Cd"},
      {"{{ 'they\\'re'.title() }}", "They'Re"},
      {"{{ 'aBc'.swapcase() }}", "AbC"},
      {"{{ 'STRASSE ß'.casefold() }}", "strasse ss"},
      {"{{ 'hELLO'.capitalize() }}", "Hello"},
      {"{{ 'ß'.upper() }}", "SS"},
      {"{{ 'x'.upper(1) }}", "drop TypeError"},
  });
}

TEST(TextMethods, Padding) {
  expect_answers({
      {"{{ '5'.zfill(3) }}", "005"},
      {"{{ '-5'.zfill(4) }}", "-005"},
      {"{{ '+'.zfill(3) }}", "+00"},
      {"{{ 'ab'.ljust(5,'.') }}", "ab..."},
      {"{{ 'ab'.rjust(5,'ä') }}", "äääab"},
      {"{{ 'ab'.center(5,'*') }}", "**ab*"},
      {"{{ 'abc'.center(6,'*') }}", "*abc**"},
      {"{{ 'ab'.ljust(5,'..') }}", "drop TypeError"},
      {"{{ 'ab'.center('x') }}", "drop TypeError"},
      {"{{ 'a\\tb'.expandtabs(4) }}", "a   b"},
      {"{{ 'abc\\td\\n\\te'.expandtabs() }}", "abc     d\n        e"},
  });
}

TEST(TextMethods, Replace) {
  expect_answers({
      {"{{ 'aaa'.replace('a','b',2) }}", "bba"},
      {"{{ 'a'.replace('a','b',count=1) }}", "drop TypeError"},
      {"{{ 'abc'.replace('','-') }}", "-a-b-c-"},
      {"{{ 'a'.replace('a',5) }}", "drop TypeError"},
      {"{{ 'a'.replace('a') }}", "drop TypeError"},
  });
}

TEST(TextMethods, Properties) {
  expect_answers({
      {"{{ "
       "['12'.isdigit(),'²'.isdigit(),'²'.isdecimal(),'½'.isnumeric(),''.isdigit(),'-1'.isdigit(),'1.5'."
       "isnumeric()] }}",
       "[True, True, False, True, False, False, False]"},
      {"{{ ['aä'.isalpha(),'a1'.isalnum(),' '.isspace(),''.isspace(),'a b'.isalpha()] }}",
       "[True, True, True, False, False]"},
      {"{{ ['aB'.islower(),'ab1'.islower(),'AB'.isupper(),'1'.isupper(),'Ab Cd'.istitle(),'Ab cD'.istitle()] "
       "}}",
       "[False, True, True, False, True, False]"},
      {"{{ "
       "['a_1'.isidentifier(),'1a'.isidentifier(),''.isidentifier(),'ä'.isascii(),'a'.isascii(),''.isascii(),"
       "'\\n'.isprintable(),'a'.isprintable()] }}",
       "[True, False, False, False, True, True, False, True]"},
  });
}

TEST(TextMethods, FormatAndCode) {
  expect_answers({
      {"{{ '{} {1}'.format(1,2) }}", "drop ValueError"},
      {"{{ '{0:>5}|{n:.2f}'.format('a',n=2.345) }}", "a|2.35"},
      {"{{ '{a[x]}'.format(a={'x':1}) }}", "1"},
      {"{{ '{a}'.format_map({'a':5}) }}", "5"},
      {"{{ '{}'.format() }}", "drop IndexError"},
      {"{{ 'ä'.encode() }}", "b'\\xc3\\xa4'"},
      {"{{ 'ä'.encode('latin-1') }}", "b'\\xe4'"},
      {"{{ 'ä'.encode('ascii') }}", "drop ValueError"},
      {"{{ 'äb'.encode('ascii','ignore') }}", "b'b'"},
      {"{{ 'äb'.encode('ascii',errors='replace') }}", "b'?b'"},
      {"{{ 'a€'.encode('utf-16-le').hex() }}", "6100ac20"},
      {"{{ 'a'.encode('nope') }}", "drop ValueError"},
      {"{{ 'abc'.translate({97:'x',98:none,99:100}) }}", "xd"},
      {"{{ 'abc'.translate(''.maketrans('ab','xy','c')) }}", "xy"},
  });
}

TEST(TextMethods, Others) {
  expect_answers({
      {"{{ 'a'.nope }}", ""},
      {"{{ 'a'.nope() }}", "passthrough UndefinedError"},
      {"{{ 'abc'.upper|string|length > 5 }}", "True"},
      {"{{ 'abc'['upper']() }}", "ABC"},
      {"{{ 'a'.__class__ }}", ""},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
