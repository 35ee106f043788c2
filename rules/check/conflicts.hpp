#pragma once
// Automations that undo what others do at the same moment, or that start each other without end. Only what
// is certain: no condition, no wait and no template stands between.

#include <functional>
#include <vector>

#include "language/rule.hpp"

namespace gable::rules {

using Report = std::function<void(std::size_t index, Finding finding)>;

void find_conflicts(const std::vector<Automation>& automations, const Report& report);

}  // namespace gable::rules
