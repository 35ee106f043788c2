#pragma once
// A tree in one line, for comparing: (+ 1 (* 2 x)), (call f 1 k=2), (| x upper), (is x defined); statements
// by their name: (if c "then" else "otherwise").

#include <string>
#include <string_view>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

std::string text_of(const Expression& expression);
std::string text_of(const Body& body);
// The tree of `source`, or "line:column expected …, got …".
std::string parsed(std::string_view source);
// Of an expression: parsed("{{ source }}").
std::string parsed_expression(std::string_view source);

}  // namespace gable::rules::jinja
