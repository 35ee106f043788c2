#pragma once
// Going through sequences.

#include "language/action.hpp"

namespace gable::rules {

template <typename Visit>
void for_each_action(const Sequence& sequence, const Visit& visit);

// The sequences directly within an action.
template <typename Visit>
void for_each_branch(const Action& action, const Visit& visit) {
  if (const auto* choose = std::get_if<ChooseAction>(&action.kind)) {
    for (const ChooseOption& option : choose->options) visit(option.sequence);
    if (choose->otherwise) visit(*choose->otherwise);
  } else if (const auto* branch = std::get_if<IfAction>(&action.kind)) {
    visit(branch->then);
    if (branch->otherwise) visit(*branch->otherwise);
  } else if (const auto* repeat = std::get_if<RepeatAction>(&action.kind)) {
    visit(repeat->sequence);
  } else if (const auto* parallel = std::get_if<ParallelAction>(&action.kind)) {
    for (const Sequence& sequence : parallel->branches) visit(sequence);
  } else if (const auto* nested = std::get_if<SequenceAction>(&action.kind)) {
    visit(nested->sequence);
  }
}

// Every action below, outermost first.
template <typename Visit>
void for_each_action(const Sequence& sequence, const Visit& visit) {
  for (const Action& action : sequence) {
    visit(action);
    for_each_branch(action, [&visit](const Sequence& inner) { for_each_action(inner, visit); });
  }
}

}  // namespace gable::rules
