// The classes of Python's regular expressions in RE2's words.

#include "template/callables/regex_classes.hpp"

namespace gable::rules::jinja {
namespace {

// What Python's str.isspace() says, and all others.
constexpr std::string_view kSpace =
    R"(\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";
constexpr std::string_view kNoSpace =
    R"(\x00-\x08\x0e-\x1b\x21-\x{84}\x{86}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027})"
    R"(\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{10ffff})";
// All categories but letters and numbers, with the connectors (Pc) other than "_" one by one: RE2 has no
// difference of classes.
constexpr std::string_view kNoWord =
    R"(\pM\pS\pZ\pC\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\x{203f}\x{2040}\x{2054}\x{fe33}\x{fe34}\x{fe4d}-)"
    R"(\x{fe4f}\x{ff3f})";

}  // namespace

std::string_view regex_class(char32_t letter, ClassAlphabet alphabet) {
  const bool whole = alphabet == ClassAlphabet::unicode;
  switch (letter) {
    case 'd':
      return whole ? R"(\p{Nd})" : "0-9";
    case 'D':
      return whole ? R"(\P{Nd})" : R"(\D)";
    case 'w':
      return whole ? R"(\pL\pN_)" : "0-9A-Za-z_";
    case 'W':
      return whole ? kNoWord : R"(\W)";
    case 's':
      if (alphabet == ClassAlphabet::ascii_text) return R"(\t-\r\x1c-\x20)";
      return whole ? kSpace : R"(\t-\r\x20)";
    default:
      if (alphabet == ClassAlphabet::ascii_text) return R"(\x00-\x08\x0e-\x1b\x21-\x7f)";
      return whole ? kNoSpace : R"(\x00-\x08\x0e-\x1f\x21-\x{10ffff})";
  }
}

}  // namespace gable::rules::jinja
