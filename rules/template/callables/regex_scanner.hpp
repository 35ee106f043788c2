#pragma once
// What patterns and replacements of regular expressions have in common: reading them character by character,
// numbers in escapes, errors.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gable::rules::jinja {

class RegexScanner {
 public:
  explicit RegexScanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  // The next character, 0 at the end.
  [[nodiscard]] char32_t peek() const;
  char32_t next();
  bool take(char c);
  // All up to `end`, which is read too. Error when it does not come.
  std::string_view until(char end);

  // Behind "\": the character that a numeric or named escape (x, u, U, 0, octal digits; a, f, n, r, t, v)
  // stands for. `c` is the letter, already read. Nothing when it is no such escape.
  std::optional<char32_t> escaped(char32_t c);
  // Up to `most` octal digits more, behind `value`.
  char32_t octal(char32_t value, int most);
  [[nodiscard]] bool octal_ahead(std::size_t distance) const;

  [[noreturn]] void fail(std::string_view what) const;

 private:
  char32_t hexadecimal(char32_t letter, int digits);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace gable::rules::jinja
