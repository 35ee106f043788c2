#pragma once
// Homie 5's $description: one JSON document that says what a device is.

#include <string>
#include <string_view>
#include <vector>

#include "discovery/homie/model.hpp"
#include "wire/result_type.hpp"

namespace gable::discovery::homie {

// `base` is the device's topic, "homie/5/meter". What is wrong with single nodes and properties costs only
// those and is said in `faults`. Errors: malformed (no JSON object, another version of Homie), too_large.
wire::Result<Model> read_description(std::string_view base, std::string_view payload, const Limits& limits,
                                     std::vector<std::string>& faults);

}  // namespace gable::discovery::homie
