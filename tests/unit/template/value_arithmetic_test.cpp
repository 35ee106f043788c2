// Arithmetic as in Python.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(ValueArithmetic, FloorDivisionAndRemainder) {
  expect_answers({
      {"{{ 7 // 2 }}", "3"},
      {"{{ -7 // 2 }}", "-4"},
      {"{{ 7 // -2 }}", "-4"},
      {"{{ -7 // -2 }}", "3"},
      {"{{ 7 % 3 }}", "1"},
      {"{{ -7 % 3 }}", "2"},
      {"{{ 7 % -3 }}", "-2"},
      {"{{ -7 % -3 }}", "-1"},
      {"{{ 6 % -3 }}", "0"},
      {"{{ 7.5 // 2 }}", "3.0"},
      {"{{ -7.5 // 2 }}", "-4.0"},
      {"{{ 7.5 % 2 }}", "1.5"},
      {"{{ -7.5 % 2 }}", "0.5"},
      {"{{ 7.5 % -2 }}", "-0.5"},
      {"{{ -0.0 % 5 }}", "0.0"},
      {"{{ 0.0 % -5 }}", "-0.0"},
      {"{{ 5 % 1e308 }}", "5.0"},
      {"{{ -5 % (1e308 * 10) }}", "inf"},
      {"{{ 5 // (1e308 * 10) }}", "0.0"},
      {"{{ -5 // (1e308 * 10) }}", "-1.0"},
      {"{{ 1e308 // 1e-308 }}", "inf"},
      {"{{ 0.3 // 0.1 }}", "2.0"},
      {"{{ 0.3 % 0.1 }}", "0.09999999999999998"},
      {"{{ true // 1 }}", "1"},
      {"{{ (-9223372036854775807 - 1) // -1 }}", "9223372036854775808"},
      {"{{ (-9223372036854775807 - 1) % -1 }}", "0"},
      {"{{ 10 ** 30 // 7 }}", "142857142857142857142857142857"},
      {"{{ -(10 ** 30) // 7 }}", "-142857142857142857142857142858"},
      {"{{ -(10 ** 30) % 7 }}", "6"},
      {"{{ 10 ** 30 % -7 }}", "-6"},
      {"{{ 7 % 10 ** 30 }}", "7"},
      {"{{ -7 // 10 ** 30 }}", "-1"},
  });
}

TEST(ValueArithmetic, Zero) {
  expect_answers({
      {"{{ 1 / 0 }}", "drop ZeroDivisionError"},
      {"{{ 1 // 0 }}", "drop ZeroDivisionError"},
      {"{{ 1 % 0 }}", "drop ZeroDivisionError"},
      {"{{ 1.0 / 0 }}", "drop ZeroDivisionError"},
      {"{{ 1.0 // 0 }}", "drop ZeroDivisionError"},
      {"{{ 1.0 % 0 }}", "drop ZeroDivisionError"},
      {"{{ 1 / 0.0 }}", "drop ZeroDivisionError"},
      {"{{ 0 / 0 }}", "drop ZeroDivisionError"},
      {"{{ 1 / false }}", "drop ZeroDivisionError"},
      {"{{ 0 ** -1 }}", "drop ZeroDivisionError"},
      {"{{ 0.0 ** -1 }}", "drop ZeroDivisionError"},
      {"{{ 0 ** 0 }}", "1"},
      {"{{ 0.0 ** 0 }}", "1.0"},
      {"{{ 10 ** 30 / 0 }}", "drop ZeroDivisionError"},
      {"{{ 10 ** 30 // 0 }}", "drop ZeroDivisionError"},
  });
}

