// `gable test`: the tests that stand beside rules, in simulated time.

#include <chrono>
#include <iomanip>
#include <sstream>

#include "gable/commands.hpp"
#include "gable/test_files.hpp"
#include "gable/zones.hpp"

namespace gable::cli {

namespace {

namespace simulation = rules::simulation;

struct Options {
  std::vector<std::string> paths;
  std::string only, blueprints;
  bool story = false;
};

struct Count {
  std::size_t run = 0, failed = 0;
  bool broken = false;  // a file could not be read, or its tests are not right
};

class Session {
 public:
  Session(const Options& options, const Context& context) : options_(options), context_(context) {}

  void take(const std::string& path) {
    const TestFile file = read_test_file(path, options_.blueprints);
    tell_findings(file.findings, file.files, "");
    tell_rules(file.folder.rules);
    for (const rules::Finding& finding : file.findings) {
      if (finding.severity == rules::Severity::error) count_.broken = true;
    }
    // Half a test says nothing.
    if (!count_.broken || file.findings.empty()) run_all(file);
  }

  [[nodiscard]] const Count& count() const { return count_; }

 private:
  void run_all(const TestFile& file) {
    for (const simulation::Scenario& scenario : file.scenarios) {
      if (scenario.name.find(options_.only) == std::string::npos) continue;
      const simulation::ScenarioParts parts{file.folder.rules, file.folder.macros.get(), zones_,
                                            options_.story};
      const simulation::ScenarioOutcome outcome = simulation::run_scenario(scenario, parts);
      ++count_.run;
      if (!outcome.ok()) ++count_.failed;
      if (context_.json) {
        tell_json(file, scenario, outcome);
      } else {
        tell(file, scenario, outcome);
      }
    }
  }

  void tell(const TestFile& file, const simulation::Scenario& scenario,
            const simulation::ScenarioOutcome& outcome) const {
    const std::string mark =
        outcome.ok() ? context_.paint(Colour::green, "ok    ") : context_.paint(Colour::red, "FAILED");
    context_.out << mark << ' ' << printable(scenario.name);
    if (!outcome.ok())
      context_.out << "  " << context_.paint(Colour::dim, place_text(file.files, scenario.place));
    context_.out << '\n';
    for (const simulation::Failure& failure : outcome.failures) {
      tell_lines("  expected  ", failure.expected, place_text(file.files, failure.place));
      tell_lines("  happened  ", failure.happened, "");
    }
    if (!outcome.story.empty()) context_.out << "  the whole story:\n";
    for (const std::string& line : outcome.story) tell_lines("    ", line, "");
  }

  // The first line behind the head, the others below it.
  void tell_lines(const std::string& head, const std::string& text, const std::string& place) const {
    std::istringstream lines(text);
    bool first = true;
    for (std::string line; std::getline(lines, line); first = false) {
      context_.out << (first ? head : std::string(head.size(), ' ')) << printable(line);
      if (first && !place.empty()) context_.out << "  " << context_.paint(Colour::dim, "(" + place + ")");
      context_.out << '\n';
    }
  }

  void tell_json(const TestFile& file, const simulation::Scenario& scenario,
                 const simulation::ScenarioOutcome& outcome) const {
    wire::Object line = at(file.files, scenario.place);
    line.set("name", scenario.name);
    line.set("status", outcome.ok() ? "ok" : "failed");
    wire::List failures;
    for (const simulation::Failure& failure : outcome.failures) {
      wire::Object one = at(file.files, failure.place);
      one.set("expected", failure.expected);
      one.set("happened", failure.happened);
      failures.emplace_back(std::move(one));
    }
    line.set("failures", std::move(failures));
    wire::List story;
    for (const std::string& text : outcome.story) story.emplace_back(text);
    line.set("story", std::move(story));
    context_.print(line);
  }

  static wire::Object at(const std::vector<std::string>& files, const rules::Place& place) {
    return {{"file", place.file < files.size() ? files[place.file] : std::string()},
            {"line", static_cast<std::int64_t>(place.line)},
            {"column", static_cast<std::int64_t>(place.column)}};
  }

  void tell_findings(const rules::Findings& findings, const std::vector<std::string>& files,
                     const std::string& rule) const {
    for (const rules::Finding& finding : findings) {
      if (finding.severity == rules::Severity::warning) continue;
      context_.err << place_text(files, finding.place) << ": " << (rule.empty() ? "" : rule + ": ")
                   << printable(finding.message) << '\n';
    }
  }

  // A rule that is refused is not in force: its tests would fail without saying why.
  void tell_rules(const rules::RuleSet& rules) {
    const auto tell = [&](const rules::Findings& findings, const std::string& name) {
      tell_findings(findings, rules.files, name);
      for (const rules::Finding& finding : findings) {
        if (finding.severity != rules::Severity::warning) count_.broken = true;
      }
    };
    tell(rules.findings, "");
    for (const auto& rule : rules.automations) tell(rule.findings, "automation." + rule.id);
    for (const auto& rule : rules.scripts) tell(rule.findings, "script." + rule.id);
    for (const auto& rule : rules.scenes) tell(rule.findings, "scene." + rule.id);
    for (const auto& rule : rules.template_entities) tell(rule.findings, rule.domain + "." + rule.id);
  }

  const Options& options_;
  const Context& context_;
  Zones zones_;
  Count count_;
};

int run(const Options& options, const Context& context) {
  const auto began = std::chrono::steady_clock::now();
  std::string problem;
  const std::vector<std::string> here{"."};
  const auto files = find_test_files(options.paths.empty() ? here : options.paths, problem);
  if (!problem.empty()) {
    context.fail(problem);
    return node::kExitUsage;
  }
  Session session(options, context);
  for (const std::string& file : files) session.take(file);
  const Count& count = session.count();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (!context.json) {
    context.out << count.run - count.failed << " of " << count.run << " tests are ok, in " << std::fixed
                << std::setprecision(2) << seconds << " s\n";
  }
  if (count.broken) return node::kExitUsage;
  if (count.run == 0) {
    context.fail("there are no tests in these files: they stand under `tests:` (rules/LANGUAGE.md)");
    return node::kExitUsage;
  }
  return count.failed == 0 ? node::kExitOk : node::kExitFailed;
}

}  // namespace

NamedRunner add_test(node::Arguments& all) {
  auto& arguments = all.command("test", "Run the tests that stand beside rules, in simulated time");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("FILE", options->paths,
                       "files with `tests:`, or folders of them; default: this folder", false);
  arguments.option("--only", "TEXT", options->only, "only tests with this in their name");
  arguments.option("--blueprints", "DIR", options->blueprints,
                   "blueprints beside those in the rules' own folder");
  arguments.flag("--story", options->story, "tell what happened, of tests that are ok too");
  return {"test", [options](const Context& context) { return run(*options, context); }};
}

}  // namespace gable::cli
