#pragma once
// Text to bytes and back: encodings, base64, hexadecimal digits. Pure.

#include <string>
#include <string_view>

#include "template/evaluate/evaluation.hpp"

namespace gable::rules::jinja {

// str.encode() and bytes.decode() for UTF-8, ASCII, Latin-1 and UTF-16; `errors` is strict, ignore or
// replace. ValueError as Python's UnicodeError, and for an encoding that is not known.
std::string encoded(Evaluation& evaluation, std::string_view text, std::string_view encoding,
                    std::string_view errors);
std::string decoded(Evaluation& evaluation, std::string_view octets, std::string_view encoding,
                    std::string_view errors);

std::string base64_text(std::string_view octets);
// As lenient as Python: what is not of the alphabet is skipped. ValueError for wrong padding.
std::string base64_octets(std::string_view text);

void append_hex(char octet, std::string& out);
std::string hex_text(std::string_view octets);
// Pairs of digits, white space between pairs. ValueError as bytes.fromhex().
std::string hex_octets(std::string_view text);

}  // namespace gable::rules::jinja
