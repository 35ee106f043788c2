// Equality, order, membership and keys as in Python.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(ValueCompare, Equality) {
  expect_answers({
      {"{{ 1 == 1.0 }}", "True"},
      {"{{ 1 == true }}", "True"},
      {"{{ 0 == false }}", "True"},
      {"{{ true == 1.0 }}", "True"},
      {"{{ 1 == '1' }}", "False"},
      {"{{ none == false }}", "False"},
      {"{{ none == none }}", "True"},
      {"{{ '' == none }}", "False"},
      {"{{ [1, 2] == [1.0, 2] }}", "True"},
      {"{{ [1] == (1,) }}", "False"},
      {"{{ (1, 2) == (1, 2) }}", "True"},
      {"{{ {'a': 1, 'b': 2} == {'b': 2.0, 'a': true} }}", "True"},
      {"{{ {'a': 1} == {'a': 2} }}", "False"},
      {"{{ {'a': 1} != {} }}", "True"},
      {"{{ 9007199254740993 == 9007199254740992.0 }}", "False"},
      {"{{ 9007199254740992 == 9007199254740992.0 }}", "True"},
      {"{{ 2 ** 70 == 2.0 ** 70 }}", "True"},
      {"{{ 2 ** 70 + 1 == 2.0 ** 70 }}", "False"},
      {"{{ 10 ** 400 == 1e308 * 10 }}", "False"},
      {"{{ ('nan' | float) == ('nan' | float) }}", "False"},
      {"{{ ('nan' | float) != ('nan' | float) }}", "True"},
      {"{{ 0.0 == -0.0 }}", "True"},
      {"{{ 'ß' == 'ss' }}", "False"},
      {"{{ [[1, [2]]] == [[1, [2]]] }}", "True"},
      {"{{ missing == missing }}", "True"},
      {"{{ missing == other }}", "True"},
      {"{{ missing != other }}", "False"},
      {"{{ missing == none }}", "False"},
      {"{{ missing == '' }}", "False"},
      {"{{ missing != 1 }}", "True"},
      {"{{ [missing] == [other] }}", "True"},
  });
}

TEST(ValueCompare, Order) {
  expect_answers({
      {"{{ 1 < 2.5 }}", "True"},
      {"{{ true < 2 }}", "True"},
      {"{{ 9007199254740993 > 9007199254740992.0 }}", "True"},
      {"{{ 9007199254740992 < 9007199254740993.0 }}", "False"},
      {"{{ 10 ** 30 > 1e29 }}", "True"},
      {"{{ -(10 ** 400) < -1e308 }}", "True"},
      {"{{ 10 ** 400 < 1e308 * 10 }}", "True"},
      {"{{ ('nan' | float) < 1 }}", "False"},
      {"{{ 1 <= ('nan' | float) }}", "False"},
      {"{{ 'a' < 'b' }}", "True"},
      {"{{ 'a' < 'B' }}", "False"},
      {"{{ 'é' > 'z' }}", "True"},
      {"{{ '😀' > '\\uffff' }}", "True"},
      {"{{ '' < 'a' }}", "True"},
      {"{{ [1, 2] < [1, 3] }}", "True"},
      {"{{ [1, 2] < [1, 2, 0] }}", "True"},
      {"{{ [2] < [1, 5] }}", "False"},
      {"{{ [1, 'a'] < [2, 3] }}", "True"},
      {"{{ (1, 2) >= (1, 2) }}", "True"},
      {"{{ [1] <= [1] }}", "True"},
      {"{{ ['a', 1] < ['a', 2] }}", "True"},
      {"{{ 1 < 2 < 3 }}", "True"},
      {"{{ 1 < 3 < 2 }}", "False"},
      {"{{ 1 == 1.0 == true }}", "True"},
      {"{{ 3 > 2 >= 2 != 1 }}", "True"},
  });
}