TEST(ValueArithmetic, Power) {
  expect_answers({
      {"{{ 2 ** 10 }}", "1024"},
      {"{{ 2 ** 63 }}", "9223372036854775808"},
      {"{{ 2 ** 64 }}", "18446744073709551616"},
      {"{{ (-2) ** 3 }}", "-8"},
      {"{{ -2 ** 2 }}", "4"},
      {"{{ 2 ** -1 }}", "0.5"},
      {"{{ (-2) ** -3 }}", "-0.125"},
      {"{{ 2 ** 0.5 }}", "1.4142135623730951"},
      {"{{ 2.0 ** 3 }}", "8.0"},
      {"{{ 10 ** -400 }}", "0.0"},
      {"{{ 10.0 ** 400 }}", "drop OverflowError"},
      {"{{ 10 ** 308 * 1.0 }}", "1e+308"},
      {"{{ 10 ** 309 * 1.0 }}", "drop OverflowError"},
      {"{{ 2 ** -(10 ** 400) }}", "drop OverflowError"},
      {"{{ 1 ** (10 ** 400) }}", "1"},
      {"{{ (-1) ** (10 ** 400 + 1) }}", "-1"},
      {"{{ 0 ** (10 ** 400) }}", "0"},
      {"{{ true ** 5 }}", "1"},
      {"{{ 7 ** 77 }}", "118181386580595879976868414312001964434038548836769923458287039207"},
      {"{{ 2 ** 3 ** 2 }}", "64"},
      {"{{ (1e308 * 10) ** -1 }}", "0.0"},
      {"{{ (-1) ** 0.0 }}", "1.0"},
  });
}

TEST(ValueArithmetic, Division) {
  expect_answers({
      {"{{ 1 / 2 }}", "0.5"},
      {"{{ 4 / 2 }}", "2.0"},
      {"{{ -1 / 3 }}", "-0.3333333333333333"},
      {"{{ 9007199254740993 / 3 }}", "3002399751580331.0"},
      {"{{ (2 ** 70) / (2 ** 69) }}", "2.0"},
      {"{{ (10 ** 400) / (10 ** 399) }}", "10.0"},
      {"{{ 10 ** 400 / 3 }}", "drop OverflowError"},
      {"{{ 1 / 10 ** 310 }}", "1e-310"},
      {"{{ 1 / 10 ** 400 }}", "0.0"},
      {"{{ -1 / 10 ** 400 }}", "-0.0"},
      {"{{ (2 ** 64 + 1) / 3 }}", "6.148914691236517e+18"},
      {"{{ 123456789012345678901234567890 / 987654321 }}", "1.249999988734375e+20"},
      {"{{ 0 / -5 }}", "-0.0"},
      {"{{ 0 / -(10 ** 30) }}", "-0.0"},
  });
}

TEST(ValueArithmetic, SumsAndProducts) {
  expect_answers({
      {"{{ 9223372036854775807 + 1 }}", "9223372036854775808"},
      {"{{ -9223372036854775807 - 2 }}", "-9223372036854775809"},
      {"{{ 9223372036854775807 * 2 }}", "18446744073709551614"},
      {"{{ 3037000500 * 3037000500 }}", "9223372037000250000"},
      {"{{ 2 ** 64 - 2 ** 64 }}", "0"},
      {"{{ 2 ** 64 - 1 - 2 ** 63 }}", "9223372036854775807"},
      {"{{ -(2 ** 63) }}", "-9223372036854775808"},
      {"{{ -(-(2 ** 63)) }}", "9223372036854775808"},
      {"{{ true + true }}", "2"},
      {"{{ true * 2.5 }}", "2.5"},
      {"{{ -true }}", "-1"},
      {"{{ +true }}", "1"},
      {"{{ +1.5 }}", "1.5"},
      {"{{ -0.0 }}", "-0.0"},
      {"{{ - (1e308 * 10) }}", "-inf"},
      {"{{ 1 + 10 ** 400 * 0 }}", "1"},
      {"{{ 10 ** 400 + 1.0 }}", "drop OverflowError"},
      {"{{ 0.1 + 0.2 - 0.3 }}", "5.551115123125783e-17"},
      {"{{ 1e308 + 1e308 }}", "inf"},
      {"{{ (1e308 + 1e308) - (1e308 + 1e308) }}", "nan"},
  });
}

