// Operands of expressions: names, literals, brackets, and what stands behind them.
#include <utility>

#include "template/callables/callable.hpp"
#include "template/syntax/expression_parser.hpp"
#include "template/syntax/literals.hpp"
#include "template/syntax/making.hpp"
#include "template/syntax/syntax_error.hpp"

namespace gable::rules::jinja {
namespace {

bool ends_tuple(const Token& token) {
  switch (token.kind) {
    case TokenKind::variable_end:
    case TokenKind::block_end:
    case TokenKind::right_parenthesis:
      return true;
    default:
      return false;
  }
}

}  // namespace

void note_height(Expression& parent, const Expression& child) {
  // Python, too, gives up at about this height of a tree.
  constexpr int kMaxHeight = 250;
  if (child.height >= kMaxHeight) {
    throw SyntaxError(parent.position,
                      "expected a shorter expression, got one with too many operators in a row");
  }
  if (parent.height <= child.height) parent.height = static_cast<std::uint16_t>(child.height + 1);
}

void adopt(Expression& parent, ExpressionPtr child) {
  if (child) note_height(parent, *child);
  parent.operands.push_back(std::move(child));
}

ExpressionPtr ExpressionParser::primary() {
  const Token& token = tokens_.current();
  const Position position = token.position;
  switch (token.kind) {
    case TokenKind::name:
      return name_or_constant();
    case TokenKind::string:
      return string();
    case TokenKind::integer:
      return make_constant(integer_of(tokens_.next()), position);
    case TokenKind::real:
      return make_constant(real_of(tokens_.next()), position);
    case TokenKind::left_parenthesis: {
      tokens_.next();
      TupleRules rules;
      rules.parenthesised = true;
      ExpressionPtr inner = tuple(rules);
      tokens_.expect(TokenKind::right_parenthesis);
      return inner;
    }
    case TokenKind::left_bracket:
      return list();
    case TokenKind::left_brace:
      return dict();
    default:
      tokens_.fail("an expression");
  }
}

ExpressionPtr ExpressionParser::name_or_constant() {
  const Token token = tokens_.next();
  const std::string_view text = token.text;
  if (text == "true" || text == "True") return make_constant(true, token.position);
  if (text == "false" || text == "False") return make_constant(false, token.position);
  if (text == "none" || text == "None") return make_constant(None{}, token.position);
  ExpressionPtr expression = make(ExpressionKind::name, token.position);
  expression->text = text;
  expression->symbol = symbols_.number(text);
  expression->function = find_function(text);
  return expression;
}

ExpressionPtr ExpressionParser::string() {
  const Position position = tokens_.current().position;
  std::string text = string_of(tokens_.next());
  while (tokens_.at(TokenKind::string)) text += string_of(tokens_.next());
  return make_constant(std::move(text), position);
}

ExpressionPtr ExpressionParser::tuple(const TupleRules& rules) {
  const Position position = tokens_.current().position;
  std::vector<ExpressionPtr> parts;
  bool comma = false;
  while (!ends_tuple(tokens_.current())) {
    parts.push_back(rules.simple ? primary() : expression(rules.condition));
    if (!tokens_.skip_if(TokenKind::comma)) break;
    comma = true;
  }
  if (!comma && !parts.empty()) return std::move(parts.front());
  if (!comma && !rules.parenthesised) tokens_.fail("an expression");
  ExpressionPtr result = make(ExpressionKind::tuple, position);
  for (ExpressionPtr& part : parts) adopt(*result, std::move(part));
  return result;
}

ExpressionPtr ExpressionParser::list() {
  ExpressionPtr result = make(ExpressionKind::list, tokens_.next().position);
  while (!tokens_.at(TokenKind::right_bracket)) {
    adopt(*result, expression());
    if (!tokens_.skip_if(TokenKind::comma)) break;
  }
  if (!tokens_.skip_if(TokenKind::right_bracket)) tokens_.fail("',' or ']'");
  return result;
}

ExpressionPtr ExpressionParser::dict() {
  ExpressionPtr result = make(ExpressionKind::dict, tokens_.next().position);
  while (!tokens_.at(TokenKind::right_brace)) {
    adopt(*result, expression());
    tokens_.expect(TokenKind::colon);
    adopt(*result, expression());
    if (!tokens_.skip_if(TokenKind::comma)) break;
  }
  if (!tokens_.skip_if(TokenKind::right_brace)) tokens_.fail("',' or '}'");
  return result;
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr operand) {
  while (true) {
    switch (tokens_.current().kind) {
      case TokenKind::dot:
        operand = attribute(std::move(operand));
        break;
      case TokenKind::left_bracket:
        operand = subscript(std::move(operand));
        break;
      case TokenKind::left_parenthesis:
        operand = call(std::move(operand));
        break;
      default:
        return operand;
    }
  }
}

ExpressionPtr ExpressionParser::attribute(ExpressionPtr operand) {
  tokens_.expect(TokenKind::dot);
  const Position position = tokens_.current().position;
  if (tokens_.at(TokenKind::integer)) {
    ExpressionPtr result = make(ExpressionKind::item, position);
    adopt(*result, std::move(operand));
    adopt(*result, make_constant(integer_of(tokens_.next()), position));
    return result;
  }
  if (!tokens_.at(TokenKind::name)) tokens_.fail("a name or an integer behind the '.'");
  ExpressionPtr result = make(ExpressionKind::attribute, position);
  adopt(*result, std::move(operand));
  result->text = tokens_.next().text;
  return result;
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr operand) {
  ExpressionPtr result = make(ExpressionKind::item, tokens_.next().position);
  adopt(*result, std::move(operand));
  std::vector<ExpressionPtr> parts;
  while (!tokens_.at(TokenKind::right_bracket)) {
    if (!parts.empty() && !tokens_.skip_if(TokenKind::comma)) tokens_.fail("']'");
    parts.push_back(subscript_part());
  }
  tokens_.next();
  if (parts.size() == 1) {
    adopt(*result, std::move(parts.front()));
    return result;
  }
  ExpressionPtr key = make(ExpressionKind::tuple, result->position);
  for (ExpressionPtr& part : parts) {
    if (part->kind == ExpressionKind::slice) {
      throw SyntaxError(part->position, "expected ']' behind the slice, got ','");
    }
    adopt(*key, std::move(part));
  }
  adopt(*result, std::move(key));
  return result;
}

ExpressionPtr ExpressionParser::subscript_part() {
  const Position position = tokens_.current().position;
  ExpressionPtr start = tokens_.at(TokenKind::colon) ? nullptr : expression();
  if (!tokens_.skip_if(TokenKind::colon)) return start;
  const auto bound = [this]() -> ExpressionPtr {
    switch (tokens_.current().kind) {
      case TokenKind::colon:
      case TokenKind::comma:
      case TokenKind::right_bracket:
        return nullptr;
      default:
        return expression();
    }
  };
  ExpressionPtr slice = make(ExpressionKind::slice, position);
  adopt(*slice, std::move(start));
  adopt(*slice, bound());
  adopt(*slice, tokens_.skip_if(TokenKind::colon) ? bound() : nullptr);
  return slice;
}

}  // namespace gable::rules::jinja
