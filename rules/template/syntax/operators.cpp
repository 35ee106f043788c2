// Expressions down to the operators that bind tightest.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "template/syntax/expression_parser.hpp"
#include "template/syntax/making.hpp"
#include "template/syntax/parser.hpp"
#include "template/syntax/syntax_error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

ExpressionPtr binary(Operator op, Position position, ExpressionPtr left, ExpressionPtr right) {
  ExpressionPtr expression = make(ExpressionKind::binary, position);
  expression->op = op;
  adopt(*expression, std::move(left));
  adopt(*expression, std::move(right));
  return expression;
}

ExpressionPtr unary_of(Operator op, Position position, ExpressionPtr operand) {
  ExpressionPtr expression = make(ExpressionKind::unary, position);
  expression->op = op;
  adopt(*expression, std::move(operand));
  return expression;
}

std::optional<Operator> comparison_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
      return Operator::equal;
    case TokenKind::not_equal:
      return Operator::not_equal;
    case TokenKind::less:
      return Operator::less;
    case TokenKind::less_equal:
      return Operator::less_equal;
    case TokenKind::greater:
      return Operator::greater;
    case TokenKind::greater_equal:
      return Operator::greater_equal;
    default:
      return std::nullopt;
  }
}

std::optional<Operator> product_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::multiply:
      return Operator::multiply;
    case TokenKind::divide:
      return Operator::divide;
    case TokenKind::floor_divide:
      return Operator::floor_divide;
    case TokenKind::modulo:
      return Operator::modulo;
    default:
      return std::nullopt;
  }
}

// Filters and tests that Jinja does not work out when it compiles, as they want to know where they are.
constexpr std::array<std::string_view, 6> kWithContext{"map",        "select",     "reject",
                                                       "selectattr", "rejectattr", "random"};

// Would Jinja work it out when it compiles?
bool is_constant(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::name:
    case ExpressionKind::call:
      return false;
    case ExpressionKind::filter:
    case ExpressionKind::test:
      if (expression.function == nullptr ||
          std::find(kWithContext.begin(), kWithContext.end(), expression.text) != kWithContext.end()) {
        return false;
      }
      break;
    default:
      break;
  }
  const auto constant = [](const ExpressionPtr& part) { return part == nullptr || is_constant(*part); };
  return std::all_of(expression.operands.begin(), expression.operands.end(), constant) &&
         std::all_of(expression.keywords.begin(), expression.keywords.end(),
                     [](const KeywordArgument& keyword) { return is_constant(*keyword.value); }) &&
         constant(expression.star) && constant(expression.double_star);
}

