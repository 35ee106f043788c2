#pragma once
// What sort, map, groupby … take as `attribute`: "a.b", "0.name", an index, or nothing for the value itself.

#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Evaluation;

class AttributePath {
 public:
  // None is the empty path: the value itself. Parts that are digits are indexes.
  explicit AttributePath(const Value& attribute);
  // `fallback`, if not none, takes the place of whatever is undefined on the way.
  AttributePath(const Value& attribute, Value fallback) : AttributePath(attribute) {
    fallback_ = std::move(fallback);
  }

  [[nodiscard]] bool empty() const { return parts_.empty(); }
  // With Jinja's x[key] for each part.
  [[nodiscard]] Value look_up(Evaluation& evaluation, Value value) const;

 private:
  Values parts_;
  Value fallback_;
};

// Text in lower case, all else as it is: how Jinja compares where nobody asks for case.
Value without_case(Value value);

}  // namespace gable::rules::jinja
