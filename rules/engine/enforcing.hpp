#pragma once
// Who may act: what the whole house says, what somebody said about single rules, and what the rules' own
// files say (`enforce:`).

#include <map>
#include <string>

#include "language/rule.hpp"

namespace gable::rules {

struct Enforcing {
  Enforcing(Enforcement everywhere = Enforcement::live) : house_wide(everywhere) {}  // NOLINT: implicit

  Enforcement house_wide;
  std::map<std::string, Enforcement> moved;  // by entity id; more than the file's and the house's shadow

  // `own`: of the rule's file. A house that is off, is off; a shadow over it wakes nothing that is off.
  [[nodiscard]] Enforcement of(const std::string& entity, Enforcement own) const {
    if (house_wide == Enforcement::off) return Enforcement::off;
    if (const auto found = moved.find(entity); found != moved.end()) return found->second;
    return house_wide == Enforcement::live || own == Enforcement::off ? own : house_wide;
  }
  // What belongs to no single rule: the actions of template entities.
  [[nodiscard]] bool withholds_all() const { return house_wide != Enforcement::live; }
};

}  // namespace gable::rules
