#pragma once
// The door of the checker: what of a set of rules would run in a house, what waits for something that is
// missing, and what never can. Pure; it asks nobody but Knowledge.

#include <string>
#include <string_view>
#include <vector>

#include "check/knowledge.hpp"
#include "check/mention.hpp"
#include "language/rule.hpp"

namespace gable::rules {

enum class Status : std::uint8_t { ok, waits, refused };
std::string_view to_string(Status status);

struct RuleReport {
  Place place;            // where the rule begins; line 0: the file as a whole
  std::string id;         // "automation.night_light"; empty for a file
  std::string unique_id;  // `id:` of the file, if it has one
  std::string alias;
  std::string kind;  // automation, script, scene, template, file
  Status status = Status::ok;
  Findings problems;  // in the order of the file
  std::vector<Mention> mentions;
};

// In the order: files, automations, scripts, scenes, template entities. Files come only with problems.
// `knowledge` should have the rules themselves (Knowledge::add_rules).
std::vector<RuleReport> check(const RuleSet& rules, const Knowledge& knowledge);

// {"file", "line", "id", "kind", "status", "problems"}.
wire::Object to_json(const RuleReport& report, const std::vector<std::string>& files);

}  // namespace gable::rules
