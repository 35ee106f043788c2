#pragma once
// The fields that strptime found in a text, and the moment that they make together. Pure.

#include <array>
#include <cstddef>
#include <string_view>

#include "template/time/strptime.hpp"

namespace gable::rules::jinja {

// The text that each directive matched, by its letter. Borrowed.
class FieldTexts {
 public:
  // `place`: of the directive in the format, from 1.
  void set(char directive, std::string_view text, std::size_t place) {
    texts_[index(directive)] = text;
    places_[index(directive)] = place;
  }
  // Of directives that say the same thing the one that is last in the format counts; NUL: there is none.
  [[nodiscard]] char last_of(std::string_view directives) const {
    char last = '\0';
    std::size_t place = 0;
    for (const char directive : directives) {
      if (places_[index(directive)] <= place) continue;
      place = places_[index(directive)];
      last = directive;
    }
    return last;
  }
  [[nodiscard]] bool has(char directive) const { return !(*this)[directive].empty(); }
  [[nodiscard]] std::string_view operator[](char directive) const { return texts_[index(directive)]; }

 private:
  static std::size_t index(char directive) { return static_cast<unsigned char>(directive) % 128; }

  std::array<std::string_view, 128> texts_{};
  std::array<std::size_t, 128> places_{};
};

// With Python's defaults (1900-01-01 00:00) and its rules which field counts. ValueError.
[[nodiscard]] ParsedMoment moment_of(const FieldTexts& fields);

}  // namespace gable::rules::jinja
