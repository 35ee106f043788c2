// Files of rules: whatever stands in them, every finding has a place in the files and words that may be
// published, every rule has a name of its own, and the same file means the same again. The input is a file,
// and behind a line "===" the blueprint m.yaml.

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "fuzz_target.hpp"
#include "language/parse.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace {

using gable::fuzz::is_text;
using gable::fuzz::require;
namespace rules = gable::rules;
namespace wire = gable::wire;
using Kind = rules::FileKinds::Kind;

constexpr std::string_view kMark = "\n===\n";

class OneBlueprint final : public rules::BlueprintSource {
 public:
  explicit OneBlueprint(std::string_view text) {
    if (auto read = rules::yaml::parse("m.yaml", text)) document_ = std::move(*read);
  }
  wire::Result<const rules::yaml::Document*> find(std::string_view /*domain*/,
                                                  std::string_view path) override {
    if (document_ && path == "m.yaml") return &*document_;
    return wire::Error{wire::ErrorCode::failed, "no such file", {}};
  }

 private:
  std::optional<rules::yaml::Document> document_;
};

class Checker {
 public:
  Checker(const rules::RuleSet& rules, std::size_t bytes) : rules_(rules), bytes_(bytes) {}

  void all() {
    check(rules_.findings);
    for (const rules::Automation& rule : rules_.automations) check(rule, "automation." + rule.id);
    for (const rules::Script& rule : rules_.scripts) check(rule, "script." + rule.id);
    for (const rules::Scene& rule : rules_.scenes) check(rule, "scene." + rule.id);
    for (const rules::TemplateEntity& rule : rules_.template_entities) {
      check(rule, rule.domain + "." + rule.id);
      require(is_text(wire::to_json(rule.description)), "a description is text");
      require(rule.group < rules_.template_groups.size(), "a template entity has a group");
    }
  }

 private:
  template <class Rule>
  void check(const Rule& rule, const std::string& id) {
    check(rule.place);
    check(rule.findings);
    bool error = false;
    for (const rules::Finding& finding : rule.findings) error |= finding.severity == rules::Severity::error;
    require(rule.refused() == error, "a rule with an error is refused, and no other");
    if (error) return;
    require(wire::EntityId::parse(id).has_value(), "a rule has the id of an entity");
    require(ids_.insert(id).second, "no two rules have the same id");
  }
  void check(const rules::Findings& findings) {
    for (const rules::Finding& finding : findings) {
      check(finding.place);
      require(!finding.code.empty() && is_text(finding.code), "a finding has a code");
      require(!finding.message.empty() && is_text(finding.message), "a finding has words");
      require(is_text(finding.suggestion), "a suggestion is text");
    }
  }
  void check(const rules::Place& place) {
    require(place.file < rules_.files.size(), "a place is in a file");
    // Line 0: the file as a whole, which has nothing in it.
    require((place.line > 0) == (place.column > 0), "lines and columns begin with 1");
    require(place.line <= bytes_ + 1 && place.column <= bytes_ + 1, "places are in the file");
  }

  const rules::RuleSet& rules_;
  std::size_t bytes_;
  std::set<std::string> ids_;
};

rules::RuleSet read(const rules::yaml::Document& document, rules::BlueprintSource& blueprints, Kind kind) {
  rules::RuleSet made;
  read_document(made, document, blueprints, {kind});
  return made;
}

template <class Rule>
void same(const std::vector<Rule>& once, const std::vector<Rule>& again) {
  require(once.size() == again.size(), "as many rules again");
  for (std::size_t i = 0; i < once.size(); ++i) {
    require(once[i].id == again[i].id, "the same name again");
    require(once[i].fingerprint == again[i].fingerprint, "the same fingerprint again");
    require(once[i].findings.size() == again[i].findings.size(), "the same findings again");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gable::fuzz::text_of(data, size);
  const auto mark = text.find(kMark);
  const auto document = rules::yaml::parse("rules.yaml", text.substr(0, mark));
  if (!document) {
    require(document.error().where.starts_with("rules.yaml"), "a refusal has a place");
    return 0;
  }
  OneBlueprint blueprints(mark == text.npos ? std::string_view() : text.substr(mark + kMark.size()));
  for (const Kind kind :
       {Kind::unknown, Kind::automations, Kind::scripts, Kind::scenes, Kind::template_entities}) {
    const rules::RuleSet once = read(*document, blueprints, kind);
    Checker(once, size).all();
    const rules::RuleSet again = read(*document, blueprints, kind);
    same(once.automations, again.automations);
    same(once.scripts, again.scripts);
    same(once.scenes, again.scenes);
  }
  return 0;
}
