// Calls, filters and tests, with their arguments.
#include <algorithm>
#include <array>
#include <utility>

#include "template/callables/callable.hpp"
#include "template/syntax/expression_parser.hpp"
#include "template/syntax/making.hpp"
#include "template/syntax/syntax_error.hpp"

namespace gable::rules::jinja {
namespace {

// Jinja hands keywords on as such to Python, which refuses to get one twice, unless one of them is a word of
// its own: then it makes a dict of them, and the last one counts.
constexpr std::array<std::string_view, 35> kPythonWords{
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_python_word(std::string_view name) {
  return std::find(kPythonWords.begin(), kPythonWords.end(), name) != kPythonWords.end();
}

void refuse_double_keywords(Expression& call, Position position) {
  auto& keywords = call.keywords;
  if (keywords.size() < 2) return;
  const bool has_word = std::any_of(keywords.begin(), keywords.end(), [](const KeywordArgument& keyword) {
    return is_python_word(keyword.name);
  });
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    for (std::size_t j = i + 1; j < keywords.size(); ++j) {
      if (keywords[i].name != keywords[j].name) continue;
      if (!has_word) {
        throw SyntaxError(position, "expected each keyword once, got '" + keywords[i].name + "' twice");
      }
      keywords[i].value = std::move(keywords[j].value);
      keywords.erase(keywords.begin() + static_cast<std::ptrdiff_t>(j));
      --j;
    }
  }
}

}  // namespace

ExpressionPtr ExpressionParser::call(ExpressionPtr operand) {
  ExpressionPtr result = make(ExpressionKind::call, tokens_.current().position);
  adopt(*result, std::move(operand));
  arguments(*result);
  return result;
}

void ExpressionParser::arguments(Expression& call) {
  const Position begin = tokens_.expect(TokenKind::left_parenthesis).position;
  while (!tokens_.at(TokenKind::right_parenthesis)) {
    argument(call);
    if (!tokens_.skip_if(TokenKind::comma)) break;
  }
  if (!tokens_.skip_if(TokenKind::right_parenthesis)) tokens_.fail("',' or ')'");
  refuse_double_keywords(call, begin);
}

void ExpressionParser::argument(Expression& call) {
  const Position position = tokens_.current().position;
  const bool starred = call.star || call.double_star;
  if (tokens_.skip_if(TokenKind::multiply)) {
    if (starred)
      throw SyntaxError(position, "expected one *arguments, before any **keywords, got another '*'");
    call.star = expression();
    return note_height(call, *call.star);
  }
  if (tokens_.skip_if(TokenKind::power)) {
    if (call.double_star) throw SyntaxError(position, "expected one **keywords, got another '**'");
    call.double_star = expression();
    return note_height(call, *call.double_star);
  }
  if (tokens_.at(TokenKind::name) && tokens_.look().is(TokenKind::assign)) return keyword_argument(call);
  if (starred || !call.keywords.empty()) {
    throw SyntaxError(position, "expected a keyword (name=value), got a positional argument behind keywords");
  }
  adopt(call, expression());
}

void ExpressionParser::keyword_argument(Expression& call) {
  const Token name = tokens_.next();
  if (call.double_star) {
    throw SyntaxError(name.position,
                      "expected ')' behind **keywords, got the keyword '" + std::string(name.text) + "'");
  }
  tokens_.expect(TokenKind::assign);
  ExpressionPtr value = expression();
  note_height(call, *value);
  call.keywords.push_back({std::string(name.text), std::move(value)});
}

ExpressionPtr ExpressionParser::filters_and_tests(ExpressionPtr operand) {
  while (true) {
    if (tokens_.at(TokenKind::pipe)) {
      operand = filters(std::move(operand));
    } else if (tokens_.at_name("is")) {
      operand = test(std::move(operand));
    } else if (tokens_.at(TokenKind::left_parenthesis)) {
      operand = call(std::move(operand));
    } else {
      return operand;
    }
  }
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr operand) {
  while (tokens_.skip_if(TokenKind::pipe)) operand = filter(std::move(operand));
  return operand;
}

ExpressionPtr ExpressionParser::filter(ExpressionPtr operand) {
  ExpressionPtr result = make(ExpressionKind::filter, tokens_.current().position);
  if (tokens_.at(TokenKind::pipe)) tokens_.fail("the name of a filter ('||' is written: or)");
  adopt(*result, std::move(operand));
  result->text = dotted_name("the name of a filter");
  result->function = find_filter(result->text);
  if (result->function == nullptr) note_unknown(*result);
  if (tokens_.at(TokenKind::left_parenthesis)) arguments(*result);
  return result;
}

std::string ExpressionParser::dotted_name(std::string_view what) {
  if (!tokens_.at(TokenKind::name)) tokens_.fail(what);
  std::string name(tokens_.next().text);
  while (tokens_.skip_if(TokenKind::dot)) {
    name += '.';
    name += tokens_.expect(TokenKind::name).text;
  }
  return name;
}

bool ExpressionParser::at_test_argument() {
  switch (tokens_.current().kind) {
    case TokenKind::name:
      return !tokens_.at_name("else") && !tokens_.at_name("or") && !tokens_.at_name("and");
    case TokenKind::string:
    case TokenKind::integer:
    case TokenKind::real:
    case TokenKind::left_bracket:
    case TokenKind::left_brace:
      return true;
    default:
      return false;
  }
}

ExpressionPtr ExpressionParser::test(ExpressionPtr operand) {
  const Position is = tokens_.next().position;
  const bool negated = tokens_.skip_if_name("not");
  ExpressionPtr result = make(ExpressionKind::test, tokens_.current().position);
  adopt(*result, std::move(operand));
  result->text = dotted_name("the name of a test");
  result->function = find_test(result->text);
  if (result->function == nullptr) note_unknown(*result);
  if (tokens_.at(TokenKind::left_parenthesis)) {
    arguments(*result);
  } else if (at_test_argument()) {
    if (tokens_.at_name("is")) tokens_.fail("'and' between two tests");
    adopt(*result, postfix(primary()));
  }
  if (!negated) return result;
  ExpressionPtr whole = make(ExpressionKind::unary, is);
  whole->op = Operator::logical_not;
  adopt(*whole, std::move(result));
  return whole;
}

void ExpressionParser::note_unknown(const Expression& expression) {
  if (in_if_) return;
  const bool filter = expression.kind == ExpressionKind::filter;
  const std::string_view near =
      nearest_name(filter ? CallableKind::filter : CallableKind::test, expression.text);
  std::string text = filter ? "expected the name of a filter, got '" : "expected the name of a test, got '";
  text += expression.text + "'";
  if (!near.empty()) text += "; did you mean " + std::string(near) + "?";
  unknown_.push_back({expression.position, std::move(text)});
}

void ExpressionParser::refuse_unknown() const {
  if (!unknown_.empty()) throw SyntaxError(unknown_.front().position, unknown_.front().text);
}

}  // namespace gable::rules::jinja
