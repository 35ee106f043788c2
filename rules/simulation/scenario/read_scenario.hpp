#pragma once
// Reads the tests of a file: `tests:`, a list of them or a map {what all have in common, cases: [...]}.

#include <vector>

#include "language/fields.hpp"
#include "simulation/scenario/scenario.hpp"

namespace gable::rules::simulation {

struct ScenarioFile {
  std::vector<Scenario> scenarios;
  std::vector<std::string> files;  // further files with rules, as the test names them
};

// What is wrong is in the Reading. Nothing but an empty list when the document has no tests.
ScenarioFile read_scenarios(Reading& reading, const yaml::Document& document);

// Parts of it, one file each.
void read_deeds(Fields& fields, std::vector<Deed>& out);
Expectations read_expectations(Reading& reading, yaml::Node node);
std::vector<GivenEntity> read_given(Reading& reading, yaml::Node node);

// A state as a test writes it: on and off need no quotes.
std::string state_text(Reading& reading, yaml::Node node);
// A period without templates; an error when it is none.
microseconds read_duration(Reading& reading, yaml::Node node, std::string_view what);
// A node as JSON in one line, cut: how an expectation is shown.
std::string node_text(yaml::Node node);
// One node, or each item of a list.
std::vector<yaml::Node> one_or_all(yaml::Node node);
// A map, else an error.
bool require_map(Reading& reading, yaml::Node node, std::string_view what);

}  // namespace gable::rules::simulation
