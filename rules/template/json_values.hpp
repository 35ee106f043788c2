#pragma once
// JSON and the tree's own values as values of templates. Pure.

#include <string_view>

#include "template/value/value.hpp"
#include "wire/json.hpp"

namespace gable::rules::jinja {

// Strict JSON, as `value_json` and from_json() take it: integers of any size, 1 and 1.0 kept apart, the last
// of equal keys. Errors: malformed, too_large.
wire::Result<Value> read_json(std::string_view text, const wire::JsonLimits& limits = wire::kDocumentLimits);

// A value of the tree (an attribute, a variable).
Value from_wire(const wire::Value& value);
Value from_wire(const wire::Object& object);

// The way back: tuples and sets become lists, None and undefined null, everything that JSON does not know its
// text.
wire::Value to_wire(const Value& value);
// A dict; everything else gives an empty object. Keys become texts.
wire::Object to_wire_object(const Value& value);

}  // namespace gable::rules::jinja
