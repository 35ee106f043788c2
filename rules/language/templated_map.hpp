#pragma once
// Makes a map of templated values entry by entry, as Python's dict does: a key once, the last value counts.

#include <string_view>
#include <utility>
#include <vector>

#include "language/templated.hpp"

namespace gable::rules {

class TemplatedMap {
 public:
  void put(std::string_view key, Templated value) { put(Templated(jinja::Value(key)), std::move(value)); }
  void put(Templated key, Templated value);
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  // A literal where nothing is a template.
  [[nodiscard]] Templated take(Place place);

 private:
  std::vector<std::pair<Templated, Templated>> entries_;
};

// A list; a literal where no item is a template.
Templated templated_list(std::vector<Templated> items, Place place);

}  // namespace gable::rules
