#pragma once
// The exceptions that unicode.cpp needs besides general categories and simple mappings. Only for unicode.cpp.

#include <string_view>

namespace gable::rules::jinja::unicode {

[[nodiscard]] bool is_other_lower(char32_t c);
[[nodiscard]] bool is_other_upper(char32_t c);
[[nodiscard]] bool is_other_digit(char32_t c);
[[nodiscard]] bool is_other_ignorable(char32_t c);
[[nodiscard]] bool is_numeral(char32_t c);
// Upper and title case that is more than one character; empty: the simple mapping. (Without Greek letters
// with iota subscript, U+1F80 to U+1FAF, which follow a rule.)
[[nodiscard]] std::string_view special_upper(char32_t c);
[[nodiscard]] std::string_view special_title(char32_t c);

}  // namespace gable::rules::jinja::unicode
