// Filters of text.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(TextFilters, Case) {
  expect_answers({
      {"{{ 'grüße AUS köln'|upper }}", "GRÜSSE AUS KÖLN"},
      {"{{ 'ΑΣ İ'|lower }}", "ας i̇"},
      {"{{ 'hello-wORLD (and) [more] <x> it\\'s'|title }}", "Hello-World (And) [More] <X> It's"},
      {"{{ 'éCOLE à'|capitalize }}", "École à"},
      {"{{ none|upper }}", "NONE"},
      {"{{ 21.0|lower }}", "21.0"},
      {"{{ undef|upper }}", ""},
      {"{{ true|lower }}", "true"},
      {"{{ ['A']|lower }}", "['a']"},
  });
}

TEST(TextFilters, Trim) {
  expect_answers({
      {"{{ '  x \\n'|trim ~ '|' }}", "x|"},
      {"{{ 'xxaxx'|trim('x') }}", "a"},
      {"{{ 'äbä'|trim('ä') }}", "b"},
      {"{{ 5|trim }}", "5"},
      {"{{ undef|trim }}", ""},
      {"{{ 'x'|trim(5) }}", "drop TypeError"},
      {"{{ '\\u00a0x\\u3000'|trim }}", "x"},
  });
}

TEST(TextFilters, Replace) {
  expect_answers({
      {"{{ 'a b a'|replace('a','c') }}", "c b c"},
      {"{{ 'aaaa'|replace('a','b',2) }}", "bbaa"},
      {"{{ 'abc'|replace('','-') }}", "-a-b-c-"},
      {"{{ 'äö'|replace('','-') }}", "-ä-ö-"},
      {"{{ 'abc'|replace('','-',2) }}", "-a-bc"},
      {"{{ 15.5|replace('.',',') }}", "15,5"},
      {"{{ undef|replace('a','b') }}", ""},
      {"{{ 'a'|replace('a',none) }}", "None"},
      {"{{ 'a1'|replace(1,2) }}", "a2"},
      {"{{ 'a'|replace('a') }}", "drop TypeError"},
      {"{{ 'a'|replace('a','b','c') }}", "drop TypeError"},
      {"{{ 'abc'|replace('b','') }}", "ac"},
  });
}

TEST(TextFilters, Truncate) {
  expect_answers({
      {"{{ 'foo bar baz qux'|truncate(9) }}", "foo..."},
      {"{{ 'foo bar baz qux'|truncate(9,true) }}", "foo ba..."},
      {"{{ 'foo bar baz qux'|truncate(11) }}", "foo bar baz qux"},
      {"{{ 'foo bar baz qux'|truncate(11,false,'...',0) }}", "foo bar..."},
      {"{{ 'äöüäöüäöü'|truncate(5,true,'',0) }}", "äöüäö"},
      {"{{ '0123456789'|truncate(4,True,'',0) }}", "0123"},
      {"{{ 5|truncate(3) }}", "drop TypeError"},
      {"{{ undef|truncate(3) }}", ""},
      {"{{ [1,2]|truncate(3) }}", "[1, 2]"},
      {"{{ 'foo'|truncate(2) }}", "drop ValueError"},
      {"{{ 'abcdefghijkl'|truncate(5,true,'') }}", "abcde"},
      {"{{ 'abcdefghijkl'|truncate(5.0,true,'') }}", "drop TypeError"},
      {"{{ 'foo'|truncate('a') }}", "drop TypeError"},
      {"{{ 'abcdefghijkl'|truncate(3,end=undef) }}", "passthrough UndefinedError"},
  });
}

TEST(TextFilters, Indent) {
  expect_answers({
      {"{{ 'a\\nb\\n\\nc'|indent }}", "a\n    b\n\n    c"},
      {"{{ 'a\\nb\\n\\nc'|indent(2,true) }}", "a\n  b\n\n  c"},
      {"{{ 'a\\nb\\n\\nc'|indent('> ',blank=true) }}", "a\n> b\n> \n> c"},
      {"{{ ''|indent }}", ""},
      {"{{ 'a\\n'|indent }}", "a"},
      {"{{ undef|indent }}", "passthrough UndefinedError"},
      {"{{ 5|indent }}", "drop TypeError"},
      {"{{ 'a\\nb'|indent(-1) }}", "a\nb"},
  });
}

