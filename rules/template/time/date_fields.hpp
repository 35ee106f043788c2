#pragma once
// The fields that strptime found in a text, and the moment that they make together. Pure.

#include <array>
#include <string_view>

#include "template/time/strptime.hpp"

namespace gable::rules::jinja {

// The text that each directive matched, by its letter. Borrowed.
class FieldTexts {
 public:
  void set(char directive, std::string_view text) { texts_[static_cast<unsigned char>(directive)] = text; }
  [[nodiscard]] bool has(char directive) const { return !(*this)[directive].empty(); }
  [[nodiscard]] std::string_view operator[](char directive) const {
    return texts_[static_cast<unsigned char>(directive)];
  }

 private:
  std::array<std::string_view, 128> texts_{};
};

// With Python's defaults (1900-01-01 00:00) and its rules which field counts. ValueError.
[[nodiscard]] ParsedMoment moment_of(const FieldTexts& fields);

}  // namespace gable::rules::jinja
