#pragma once
// What rules pass to services, as values of the tree.

#include "template/json_values.hpp"
#include "wire/value.hpp"

namespace gable::hub {

// As Python's str() of plain data, for what Home Assistant takes as text: True, 21.0, JSON for lists and
// objects.
std::string as_text(const wire::Value& value);

}  // namespace gable::hub