TEST(TextFilters, WordWrap) {
  expect_answers({
      {"{{ 'the quick brown fox jumps'|wordwrap(10) }}", "the quick\nbrown fox\njumps"},
      {"{{ 'a-very-long-hyphenated-word'|wordwrap(10) }}", "a-very-\nlong-hyphe\nnated-word"},
      {"{{ 'a-very-long-hyphenated-word'|wordwrap(10,break_on_hyphens=false) }}",
       "a-very-lon\ng-hyphenat\ned-word"},
      {"{{ 'abcdefghijklmnop qr'|wordwrap(5,false) }}", "abcdefghijklmnop\nqr"},
      {"{{ 'abcdefghijklmnop qr'|wordwrap(5,wrapstring=' | ') }}", "abcde | fghij | klmno | p qr"},
      {"{{ 'wait -- what--now and then'|wordwrap(8) }}", "wait --\nwhat--\nnow and\nthen"},
      {"{{ 'x\\n\\ny  z'|wordwrap(3) }}", "x\n\ny\nz"},
      {"{{ 'größere Wörter überall'|wordwrap(7) }}", "größere\nWörter\nüberall"},
      {"{{ 'x'|wordwrap(0) }}", "drop ValueError"},
      {"{{ 5|wordwrap }}", "drop AttributeError"},
  });
}

TEST(TextFilters, CenterAndCounts) {
  expect_answers({
      {"{{ 'ab'|center(5) ~ '|' }}", "ab |"},
      {"{{ 'abc'|center(6) ~ '|' }}", "abc  |"},
      {"{{ 5|center(3) ~ '|' }}", "5 |"},
      {"{{ 'one two_three four-five'|wordcount }}", "4"},
      {"{{ ''|wordcount }}", "0"},
      {"{{ 'żółć i 12'|wordcount }}", "3"},
  });
}

TEST(TextFilters, Format) {
  expect_answers({
      {"{{ '%s is %d'|format('x',5) }}", "x is 5"},
      {"{{ '%(a)s-%(b)05.1f'|format(a=1,b=2.25) }}", "1-002.2"},
      {"{{ '%s'|format(1,a=2) }}", "passthrough FilterArgumentError"},
      {"{{ '%s %s'|format(1) }}", "drop TypeError"},
      {"{{ '%'|format }}", "drop ValueError"},
      {"{{ '100%%'|format }}", "100%"},
      {"{{ '%s'|format([1,2]) }}", "[1, 2]"},
      {"{{ '%x'|format('a') }}", "drop TypeError"},
  });
}

TEST(TextFilters, Markup) {
  expect_answers({
      {"{{ '<a href=\"x\">&\\'</a>'|e }}", "&lt;a href=&#34;x&#34;&gt;&amp;&#39;&lt;/a&gt;"},
      {"{{ 5|escape }}", "5"},
      {"{{ none|e }}", "None"},
      {"{{ '&lt;'|forceescape }}", "&amp;lt;"},
      {"{{ '<b>'|safe }}", "<b>"},
      {"{{ 'a <b>bold</b>\\n <!-- <x> --> text &amp; &auml;&#65;&#x42;&copy &nope; &#128;'|striptags }}",
       "a bold text & äAB© &nope; €"},
      {"{{ 5|striptags }}", "5"},
      {"{{ 'a < b'|striptags }}", "a < b"},
      {"{{ {'class':'a<b','id':none,'x':1}|xmlattr }}", "class=\"a&lt;b\" x=\"1\""},
      {"{{ {'a b':1}|xmlattr }}", "drop ValueError"},
      {"{{ {}|xmlattr }}", ""},
      {"{{ undef|xmlattr }}", "passthrough UndefinedError"},
      {"{{ 5|xmlattr }}", "drop AttributeError"},
      {"{{ {'a':1}|xmlattr(false) }}", "a=\"1\""},
  });
}

TEST(TextFilters, Urls) {
  expect_answers({
      {"{{ 'a b/c?d=ä&e'|urlencode }}", "a%20b/c%3Fd%3D%C3%A4%26e"},
      {"{{ {'a b':'c/d','e':1}|urlencode }}", "a+b=c%2Fd&e=1"},
      {"{{ [('x',1),('y','ä')]|urlencode }}", "x=1&y=%C3%A4"},
      {"{{ 5|urlencode }}", "5"},
      {"{{ undef|urlencode }}", ""},
      {"{{ [1]|urlencode }}", "drop TypeError"},
      {"{{ 'go to http://a.com/x, (www.b.org) or me@c.de.'|urlize }}",
       "go to <a href=\"http://a.com/x\" rel=\"noopener\">http://a.com/x</a>, (<a href=\"https://www.b.org\" "
       "rel=\"noopener\">www.b.org</a>) or <a href=\"mailto:me@c.de\">me@c.de</a>."},
      {"{{ 'https://example.com/a_(b)'|urlize(10, true, 'top') }}",
       "<a href=\"https://example.com/a_(b)\" rel=\"nofollow noopener\" target=\"top\">https://ex...</a>"},
      {"{{ 'see example.net:80/p <http://x.y.zz>'|urlize }}",
       "see <a href=\"https://example.net:80/p\" rel=\"noopener\">example.net:80/p</a> &lt;<a "
       "href=\"http://x.y.zz\" rel=\"noopener\">http://x.y.zz</a>&gt;"},
      {"{{ 'http://192.168.1.2:8123/x ftp://a.b'|urlize(extra_schemes=['ftp://']) }}",
       "<a href=\"http://192.168.1.2:8123/x\" rel=\"noopener\">http://192.168.1.2:8123/x</a> <a "
       "href=\"ftp://a.b\" rel=\"noopener\">ftp://a.b</a>"},
      {"{{ 'x'|urlize(extra_schemes=['f']) }}", "passthrough FilterArgumentError"},
      {"{{ '1.5 a.b.c'|urlize }}", "1.5 a.b.c"},
  });
}

