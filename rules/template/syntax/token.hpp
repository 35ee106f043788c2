#pragma once
// Token: one word of a template, as a slice of its source.

#include <cstdint>
#include <string>
#include <string_view>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

enum class TokenKind : std::uint8_t {
  data,  // text outside of all tags
  variable_begin,
  variable_end,
  block_begin,
  block_end,
  name,
  string,
  integer,
  real,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  tilde,
  left_bracket,
  right_bracket,
  left_parenthesis,
  right_parenthesis,
  left_brace,
  right_brace,
  equal,
  not_equal,
  greater,
  greater_equal,
  less,
  less_equal,
  assign,
  dot,
  colon,
  pipe,
  comma,
  semicolon,
  end  // of the template
};

struct Token {
  TokenKind kind = TokenKind::end;
  Position position;
  std::string_view text;  // of a string with its quotes

  [[nodiscard]] bool is(TokenKind other) const { return kind == other; }
  [[nodiscard]] bool is_name(std::string_view name) const { return kind == TokenKind::name && text == name; }
};

// For messages: "'}}'", "a name", "the end of the template".
std::string_view describe(TokenKind kind);
// As it stands in the source: "'foo'", "the number 5".
std::string describe(const Token& token);

}  // namespace gable::rules::jinja
