// `gable check`: what of the rules would run, what waits for something, and what never can, against the live
// house, a house in a file, or no house at all.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "check/check.hpp"
#include "disk/rule_folder.hpp"
#include "gable/check_report.hpp"
#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string house, blueprints;
  bool offline = false, summary = false;
};

constexpr std::string_view kDefaultFolder = "rules";
constexpr wire::JsonLimits kHouseLimits{256 * 1024 * 1024, 32, 20'000'000};

// It could not be checked: another status than for rules that are refused.
int cannot(const Context& context, std::string_view why) {
  context.fail(why);
  return node::kExitUsage;
}

wire::Result<rules::Knowledge> of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf()))
    return wire::Error{wire::ErrorCode::failed, "--house: " + path + " cannot be read", ""};
  const auto house = wire::parse_json(text.str(), kHouseLimits);
  if (!house) return house.error();
  return rules::Knowledge::of_house(*house);
}

wire::Result<rules::Knowledge> of_hub(const Context& context) {
  auto client = Client::open(context);
  if (!client) return client.error();
  auto rows = (*client)->entities(wire::Object{{"describe", true}});
  if (!rows) return rows.error();
  const auto house = (*client)->request("house", {});
  if (!house) return house.error();
  wire::Object whole{{"entities", std::move(*rows)}};
  // Areas, floors and labels that no entity is in, and commands.
  for (const char* key : {"areas", "floors", "labels", "commands"}) {
    const wire::Object* described = house->as_object();
    const wire::Value* listed = described == nullptr ? nullptr : described->find(key);
    if (listed != nullptr) whole.set(key, *listed);
  }
  return rules::Knowledge::of_house(std::move(whole));
}

wire::Result<rules::Knowledge> knowledge_for(const Options& options, const Context& context) {
  if (!options.house.empty()) return of_file(options.house);
  if (options.offline) return rules::Knowledge();
  auto knowledge = of_hub(context);
  if (knowledge) return knowledge;
  wire::Error error = knowledge.error();
  error.text += "; --offline checks without a house";
  return error;
}

// Rules that were read together. Paths as people gave them.
struct Part {
  rules::RuleSet rules;
};

wire::Result<std::vector<Part>> read_parts(const Options& options) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) paths.emplace_back(kDefaultFolder);
  std::vector<std::string> files;
  std::vector<Part> parts;
  for (const std::string& path : paths) {
    std::error_code code;
    if (!fs::exists(path, code))
      return wire::Error{wire::ErrorCode::failed, "there is no file or folder " + path, ""};
    if (!fs::is_directory(path, code)) {
      files.push_back(path);
      continue;
    }
    parts.push_back({rules::read_rule_folder(path, options.blueprints).rules});
    for (std::string& name : parts.back().rules.files) name = (fs::path(path) / name).string();
  }
  if (!files.empty()) parts.push_back({rules::read_rule_files(files, options.blueprints).rules});
  return parts;
}

int check(const Options& options, const Context& context) {
  if (options.offline && !options.house.empty())
    return cannot(context, "--offline and --house exclude each other");
  const auto parts = read_parts(options);
  if (!parts) return cannot(context, parts.error().message());
  auto knowledge = knowledge_for(options, context);
  if (!knowledge) return cannot(context, knowledge.error().message());
  for (const Part& part : *parts) knowledge->add_rules(part.rules);
  CheckSummary summary;
  for (const Part& part : *parts) {
    for (const rules::RuleReport& report : rules::check(part.rules, *knowledge)) {
      summary.add(report);
      if (context.json) {
        context.print(rules::to_json(report, part.rules.files));
      } else if (!options.summary) {
        print_report(report, part.rules.files, context);
      }
    }
  }
  if (!context.json) summary.print(context, options.summary);
  return summary.any_refused() ? node::kExitFailed : node::kExitOk;
}

}  // namespace

NamedRunner add_check(node::Arguments& all) {
  auto& arguments = all.command("check", "Check rules: what runs, what waits for something, what never can");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("PATH", options->paths, "files or folders of rules; ./rules if none is given", false);
  arguments.flag("--offline", options->offline, "without a house: every entity of a known domain may exist");
  arguments.option("--house", "FILE", options->house, "against this house, as gable ls --json printed it");
  arguments.option("--blueprints", "DIR", options->blueprints, "a second folder of blueprints");
  arguments.flag("--summary", options->summary, "only the counts, with the reasons by their number");
  arguments.epilog(
      "Exit status: 0 every rule is ok or waits, 1 some are refused, 2 it could not be checked.");
  return {"check", [options](const Context& context) { return check(*options, context); }};
}

}  // namespace gable::cli
