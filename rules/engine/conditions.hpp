#pragma once
// Conditions, three-valued: true, false, or an error (an unknown entity, a template that fails), and the
// trace of how it came about.

#include "engine/scope.hpp"
#include "language/condition.hpp"

namespace gable::rules {

enum class Verdict : std::uint8_t { no, yes, error };

struct ConditionResult {
  Verdict verdict = Verdict::no;
  wire::Object trace;  // {"condition": "state", "result": …, "state": "off", "wanted": "on", "error": …,
                       // "members": […]}
};

// Implicit and. Three-valued as rules.md, section 8, has it.
ConditionResult judge(const Conditions& conditions, const Scope& scope, const Renderer& renderer);
ConditionResult judge(const Condition& condition, const Scope& scope, const Renderer& renderer);

}  // namespace gable::rules
