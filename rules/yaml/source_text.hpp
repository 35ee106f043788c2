#pragma once
// The text of a file, made ready for the parser: what PyYAML does to a file before it reads YAML, and what
// yaml-cpp leaves out. Refuses what may not stand in a YAML file at all.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/tree.hpp"

namespace gable::rules::yaml {

class SourceText {
 public:
  // No byte order mark, every line ends with '\n' (CR and NEL end lines too), and surrogate pairs of escapes
  // are hidden (see reveal). Throws Refusal: not UTF-8, control characters.
  SourceText(std::string_view file_text, std::uint16_t file);

  [[nodiscard]] const std::string& text() const { return text_; }
  // From the byte at `position` on.
  [[nodiscard]] std::string_view from(std::size_t position) const {
    return std::string_view(text_).substr(std::min(position, text_.size()));
  }
  [[nodiscard]] std::string_view line(std::size_t number) const;

  // A cell with nothing but the place of a byte.
  [[nodiscard]] Cell place(std::size_t position) const;
  [[nodiscard]] Cell whole_file() const;

  // yaml-cpp refuses "\ud83d\ude00", as JSON spells what lies beyond 16 bits. In the text above such a pair
  // is one private character and its eight digits, as long as before. This puts into a scalar what was meant:
  // the character in a double-quoted one, the escapes as they were elsewhere.
  void reveal(std::string& scalar, bool double_quoted) const;

  [[nodiscard]] bool has_pairs() const { return !marker_.empty(); }
  // True when a line separator (U+2028, U+2029) stands somewhere: PyYAML breaks lines there.
  [[nodiscard]] bool has_separators() const { return separators_; }

 private:
  void take_lines(std::string_view file_text);
  void check_characters() const;
  void hide_surrogates();
  bool choose_marker();

  std::string text_;
  std::vector<std::uint32_t> starts_;  // of the lines
  std::string marker_;                 // empty: there are no pairs
  std::uint16_t file_;
  bool separators_ = false;
  // Where columns were counted last; a file may be one long line.
  mutable std::size_t counted_line_ = 0, counted_ = 0, columns_ = 0;
};

}  // namespace gable::rules::yaml
