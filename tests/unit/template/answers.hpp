#pragma once
// Tables of templates and their answers, as the reference implementation gives them (real Jinja2 with Home
// Assistant's functions), over a few variables.

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "render.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"

namespace gable::rules::jinja {

// `expected` is the text, or "passthrough UndefinedError" and the like.
struct Answer {
  std::string_view source;
  std::string_view expected;
};

inline std::vector<Variable> reference_variables() {
  static const Value kAll = *read_json(R"({
    "rows": [{"n": "b", "v": 2, "sub": {"x": 1}}, {"n": "A", "v": 1, "sub": {"x": 3}}, {"n": "a", "v": 3}],
    "nums": [3, 1, 2],
    "d": {"b": 1, "A": 2, "c": 0}
  })");
  std::vector<Variable> variables;
  for (const Dict::Entry& entry : kAll.as_dict()->entries()) {
    variables.push_back({*entry.key.as_text(), entry.value});
  }
  return variables;
}

inline void expect_answers(std::initializer_list<Answer> answers) {
  const std::vector<Variable> variables = reference_variables();
  for (const Answer& answer : answers) {
    std::string actual = render(answer.source, variables);
    // Python's wording of errors is not promised, their class is.
    if (render_all(answer.source, variables).outcome != Outcome::text) actual.resize(actual.find(':'));
    EXPECT_EQ(actual, answer.expected) << answer.source;
  }
}

}  // namespace gable::rules::jinja
