#pragma once
// TokenStream: the tokens of a template with a look at the next one; what a parser asks of them.

#include <optional>
#include <string_view>

#include "template/syntax/lexer.hpp"
#include "template/syntax/token.hpp"

namespace gable::rules::jinja {

class TokenStream {
 public:
  // `source` as for Lexer.
  explicit TokenStream(std::string_view source) : lexer_(source), current_(lexer_.next()) {}

  [[nodiscard]] const Token& current() const { return current_; }
  [[nodiscard]] bool at(TokenKind kind) const { return current_.kind == kind; }
  [[nodiscard]] bool at_name(std::string_view name) const { return current_.is_name(name); }
  // The token behind the current one.
  const Token& look();

  // Returns the current token and goes on to the next.
  Token next();
  bool skip_if(TokenKind kind);
  bool skip_if_name(std::string_view name);
  // The current token if it is of this kind; otherwise SyntaxError.
  Token expect(TokenKind kind);
  void expect_name(std::string_view name);
  // "expected …, got …" at the current token.
  [[noreturn]] void fail(std::string_view expected) const;

 private:
  Lexer lexer_;
  Token current_;
  std::optional<Token> ahead_;
};

}  // namespace gable::rules::jinja
