#pragma once
// What the lexer and the parser throw among themselves; parse() turns it into an Error.

#include <string>
#include <utility>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

struct SyntaxError {
  SyntaxError(Position where, std::string what) : position(where), text(std::move(what)) {}

  Position position;
  std::string text;
};

}  // namespace gable::rules::jinja
