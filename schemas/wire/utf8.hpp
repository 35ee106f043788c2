#pragma once
// Texts from outside are shown within limits of bytes; a limit must not cut a character of UTF-8 in two,
// since JSON and MQTT take no halves.

#include <cstddef>
#include <string>
#include <string_view>

namespace gable::wire {

// As much of the beginning of `text` (UTF-8) as fits into `bytes`.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);
// The same, with "…" behind it when something is left out.
std::string shortened(std::string_view text, std::size_t bytes);
// The beginning of a short text up to what is no UTF-8: what somebody else says of bytes that he has split.
std::string_view utf8_start(std::string_view text);
// The text with U+FFFD for each byte that is no part of a character, and for NUL, which MQTT does not take:
// what a program has written may be in any encoding.
std::string mended_utf8(std::string text);
// Characters (code points) of a valid text.
std::size_t utf8_length(std::string_view text);

}  // namespace gable::wire
