#pragma once
// The filter version: numbers of versions that compare as such.

#include <string_view>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

// "2024.10.1", "v1.2.3-beta.4" …: compares with versions and texts, has the parts as attributes, and minus
// another says which parts differ.
Value version_value(std::string_view text);

}  // namespace gable::rules::jinja
