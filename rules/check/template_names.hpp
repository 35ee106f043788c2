#pragma once
// Names in templates that nobody defines: functions, filters and tests that do not exist, and variables that
// the rule does not have.

#include "check/inspection.hpp"
#include "template/house/constant_names.hpp"

namespace gable::rules {

void inspect_names(Inspection& in, const jinja::Tree& tree, const jinja::ConstantNames& bound, Place place);

// The variables that a rule defines anywhere in it, for Inspection::variables.
void collect_variables(const Variables& variables, Inspection& in);
void collect_variables(const std::vector<Trigger>& triggers, Inspection& in);
void collect_variables(const Sequence& sequence, Inspection& in);

}  // namespace gable::rules
