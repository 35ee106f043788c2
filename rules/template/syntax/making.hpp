#pragma once
// How the parser makes nodes.

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

inline ExpressionPtr make(ExpressionKind kind, Position position) {
  auto expression = std::make_unique<Expression>();
  expression->kind = kind;
  expression->position = position;
  return expression;
}

inline ExpressionPtr make_constant(Value value, Position position) {
  ExpressionPtr expression = make(ExpressionKind::constant, position);
  expression->constant = std::move(value);
  return expression;
}

// Takes `child` (which may be null) in. SyntaxError when the tree becomes too high: whoever goes through it
// goes down into it.
void adopt(Expression& parent, ExpressionPtr child);
// The same for a child that is not among the operands.
void note_height(Expression& parent, const Expression& child);

}  // namespace gable::rules::jinja
