#pragma once
// What the registries say that the house will have once its devices have announced themselves, for the
// checker of rules; and what comes from elsewhere, so that a rule that waits is told for what.

#include <map>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "import/foreign_names.hpp"

namespace gable::importing {

struct KnownHouse {
  rules::Knowledge knowledge;
  // Entities and devices that Home Assistant has and this house has not → the integration: "hue".
  std::map<std::string, std::string, std::less<>> elsewhere;
};

// Throws FolderError.
KnownHouse known_house(const Folder& folder, const ForeignNames& names, const rules::RuleSet& rules);

// Every rule with what became of it; what waits for something from elsewhere says so. `waits_for` gets how
// many rules wait for each integration.
std::vector<rules::RuleReport> check_rules(const rules::RuleSet& rules, KnownHouse house,
                                           std::map<std::string, std::size_t>& waits_for);

}  // namespace gable::importing
