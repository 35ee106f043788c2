// macro, call, import, from, include.
#include <algorithm>
#include <utility>

#include "template/syntax/making.hpp"
#include "template/syntax/statement_parser.hpp"
#include "template/syntax/syntax_error.hpp"
#include "template/syntax/walk.hpp"

namespace gable::rules::jinja {
namespace {

bool reads_name(const Body& body, std::string_view name) {
  bool found = false;
  walk_names(body, [&found, name](std::string_view read) { found = found || read == name; });
  return found;
}

}  // namespace

StatementPtr StatementParser::macro_statement() {
  StatementPtr statement = begin(StatementKind::macro);
  statement->text = plain_name().text;
  statement->symbol = symbols_.number(statement->text);
  const Within within(*this, {false, 0});
  parameters(*statement);
  statement->body = function_body(*statement, "macro", "endmacro");
  return statement;
}

StatementPtr StatementParser::call_statement() {
  StatementPtr statement = begin(StatementKind::call_block);
  if (tokens_.at(TokenKind::left_parenthesis)) {
    const Within within(*this, {false, 0});
    parameters(*statement);
  }
  const Position position = tokens_.current().position;
  statement->expression = expressions_.expression();
  const Expression& call = *statement->expression;
  if (call.kind != ExpressionKind::call) {
    throw SyntaxError(position, "expected the call of a macro, got another expression");
  }
  if (std::any_of(call.keywords.begin(), call.keywords.end(),
                  [](const KeywordArgument& keyword) { return keyword.name == "caller"; })) {
    throw SyntaxError(position, "expected arguments other than 'caller', which is the block itself, got it");
  }
  const Within within(*this, {false, 0});
  statement->body = function_body(*statement, "call", "endcall");
  return statement;
}

void StatementParser::parameters(Statement& statement) {
  tokens_.expect(TokenKind::left_parenthesis);
  while (!tokens_.at(TokenKind::right_parenthesis)) {
    if (!statement.parameters.empty() && !tokens_.skip_if(TokenKind::comma)) tokens_.fail("',' or ')'");
    const Token name = plain_name();
    Parameter parameter{symbols_.number(name.text), std::string(name.text), nullptr};
    for (const Parameter& other : statement.parameters) {
      if (other.name != parameter.name) continue;
      throw SyntaxError(name.position, "expected each parameter once, got '" + parameter.name + "' twice");
    }
    if (tokens_.skip_if(TokenKind::assign)) {
      parameter.fallback = expressions_.expression();
    } else if (!statement.parameters.empty() && statement.parameters.back().fallback) {
      throw SyntaxError(name.position, "expected a default for '" + parameter.name +
                                           "', as the parameters before it have one, got none");
    }
    statement.parameters.push_back(std::move(parameter));
  }
  tokens_.next();
}

Body StatementParser::function_body(const Statement& statement, std::string_view name, std::string_view end) {
  Body result = last_body(name, statement.position, end);
  for (const Parameter& parameter : statement.parameters) {
    if (parameter.name != "caller" || parameter.fallback || !reads_name(result, "caller")) continue;
    throw SyntaxError(statement.position, "expected a default for the special parameter 'caller', got none");
  }
  return result;
}

bool StatementParser::context_words(Statement& statement) {
  const bool with = tokens_.at_name("with");
  if ((!with && !tokens_.at_name("without")) || !tokens_.look().is_name("context")) return false;
  statement.with_context = with;
  tokens_.next();
  tokens_.next();
  return true;
}

StatementPtr StatementParser::import_statement() {
  StatementPtr statement = begin(StatementKind::import_file);
  statement->expression = expressions_.expression();
  tokens_.expect_name("as");
  statement->text = plain_name().text;
  statement->symbol = symbols_.number(statement->text);
  context_words(*statement);
  return statement;
}

StatementPtr StatementParser::from_statement() {
  StatementPtr statement = begin(StatementKind::from_import);
  statement->expression = expressions_.expression();
  tokens_.expect_name("import");
  do {
    if (!tokens_.at(TokenKind::name)) tokens_.fail("a name to import");
  } while (imported_names(*statement));
  return statement;
}

// One name; true when another follows.
bool StatementParser::imported_names(Statement& statement) {
  if (context_words(statement)) return false;
  const Token name = plain_name();
  if (name.text.starts_with('_')) {
    throw SyntaxError(name.position, "expected a name to import, got one that begins with an underscore");
  }
  const Token alias = tokens_.skip_if_name("as") ? plain_name() : name;
  statement.names.push_back({std::string(name.text), symbols_.number(alias.text), std::string(alias.text)});
  return !context_words(statement) && tokens_.skip_if(TokenKind::comma);
}

StatementPtr StatementParser::include_statement() {
  StatementPtr statement = begin(StatementKind::include);
  statement->expression = expressions_.expression();
  if (tokens_.at_name("ignore") && tokens_.look().is_name("missing")) {
    statement->ignore_missing = true;
    tokens_.next();
    tokens_.next();
  }
  statement->with_context = true;
  context_words(*statement);
  return statement;
}

}  // namespace gable::rules::jinja
