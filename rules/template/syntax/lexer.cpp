// The lexer outside of tags: text, comments, raw blocks.
#include "template/syntax/lexer.hpp"

#include "template/syntax/syntax_error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

// Of the first "{{", "{%" or "{#" from `at` on.
std::size_t find_tag(std::string_view source, std::size_t at) {
  while ((at = source.find('{', at)) != kNowhere) {
    const char kind = at + 1 < source.size() ? source[at + 1] : '\0';
    if (kind == '{' || kind == '%' || kind == '#') return at;
    ++at;
  }
  return kNowhere;
}

}  // namespace

std::string normalized_source(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] != '\r') {
      out += source[i];
      continue;
    }
    out += '\n';
    if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

Token Lexer::next() {
  if (pending_) {
    const Token token = *pending_;
    pending_.reset();
    return token;
  }
  while (state_ == State::text) {
    if (at_end()) return token(TokenKind::end, 0);
    if (std::optional<Token> token = outside()) return *token;
    if (pending_) return next();
  }
  return inside();
}

std::size_t Lexer::after_space(std::size_t at) const {
  while (at < source_.size()) {
    std::size_t behind = at;
    if (!unicode::is_space(unicode::next(source_, behind))) break;
    at = behind;
  }
  return at;
}

Position Lexer::position_of(std::size_t offset) {
  for (; counted_ < offset; ++counted_) {
    if (source_[counted_] == '\n') {
      ++position_.line;
      position_.column = 1;
    } else {
      ++position_.column;
    }
  }
  return position_;
}

Token Lexer::token(TokenKind kind, std::size_t length) {
  Token token{kind, position_of(at_), source_.substr(at_, length)};
  at_ += length;
  return token;
}

// A text up to the next tag, which then waits in pending_ (or is passed: comments, the begin of raw).
std::optional<Token> Lexer::outside() {
  const std::size_t begin = at_;
  const std::size_t tag = find_tag(source_, begin);
  if (tag == kNowhere) {
    at_ = source_.size();
    return data_token(begin, at_, false);
  }
  at_ = tag + 2;
  const bool strip = starts_with("-");
  if (strip || starts_with("+")) ++at_;
  std::optional<Token> data = data_token(begin, tag, strip);
  const char kind = source_[tag + 1];
  if (kind == '#') {
    skip_comment(tag);
    return data;
  }
  if (kind == '%' && enter_raw()) {
    pending_ = raw_text(tag);
    if (data) return data;
    data.swap(pending_);
    return data;
  }
  state_ = kind == '{' ? State::variable : State::block;
  pending_ = Token{kind == '{' ? TokenKind::variable_begin : TokenKind::block_begin, position_of(tag),
                   source_.substr(tag, at_ - tag)};
  return data;
}

std::optional<Token> Lexer::data_token(std::size_t begin, std::size_t end, bool strip) {
  std::string_view text = source_.substr(begin, end - begin);
  if (strip) text = unicode::trim_right(text);
  if (text.empty()) return std::nullopt;
  return Token{TokenKind::data, position_of(begin), text};
}

void Lexer::skip_comment(std::size_t begin) {
  const std::size_t end = source_.find("#}", at_);
  if (end == kNowhere) {
    // Jinja does not mind when nothing follows.
    if (at_end()) return;
    throw SyntaxError(position_of(begin),
                      "expected '#}' at the end of the comment, got the end of the template");
  }
  const bool strip = end > at_ && source_[end - 1] == '-';
  at_ = strip ? after_space(end + 2) : end + 2;
}

bool Lexer::enter_raw() {
  constexpr std::string_view kRaw = "raw";
  std::size_t at = after_space(at_);
  if (source_.substr(at, kRaw.size()) != kRaw) return false;
  at = after_space(at + kRaw.size());
  const bool strip = source_.substr(at, 1) == "-";
  if (strip) ++at;
  if (source_.substr(at, 2) != "%}") return false;
  at_ = strip ? after_space(at + 2) : at + 2;
  return true;
}

std::optional<Token> Lexer::raw_text(std::size_t begin) {
  const std::size_t first = at_;
  for (std::size_t tag = first; (tag = source_.find("{%", tag)) != kNowhere; tag += 2) {
    std::size_t at = tag + 2;
    const bool strip = source_.substr(at, 1) == "-";
    if (strip || source_.substr(at, 1) == "+") ++at;
    const std::size_t end = raw_end(at);
    if (end == 0) continue;
    at_ = end;
    return data_token(first, tag, strip);
  }
  if (at_end()) return std::nullopt;
  throw SyntaxError(position_of(begin), "expected '{% endraw %}', got the end of the template");
}

std::size_t Lexer::raw_end(std::size_t at) const {
  constexpr std::string_view kEndRaw = "endraw";
  at = after_space(at);
  if (source_.substr(at, kEndRaw.size()) != kEndRaw) return 0;
  at = after_space(at + kEndRaw.size());
  const std::string_view sign = source_.substr(at, 1);
  if (sign == "-" || sign == "+") ++at;
  if (source_.substr(at, 2) != "%}") return 0;
  return sign == "-" ? after_space(at + 2) : at + 2;
}

}  // namespace gable::rules::jinja