TEST(TextFilters, Names) {
  expect_answers({
      {"{{ 'Wohnzimmer Größe (EG)'|slugify }}", "wohnzimmer_groe_eg"},
      {"{{ 'a  b'|slugify('-') }}", "a-b"},
      {"{{ 5|slugify }}", "5"},
      {"{{ undef|slugify }}", ""},
      {"{{ slugify('Ünï') }}", "uni"},
      {"{{ '--'|slugify }}", ""},
      {"{{ 'a'|slugify(5) }}", "drop TypeError"},
      {"{{ 1|ordinal }}", "1st"},
      {"{{ 2|ordinal }}", "2nd"},
      {"{{ 3|ordinal }}", "3rd"},
      {"{{ 4|ordinal }}", "4th"},
      {"{{ 11|ordinal }}", "11th"},
      {"{{ 112|ordinal }}", "112th"},
      {"{{ '23'|ordinal }}", "23rd"},
      {"{{ -1|ordinal }}", "-1th"},
      {"{{ 'x'|ordinal }}", "drop ValueError"},
      {"{{ 1001|ordinal }}", "1001st"},
      {"{{ 10000000000000000000000003|ordinal }}", "10000000000000000000000003rd"},
  });
}

TEST(TextFilters, Characters) {
  expect_answers({
      {"{{ 'a'|ord }}", "97"},
      {"{{ '€'|ord }}", "8364"},
      {"{{ ''|ord }}", "drop TypeError"},
      {"{{ 'ab'|ord }}", "drop TypeError"},
      {"{{ 5|ord }}", "drop TypeError"},
      {"{{ undef|ord }}", "drop TypeError"},
      {"{{ 'abc'|contains('b') }}", "True"},
      {"{{ [1,2]|contains(3) }}", "False"},
      {"{{ {'a':1}|contains('a') }}", "True"},
      {"{{ undef|contains(1) }}", "False"},
      {"{{ 5|contains(1) }}", "drop TypeError"},
      {"{{ 'x'|string }}", "x"},
      {"{{ 5.0|string|length }}", "3"},
      {"{{ undef|string|length }}", "0"},
  });
}

TEST(TextFilters, FileSizes) {
  expect_answers({
      {"{{ 0|filesizeformat }}", "0 Bytes"},
      {"{{ 1|filesizeformat }}", "1 Byte"},
      {"{{ 999|filesizeformat }}", "999 Bytes"},
      {"{{ 1000|filesizeformat }}", "1.0 kB"},
      {"{{ 1500000|filesizeformat }}", "1.5 MB"},
      {"{{ 1024|filesizeformat(true) }}", "1.0 KiB"},
      {"{{ '5e9'|filesizeformat }}", "5.0 GB"},
      {"{{ 1e30|filesizeformat }}", "1000000.0 YB"},
      {"{{ -5|filesizeformat }}", "-5 Bytes"},
      {"{{ 'x'|filesizeformat }}", "drop ValueError"},
      {"{{ undef|filesizeformat }}", "passthrough UndefinedError"},
      {"{{ none|filesizeformat }}", "drop TypeError"},
  });
}

TEST(TextFilters, PrettyPrint) {
  expect_answers({
      {"{{ {'b':1,'a':[1,2]}|pprint }}", "{'a': [1, 2], 'b': 1}"},
      {"{{ ('one two three four five six seven eight nine ten ' * 3)|pprint }}",
       "('one two three four five six seven eight nine ten one two three four five six '\n 'seven eight nine "
       "ten one two three four five six seven eight nine ten ')"},
      {"{{ [range(30)|list,{'key':'value'*10,'other':'x'*40}]|pprint }}",
       "[[0,\n  1,\n  2,\n  3,\n  4,\n  5,\n  6,\n  7,\n  8,\n  9,\n  10,\n  11,\n  12,\n  13,\n  14,\n  "
       "15,\n  16,\n  17,\n  18,\n  19,\n  20,\n  21,\n  22,\n  23,\n  24,\n  25,\n  26,\n  27,\n  28,\n  "
       "29],\n {'key': 'valuevaluevaluevaluevaluevaluevaluevaluevaluevalue',\n  'other': "
       "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}]"},
      {"{{ {'z':none,'k':('a'*50,'b'*50)}|pprint }}",
       "{'k': ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n       "
       "'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'),\n 'z': None}"},
      {"{{ 5|pprint }}", "5"},
      {"{{ ['x'*100]|pprint }}",
       "['"
       "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
       "]"},
      {"{{ (1,)|pprint }}", "(1,)"},
      {"{{ []|pprint }}", "[]"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