TEST(ValueArithmetic, TextAndLists) {
  expect_answers({
      {"{{ 'a' + 'b' }}", "ab"},
      {"{{ 'ab' * 3 }}", "ababab"},
      {"{{ 3 * 'ab' }}", "ababab"},
      {"{{ 'ab' * 0 }}", ""},
      {"{{ 'ab' * -1 }}", ""},
      {"{{ 'ab' * true }}", "ab"},
      {"{{ 'a' * 2.0 }}", "drop TypeError"},
      {"{{ 'a' * 'b' }}", "drop TypeError"},
      {"{{ 'a' + 1 }}", "drop TypeError"},
      {"{{ 1 + 'a' }}", "drop TypeError"},
      {"{{ 'a' - 'b' }}", "drop TypeError"},
      {"{{ 'a' / 2 }}", "drop TypeError"},
      {"{{ [1] + [2] }}", "[1, 2]"},
      {"{{ [1, 2] * 2 }}", "[1, 2, 1, 2]"},
      {"{{ 2 * [1] }}", "[1, 1]"},
      {"{{ [1] * -1 }}", "[]"},
      {"{{ [1] + (2,) }}", "drop TypeError"},
      {"{{ (1,) + (2,) }}", "(1, 2)"},
      {"{{ (1,) * 2 }}", "(1, 1)"},
      {"{{ (1,) + [2] }}", "drop TypeError"},
      {"{{ [1] - [1] }}", "drop TypeError"},
      {"{{ [1] + 1 }}", "drop TypeError"},
      {"{{ 1 + [1] }}", "drop TypeError"},
      {"{{ {'a': 1} + {'b': 2} }}", "drop TypeError"},
      {"{{ {'a': 1} * 2 }}", "drop TypeError"},
      {"{{ none + 1 }}", "drop TypeError"},
      {"{{ 1 + none }}", "drop TypeError"},
      {"{{ none + none }}", "drop TypeError"},
      {"{{ -none }}", "drop TypeError"},
      {"{{ -'a' }}", "drop TypeError"},
      {"{{ +'a' }}", "drop TypeError"},
      {"{{ -[1] }}", "drop TypeError"},
      {"{{ [1] * none }}", "drop TypeError"},
      {"{{ 'a' * 10 ** 30 }}", "drop OverflowError"},
      {"{{ '' ~ 1 ~ none ~ 2.0 ~ [1] ~ true ~ missing }}", "1None2.0[1]True"},
      {"{{ 2 ** 'a' }}", "drop TypeError"},
      {"{{ 'a' ** 2 }}", "drop TypeError"},
      {"{{ [1] // 2 }}", "drop TypeError"},
      {"{{ [1] % 2 }}", "drop TypeError"},
  });
}

TEST(ValueArithmetic, Undefined) {
  expect_answers({
      {"{{ missing + 1 }}", "passthrough UndefinedError"},
      {"{{ 1 + missing }}", "passthrough UndefinedError"},
      {"{{ 'a' + missing }}", "passthrough UndefinedError"},
      {"{{ [1] + missing }}", "passthrough UndefinedError"},
      {"{{ [1] * missing }}", "passthrough UndefinedError"},
      {"{{ missing * 2 }}", "passthrough UndefinedError"},
      {"{{ missing - 1 }}", "passthrough UndefinedError"},
      {"{{ 1 / missing }}", "passthrough UndefinedError"},
      {"{{ missing // 2 }}", "passthrough UndefinedError"},
      {"{{ missing % 2 }}", "passthrough UndefinedError"},
      {"{{ 2 % missing }}", "passthrough UndefinedError"},
      {"{{ '%s' % missing }}", ""},
      {"{{ 'x' % missing }}", "x"},
      {"{{ '%d' % missing }}", "passthrough UndefinedError"},
      {"{{ '%s %s' % missing }}", "drop TypeError"},
      {"{{ missing ** 2 }}", "passthrough UndefinedError"},
      {"{{ 2 ** missing }}", "passthrough UndefinedError"},
      {"{{ -missing }}", "passthrough UndefinedError"},
      {"{{ +missing }}", "passthrough UndefinedError"},
      {"{{ none + missing }}", "passthrough UndefinedError"},
      {"{{ missing + missing }}", "passthrough UndefinedError"},
      {"{{ missing ~ 'x' }}", "x"},
      {"{{ not missing }}", "True"},
      {"{{ missing | length }}", "0"},
      {"{{ missing | list }}", "[]"},
      {"{{ missing and 1 }}", ""},
      {"{{ missing or 2 }}", "2"},
      {"{{ 1 if missing else 2 }}", "2"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
