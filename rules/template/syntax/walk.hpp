#pragma once
// Going through a tree.

#include <string_view>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

// Calls `visit` with every expression below (and including) the given one or the given statements, outermost
// first.
template <typename Visit>
void walk(const Expression& expression, const Visit& visit) {
  visit(expression);
  for (const ExpressionPtr& operand : expression.operands) {
    if (operand) walk(*operand, visit);
  }
  for (const KeywordArgument& keyword : expression.keywords) walk(*keyword.value, visit);
  if (expression.star) walk(*expression.star, visit);
  if (expression.double_star) walk(*expression.double_star, visit);
}

template <typename Visit>
void walk(const Body& body, const Visit& visit) {
  const auto maybe = [&visit](const ExpressionPtr& expression) {
    if (expression) walk(*expression, visit);
  };
  for (const StatementPtr& statement : body) {
    maybe(statement->expression);
    maybe(statement->filter);
    for (const Branch& branch : statement->branches) {
      maybe(branch.condition);
      walk(branch.body, visit);
    }
    for (const Parameter& parameter : statement->parameters) maybe(parameter.fallback);
    for (const ExpressionPtr& value : statement->with_values) maybe(value);
    walk(statement->body, visit);
    walk(statement->otherwise, visit);
  }
}

// Every name that is read.
template <typename Visit>
void walk_names(const Body& body, const Visit& visit) {
  walk(body, [&visit](const Expression& expression) {
    if (expression.kind == ExpressionKind::name) visit(std::string_view(expression.text));
  });
}

}  // namespace gable::rules::jinja
