#pragma once
// The operators of expressions.

#include <cstdint>
#include <string_view>

namespace gable::rules::jinja {

enum class Operator : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,  // arithmetic, binary
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,       // comparisons
  concatenate,  // ~
  logical_and,
  logical_or,
  logical_not,
  negative,
  positive
};

// As it is written: "+", "//", "not in" …
std::string_view operator_text(Operator op);

}  // namespace gable::rules::jinja
