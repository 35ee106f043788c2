#include "gable/test_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "language/reading.hpp"
#include "simulation/scenario/read_scenario.hpp"
#include "yaml/includes.hpp"

namespace gable::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBesides = ".test.yaml";

// A look at the text spares reading the whole of a folder's YAML.
bool holds_tests(const fs::path& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("tests:")) return true;
  }
  return false;
}

void collect(const fs::path& folder, std::vector<std::string>& out, std::string& problem) {
  std::error_code code;
  for (fs::recursive_directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    const std::string extension = at->path().extension().string();
    if (!at->is_regular_file(ignored) || (extension != ".yaml" && extension != ".yml")) continue;
    if (holds_tests(at->path())) out.push_back(at->path().string());
  }
  if (code) problem = folder.string() + ": " + code.message();
}

// a.test.yaml is about a.yaml.
std::string tested_by(const std::string& path) {
  if (!path.ends_with(kBesides)) return {};
  const std::string other = path.substr(0, path.size() - kBesides.size()) + ".yaml";
  std::error_code code;
  return fs::exists(other, code) ? other : std::string();
}

// `files:` are named from where the test stands.
std::vector<std::string> rule_files(const std::string& path, const std::vector<std::string>& named) {
  std::vector<std::string> out{path};
  if (std::string beside = tested_by(path); !beside.empty()) out.push_back(std::move(beside));
  for (const std::string& name : named)
    out.push_back((fs::path(path).parent_path() / name).lexically_normal().string());
  return out;
}

}  // namespace

std::vector<std::string> find_test_files(const std::vector<std::string>& paths, std::string& problem) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code code;
    if (!fs::is_directory(path, code)) {
      out.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    collect(path, found, problem);
    std::sort(found.begin(), found.end());
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

TestFile read_test_file(const std::string& path, const std::string& blueprints) {
  TestFile out;
  out.path = path;
  const fs::path whole(path);
  rules::FolderFiles files(whole.parent_path().string());
  auto document = rules::yaml::load(files, whole.filename().string());
  if (!document) {
    out.files.push_back(path);
    rules::Finding finding;
    finding.code = "unreadable";
    finding.message = document.error().message();
    out.findings.push_back(std::move(finding));
    return out;
  }
  rules::Reading reading(out.files);
  rules::simulation::ScenarioFile tests = rules::simulation::read_scenarios(reading, *document);
  out.findings = reading.take();
  out.scenarios = std::move(tests.scenarios);
  // People know the files by the names that they gave.
  for (std::string& file : out.files) file = (whole.parent_path() / file).string();
  out.folder = rules::read_rule_files(rule_files(path, tests.files), blueprints);
  return out;
}

std::string place_text(const std::vector<std::string>& files, const rules::Place& place) {
  std::string file = place.file < files.size() ? files[place.file] : std::string("tests");
  if (place.line == 0) return file;
  return file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace gable::cli
