#pragma once
// What literals stand for, by Python's rules. Each throws SyntaxError at the token's position.

#include <string>

#include "template/syntax/token.hpp"

namespace gable::rules::jinja {

// The text between the quotes with its escapes (\n, \x41, \u00e9, \101 …) replaced; an unknown one stays as
// it is.
std::string string_of(const Token& token);
Value integer_of(const Token& token);
double real_of(const Token& token);

}  // namespace gable::rules::jinja
