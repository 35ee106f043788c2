#pragma once
// Files with tests of rules: which there are, and the tests and rules that they hold.

#include <string>
#include <vector>

#include "disk/rule_folder.hpp"
#include "simulation/scenario/scenario.hpp"

namespace gable::cli {

struct TestFile {
  std::string path;
  rules::RuleFolder folder;  // the rules of the file, of the one beside it, and of those that it names
  std::vector<rules::simulation::Scenario> scenarios;
  std::vector<std::string> files;  // that places of scenarios and findings count
  rules::Findings findings;        // what is wrong with the tests
};

// Files as they are given; of folders all YAML files in them that hold tests. A folder that cannot be read is
// an error in `problem`.
std::vector<std::string> find_test_files(const std::vector<std::string>& paths, std::string& problem);

TestFile read_test_file(const std::string& path, const std::string& blueprints);

// "rules.yaml:12:5"
std::string place_text(const std::vector<std::string>& files, const rules::Place& place);

}  // namespace gable::cli
