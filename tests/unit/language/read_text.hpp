#pragma once
// Reads YAML as the readers of rules get it, and shows what they found as lines of text.

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "language/readers.hpp"
#include "language/values.hpp"
#include "template/value/operations.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::test {

// A YAML text with a Reading over it. Nodes and findings live as long as this does.
struct Source {
  explicit Source(std::string_view text) : document(parsed(text)) {}

  static yaml::Document parsed(std::string_view text) {
    wire::Result<yaml::Document> result = yaml::parse("rules.yaml", text);
    if (!result) throw std::invalid_argument(result.error().message());
    return std::move(*result);
  }

  [[nodiscard]] yaml::Node root() const { return document.root(); }

  // "3:5 error unknown_key" a line, in the order in which they were found; taken away by asking.
  std::string found() {
    std::string lines;
    for (const Finding& finding : last = reading.take()) {
      const char* severity = finding.severity == Severity::error     ? " error "
                             : finding.severity == Severity::warning ? " warning "
                                                                     : " waits ";
      if (!lines.empty()) lines += '\n';
      lines += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + severity +
               finding.code;
      if (!finding.suggestion.empty()) lines += " -> " + finding.suggestion;
    }
    return lines;
  }

  yaml::Document document;
  std::vector<std::string> files;
  Reading reading{files};
  Findings last;  // what found() took
};

// A Templated as text: a literal as Python's repr has it, a template as its source between ⟨⟩.
inline std::string show(const Templated& value) {
  switch (value.kind()) {
    case Templated::Kind::literal:
      return jinja::repr(value.literal());
    case Templated::Kind::text_template:
      return "⟨" + value.compiled().source() + "⟩";
    case Templated::Kind::list: {
      std::string text = "[";
      for (const Templated& item : value.items()) text += (text.size() > 1 ? ", " : "") + show(item);
      return text + "]";
    }
    case Templated::Kind::map: {
      std::string text = "{";
      for (const auto& [key, item] : value.entries())
        text += (text.size() > 1 ? ", " : "") + show(key) + ": " + show(item);
      return text + "}";
    }
  }
  return {};
}

}  // namespace gable::rules::test
