#pragma once
// Breaks the product on purpose, one way after the other. A checker that does not notice proves nothing.

namespace gable::sim {

// Prints what was noticed where. False: one of them was not noticed within the seeds tried.
bool try_sabotages();

}  // namespace gable::sim
