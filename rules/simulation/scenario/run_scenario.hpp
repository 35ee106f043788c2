#pragma once
// Runs one test of rules in a house of its own and says what was otherwise than expected.

#include <string>
#include <vector>

#include "language/rule.hpp"
#include "simulation/scenario/scenario.hpp"

namespace gable::rules::simulation {

// Time zones by name; from outside, since their rules are in a database.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  // Null when there is none of that name. Lives as long as the source.
  virtual const jinja::TimeZone* find(const std::string& name) = 0;
};

struct Failure {
  Place place;
  std::string expected, happened;
};

struct ScenarioOutcome {
  std::vector<Failure> failures;   // of the first step that had any
  std::vector<std::string> story;  // what happened, when that is asked for
  [[nodiscard]] bool ok() const { return failures.empty(); }
};

struct ScenarioParts {
  const RuleSet& rules;  // copied for each test: templates are shared, all else is small
  const jinja::Library* macros = nullptr;
  ZoneSource& zones;
  bool always_tell = false;  // the story of a test that went well, too
};

ScenarioOutcome run_scenario(const Scenario& scenario, const ScenarioParts& parts);

// What a step expected and did not find since `mark`.
std::vector<Failure> check(const Expectations& expected, SimulatedHouse& house, std::uint64_t mark);

}  // namespace gable::rules::simulation
