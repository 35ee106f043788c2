#pragma once
// Lexer: cuts a template into tokens, one at a time, by Jinja's rules for white space control, raw blocks and
// comments (trim_blocks and lstrip_blocks are off, as in Home Assistant).

#include <optional>
#include <string>
#include <string_view>

#include "template/syntax/token.hpp"

namespace gable::rules::jinja {

// Line ends become \n, and one at the very end goes, as Jinja does before all else.
std::string normalized_source(std::string_view source);

class Lexer {
 public:
  // `source` is normalized and well-formed UTF-8, and outlives the tokens.
  explicit Lexer(std::string_view source) : source_(source) {}

  // The next token; at the end `end`, for ever. Throws SyntaxError.
  Token next();

 private:
  enum class State : std::uint8_t { text, variable, block };

  [[nodiscard]] bool at_end() const { return at_ >= source_.size(); }
  // Octets from `at_` on, for comparing.
  [[nodiscard]] bool starts_with(std::string_view text) const {
    return source_.substr(at_).substr(0, text.size()) == text;
  }
  [[nodiscard]] std::size_t after_space(std::size_t at) const;
  // Of `offset`, which never goes back.
  Position position_of(std::size_t offset);

  std::optional<Token> outside();
  std::optional<Token> data_token(std::size_t begin, std::size_t end, bool strip);
  void skip_comment(std::size_t begin);
  // Behind `{%` and its sign: passes `raw %}` if it stands there.
  bool enter_raw();
  std::optional<Token> raw_text(std::size_t begin);
  // Is there `endraw %}` at `at`, behind `{%`? Then where it ends, else 0.
  [[nodiscard]] std::size_t raw_end(std::size_t at) const;

  Token inside();
  std::optional<Token> closing();
  std::optional<Token> number();
  std::optional<Token> name();
  std::optional<Token> string();
  Token punctuation();
  void balance(TokenKind kind);
  [[noreturn]] void unexpected_character();
  Token token(TokenKind kind, std::size_t length);

  std::string_view source_;
  std::size_t at_ = 0;
  State state_ = State::text;
  std::optional<Token> pending_;  // the tag behind a text
  std::string open_;              // what closes the open brackets, innermost last
  // The last position that was asked for.
  std::size_t counted_ = 0;
  Position position_;
};

}  // namespace gable::rules::jinja
