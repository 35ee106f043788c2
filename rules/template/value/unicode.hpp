#pragma once
// Text as Python sees it: UTF-8 without, code points within. What a character is comes from utf8proc's
// version of Unicode (of 2.8: 15; Python 3.11 has 14). An octet that is no part of well-formed UTF-8 counts
// as a character of its own (U+DC00 plus the octet, as in Python's surrogateescape). Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gable::rules::jinja::unicode {

// Every octet below 0x80: then octets are code points and the quick way will do.
[[nodiscard]] bool is_ascii(std::string_view text);
// Code points in it: Python's len().
[[nodiscard]] std::size_t count(std::string_view text);
// Octet at which code point number `index` begins; text.size() when there are no more than `index`.
[[nodiscard]] std::size_t offset(std::string_view text, std::size_t index);
// Code point number of the octet `offset`: what str.find() answers with.
[[nodiscard]] std::size_t index(std::string_view text, std::size_t offset);
// `length` code points from number `start`.
[[nodiscard]] std::string_view sub(std::string_view text, std::size_t start, std::size_t length);

// The code point at octet `at`, which is moved behind it. `at` < text.size().
[[nodiscard]] char32_t next(std::string_view text, std::size_t& at);
// The same backwards: the code point that ends before `at`, which is moved to its begin. `at` > 0.
[[nodiscard]] char32_t previous(std::string_view text, std::size_t& at);
// The octet at which the code point at `at` ends.
[[nodiscard]] std::size_t end_of(std::string_view text, std::size_t at);
void append(char32_t code_point, std::string& out);

// Python's str.upper() … with the full mappings (ß → SS, final sigma).
[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string title(std::string_view text);
[[nodiscard]] std::string capitalize(std::string_view text);
[[nodiscard]] std::string swapcase(std::string_view text);
[[nodiscard]] std::string casefold(std::string_view text);

// NFKD, and what is not ASCII left out: é → e, ß → nothing, ½ → 12.
[[nodiscard]] std::string to_ascii(std::string_view text);

// Of one character.
[[nodiscard]] bool is_alpha(char32_t c);
[[nodiscard]] bool is_decimal(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);
[[nodiscard]] bool is_numeric(char32_t c);
[[nodiscard]] bool is_alnum(char32_t c);
[[nodiscard]] bool is_space(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);
[[nodiscard]] bool is_title(char32_t c);
[[nodiscard]] bool is_printable(char32_t c);
// 0 to 9 for a decimal digit of any script.
[[nodiscard]] std::optional<int> decimal_value(char32_t c);

// Of a whole text, Python's str.isalpha() …: false for the empty text (but isprintable()).
[[nodiscard]] bool is_alpha(std::string_view text);
[[nodiscard]] bool is_decimal(std::string_view text);
[[nodiscard]] bool is_digit(std::string_view text);
[[nodiscard]] bool is_numeric(std::string_view text);
[[nodiscard]] bool is_alnum(std::string_view text);
[[nodiscard]] bool is_space(std::string_view text);
[[nodiscard]] bool is_upper(std::string_view text);
[[nodiscard]] bool is_lower(std::string_view text);
[[nodiscard]] bool is_title(std::string_view text);
[[nodiscard]] bool is_printable(std::string_view text);

// Without white space (of any script) at the begin, at the end: str.lstrip(), str.rstrip(); both:
// str.strip().
[[nodiscard]] std::string_view trim_left(std::string_view text);
[[nodiscard]] std::string_view trim_right(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace gable::rules::jinja::unicode
