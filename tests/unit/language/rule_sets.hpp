#pragma once
// Reads whole documents into a RuleSet, with blueprints from memory.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "language/parse.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::test {

inline yaml::Document document_of(std::string_view text, std::string_view name = "rules.yaml") {
  auto result = yaml::parse(name, text);
  if (!result) throw std::invalid_argument(result.error().message());
  return std::move(*result);
}

class MemoryBlueprints final : public BlueprintSource {
 public:
  void add(const std::string& path, std::string_view text) {
    documents_.insert_or_assign(path, document_of(text, path));
  }
  wire::Result<const yaml::Document*> find(std::string_view, std::string_view path) override {
    const auto found = documents_.find(std::string(path));
    if (found != documents_.end()) return &found->second;
    return wire::Error{wire::ErrorCode::failed, "no such file", {}};
  }

 private:
  std::map<std::string, yaml::Document> documents_;
};

inline std::string show(const Findings& findings, const RuleSet& rules) {
  std::string lines;
  for (const Finding& finding : findings) {
    if (!lines.empty()) lines += '\n';
    const std::string& file = rules.files.at(finding.place.file);
    if (file != "rules.yaml") lines += file + ":";
    lines += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + " " +
             (finding.severity == Severity::error     ? "error "
              : finding.severity == Severity::warning ? "warning "
                                                      : "waits ") +
             finding.code;
    if (!finding.suggestion.empty()) lines += " -> " + finding.suggestion;
  }
  return lines;
}

struct Read {
  RuleSet rules;
  MemoryBlueprints blueprints;

  Read() = default;
  explicit Read(std::string_view text, FileKinds::Kind kind = FileKinds::Kind::unknown) { add(text, kind); }
  void add(std::string_view text, FileKinds::Kind kind = FileKinds::Kind::unknown) {
    read_document(rules, document_of(text), blueprints, FileKinds{kind});
  }
  // Everything that was found, of all rules.
  [[nodiscard]] std::string found() const {
    Findings all = rules.findings;
    const auto append = [&all](const auto& list) {
      for (const auto& rule : list) all.insert(all.end(), rule.findings.begin(), rule.findings.end());
    };
    append(rules.automations);
    append(rules.scripts);
    append(rules.scenes);
    append(rules.template_entities);
    return show(all, rules);
  }
  // "automation.a script.b", in their order.
  [[nodiscard]] std::string names() const {
    std::string text;
    const auto append = [&text](const std::string& name) { text += (text.empty() ? "" : " ") + name; };
    for (const Automation& rule : rules.automations) append("automation." + rule.id);
    for (const Script& rule : rules.scripts) append("script." + rule.id);
    for (const Scene& rule : rules.scenes) append("scene." + rule.id);
    for (const TemplateEntity& rule : rules.template_entities) append(rule.domain + "." + rule.id);
    return text;
  }
};

}  // namespace gable::rules::test
