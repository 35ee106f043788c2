// Text → Tree: what callers see of the parser.
#include "template/syntax/parser.hpp"

#include <string>

#include "template/syntax/statement_parser.hpp"
#include "template/syntax/syntax_error.hpp"
#include "wire/json.hpp"

namespace gable::rules::jinja {

wire::Result<Tree> parse(std::string_view source) {
  if (source.size() > kMaxSource) {
    return wire::Error{wire::ErrorCode::too_large,
                       "expected a template of at most " + std::to_string(kMaxSource) + " octets, got " +
                           std::to_string(source.size()),
                       "1:1"};
  }
  if (!wire::valid_utf8(source)) {
    return wire::Error{wire::ErrorCode::malformed, "expected UTF-8 without NUL, got other octets", "1:1"};
  }
  const std::string normalized = normalized_source(source);
  try {
    return StatementParser(normalized).run();
  } catch (const SyntaxError& error) {
    return wire::Error{wire::ErrorCode::malformed, error.text,
                       std::to_string(error.position.line) + ":" + std::to_string(error.position.column)};
  }
}

}  // namespace gable::rules::jinja
