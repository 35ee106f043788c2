#pragma once
// Colours for people: escape sequences on a terminal, nothing anywhere else. NO_COLOR (no-color.org) and
// TERM=dumb turn them off. Immutable after its making.

#include <string>
#include <string_view>

namespace gable::cli {

enum class Colour { none, dim, bold, red, green, yellow, blue, cyan };

class Paint {
 public:
  explicit Paint(bool on = false) : on_(on) {}
  // For stdout.
  static Paint of_stdout();

  [[nodiscard]] bool on() const { return on_; }
  [[nodiscard]] std::string operator()(Colour colour, std::string_view text) const;

 private:
  bool on_;
};

// Text from outside, safe to print: control characters are shown as \x1b, invalid UTF-8 as \xff, tabs and
// line ends as spaces.
std::string printable(std::string_view text);

// Columns that `text` takes on a terminal: one a character, two for wide ones, none for combining marks and
// escape sequences of Paint.
std::size_t width_of(std::string_view text);
// At most `columns`, the last one an ellipsis if something was cut. For text without escape sequences.
std::string cut_to(std::string_view text, std::size_t columns);

// Columns of the terminal that stdout is; 0 when it is none.
std::size_t terminal_columns();

}  // namespace gable::cli
