#pragma once
// Traces of rules as people read them: one run, or one trigger that became none, as a tree. Pure.

#include <string>
#include <vector>

#include "gable/paint.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::cli {

// One line of a tree; children follow their parent, one deeper.
struct Branch {
  std::size_t depth = 0;
  std::string text;
};
// "├─ a", "│  └─ b": each with its end of line.
std::string draw_tree(const std::vector<Branch>& branches);

// "input_boolean.door: off → on": what fired.
std::string trigger_text(const wire::Object& trace);
// "finished", "did not run: conditions not met": how it ended.
std::string verdict_text(const wire::Object& trace, const Paint& paint);
// A line of the journal with k=trace, whole.
std::string trace_text(const wire::Object& trace, const Paint& paint, wire::Time now);

}  // namespace gable::cli
