// Text, outputs, and which statement is which.
#include <algorithm>
#include <array>
#include <utility>

#include "template/syntax/making.hpp"
#include "template/syntax/scopes.hpp"
#include "template/syntax/statement_parser.hpp"
#include "template/syntax/syntax_error.hpp"
#include "wire/domains.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::array<std::string_view, 17> kStatements{
    "if",    "for",     "set",  "macro",    "call",  "filter", "with",       "do",  "import",
    "break", "include", "from", "continue", "print", "raw",    "autoescape", "else"};

StatementPtr make_output(ExpressionPtr expression, Position position) {
  auto statement = std::make_unique<Statement>();
  statement->kind = StatementKind::output;
  statement->position = position;
  statement->expression = std::move(expression);
  return statement;
}

std::string written(std::initializer_list<std::string_view> ends) {
  std::string text;
  for (const std::string_view end : ends) {
    if (!text.empty()) text += " or ";
    text += "'{% " + std::string(end) + " %}'";
  }
  return text;
}

}  // namespace

Tree StatementParser::run() {
  Tree tree;
  tree.body = statements({});
  expressions_.refuse_unknown();
  tree.symbols = symbols_.take();
  note_hidden_names(tree);
  return tree;
}

Body StatementParser::statements(const Opened& opened) {
  const Depth depth(expressions_.depth(), tokens_);
  Body body;
  while (!tokens_.at(TokenKind::end)) {
    const Token token = tokens_.next();
    switch (token.kind) {
      case TokenKind::data:
        append_text(body, token);
        break;
      case TokenKind::variable_begin:
        output(body);
        break;
      default:  // the begin of a statement: between tags there is nothing else
        if (std::any_of(opened.ends.begin(), opened.ends.end(),
                        [this](std::string_view end) { return tokens_.at_name(end); })) {
          return body;
        }
        statement(body, opened);
        tokens_.expect(TokenKind::block_end);
    }
  }
  if (opened.ends.size() != 0) unfinished(opened);
  return body;
}

Body StatementParser::body(const Opened& opened) {
  tokens_.skip_if(TokenKind::colon);
  tokens_.expect(TokenKind::block_end);
  return statements(opened);
}

Body StatementParser::last_body(std::string_view name, Position position, std::string_view end) {
  Body result = body({name, position, {end}});
  tokens_.next();
  return result;
}

void StatementParser::append_text(Body& body, const Token& token) {
  if (body.empty() || body.back()->kind != StatementKind::text) {
    body.push_back(std::make_unique<Statement>());
    body.back()->position = token.position;
  }
  body.back()->text += token.text;
}

void StatementParser::output(Body& body) {
  const Position position = tokens_.current().position;
  ExpressionPtr expression = expressions_.tuple();
  if (!tokens_.skip_if(TokenKind::variable_end)) tokens_.fail("an operator or '}}'");
  body.push_back(make_output(std::move(expression), position));
}

StatementPtr StatementParser::begin(StatementKind kind) {
  auto statement = std::make_unique<Statement>();
  statement->kind = kind;
  statement->position = tokens_.next().position;
  return statement;
}

void StatementParser::statement(Body& body, const Opened& opened) {
  struct Known {
    std::string_view name;
    StatementPtr (StatementParser::*parse)();
  };
  constexpr std::array kKnown{Known{"if", &StatementParser::if_statement},
                              Known{"for", &StatementParser::for_statement},
                              Known{"set", &StatementParser::set_statement},
                              Known{"macro", &StatementParser::macro_statement},
                              Known{"call", &StatementParser::call_statement},
                              Known{"filter", &StatementParser::filter_statement},
                              Known{"with", &StatementParser::with_statement},
                              Known{"do", &StatementParser::do_statement},
                              Known{"import", &StatementParser::import_statement},
                              Known{"from", &StatementParser::from_statement},
                              Known{"include", &StatementParser::include_statement},
                              Known{"autoescape", &StatementParser::autoescape_statement}};
  if (!tokens_.at(TokenKind::name)) tokens_.fail("the name of a statement");
  const Token name = tokens_.current();
  for (const Known& known : kKnown) {
    if (known.name == name.text) return body.push_back((this->*known.parse)());
  }
  if (name.text == "print") return print_statement(body);
  if (name.text == "break") return body.push_back(jump_statement(StatementKind::break_loop));
  if (name.text == "continue") return body.push_back(jump_statement(StatementKind::continue_loop));
  unknown_statement(name, opened);
}

void StatementParser::print_statement(Body& body) {
  const Position position = tokens_.next().position;
  bool first = true;
  while (!tokens_.at(TokenKind::block_end)) {
    if (!first) tokens_.expect(TokenKind::comma);
    first = false;
    body.push_back(make_output(expressions_.expression(), position));
  }
}

StatementPtr StatementParser::do_statement() {
  StatementPtr statement = begin(StatementKind::do_expression);
  statement->expression = expressions_.tuple();
  return statement;
}

StatementPtr StatementParser::jump_statement(StatementKind kind) {
  const Token name = tokens_.current();
  if (surroundings_.loops == 0) {
    throw SyntaxError(name.position,
                      "expected '" + std::string(name.text) + "' within a for, got it outside of one");
  }
  return begin(kind);
}

void StatementParser::unknown_statement(const Token& name, const Opened& opened) const {
  std::string text;
  if (name.text == "extends" || name.text == "block") {
    text = "expected a statement, got '" + std::string(name.text) +
           "', which is not there: templates here do not inherit from files; share macros with import";
  } else if (name.text.starts_with("end") || name.text == "else" || name.text == "elif") {
    text = opened.ends.size() == 0
               ? "expected a statement, got '" + std::string(name.text) + "' without its begin"
               : "expected " + written(opened.ends) + " for the '" + std::string(opened.name) + "' of line " +
                     std::to_string(opened.position.line) + ", got '" + std::string(name.text) + "'";
  } else {
    text = "expected a statement, got '" + std::string(name.text) + "'" +
           wire::did_you_mean(name.text, kStatements);
  }
  throw SyntaxError(name.position, std::move(text));
}

void StatementParser::unfinished(const Opened& opened) const {
  throw SyntaxError(tokens_.current().position, "expected " + written(opened.ends) + " for the '" +
                                                    std::string(opened.name) + "' of line " +
                                                    std::to_string(opened.position.line) +
                                                    ", got the end of the template");
}

}  // namespace gable::rules::jinja