TEST(ValueCompare, NoOrder) {
  expect_answers({
      {"{{ 1 < 'a' }}", "drop TypeError"},
      {"{{ 'a' >= 1 }}", "drop TypeError"},
      {"{{ none < 1 }}", "drop TypeError"},
      {"{{ none < none }}", "drop TypeError"},
      {"{{ [1] < (1,) }}", "drop TypeError"},
      {"{{ {'a': 1} < {'a': 2} }}", "drop TypeError"},
      {"{{ [1, 'a'] < [1, 2] }}", "drop TypeError"},
      {"{{ [none] < [none] }}", "False"},
      {"{{ [none, 1] < [none, 2] }}", "True"},
      {"{{ 1 < missing }}", "passthrough UndefinedError"},
      {"{{ missing < 1 }}", "passthrough UndefinedError"},
      {"{{ missing <= missing }}", "passthrough UndefinedError"},
      {"{{ [1] > missing }}", "passthrough UndefinedError"},
      {"{{ 'a' > missing }}", "passthrough UndefinedError"},
      {"{{ none < missing }}", "passthrough UndefinedError"},
      {"{{ [missing] < [1] }}", "passthrough UndefinedError"},
      {"{{ [missing, 1] < [missing, 2] }}", "True"},
  });
}

TEST(ValueCompare, Membership) {
  expect_answers({
      {"{{ 1 in [1, 2] }}", "True"},
      {"{{ true in [1] }}", "True"},
      {"{{ 1.0 in (1, 2) }}", "True"},
      {"{{ '1' in [1] }}", "False"},
      {"{{ 3 not in [1, 2] }}", "True"},
      {"{{ 'b' in 'abc' }}", "True"},
      {"{{ '' in '' }}", "True"},
      {"{{ 'bc' in 'abc' }}", "True"},
      {"{{ 1 in 'abc' }}", "drop TypeError"},
      {"{{ none in 'abc' }}", "drop TypeError"},
      {"{{ missing in 'abc' }}", "drop TypeError"},
      {"{{ 'k' in {'k': 1} }}", "True"},
      {"{{ 1 in {true: 'x'} }}", "True"},
      {"{{ 1.0 in {1: 'x'} }}", "True"},
      {"{{ [] in {} }}", "drop TypeError"},
      {"{{ [] in {'a': 1} }}", "drop TypeError"},
      {"{{ [] in [[]] }}", "True"},
      {"{{ 1 in 5 }}", "drop TypeError"},
      {"{{ 1 in none }}", "drop TypeError"},
      {"{{ 1 in missing }}", "False"},
      {"{{ missing in [missing] }}", "True"},
      {"{{ missing in missing }}", "False"},
      {"{{ none in [none] }}", "True"},
      {"{{ 1 in range(3) }}", "True"},
      {"{{ 'x' in rows }}", "False"},
      {"{{ 1 in [2] in [[2]] }}", "False"},
      {"{{ 1 in [1] == true }}", "False"},
      {"{{ (1, [2]) in {} }}", "drop TypeError"},
  });
}

TEST(ValueCompare, Keys) {
  expect_answers({
      {"{{ {1: 'a', true: 'b', 1.0: 'c'} }}", "{1: 'c'}"},
      {"{{ {'a': 1, 'a': 2} }}", "{'a': 2}"},
      {"{{ {0: 'off', 1: 'on'}[true] }}", "on"},
      {"{{ {0: 'off', 1: 'on'}[1.0] }}", "on"},
      {"{{ {2: 'x'}[2.0] }}", "x"},
      {"{{ {(1, 2): 'x'}[(1.0, 2)] }}", "x"},
      {"{{ {none: 1}[none] }}", "1"},
      {"{{ {[1]: 2} }}", "drop TypeError"},
      {"{{ {(1, [2]): 2} }}", "drop TypeError"},
      {"{{ {({}): 1} }}", "drop TypeError"},
      {"{{ {missing: 1} }}", "{Undefined: 1}"},
      {"{{ {missing: 1}[other] }}", "1"},
      {"{{ {2 ** 70: 'big'}[2.0 ** 70] }}", "big"},
      {"{{ {'1': 'a'}[1] }}", ""},
      {"{{ {-1: 'a', -2: 'b'}[-2] }}", "b"},
      {"{% set ns = namespace(t='') %}{% for i in range(40) %}{% set ns.t = ns.t ~ i ~ ',' %}{% endfor %}{{ "
       "dict(zip(ns.t.split(','), range(41)))['33'] }}",
       "33"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
