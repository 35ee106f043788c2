// The lexer within tags: names, literals, operators.
#include <array>
#include <utility>

#include "template/syntax/lexer.hpp"
#include "template/syntax/syntax_error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

struct Sign {
  std::string_view text;
  TokenKind kind;
};

// Two characters before one.
constexpr std::array kSigns{Sign{"//", TokenKind::floor_divide},
                            Sign{"**", TokenKind::power},
                            Sign{"==", TokenKind::equal},
                            Sign{"!=", TokenKind::not_equal},
                            Sign{">=", TokenKind::greater_equal},
                            Sign{"<=", TokenKind::less_equal},
                            Sign{"+", TokenKind::add},
                            Sign{"-", TokenKind::subtract},
                            Sign{"/", TokenKind::divide},
                            Sign{"*", TokenKind::multiply},
                            Sign{"%", TokenKind::modulo},
                            Sign{"~", TokenKind::tilde},
                            Sign{"[", TokenKind::left_bracket},
                            Sign{"]", TokenKind::right_bracket},
                            Sign{"(", TokenKind::left_parenthesis},
                            Sign{")", TokenKind::right_parenthesis},
                            Sign{"{", TokenKind::left_brace},
                            Sign{"}", TokenKind::right_brace},
                            Sign{">", TokenKind::greater},
                            Sign{"<", TokenKind::less},
                            Sign{"=", TokenKind::assign},
                            Sign{".", TokenKind::dot},
                            Sign{":", TokenKind::colon},
                            Sign{"|", TokenKind::pipe},
                            Sign{",", TokenKind::comma},
                            Sign{";", TokenKind::semicolon}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_digit_of(char c, int base) {
  if (base <= 10) return c >= '0' && c < '0' + base;
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

// Behind the digits (one underscore may stand between two) that begin at `at`; `at` when there are none.
std::size_t after_digits(std::string_view text, std::size_t at, int base) {
  while (at < text.size() && is_digit_of(text[at], base)) {
    ++at;
    if (at + 1 < text.size() && text[at] == '_' && is_digit_of(text[at + 1], base)) ++at;
  }
  return at;
}

// The length of the float that begins at `at`, or 0.
std::size_t real_length(std::string_view text, std::size_t at) {
  const std::size_t whole = after_digits(text, at, 10);
  if (whole == at) return 0;
  std::size_t end = whole;
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
    end = after_digits(text, end + 1, 10);
  }
  if (end < text.size() && lower(text[end]) == 'e') {
    std::size_t exponent = end + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t behind = after_digits(text, exponent, 10);
    if (behind != exponent) return behind - at;
  }
  return end == whole ? 0 : end - at;
}

bool begins_name(char32_t c) {
  return c < 0x80 ? c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : unicode::is_alpha(c);
}

bool continues_name(char32_t c) { return begins_name(c) || unicode::is_decimal(c); }

// The length of the integer at `at`, where a digit stands: 0b, 0o, 0x, decimal, or zeros.
std::size_t integer_length(std::string_view text, std::size_t at) {
  if (text[at] != '0') return after_digits(text, at, 10) - at;
  const char kind = at + 1 < text.size() ? lower(text[at + 1]) : '\0';
  const int base = kind == 'b' ? 2 : kind == 'o' ? 8 : kind == 'x' ? 16 : 1;
  if (base == 1) return after_digits(text, at, 1) - at;
  const std::size_t first = at + 2 + (text.substr(at + 2, 1) == "_" ? 1 : 0);
  const std::size_t end = after_digits(text, first, base);
  return end == first ? 1 : end - at;
}

}  // namespace

Token Lexer::inside() {
  while (true) {
    if (open_.empty()) {
      if (std::optional<Token> end = closing()) return *end;
    }
    const std::size_t behind = after_space(at_);
    if (behind == at_) break;
    at_ = behind;
  }
  if (at_end()) return token(TokenKind::end, 0);
  if (std::optional<Token> found = number()) return *found;
  if (std::optional<Token> found = name()) return *found;
  if (std::optional<Token> found = string()) return *found;
  return punctuation();
}

std::optional<Token> Lexer::closing() {
  const bool block = state_ == State::block;
  const std::string_view end = block ? "%}" : "}}";
  const bool strip = starts_with("-");
  const std::size_t sign = strip || (block && starts_with("+")) ? 1 : 0;
  if (source_.substr(at_ + sign, 2) != end) return std::nullopt;
  state_ = State::text;
  const Token found = token(block ? TokenKind::block_end : TokenKind::variable_end, sign + 2);
  if (strip) at_ = after_space(at_);
  return found;
}

std::optional<Token> Lexer::number() {
  if (!is_digit(source_[at_])) return std::nullopt;
  // x.0.1 is x[0][1]: behind a point there is no float.
  const bool behind_point = at_ > 0 && source_[at_ - 1] == '.';
  if (const std::size_t length = behind_point ? 0 : real_length(source_, at_)) {
    return token(TokenKind::real, length);
  }
  return token(TokenKind::integer, integer_length(source_, at_));
}

std::optional<Token> Lexer::name() {
  std::size_t end = at_;
  if (!begins_name(unicode::next(source_, end))) return std::nullopt;
  while (end < source_.size()) {
    std::size_t behind = end;
    if (!continues_name(unicode::next(source_, behind))) break;
    end = behind;
  }
  return token(TokenKind::name, end - at_);
}

std::optional<Token> Lexer::string() {
  const char quote = source_[at_];
  if (quote != '\'' && quote != '"') return std::nullopt;
  for (std::size_t end = at_ + 1; end < source_.size(); ++end) {
    if (source_[end] == '\\') {
      ++end;
    } else if (source_[end] == quote) {
      return token(TokenKind::string, end + 1 - at_);
    }
  }
  throw SyntaxError(position_of(at_), std::string("expected ") + quote +
                                          " at the end of the string, got the end of the template");
}

Token Lexer::punctuation() {
  for (const Sign& sign : kSigns) {
    if (!starts_with(sign.text)) continue;
    balance(sign.kind);
    return token(sign.kind, sign.text.size());
  }
  unexpected_character();
}

void Lexer::balance(TokenKind kind) {
  switch (kind) {
    case TokenKind::left_parenthesis:
      open_ += ')';
      return;
    case TokenKind::left_bracket:
      open_ += ']';
      return;
    case TokenKind::left_brace:
      open_ += '}';
      return;
    case TokenKind::right_parenthesis:
    case TokenKind::right_bracket:
    case TokenKind::right_brace:
      break;
    default:
      return;
  }
  const char expected = open_.empty() ? '\0' : open_.back();
  if (expected != source_[at_]) {
    std::string text = expected != '\0'         ? std::string("expected '") + expected + "'"
                       : state_ == State::block ? std::string("expected '%}'")
                                                : std::string("expected '}}'");
    throw SyntaxError(position_of(at_), text + ", got '" + source_[at_] + "'");
  }
  open_.pop_back();
}

void Lexer::unexpected_character() {
  const std::string_view got = source_.substr(at_, unicode::end_of(source_, at_) - at_);
  std::string text = "expected an expression or an operator, got '" + std::string(got) + "'";
  if (got == "&") text += " (it is written: and)";
  if (got == "!") text += " (it is written: not)";
  throw SyntaxError(position_of(at_), std::move(text));
}

}  // namespace gable::rules::jinja
