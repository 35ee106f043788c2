#pragma once
// Text of a template → Tree. Jinja2's grammar with Home Assistant's settings (trim_blocks off, lstrip_blocks
// off, loop controls and `do`). A filter or test that does not exist is an error here, as in Jinja. Pure; any
// thread.

#include <string_view>

#include "template/syntax/tree.hpp"
#include "wire/result_type.hpp"

namespace gable::rules::jinja {

// Octets of source, and how deep expressions and blocks may be nested in it.
inline constexpr std::size_t kMaxSource = 64 * 1024;
inline constexpr int kMaxNesting = 64;

// Errors: malformed or too_large, with the text "expected …, got …" (and the nearest name of an unknown
// filter, test or statement) and `where` = "line:column".
wire::Result<Tree> parse(std::string_view source);

}  // namespace gable::rules::jinja
