#pragma once
// The simulated house's configuration: helpers that count, and rules of all shapes that make them count.

#include "core/house.hpp"
#include "language/rule.hpp"

namespace gable::sim {

hub::House make_house();
// Throws std::logic_error when one of the rules is refused.
rules::RuleSet make_rules();

}  // namespace gable::sim
