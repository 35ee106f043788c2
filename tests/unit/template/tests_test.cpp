// The tests behind `is`.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Tests, Kinds) {
  expect_answers({
      {"{{ 1 is integer }}", "True"},       {"{{ true is integer }}", "False"},
      {"{{ 1.0 is integer }}", "False"},    {"{{ (10**30) is integer }}", "True"},
      {"{{ 1 is float }}", "False"},        {"{{ 1.0 is float }}", "True"},
      {"{{ 1 is number }}", "True"},        {"{{ true is number }}", "True"},
      {"{{ '1' is number }}", "False"},     {"{{ (10**30) is number }}", "True"},
      {"{{ 'a' is string }}", "True"},      {"{{ 1 is string }}", "False"},
      {"{{ x is string }}", "False"},       {"{{ true is boolean }}", "True"},
      {"{{ 1 is boolean }}", "False"},      {"{{ {} is mapping }}", "True"},
      {"{{ [] is mapping }}", "False"},     {"{{ true is true }}", "True"},
      {"{{ 1 is true }}", "False"},         {"{{ false is false }}", "True"},
      {"{{ 0 is false }}", "False"},        {"{{ none is none }}", "True"},
      {"{{ x is none }}", "False"},         {"{{ 0 is none }}", "False"},
      {"{{ x is defined }}", "False"},      {"{{ 1 is defined }}", "True"},
      {"{{ x is undefined }}", "True"},     {"{{ none is undefined }}", "False"},
      {"{{ [] is list }}", "True"},         {"{{ () is list }}", "False"},
      {"{{ (1,) is tuple }}", "True"},      {"{{ [] is tuple }}", "False"},
      {"{{ set() is set }}", "True"},       {"{{ {} is set }}", "False"},
      {"{{ 'a' is string_like }}", "True"}, {"{{ ('a'.encode()) is string_like }}", "True"},
      {"{{ 1 is string_like }}", "False"},
  });
}

TEST(Tests, Collections) {
  expect_answers({
      {"{{ x is sequence }}", "True"},
      {"{{ {} is sequence }}", "True"},
      {"{{ set() is sequence }}", "False"},
      {"{{ range(3) is sequence }}", "True"},
      {"{{ {}.keys() is sequence }}", "False"},
      {"{{ 'a' is sequence }}", "True"},
      {"{{ 5 is sequence }}", "False"},
      {"{{ [] is sequence }}", "True"},
      {"{{ x is iterable }}", "True"},
      {"{{ 5 is iterable }}", "False"},
      {"{{ 'a' is iterable }}", "True"},
      {"{{ {} is iterable }}", "True"},
      {"{{ none is iterable }}", "False"},
      {"{{ range(2) is iterable }}", "True"},
      {"{{ nums | map('int') is iterable }}", "True"},
      {"{{ x is callable }}", "True"},
      {"{{ range is callable }}", "True"},
      {"{{ 5 is callable }}", "False"},
      {"{{ d.get is callable }}", "True"},
      {"{{ 'a'.upper is callable }}", "True"},
      {"{{ none is callable }}", "False"},
  });
}

TEST(Tests, Comparisons) {
  expect_answers({
      {"{{ 1 is eq 1.0 }}", "True"},
      {"{{ 1 is equalto 2 }}", "False"},
      {"{{ 1 is ne 2 }}", "True"},
      {"{{ 2 is gt 1 }}", "True"},
      {"{{ 2 is greaterthan 3 }}", "False"},
      {"{{ 2 is ge 2 }}", "True"},
      {"{{ 2 is lt 3 }}", "True"},
      {"{{ 2 is lessthan 2 }}", "False"},
      {"{{ 2 is le 2 }}", "True"},
      {"{{ 'a' is lt 'b' }}", "True"},
      {"{{ [1] is eq [1.0] }}", "True"},
      {"{{ x is eq x }}", "True"},
      {"{{ x is ne 1 }}", "True"},
      {"{{ [1,2,3] | select('==', 2) | list }}", "[2]"},
      {"{{ [1,2,3] | select('!=', 2) | list }}", "[1, 3]"},
      {"{{ [1,2,3] | select('>', 2) | list }}", "[3]"},
      {"{{ [1,2,3] | select('>=', 2) | list }}", "[2, 3]"},
      {"{{ [1,2,3] | select('<', 2) | list }}", "[1]"},
      {"{{ [1,2,3] | select('<=', 2) | list }}", "[1, 2]"},
      {"{{ 1 is gt 'a' }}", "drop TypeError"},
      {"{{ x is gt 1 }}", "passthrough UndefinedError"},
      {"{{ none is lt none }}", "drop TypeError"},
      {"{{ 1 is eq }}", "drop TypeError"},
  });
}

