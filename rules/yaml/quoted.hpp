#pragma once
// Scalars as they stand in a file: where they end, and what they mean where yaml-cpp's reading differs from
// PyYAML's.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gable::rules::yaml {

// A character that PyYAML takes for the end of a line: '\n' (others have been turned into it), U+2028,
// U+2029. Returns its length, or 0.
std::size_t break_length(std::string_view text);

// The text of a quoted scalar without its quotes; `text` begins with the first. Nothing when it is not
// closed.
std::optional<std::string_view> quoted_part(std::string_view text);

// What a quoted scalar means: lines folded and, in a double-quoted one, escapes read. Nothing for an escape
// that PyYAML does not know.
std::optional<std::string> unquote(std::string_view part, bool double_quoted);

// How many line breaks end a block scalar that keeps them (">+"); `source` begins with its header, `text` is
// what yaml-cpp made of it. 0: nothing but breaks, which yaml-cpp counts right.
std::size_t kept_breaks(std::string_view source, std::string_view text);

}  // namespace gable::rules::yaml
