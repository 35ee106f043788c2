#include "language/reading.hpp"

#include <algorithm>

#include "wire/utf8.hpp"

namespace gable::rules {

std::string shown(yaml::Node node) {
  constexpr std::size_t kLongest = 60;
  if (node.is_secret()) return "a secret";
  if (node.tag() != yaml::Tag::none)
    return std::string(yaml::to_string(node.tag())) + " " + std::string(node.written());
  switch (node.kind()) {
    case yaml::Kind::list:
      return "a list";
    case yaml::Kind::map:
      return "a map";
    case yaml::Kind::null:
      return "nothing";
    case yaml::Kind::boolean:
      return "the boolean '" + std::string(node.written()) + "'";
    default:
      break;
  }
  std::string text(node.written());
  std::ranges::replace(text, '\n', ' ');
  return "'" + wire::shortened(text, kLongest) + "'";
}

Place Reading::place(yaml::Node node) {
  const yaml::Position position = node.position();
  // Nearly always the file that was met last.
  if (!files_.empty() && files_.back() == position.file)
    return {static_cast<std::uint32_t>(files_.size() - 1), position.line, position.column};
  std::string name(position.file);
  const auto known = file_numbers_.find(name);
  if (known != file_numbers_.end()) return {known->second, position.line, position.column};
  const auto listed = std::ranges::find(files_, name);
  const auto number = static_cast<std::uint32_t>(listed - files_.begin());
  if (listed == files_.end()) files_.push_back(name);
  file_numbers_.emplace(std::move(name), number);
  return {number, position.line, position.column};
}

void Reading::add(Severity severity, yaml::Node node, std::string_view code, std::string message,
                  std::string suggestion) {
  findings_.push_back({severity, place(node), std::string(code), std::move(message), std::move(suggestion)});
}

void Reading::error(yaml::Node node, std::string_view code, std::string message, std::string suggestion) {
  // Whatever was expected there, it may well be what the secret says.
  if (node.tag() == yaml::Tag::secret) {
    return add(Severity::error, node, "missing_secret",
               "there is no secret '" + std::string(node.written()) + "'; add it to secrets.yaml", {});
  }
  add(Severity::error, node, code, std::move(message), std::move(suggestion));
}

void Reading::warn(yaml::Node node, std::string_view code, std::string message, std::string suggestion) {
  add(Severity::warning, node, code, std::move(message), std::move(suggestion));
}

void Reading::unsupported(yaml::Node node, std::string message) {
  add(Severity::error, node, "unsupported", std::move(message), {});
}

Findings Reading::take() {
  Findings taken;
  taken.swap(findings_);
  return taken;
}

std::size_t Reading::errors() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      findings_, [](const Finding& finding) { return finding.severity == Severity::error; }));
}

std::shared_ptr<const jinja::Template> Reading::compile(yaml::Node node) {
  ++asked_;
  std::string source = yaml::text_of(node);
  const auto known = templates_.find(source);
  if (known != templates_.end()) return known->second;
  wire::Result<jinja::Template> compiled = jinja::Template::compile(source);
  if (!compiled) {
    const wire::Error& wrong = compiled.error();
    const std::size_t colon = wrong.where.find(':');
    std::string message = "the template is wrong: " + wrong.text;
    if (colon != std::string::npos) {
      message += " (line " + wrong.where.substr(0, colon) + ", column " + wrong.where.substr(colon + 1) +
                 " of the template)";
    }
    error(node, "bad_template", std::move(message));
    return nullptr;
  }
  auto shared = std::make_shared<const jinja::Template>(std::move(*compiled));
  templates_.emplace(std::move(source), shared);
  return shared;
}

}  // namespace gable::rules
