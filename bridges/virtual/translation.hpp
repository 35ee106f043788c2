#pragma once
// Between the simulated house and the contract: values both ways, and descriptions. Pure; any thread.

#include <optional>

#include "bridge/model.hpp"
#include "protocol/device.hpp"
#include "wire/value.hpp"

namespace gable::virtual_house {

wire::Value to_wire(const Value& value);
wire::Object to_wire(const Fields& fields);
// Nothing for objects and mixed lists, which no device of the house takes.
std::optional<Value> from_wire(const wire::Value& value);
// Leaves out what from_wire() cannot take.
Fields from_wire(const wire::Object& object);

// What the bridge announces. `area_name`: for people; may be empty.
bridge::Model describe(const SimDevice& device, const std::string& area_name);

}  // namespace gable::virtual_house
