#pragma once
// Data as YAML that people like to read: blocks outside, {flow: maps} inside.

#include <string>

#include "wire/value.hpp"

namespace gable::importing {

// Texts are always quoted, so that none of them is taken for a number; {"!secret": name} and
// {"!include": file} become those tags.
std::string yaml_text(const wire::Object& document);

}  // namespace gable::importing
