// `gable import`: a house that was made in another system, taken over.

#include <algorithm>
#include <map>

#include "disk/rule_folder.hpp"
#include "gable/check_report.hpp"
#include "gable/commands.hpp"
#include "import/house_file.hpp"
#include "import/known_house.hpp"
#include "import/rule_files.hpp"

namespace gable::cli {

namespace {

namespace importing = gable::importing;

struct Options {
  std::string system, folder, out = "imported", blueprints;
};

struct Imported {
  importing::Folder folder;
  importing::ForeignNames names;
  importing::NewFolder made;
  rules::RuleSet rules;
  std::vector<rules::RuleReport> reports;
  std::map<std::string, std::size_t> waits_for;
};

// Reads all of it, then writes all of it: a folder with something wrong in it leaves nothing behind.
Imported take_over(const Options& options) {
  importing::check_empty(options.out);
  rules::FolderFiles files(options.folder);
  if (const auto listed = files.list(""); !listed) throw importing::FolderError(listed.error().message());
  Imported out;
  out.folder = importing::read_folder(files);
  out.rules = rules::read_rule_folder(options.folder, options.blueprints).rules;
  importing::Remarks& remarks = out.folder.remarks;
  out.names = importing::foreign_names(out.folder, out.rules, remarks);
  const wire::Object house = importing::house_document(out.folder, out.names, out.rules, remarks);
  const wire::Object ids = importing::ids_document(out.names);
  out.made.from = options.folder;
  out.made.to = options.out;
  out.made.house = importing::house_text(house);
  if (!ids.empty()) out.made.ids = importing::ids_text(ids);
  out.made.house_secrets = out.made.house.find(importing::kSecretMark) != std::string::npos;
  out.made.rules = importing::rule_files(files, out.folder.configuration);
  out.reports = importing::check_rules(out.rules, importing::known_house(out.folder, out.names, out.rules),
                                       out.waits_for);
  importing::write_folder(out.made);
  for (std::string& name : out.rules.files) name.insert(0, options.out + "/rules/");
  return out;
}

std::size_t count_of(const Imported& imported, rules::Status status) {
  return static_cast<std::size_t>(std::count_if(imported.reports.begin(), imported.reports.end(),
                                                [&](const auto& report) { return report.status == status; }));
}

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// What was taken over, by what it is called in the files.
wire::Object taken(const Imported& imported) {
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  const importing::Registries& from = imported.folder.registries;
  const auto& things = imported.folder.things;
  const auto of = [&](std::string_view domain) {
    return number(static_cast<std::size_t>(
        std::count_if(things.begin(), things.end(),
                      [&](const importing::Thing& thing) { return thing.domain == domain; })));
  };
  const std::int64_t others = of("zone") + of("person") + of("shell_command") + of("rest_command");
  return {{"areas", number(from.areas.size())},
          {"floors", number(from.floors.size())},
          {"labels", number(from.labels.size())},
          {"zones", of("zone")},
          {"persons", of("person")},
          {"helpers", number(things.size()) - others},
          {"entities", number(imported.names.entities.size())},
          {"devices", number(imported.names.devices.size())},
          {"files", number(imported.made.rules.size())}};
}

wire::List texts(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

void print_json(const Imported& imported, const Context& context) {
  wire::List rules, not_taken, secrets;
  for (const rules::RuleReport& report : imported.reports)
    rules.emplace_back(rules::to_json(report, imported.rules.files));
  for (const importing::Remark& remark : imported.folder.remarks)
    not_taken.emplace_back(wire::Object{{"what", remark.what}, {"where", remark.where}, {"why", remark.why}});
  for (const importing::CopiedFile& file : imported.made.rules) {
    if (file.secret) secrets.emplace_back("rules/" + file.path);
  }
  if (imported.made.house_secrets) secrets.emplace_back("secrets.yaml");
  wire::Object waits;
  for (const auto& [integration, count] : imported.waits_for)
    waits.set(integration, static_cast<std::int64_t>(count));
  const auto number = [&](rules::Status status) {
    return static_cast<std::int64_t>(count_of(imported, status));
  };
  context.print(wire::Object{{"out", imported.made.to},
                             {"taken", taken(imported)},
                             {"secrets", std::move(secrets)},
                             {"ok", number(rules::Status::ok)},
                             {"waits", number(rules::Status::waits)},
                             {"refused", number(rules::Status::refused)},
                             {"waits_for", std::move(waits)},
                             {"rules", std::move(rules)},
                             {"not_taken", std::move(not_taken)},
                             {"turned_off", texts(imported.folder.turned_off)}});
}

void print_secrets(const Imported& imported, const Context& context) {
  for (const importing::CopiedFile& file : imported.made.rules) {
    if (file.secret)
      context.out << "rules/" << printable(file.path) << " holds your secrets, and only you may read it\n";
  }
  if (imported.made.house_secrets)
    context.out << "secrets.yaml beside house.yaml is a copy of them, since the house refers to some\n";
}

void print_remarks(const Imported& imported, const Context& context) {
  if (!imported.folder.turned_off.empty()) {
    context.out << "\nTurned off in Home Assistant, and on here (initial_state: false turns them off):\n";
    for (const std::string& entity : imported.folder.turned_off)
      context.out << "  " << printable(entity) << '\n';
  }
  if (imported.folder.remarks.empty()) return;
  context.out << "\nNot taken over, or to be known:\n";
  for (const importing::Remark& remark : imported.folder.remarks) {
    context.out << "  " << context.paint(Colour::bold, printable(remark.what)) << "  "
                << context.paint(Colour::dim, printable(remark.where)) << "\n      " << printable(remark.why)
                << '\n';
  }
}

void print_text(const Imported& imported, const Context& context) {
  std::string line;
  for (const auto& [key, count] : taken(imported)) {
    if (count.number_or(0) > 0) line += (line.empty() ? "" : ", ") + wire::plain_text(count) + " " + key;
  }
  context.out << printable(imported.made.to) << ": " << (line.empty() ? "nothing" : line) << '\n';
  print_secrets(imported, context);
  CheckSummary summary;
  for (const rules::RuleReport& report : imported.reports) {
    summary.add(report);
    print_report(report, imported.rules.files, context);
  }
  summary.print(context, false);
  for (const auto& [integration, count] : imported.waits_for)
    context.out << plural(count, "rule waits", "rules wait") << " for " << printable(integration) << '\n';
  print_remarks(imported, context);
  context.out << "\nNext: gable-hub --config " << printable(imported.made.to)
              << "/house.yaml   (with --rules-mode shadow while Home Assistant still acts)\n";
}

int run(const Options& options, const Context& context) {
  if (options.system != "homeassistant") {
    context.fail("import: '" + options.system +
                 "' is no system that can be imported from; known: homeassistant");
    return node::kExitUsage;
  }
  try {
    const Imported imported = take_over(options);
    if (context.json)
      print_json(imported, context);
    else
      print_text(imported, context);
    return count_of(imported, rules::Status::refused) == 0 ? node::kExitOk : node::kExitFailed;
  } catch (const importing::FolderError& error) {
    context.fail(std::string("import: ") + error.what());
    return node::kExitUsage;
  }
}

}  // namespace

NamedRunner add_import(node::Arguments& all) {
  auto& arguments = all.command("import", "Take a house over that was made in another system");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("SYSTEM", options->system, "homeassistant");
  arguments.positional("DIR", options->folder,
                       "its configuration folder, with configuration.yaml and .storage");
  arguments.option("--out", "DIR", options->out, "where the new files go (./imported); it must be empty");
  arguments.option("--blueprints", "DIR", options->blueprints, "a second folder of blueprints");
  arguments.epilog(
      "Makes house.yaml and ids.yaml for gable-hub (place, floors, areas, labels, zones, persons, helpers, "
      "and what\n"
      "Home Assistant called everything) and rules/, where configuration.yaml and all that it includes lie "
      "as they\n"
      "were. DIR is only read. Then the rules are checked against what the registries name: ok; waits, and "
      "for what;\n"
      "refused. At the end stands what was not taken over, and why. Secrets are copied, for your eyes only.\n"
      "Exit status: 0 imported, 1 imported and some rules are refused, 2 it could not be imported.");
  return {"import", [options](const Context& context) { return run(*options, context); }};
}

}  // namespace gable::cli
