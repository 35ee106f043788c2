#pragma once
// What rules pass to services, as values of the tree.

#include "template/value/value.hpp"
#include "wire/value.hpp"

namespace gable::hub {

// Tuples and sets become lists, None and undefined null, everything that JSON does not know its text.
wire::Value to_wire(const rules::jinja::Value& value);
// A dict; everything else gives an empty object. Keys become texts.
wire::Object to_wire_object(const rules::jinja::Value& value);

// As Python's str() of plain data, for what Home Assistant takes as text: True, 21.0, JSON for lists and
// objects.
std::string as_text(const wire::Value& value);

}  // namespace gable::hub
