// What is assigned to.
#include <algorithm>
#include <array>
#include <utility>

#include "template/syntax/statement_parser.hpp"
#include "template/syntax/syntax_error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::array<std::string_view, 6> kReserved{"true", "false", "none", "True", "False", "None"};

}  // namespace

Token StatementParser::plain_name() {
  const Token name = tokens_.expect(TokenKind::name);
  if (std::find(kReserved.begin(), kReserved.end(), name.text) != kReserved.end()) {
    throw SyntaxError(name.position, "expected a name to assign to, got '" + std::string(name.text) + "'");
  }
  return name;
}

Target StatementParser::target() {
  TupleRules rules;
  rules.simple = true;
  if (tokens_.at(TokenKind::variable_end)) tokens_.fail("a name to assign to");
  return to_target(*expressions_.tuple(rules));
}

Target StatementParser::set_target() {
  if (!tokens_.look().is(TokenKind::dot)) return target();
  const Token name = tokens_.expect(TokenKind::name);
  tokens_.next();
  Target result;
  result.symbol = symbols_.number(name.text);
  result.name = name.text;
  result.attribute = tokens_.expect(TokenKind::name).text;
  result.position = name.position;
  return result;
}

Target StatementParser::to_target(const Expression& expression) {
  Target result;
  result.position = expression.position;
  if (expression.kind == ExpressionKind::name) {
    if (fors_ > 0 && expression.text == "loop") {
      throw SyntaxError(expression.position,
                        "expected another name than 'loop', which a for sets itself, got it");
    }
    result.symbol = expression.symbol;
    result.name = expression.text;
    return result;
  }
  if (expression.kind != ExpressionKind::tuple || expression.operands.empty()) {
    throw SyntaxError(expression.position, "expected a name to assign to, got another expression");
  }
  for (const ExpressionPtr& part : expression.operands) result.parts.push_back(to_target(*part));
  return result;
}

}  // namespace gable::rules::jinja
