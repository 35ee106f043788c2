#pragma once
// The commonest template of all, `{{ value_json["a"].b[0] }}`: recognised once, looked up without evaluating.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "template/syntax/tree.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class BarePath {
 public:
  // Nothing when the tree is anything but one output of a path below value_json.
  static std::optional<BarePath> recognise(const Tree& tree);

  // Borrowed from `value_json`; null when any step is not there or is not plain data: the evaluator has the
  // last word.
  [[nodiscard]] const Value* find(const Value& value_json) const;

 private:
  using Step = std::variant<std::string, std::int64_t>;
  std::vector<Step> steps_;
};

}  // namespace gable::rules::jinja
