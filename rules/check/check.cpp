#include "check/check.hpp"

#include <algorithm>
#include <tuple>

#include "check/conflicts.hpp"
#include "check/inspection.hpp"
#include "check/template_names.hpp"

namespace gable::rules {

namespace {

Status status_of(const Findings& findings) {
  Status status = Status::ok;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::error) return Status::refused;
    if (finding.severity == Severity::waits) status = Status::waits;
  }
  return status;
}

// Stable: several findings of one place stay as they were made.
void finish(RuleReport& report) {
  for (Finding& finding : report.problems) {
    if (finding.code == "missing_secret") finding.severity = Severity::waits;
  }
  std::stable_sort(report.problems.begin(), report.problems.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) <
           std::tie(b.place.file, b.place.line, b.place.column);
  });
  report.status = status_of(report.problems);
}

class Checker {
 public:
  Checker(const RuleSet& rules, const Knowledge& knowledge) : rules_(rules), knowledge_(knowledge) {}

  std::vector<RuleReport> check() {
    add_files();
    const std::size_t first = out_.size();
    for (const Automation& rule : rules_.automations) add(rule);
    find_conflicts(rules_.automations, [&](std::size_t index, Finding finding) {
      out_[first + index].problems.push_back(std::move(finding));
    });
    for (const Script& rule : rules_.scripts) add(rule);
    for (const Scene& rule : rules_.scenes) add(rule);
    for (const TemplateEntity& rule : rules_.template_entities) add(rule);
    for (RuleReport& report : out_) finish(report);
    return std::move(out_);
  }

 private:
  RuleReport& begin(const char* kind, Place place, std::string id, const Findings& findings) {
    out_.push_back({.place = place,
                    .id = std::move(id),
                    .unique_id = {},
                    .alias = {},
                    .kind = kind,
                    .status = Status::ok,
                    .problems = findings,
                    .mentions = {}});
    return out_.back();
  }

  void add_files() {
    for (const Finding& finding : rules_.findings) {
      const bool known = !out_.empty() && out_.back().place.file == finding.place.file;
      if (!known) begin("file", {finding.place.file, 0, 0}, {}, {});
      out_.back().problems.push_back(finding);
    }
  }

  void add(const Automation& rule) {
    RuleReport& report = begin("automation", rule.place, "automation." + rule.id, rule.findings);
    report.unique_id = rule.unique_id;
    report.alias = rule.alias;
    Inspection in(knowledge_, report.problems, report.mentions);
    in.triggers = &rule.triggers;
    in.closed = true;
    collect_variables(rule.trigger_variables, in);
    collect_variables(rule.variables, in);
    collect_variables(rule.triggers, in);
    collect_variables(rule.actions, in);
    inspect_templates(in, rule.trigger_variables);
    inspect_triggers(in, rule.triggers);
    inspect_templates(in, rule.variables);
    inspect_conditions(in, rule.conditions);
    inspect_sequence(in, rule.actions);
    if (!rule.refused()) inspect_reachability(in, rule);
  }

  void add(const Script& rule) {
    RuleReport& report = begin("script", rule.place, "script." + rule.id, rule.findings);
    report.alias = rule.alias;
    Inspection in(knowledge_, report.problems, report.mentions);
    collect_variables(rule.variables, in);
    collect_variables(rule.sequence, in);
    for (const ScriptField& field : rule.fields) in.variables.insert(field.name);
    inspect_templates(in, rule.variables);
    inspect_sequence(in, rule.sequence);
    if (!rule.refused()) inspect_reachability(in, rule.sequence);
  }

  void add(const Scene& rule) {
    RuleReport& report = begin("scene", rule.place, "scene." + rule.id, rule.findings);
    report.unique_id = rule.unique_id;
    report.alias = rule.name;
    Inspection in(knowledge_, report.problems, report.mentions);
    for (const SceneEntity& entity : rule.entities) {
      if (inspect_entity(in, entity.entity, entity.place))
        inspect_expected(in, entity.entity, {}, entity.state, entity.place);
    }
  }

  void add(const TemplateEntity& rule) {
    RuleReport& report = begin("template", rule.place, rule.domain + "." + rule.id, rule.findings);
    report.unique_id = rule.unique_id;
    report.alias = rule.name;
    Inspection in(knowledge_, report.problems, report.mentions);
    const bool in_group = rule.group < rules_.template_groups.size();
    if (in_group) inspect_group(in, rules_.template_groups[rule.group]);
    collect_variables(rule.variables, in);
    for (const auto& [key, sequence] : rule.actions) collect_variables(sequence, in);
    inspect_templates(in, rule.variables);
    inspect_templates(in, rule.templates);
    for (const auto& [key, sequence] : rule.actions) inspect_sequence(in, sequence);
  }

  // What is wrong with a block keeps each of its entities from being.
  static void inspect_group(Inspection& in, const TemplateGroup& group) {
    if (!group.triggers.empty()) in.triggers = &group.triggers;
    collect_variables(group.triggers, in);
    collect_variables(group.variables, in);
    collect_variables(group.actions, in);
    inspect_triggers(in, group.triggers);
    inspect_templates(in, group.variables);
    inspect_conditions(in, group.conditions);
    inspect_sequence(in, group.actions);
  }

  const RuleSet& rules_;
  const Knowledge& knowledge_;
  std::vector<RuleReport> out_;
};

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::warning:
      return "warning";
    case Severity::waits:
      return "waits";
    case Severity::error:
      break;
  }
  return "error";
}

std::string file_of(Place place, const std::vector<std::string>& files) {
  return place.file < files.size() ? files[place.file] : std::string();
}

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::waits:
      return "waits";
    case Status::refused:
      break;
  }
  return "refused";
}

std::vector<RuleReport> check(const RuleSet& rules, const Knowledge& knowledge) {
  return Checker(rules, knowledge).check();
}

wire::Object to_json(const RuleReport& report, const std::vector<std::string>& files) {
  const auto number = [](std::uint32_t value) { return static_cast<std::int64_t>(value); };
  wire::Object out{{"file", file_of(report.place, files)},
                   {"line", number(report.place.line)},
                   {"id", report.id},
                   {"kind", report.kind},
                   {"status", to_string(report.status)}};
  if (!report.unique_id.empty()) out.append("unique_id", report.unique_id);
  if (!report.alias.empty()) out.append("alias", report.alias);
  wire::List problems;
  for (const Finding& finding : report.problems) {
    wire::Object problem{{"file", file_of(finding.place, files)},
                         {"line", number(finding.place.line)},
                         {"column", number(finding.place.column)},
                         {"severity", severity_name(finding.severity)},
                         {"code", finding.code},
                         {"message", finding.message}};
    if (!finding.suggestion.empty()) problem.append("suggestion", finding.suggestion);
    problems.emplace_back(std::move(problem));
  }
  out.append("problems", std::move(problems));
  return out;
}

}  // namespace gable::rules
