// if, for, set, with, filter, autoescape.
#include <utility>

#include "template/syntax/making.hpp"
#include "template/syntax/statement_parser.hpp"
#include "template/syntax/syntax_error.hpp"

namespace gable::rules::jinja {
namespace {

TupleRules without_condition() {
  TupleRules rules;
  rules.condition = false;
  return rules;
}

}  // namespace

StatementPtr StatementParser::if_statement() {
  const Within within(*this, {true, surroundings_.loops});
  StatementPtr statement = begin(StatementKind::if_block);
  const Position position = statement->position;
  while (true) {
    Branch branch;
    branch.condition = expressions_.tuple(without_condition());
    branch.body = body({"if", position, {"elif", "else", "endif"}});
    statement->branches.push_back(std::move(branch));
    const Token end = tokens_.next();
    if (end.is_name("elif")) continue;
    if (end.is_name("else")) {
      statement->branches.push_back({nullptr, last_body("if", position, "endif")});
    }
    return statement;
  }
}

StatementPtr StatementParser::for_statement() {
  StatementPtr statement = begin(StatementKind::for_loop);
  ++fors_;
  statement->target = target();
  tokens_.expect_name("in");
  statement->expression = expressions_.tuple(without_condition());
  if (tokens_.skip_if_name("if")) {
    const Within within(*this, {false, 0});
    statement->filter = expressions_.expression();
  }
  statement->recursive = tokens_.skip_if_name("recursive");
  for_bodies(*statement);
  --fors_;
  return statement;
}

void StatementParser::for_bodies(Statement& loop) {
  // A recursive loop is a function of its own.
  const int around = loop.recursive ? 0 : surroundings_.loops;
  {
    const Within within(*this, {false, around + 1});
    loop.body = body({"for", loop.position, {"endfor", "else"}});
  }
  if (!tokens_.next().is_name("else")) return;
  const Within within(*this, {false, around});
  loop.otherwise = last_body("for", loop.position, "endfor");
}

StatementPtr StatementParser::set_statement() {
  StatementPtr statement = begin(StatementKind::set);
  statement->target = set_target();
  if (tokens_.skip_if(TokenKind::assign)) {
    statement->expression = expressions_.tuple();
    return statement;
  }
  statement->kind = StatementKind::set_block;
  const Within within(*this, {false, surroundings_.loops});
  statement->filter = expressions_.filters(nullptr);
  if (!tokens_.at(TokenKind::block_end) && !tokens_.at(TokenKind::colon)) tokens_.fail("'=' or '%}'");
  statement->body = last_body("set", statement->position, "endset");
  return statement;
}

StatementPtr StatementParser::with_statement() {
  StatementPtr statement = begin(StatementKind::with);
  while (!tokens_.at(TokenKind::block_end)) {
    if (!statement->with_targets.empty()) tokens_.expect(TokenKind::comma);
    const int fors = std::exchange(fors_, 0);  // its variables may be called `loop`
    statement->with_targets.push_back(target());
    fors_ = fors;
    tokens_.expect(TokenKind::assign);
    statement->with_values.push_back(expressions_.expression());
  }
  const Within within(*this, {false, surroundings_.loops});
  statement->body = last_body("with", statement->position, "endwith");
  return statement;
}

StatementPtr StatementParser::filter_statement() {
  StatementPtr statement = begin(StatementKind::filter_block);
  const Within within(*this, {false, surroundings_.loops});
  statement->filter = expressions_.filters(expressions_.filter(nullptr));
  statement->body = last_body("filter", statement->position, "endfilter");
  return statement;
}

StatementPtr StatementParser::autoescape_statement() {
  StatementPtr statement = begin(StatementKind::autoescape);
  const Within within(*this, {false, surroundings_.loops});
  statement->expression = expressions_.expression();
  statement->body = last_body("autoescape", statement->position, "endautoescape");
  return statement;
}

}  // namespace gable::rules::jinja
