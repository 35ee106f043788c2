#include "core/rules/rule_listing.hpp"

#include <algorithm>
#include <array>

#include "core/services/targets.hpp"
#include "wire/entity_id.hpp"

namespace gable::hub {

namespace {

using rules::Enforcement;

constexpr std::array<std::string_view, 4> kModes{"single", "restart", "queued", "parallel"};

std::string file_of(const rules::RuleSet& rules, const rules::Place& place) {
  return place.file < rules.files.size() ? rules.files[place.file] : std::string();
}

std::string_view text_of(rules::Severity severity) {
  if (severity == rules::Severity::warning) return "warning";
  return severity == rules::Severity::waits ? "waits" : "error";
}

wire::List findings_of(const rules::RuleSet& rules, const rules::Findings& findings) {
  wire::List out;
  for (const rules::Finding& finding : findings) {
    wire::Object row{{"severity", text_of(finding.severity)},
                     {"file", file_of(rules, finding.place)},
                     {"line", static_cast<std::int64_t>(finding.place.line)},
                     {"column", static_cast<std::int64_t>(finding.place.column)},
                     {"code", finding.code},
                     {"message", finding.message}};
    if (!finding.suggestion.empty()) row.append("suggestion", finding.suggestion);
    out.emplace_back(std::move(row));
  }
  return out;
}

template <typename Kind>
RuleListing::Rule listed(const rules::RuleSet& rules, const Kind& rule, std::string entity) {
  RuleListing::Rule out;
  out.entity = std::move(entity);
  out.file = file_of(rules, rule.place);
  out.line = rule.place.line;
  out.refused = rule.refused();
  out.findings = findings_of(rules, rule.findings);
  return out;
}

// Automations and scripts: what runs and can be moved.
template <typename Kind>
RuleListing::Rule listed(const rules::RuleSet& rules, const Kind& rule, std::string entity,
                         const rules::Enforcing& enforcing) {
  RuleListing::Rule out = listed(rules, rule, std::move(entity));
  out.name = rule.alias;
  out.mode = kModes[static_cast<std::size_t>(rule.limits.mode)];
  out.enforcement = enforcing.of(out.entity, rule.options.enforcement);
  out.moved = enforcing.moved.contains(out.entity);
  return out;
}

bool runs(std::string_view entity) {
  return entity.starts_with("automation.") || entity.starts_with("script.");
}

}  // namespace

RuleListing::RuleListing(const rules::RuleSet& rules, const rules::Enforcing& enforcing,
                         const std::vector<rules::RuleReport>& reports)
    : findings_(findings_of(rules, rules.findings)), house_wide_(enforcing.house_wide) {
  for (const auto& rule : rules.automations)
    rules_.push_back(listed(rules, rule, "automation." + rule.id, enforcing));
  for (const auto& rule : rules.scripts)
    rules_.push_back(listed(rules, rule, "script." + rule.id, enforcing));
  for (const auto& rule : rules.scenes) {
    rules_.push_back(listed(rules, rule, "scene." + rule.id));
    rules_.back().name = rule.name;
  }
  for (const auto& rule : rules.template_entities) {
    rules_.push_back(listed(rules, rule, rule.domain + "." + rule.id));
    rules_.back().name = rule.name;
  }
  sort();
  for (const rules::RuleReport& report : reports) add(rules, report);
}

void RuleListing::sort() {
  std::stable_sort(rules_.begin(), rules_.end(),
                   [](const Rule& a, const Rule& b) { return a.entity < b.entity; });
}

std::set<std::string> RuleListing::keep_unread(const RuleListing& former, const rules::RuleSet& rules) {
  std::set<std::string> out;
  if (rules.unreadable.empty()) return out;
  const auto was_read = [&rules](const std::string& file) {
    if (rules.unreadable.contains(file)) return false;
    // One that another file includes is not among those that were asked for.
    return rules.readable.contains(file) ||
           std::find(rules.files.begin(), rules.files.end(), file) != rules.files.end();
  };
  for (const Rule& rule : former.rules_) {
    if (!rule.refused && !was_read(rule.file) && find(rule.entity) == nullptr) out.insert(rule.entity);
  }
  for (const std::string& entity : out) rules_.push_back(*former.find(entity));
  sort();
  return out;
}

// Beside what its reader found wrong with the rule.
void RuleListing::add(const rules::RuleSet& rules, const rules::RuleReport& report) {
  const auto rule = std::lower_bound(rules_.begin(), rules_.end(), report.id,
                                     [](const Rule& one, const std::string& id) { return one.entity < id; });
  if (rule == rules_.end() || rule->entity != report.id) return;
  wire::List all = findings_of(rules, report.problems);
  if (all.size() > rule->findings.size()) rule->findings = std::move(all);
  rule->faulty = !rule->refused && report.status == rules::Status::refused;
  for (const rules::Mention& mention : report.mentions) {
    std::string file = file_of(rules, mention.place);
    if (file == rule->file) file.clear();
    rule->needs.push_back({mention, std::move(file)});
  }
}

const RuleListing::Rule* RuleListing::find(std::string_view entity) const {
  const auto found =
      std::lower_bound(rules_.begin(), rules_.end(), entity,
                       [](const Rule& rule, std::string_view wanted) { return rule.entity < wanted; });
  return found != rules_.end() && found->entity == entity ? &*found : nullptr;
}

std::vector<std::string> RuleListing::naming(std::string_view entity) const {
  std::vector<std::string> out;
  for (const Rule& rule : rules_) {
    if (std::any_of(rule.needs.begin(), rule.needs.end(), [entity](const Need& need) {
          return need.what.kind == rules::Mentioned::entity && need.what.name == entity;
        }))
      out.push_back(rule.entity);
  }
  return out;
}

wire::Result<std::string> RuleListing::resolve(std::string_view name) const {
  const std::string text(name);
  for (const std::string& candidate : {text, "automation." + text, "script." + text}) {
    if (const Rule* rule = find(candidate); rule != nullptr && runs(rule->entity)) return rule->entity;
  }
  // Whoever left out the domain is compared without it, or every name would be far off.
  const bool whole = name.find('.') != std::string_view::npos;
  std::vector<std::string_view> candidates;
  for (const Rule& rule : rules_) {
    const std::string_view entity = rule.entity;
    if (runs(entity)) candidates.push_back(whole ? entity : entity.substr(entity.find('.') + 1));
  }
  return wire::Error{wire::ErrorCode::unknown_entity,
                     "there is no rule '" + text + "'" + wire::did_you_mean(name, candidates), ""};
}

std::string_view to_string(Enforcement enforcement) {
  if (enforcement == Enforcement::live) return "live";
  return enforcement == Enforcement::shadow ? "shadow" : "off";
}

std::optional<Enforcement> enforcement_of(std::string_view text) {
  for (const auto each : {Enforcement::live, Enforcement::shadow, Enforcement::off}) {
    if (text == to_string(each)) return each;
  }
  return std::nullopt;
}

namespace {

bool is_there(const Registry& registry, const rules::Mention& mention) {
  switch (mention.kind) {
    case rules::Mentioned::entity:
      return registry.find(mention.name) != nullptr;
    case rules::Mentioned::device:
      return registry.find_device(mention.name) != nullptr;
    case rules::Mentioned::area:
      return knows_area(registry, mention.name);
    case rules::Mentioned::floor:
      return knows_floor(registry, mention.name);
    case rules::Mentioned::label:
      return knows_label(registry, mention.name);
  }
  return true;
}

template <typename List>
std::string nearest_of(const List& list, std::string_view name) {
  std::vector<std::string_view> ids;
  ids.reserve(list.size());
  for (const auto& one : list) ids.push_back(one.id);
  return std::string(wire::nearest(name, ids));
}

std::string nearest_to(const Registry& registry, const rules::Mention& mention) {
  switch (mention.kind) {
    case rules::Mentioned::area:
      return nearest_of(registry.house().areas, mention.name);
    case rules::Mentioned::floor:
      return nearest_of(registry.house().floors, mention.name);
    case rules::Mentioned::label:
      return nearest_of(registry.house().labels, mention.name);
    case rules::Mentioned::device:
      return {};
    case rules::Mentioned::entity:
      break;
  }
  const auto id = EntityId::parse(mention.name);
  return id ? registry.nearest(*id) : std::string();
}

std::string missing_text(const Registry& registry, const rules::Mention& mention) {
  if (mention.name == rules::kSun) return std::string(rules::kNoPlace);
  const bool entity = mention.kind == rules::Mentioned::entity;
  std::string text = "there is no " + std::string(to_string(mention.kind)) + " " +
                     (entity ? mention.name : "'" + mention.name + "'");
  if (const std::string near = nearest_to(registry, mention); !near.empty())
    text += "; did you mean '" + near + "'?";
  return text;
}

// What was found when the rule was read, and what of all that it names is not there now.
wire::List findings_now(const RuleListing::Rule& rule, const Registry& registry) {
  wire::List out = rule.findings;
  for (const auto& [mention, file] : rule.needs) {
    if (is_there(registry, mention)) continue;
    out.emplace_back(wire::Object{{"severity", "waits"},
                                  {"file", file.empty() ? rule.file : file},
                                  {"line", static_cast<std::int64_t>(mention.place.line)},
                                  {"column", static_cast<std::int64_t>(mention.place.column)},
                                  {"code", "unknown_" + std::string(to_string(mention.kind))},
                                  {"message", missing_text(registry, mention)}});
  }
  return out;
}

std::string_view status_of(const RuleListing::Rule& rule, bool waits) {
  if (rule.refused) return "refused";
  if (rule.enforcement == Enforcement::off) return "off";
  if (rule.faulty) return "faulty";
  return waits ? "waits" : "ok";
}

}  // namespace

wire::Object rule_row(const RuleListing::Rule& rule, const Registry& registry) {
  wire::List findings = findings_now(rule, registry);
  const bool waits = findings.size() > rule.findings.size();
  wire::Object row{{"rule", rule.entity},
                   {"name", rule.name},
                   {"file", rule.file},
                   {"line", static_cast<std::int64_t>(rule.line)},
                   {"status", status_of(rule, waits)}};
  const Entity* entity = registry.find(rule.entity);
  const bool there = entity != nullptr && entity->origin == Origin::rule;
  if (there && rule.entity.starts_with("automation.")) row.append("enabled", entity->state.text == "on");
  if (!rule.mode.empty()) {
    row.append("mode", rule.mode);
    row.append("enforcement", to_string(rule.enforcement));
    if (rule.moved) row.append("moved", true);
    for (const auto* key : {"last_triggered", "current"}) {
      const wire::Value* value = there ? entity->state.attributes.find(key) : nullptr;
      row.append(key, value != nullptr ? *value : wire::Value());
    }
  }
  if (!findings.empty()) row.append("findings", std::move(findings));
  return row;
}

wire::Object load_row(const rules::LoadReport& report, const RuleListing& listing) {
  const auto names = [](const std::vector<std::string>& entities) {
    wire::List out;
    for (const std::string& entity : entities) out.emplace_back(entity);
    return out;
  };
  wire::List refused;
  for (const std::string& entity : report.refused) {
    wire::Object row{{"rule", entity}};
    if (const RuleListing::Rule* rule = listing.find(entity)) row.append("findings", rule->findings);
    refused.emplace_back(std::move(row));
  }
  return {{"added", names(report.added)},
          {"changed", names(report.changed)},
          {"removed", names(report.removed)},
          {"refused", std::move(refused)},
          {"unchanged", static_cast<std::int64_t>(report.unchanged)},
          {"findings", listing.findings()}};
}

}  // namespace gable::hub
