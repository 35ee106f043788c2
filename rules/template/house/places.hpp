#pragma once
// Distances on the earth. Pure.

#include <optional>

#include "template/house/house.hpp"

namespace gable::rules::jinja {

// Kilometres along the ellipsoid WGS 84 by Vincenty's inverse formula, rounded to millimetres as Home
// Assistant does; nothing for points nearly opposite to each other, where the formula finds no end.
[[nodiscard]] std::optional<double> kilometres_between(const House::Place& a, const House::Place& b);

// The attributes latitude and longitude, where both are floats.
[[nodiscard]] std::optional<House::Place> place_of(const EntityState& state);

}  // namespace gable::rules::jinja
