#pragma once
// Floats of 16 bits (IEEE 754 binary16). Pure.

#include <cstdint>
#include <optional>

namespace gable::rules::jinja {

// Rounded half to even; nothing when it is too large.
std::optional<std::uint16_t> half_bits(double number);
double half_value(std::uint16_t bits);

}  // namespace gable::rules::jinja