// Of a literal.
std::optional<bool> known_truth(const Expression& expression) {
  if (!is_constant(expression)) return std::nullopt;
  switch (expression.kind) {
    case ExpressionKind::constant:
      return truth(expression.constant);
    case ExpressionKind::list:
    case ExpressionKind::tuple:
    case ExpressionKind::dict:
      return !expression.operands.empty();
    case ExpressionKind::unary:
      if (const std::optional<bool> operand = known_truth(*expression.operands[0])) {
        return (expression.op == Operator::logical_not) != *operand;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// Comparisons, `in` and `not in`; passes the words of it.
std::optional<Operator> next_comparison(TokenStream& tokens) {
  if (const std::optional<Operator> op = comparison_operator(tokens.current().kind)) {
    tokens.next();
    return op;
  }
  if (tokens.skip_if_name("in")) return Operator::in;
  if (!tokens.at_name("not") || !tokens.look().is_name("in")) return std::nullopt;
  tokens.next();
  tokens.next();
  return Operator::not_in;
}

}  // namespace

Depth::Depth(int& depth, const TokenStream& tokens) : depth_(depth) {
  if (depth_ >= kMaxNesting) {
    throw SyntaxError(tokens.current().position, "expected at most " + std::to_string(kMaxNesting) +
                                                     " brackets and blocks within each other, got more");
  }
  ++depth_;
}

ExpressionPtr ExpressionParser::expression(bool with_condition) {
  const Depth depth(depth_, tokens_);
  return with_condition ? conditional() : logical_or();
}

ExpressionPtr ExpressionParser::conditional() {
  const std::size_t unknown_before = unknown_.size();
  ExpressionPtr result = logical_or();
  while (tokens_.at_name("if")) {
    ExpressionPtr whole = make(ExpressionKind::conditional, tokens_.next().position);
    adopt(*whole, std::move(result));
    adopt(*whole, logical_or());
    adopt(*whole, tokens_.skip_if_name("else") ? expression() : nullptr);
    result = std::move(whole);
    unknown_.resize(unknown_before);
  }
  return result;
}

ExpressionPtr ExpressionParser::logical_or() {
  ExpressionPtr left = logical_and();
  while (tokens_.at_name("or")) {
    const Position position = tokens_.next().position;
    const std::size_t unknown_before = unknown_.size();
    ExpressionPtr right = logical_and();
    forget_dead(*left, Operator::logical_or, unknown_before);
    left = binary(Operator::logical_or, position, std::move(left), std::move(right));
  }
  return left;
}

ExpressionPtr ExpressionParser::logical_and() {
  ExpressionPtr left = logical_not();
  while (tokens_.at_name("and")) {
    const Position position = tokens_.next().position;
    const std::size_t unknown_before = unknown_.size();
    ExpressionPtr right = logical_not();
    forget_dead(*left, Operator::logical_and, unknown_before);
    left = binary(Operator::logical_and, position, std::move(left), std::move(right));
  }
  return left;
}

void ExpressionParser::forget_dead(const Expression& left, Operator op, std::size_t unknown_before) {
  if (unknown_.size() == unknown_before) return;
  const std::optional<bool> known = known_truth(left);
  if (known && *known == (op == Operator::logical_or)) unknown_.resize(unknown_before);
}

ExpressionPtr ExpressionParser::logical_not() {
  if (!tokens_.at_name("not")) return comparison();
  const Depth depth(depth_, tokens_);
  const Position position = tokens_.next().position;
  return unary_of(Operator::logical_not, position, logical_not());
}

ExpressionPtr ExpressionParser::comparison() {
  ExpressionPtr first = sum();
  Position position = tokens_.current().position;
  std::optional<Operator> op = next_comparison(tokens_);
  if (!op) return first;
  ExpressionPtr expression = make(ExpressionKind::comparison, position);
  adopt(*expression, std::move(first));
  for (; op; op = next_comparison(tokens_)) {
    expression->operators.push_back(*op);
    adopt(*expression, sum());
  }
  return expression;
}

ExpressionPtr ExpressionParser::sum() {
  ExpressionPtr left = concatenation();
  while (tokens_.at(TokenKind::add) || tokens_.at(TokenKind::subtract)) {
    const Token sign = tokens_.next();
    const Operator op = sign.is(TokenKind::add) ? Operator::add : Operator::subtract;
    left = binary(op, sign.position, std::move(left), concatenation());
  }
  return left;
}

ExpressionPtr ExpressionParser::concatenation() {
  ExpressionPtr first = product();
  if (!tokens_.at(TokenKind::tilde)) return first;
  ExpressionPtr expression = make(ExpressionKind::concatenate, tokens_.current().position);
  expression->op = Operator::concatenate;
  adopt(*expression, std::move(first));
  while (tokens_.skip_if(TokenKind::tilde)) adopt(*expression, product());
  return expression;
}

ExpressionPtr ExpressionParser::product() {
  ExpressionPtr left = power();
  while (const std::optional<Operator> op = product_operator(tokens_.current().kind)) {
    const Position position = tokens_.next().position;
    left = binary(*op, position, std::move(left), power());
  }
  return left;
}

ExpressionPtr ExpressionParser::power() {
  ExpressionPtr left = unary();
  while (tokens_.at(TokenKind::power)) {
    const Position position = tokens_.next().position;
    left = binary(Operator::power, position, std::move(left), unary());
    note_folded_base(*left);
  }
  return left;
}

// Jinja writes a negative number that it has worked out without brackets in front of Python's **, which binds
// tighter than the minus: (-2) ** x is -(2 ** x) there, while (-2) ** 2 is worked out as a whole.
void ExpressionParser::note_folded_base(Expression& power) {
  power.folded_base = is_constant(*power.operands[0]) && !is_constant(*power.operands[1]);
}

ExpressionPtr ExpressionParser::unary(bool with_filters) {
  ExpressionPtr operand;
  if (tokens_.at(TokenKind::subtract) || tokens_.at(TokenKind::add)) {
    const Depth depth(depth_, tokens_);
    const Token sign = tokens_.next();
    const Operator op = sign.is(TokenKind::subtract) ? Operator::negative : Operator::positive;
    operand = unary_of(op, sign.position, unary(false));
  } else {
    operand = primary();
  }
  operand = postfix(std::move(operand));
  return with_filters ? filters_and_tests(std::move(operand)) : std::move(operand);
}

}  // namespace gable::rules::jinja
