// Attributes, items and slices as in Jinja and Python.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(ValueLookup, Attributes) {
  expect_answers({
      {"{{ d.b }}", "1"},
      {"{{ d.missing }}", ""},
      {"{{ d['b'] }}", "1"},
      {"{{ d['missing'] }}", ""},
      {"{{ {'items': 1}['items'] }}", "1"},
      {"{{ {'items': 1}['values'] is defined }}", "True"},
      {"{{ 'abc'.missing }}", ""},
      {"{{ 'abc'['upper']() }}", "ABC"},
      {"{{ 'abc'.upper() }}", "ABC"},
      {"{{ nums['index'](1) }}", "1"},
      {"{{ none.x }}", ""},
      {"{{ none['x'] }}", ""},
      {"{{ (5).real }}", "5"},
      {"{{ (5).imag }}", "0"},
      {"{{ (2.5).real }}", "2.5"},
      {"{{ true.numerator }}", "1"},
      {"{{ (5).denominator }}", "1"},
      {"{{ (2.5).numerator }}", ""},
      {"{{ 5['x'] }}", ""},
      {"{{ d.__class__ }}", ""},
      {"{{ d._x }}", ""},
      {"{{ {'_x': 1}._x }}", "1"},
      {"{{ {'_x': 1}['_x'] }}", "1"},
      {"{{ missing.x }}", "passthrough UndefinedError"},
      {"{{ missing['x'] }}", "passthrough UndefinedError"},
      {"{{ missing[0] }}", "passthrough UndefinedError"},
      {"{{ d.missing.x }}", "passthrough UndefinedError"},
      {"{{ d.missing['x'] }}", "passthrough UndefinedError"},
      {"{{ d[missing] }}", ""},
      {"{{ nums.0 }}", "3"},
      {"{{ nums.5 }}", ""},
      {"{{ rows[0].sub.x }}", "1"},
      {"{{ rows[2].sub.x }}", "passthrough UndefinedError"},
  });
}

TEST(ValueLookup, Items) {
  expect_answers({
      {"{{ nums[0] }}", "3"},      {"{{ nums[-1] }}", "2"},   {"{{ nums[3] }}", ""},
      {"{{ nums[-4] }}", ""},      {"{{ nums[true] }}", "1"}, {"{{ nums[1.0] }}", ""},
      {"{{ nums['0'] }}", ""},     {"{{ nums[none] }}", ""},  {"{{ nums[2 ** 70] }}", ""},
      {"{{ nums[missing] }}", ""}, {"{{ (1, 2)[1] }}", "2"},  {"{{ 'abc'[1] }}", "b"},
      {"{{ 'abc'[-1] }}", "c"},    {"{{ 'abc'[5] }}", ""},    {"{{ 'aé日😀'[2] }}", "日"},
      {"{{ 'aé日😀'[-1] }}", "😀"},  {"{{ 'abc'[1.0] }}", ""},  {"{{ d[[1]] is defined }}", "False"},
      {"{{ d[(1, [2])] }}", ""},   {"{{ 5[0] }}", ""},        {"{{ none[0] }}", ""},
      {"{{ range(5)[2] }}", "2"},
  });
}

TEST(ValueLookup, Slices) {
  expect_answers({
      {"{{ 'abcdef'[1:3] }}", "bc"},
      {"{{ 'abcdef'[:-1] }}", "abcde"},
      {"{{ 'abcdef'[-3:] }}", "def"},
      {"{{ 'abcdef'[::-1] }}", "fedcba"},
      {"{{ 'abcdef'[::2] }}", "ace"},
      {"{{ 'abcdef'[5:1:-2] }}", "fd"},
      {"{{ 'abcdef'[10:] }}", ""},
      {"{{ 'abcdef'[:10] }}", "abcdef"},
      {"{{ 'abcdef'[-10:2] }}", "ab"},
      {"{{ 'abcdef'[2:1] }}", ""},
      {"{{ 'aé日😀z'[1:4] }}", "é日😀"},
      {"{{ 'aé日😀z'[::-1] }}", "z😀日éa"},
      {"{{ 'aé日😀z'[-2:] }}", "😀z"},
      {"{{ [1, 2, 3, 4][1:3] }}", "[2, 3]"},
      {"{{ [1, 2, 3, 4][::-2] }}", "[4, 2]"},
      {"{{ (1, 2, 3)[:2] }}", "(1, 2)"},
      {"{{ [1, 2, 3][true:] }}", "[2, 3]"},
      {"{{ [1, 2, 3][:2 ** 70] }}", "[1, 2, 3]"},
      {"{{ [1, 2, 3][-(2 ** 70):] }}", "[1, 2, 3]"},
      {"{{ [1, 2, 3][::2 ** 70] }}", "[1]"},
      {"{{ [1, 2, 3][::-(2 ** 70)] }}", "[3]"},
      {"{{ [1, 2, 3][none:none:none] }}", "[1, 2, 3]"},
      {"{{ ''[::-1] }}", ""},
      {"{{ [][::-1] }}", "[]"},
      {"{{ nums[::0] }}", "drop ValueError"},
      {"{% set n = 'ab' %}{{ n[::0] }}", "drop ValueError"},
      {"{{ nums['a':] }}", "drop TypeError"},
      {"{{ nums[1.0:] }}", "drop TypeError"},
      {"{{ nums[missing:] }}", "drop TypeError"},
      {"{{ missing[1:] }}", "passthrough UndefinedError"},
      {"{% set n = none %}{{ n[1:] }}", "drop TypeError"},
      {"{% set n = 5 %}{{ n[1:] }}", "drop TypeError"},
      {"{{ d[1:] }}", "drop TypeError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
