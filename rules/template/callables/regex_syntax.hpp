#pragma once
// Python's regular expressions (re) → RE2's. What RE2 cannot do, look-around, references back, atomic groups
// and possessive repetition, is an error. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gable::rules::jinja {

struct RegexOptions {
  bool ignore_case = false;
  // The text to search is ASCII: \w, \d and \s need no tables of Unicode.
  bool ascii_text = false;
  // The text's only end of line is its last character, before which Python's $ matches too.
  bool last_line_ends = false;
  // In an empty text Python's \B does not match.
  bool empty_text = false;

  friend bool operator==(const RegexOptions&, const RegexOptions&) = default;
};

struct RegexName {
  std::string name;
  std::size_t group = 0;
};

struct RegexPattern {
  std::string text;  // for RE2; its groups have no names
  std::size_t groups = 0;
  bool lazy = false;  // has repetitions that take as little as they can
  std::vector<RegexName> names;
};

// ValueError (Python's re.error) for a bad pattern.
RegexPattern translate_regex(std::string_view pattern, const RegexOptions& options);

// A replacement, cut at its references to groups: \1, \g<1>, \g<name>.
struct RegexPiece {
  std::string text;  // before the group
  // RegexTemplate::kNoGroup: only text.
  std::size_t group = 0;
};
struct RegexTemplate {
  static constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);
  std::vector<RegexPiece> pieces;
};

// ValueError for bad escapes and for groups that the pattern does not have.
RegexTemplate parse_regex_template(std::string_view text, const RegexPattern& pattern);

}  // namespace gable::rules::jinja
