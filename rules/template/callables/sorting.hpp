#pragma once
// Python's sorted(): stable, and comparing the same pairs first, so that values without a consistent order
// (nan, sets) end up in the same places and the same error comes first.

#include <vector>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Evaluation;

struct Sortable {
  Value key;
  Value value;
};

struct Order {
  bool reverse = false;
  // Compares keys as Python does within a list: equal ones need no order (two None).
  bool within_list = false;
};

// Charges the budget for the comparisons. TypeError for keys that cannot be compared.
void sort_stable(Evaluation& evaluation, std::vector<Sortable>& sortables, Order order);

// The values, in their new order.
Values sorted_values(std::vector<Sortable> sortables);

}  // namespace gable::rules::jinja
