// How tokens are called in messages.
#include "template/syntax/token.hpp"

#include <array>

#include "wire/utf8.hpp"

namespace gable::rules::jinja {
namespace {

// In the order of TokenKind.
constexpr std::array<std::string_view, static_cast<std::size_t>(TokenKind::end) + 1> kDescriptions{
    "text", "'{{'", "'}}'", "'{%'", "'%}'", "a name", "a string", "an integer", "a number",
    "'+'",  "'-'",  "'*'",  "'/'",  "'//'", "'%'",    "'**'",     "'~'",        "'['",
    "']'",  "'('",  "')'",  "'{'",  "'}'",  "'=='",   "'!='",     "'>'",        "'>='",
    "'<'",  "'<='", "'='",  "'.'",  "':'",  "'|'",    "','",      "';'",        "the end of the template"};

}  // namespace

std::string_view describe(TokenKind kind) { return kDescriptions[static_cast<std::size_t>(kind)]; }

std::string describe(const Token& token) {
  constexpr std::size_t kLongest = 40;  // octets of it that are shown
  switch (token.kind) {
    case TokenKind::name:
      return "'" + std::string(wire::utf8_prefix(token.text, kLongest)) + "'";
    case TokenKind::integer:
    case TokenKind::real:
      return "the number " + std::string(wire::utf8_prefix(token.text, kLongest));
    case TokenKind::string:
      return token.text.size() <= kLongest ? "the string " + std::string(token.text) : "a string";
    default:
      return std::string(describe(token.kind));
  }
}

}  // namespace gable::rules::jinja
