#pragma once
// The rules of the files that are in force, for whoever asks: where each stands, who acts, and what was found
// wrong with it. Refused ones and those that are off are in it too, though they have no entity.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.hpp"
#include "core/registry.hpp"
#include "engine/engine.hpp"

namespace gable::hub {

class RuleListing {
 public:
  // What a rule names, there or not.
  struct Need {
    rules::Mention what;
    std::string file;  // empty: that of the rule
  };
  struct Rule {
    std::string entity;  // "automation.night_light"
    std::string name;
    std::string file;
    std::uint32_t line = 0;
    std::string mode;
    rules::Enforcement enforcement = rules::Enforcement::live;  // in the end
    bool moved = false;                                         // by request, whatever its file says
    bool refused = false;
    bool faulty = false;  // in force, but something in it cannot work
    wire::List findings;
    std::vector<Need> needs;
  };

  RuleListing() = default;
  // `reports`: of the checker, without a house.
  RuleListing(const rules::RuleSet& rules, const rules::Enforcing& enforcing,
              const std::vector<rules::RuleReport>& reports);

  // Rules that go on as they were, since their file cannot be read at present: those of `former` that are not
  // listed here and do not come from a file that was read. Gives their ids.
  std::set<std::string> keep_unread(const RuleListing& former, const rules::RuleSet& rules);

  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }  // by entity id
  [[nodiscard]] const wire::List& findings() const { return findings_; }   // of no single rule
  [[nodiscard]] rules::Enforcement house_wide() const { return house_wide_; }
  [[nodiscard]] const Rule* find(std::string_view entity) const;
  // The rules that name this entity, in the order of their ids.
  [[nodiscard]] std::vector<std::string> naming(std::string_view entity) const;
  // "night_light" or "automation.night_light" → the entity's id. Errors: unknown_entity, with the nearest
  // name.
  [[nodiscard]] wire::Result<std::string> resolve(std::string_view name) const;

 private:
  void add(const rules::RuleSet& rules, const rules::RuleReport& report);
  void sort();

  std::vector<Rule> rules_;
  wire::List findings_;
  rules::Enforcement house_wide_ = rules::Enforcement::live;
};

std::string_view to_string(rules::Enforcement enforcement);
std::optional<rules::Enforcement> enforcement_of(std::string_view text);

// {"rule","name","file","line","status","enabled","mode","enforcement","moved","last_triggered","current",
// "findings"}; status: ok, refused, off, faulty (something in it cannot work), waits (for entities that are
// not there).
wire::Object rule_row(const RuleListing::Rule& rule, const Registry& registry);
// {"added","changed","removed","refused","unchanged"}; of refused ones what is wrong.
wire::Object load_row(const rules::LoadReport& report, const RuleListing& listing);

}  // namespace gable::hub