TEST(Tests, OddEvenDivisible) {
  expect_answers({
      {"{{ 3 is odd }}", "True"},
      {"{{ 2 is odd }}", "False"},
      {"{{ 2 is even }}", "True"},
      {"{{ 3 is even }}", "False"},
      {"{{ -3 is odd }}", "True"},
      {"{{ 2.0 is even }}", "True"},
      {"{{ true is odd }}", "True"},
      {"{{ 6 is divisibleby 3 }}", "True"},
      {"{{ 7 is divisibleby(3) }}", "False"},
      {"{{ 7.5 is divisibleby 2.5 }}", "True"},
      {"{{ '%d' is odd }}", "False"},
      {"{{ (10**30) is even }}", "True"},
      {"{{ 'a' is odd }}", "drop TypeError"},
      {"{{ x is odd }}", "passthrough UndefinedError"},
      {"{{ 3 is divisibleby(0) }}", "drop ZeroDivisionError"},
      {"{{ 3 is divisibleby }}", "drop TypeError"},
      {"{{ none is even }}", "drop TypeError"},
  });
}

TEST(Tests, Names) {
  expect_answers({
      {"{{ 'map' is filter }}", "True"},
      {"{{ 'xx' is filter }}", "False"},
      {"{{ 'gt' is test }}", "True"},
      {"{{ 5 is test }}", "False"},
      {"{{ '==' is test }}", "True"},
      {"{{ x is filter }}", "False"},
      {"{{ none is test }}", "False"},
      {"{{ [] is filter }}", "drop TypeError"},
  });
}

TEST(Tests, Case) {
  expect_answers({
      {"{{ 'abc' is lower }}", "True"},
      {"{{ 'aBc' is lower }}", "False"},
      {"{{ 'ABC' is upper }}", "True"},
      {"{{ 'A1' is upper }}", "True"},
      {"{{ '1' is upper }}", "False"},
      {"{{ true is lower }}", "False"},
      {"{{ none is upper }}", "False"},
      {"{{ 'é' is lower }}", "True"},
      {"{{ 'É' is upper }}", "True"},
      {"{{ x is lower }}", "False"},
  });
}

TEST(Tests, InAndContains) {
  expect_answers({
      {"{{ 1 is in [1] }}", "True"},
      {"{{ 2 is in [1] }}", "False"},
      {"{{ 'a' is in 'abc' }}", "True"},
      {"{{ 'a' is in {'a':1} }}", "True"},
      {"{{ 1 is in x }}", "False"},
      {"{{ [1] is contains 1 }}", "True"},
      {"{{ 'abc' is contains('b') }}", "True"},
      {"{{ 1 is in 5 }}", "drop TypeError"},
      {"{{ 1 is in 'abc' }}", "drop TypeError"},
  });
}

TEST(Tests, Identity) {
  expect_answers({
      {"{{ none is sameas none }}", "True"},
      {"{{ 1 is sameas 1 }}", "True"},
      {"{{ 1 is sameas true }}", "False"},
      {"{{ 'a' is sameas 'a' }}", "True"},
      {"{{ 1.5 is sameas 1.5 }}", "False"},
      {"{{ [] is sameas [] }}", "False"},
      {"{{ true is sameas true }}", "True"},
      {"{{ d is sameas d }}", "True"},
      {"{{ 'a' is escaped }}", "False"},
      {"{{ x is escaped }}", "False"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
