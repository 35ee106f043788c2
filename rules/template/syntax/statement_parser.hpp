#pragma once
// StatementParser: reads a whole template: its text, its outputs and its statements.

#include <initializer_list>
#include <string_view>
#include <vector>

#include "template/syntax/expression_parser.hpp"

namespace gable::rules::jinja {

class StatementParser {
 public:
  // `source` as for Lexer. Lives for one template.
  explicit StatementParser(std::string_view source) : tokens_(source), expressions_(tokens_, symbols_) {}
  StatementParser(const StatementParser&) = delete;
  StatementParser& operator=(const StatementParser&) = delete;

  // Throws SyntaxError.
  Tree run();

 private:
  using Words = std::initializer_list<std::string_view>;

  // What surrounds a statement, as far as it decides what is allowed there. Jinja turns templates into
  // Python, whose compiler refuses break and continue outside of a loop of the same function (macros are
  // functions).
  struct Surroundings {
    bool in_if = false;  // see ExpressionParser::set_in_if
    int loops = 0;       // that break and continue can end
  };
  class Within;  // enters surroundings and goes back to the old ones

  // A block that waits for its end.
  struct Opened {
    std::string_view name;
    Position position;
    Words ends;
  };

  // Up to a tag that begins with one of `opened.ends` (which is then the current token), or to the end of the
  // template when there are none.
  Body statements(const Opened& opened);
  // The rest of a tag, and what follows up to one of the ends.
  Body body(const Opened& opened);
  // The same with a single end, which is passed.
  Body last_body(std::string_view name, Position position, std::string_view end);
  void append_text(Body& body, const Token& token);
  void output(Body& body);
  void statement(Body& body, const Opened& opened);
  [[noreturn]] void unknown_statement(const Token& name, const Opened& opened) const;
  [[noreturn]] void unfinished(const Opened& opened) const;

  // blocks.cpp
  StatementPtr if_statement();
  StatementPtr for_statement();
  void for_bodies(Statement& loop);
  StatementPtr set_statement();
  StatementPtr with_statement();
  StatementPtr filter_statement();
  StatementPtr autoescape_statement();
  // functions.cpp
  StatementPtr macro_statement();
  StatementPtr call_statement();
  void parameters(Statement& statement);
  Body function_body(const Statement& statement, std::string_view name, std::string_view end);
  StatementPtr import_statement();
  StatementPtr from_statement();
  bool imported_names(Statement& statement);
  StatementPtr include_statement();
  bool context_words(Statement& statement);
  // statements.cpp
  void print_statement(Body& body);
  StatementPtr do_statement();
  StatementPtr jump_statement(StatementKind kind);

  // targets.cpp
  Target target();
  Target set_target();
  Target to_target(const Expression& expression);
  // A plain name that may be assigned to.
  Token plain_name();

  StatementPtr begin(StatementKind kind);

  Symbols symbols_;
  TokenStream tokens_;
  ExpressionParser expressions_;
  Surroundings surroundings_;
  int fors_ = 0;  // in which we are, macros or not: `loop` cannot be assigned to there
};

class StatementParser::Within {
 public:
  Within(StatementParser& parser, Surroundings surroundings)
      : parser_(parser), before_(parser.surroundings_) {
    enter(surroundings);
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
  ~Within() { enter(before_); }

 private:
  void enter(Surroundings surroundings) {
    parser_.surroundings_ = surroundings;
    parser_.expressions_.set_in_if(surroundings.in_if);
  }

  StatementParser& parser_;
  Surroundings before_;
};

}  // namespace gable::rules::jinja
