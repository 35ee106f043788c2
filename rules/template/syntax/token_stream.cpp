// The tokens of a template, one after another.
#include "template/syntax/token_stream.hpp"

#include <string>

#include "template/syntax/syntax_error.hpp"

namespace gable::rules::jinja {

const Token& TokenStream::look() {
  if (!ahead_) ahead_ = lexer_.next();
  return *ahead_;
}

Token TokenStream::next() {
  const Token passed = current_;
  if (ahead_) {
    current_ = *ahead_;
    ahead_.reset();
  } else {
    current_ = lexer_.next();
  }
  return passed;
}

bool TokenStream::skip_if(TokenKind kind) {
  if (!at(kind)) return false;
  next();
  return true;
}

bool TokenStream::skip_if_name(std::string_view name) {
  if (!at_name(name)) return false;
  next();
  return true;
}

Token TokenStream::expect(TokenKind kind) {
  if (!at(kind)) fail(describe(kind));
  return next();
}

void TokenStream::expect_name(std::string_view name) {
  if (!at_name(name)) fail("'" + std::string(name) + "'");
  next();
}

void TokenStream::fail(std::string_view expected) const {
  throw SyntaxError(current_.position, "expected " + std::string(expected) + ", got " + describe(current_));
}

}  // namespace gable::rules::jinja
