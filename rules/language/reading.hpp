#pragma once
// What the readers of rule files share: where they write what they found wrong, places, and compiled
// templates. Lives while a set of files is read; one thread.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/templated.hpp"
#include "yaml/node.hpp"

namespace gable::rules {

// What stands there, for messages: 'on' in quotes, "a list". Secrets are not shown, long texts are cut.
std::string shown(yaml::Node node);

class Reading {
 public:
  // `files` is RuleSet::files; names of files are added to it.
  explicit Reading(std::vector<std::string>& files) : files_(files) {}

  [[nodiscard]] Place place(yaml::Node node);

  void error(yaml::Node node, std::string_view code, std::string message, std::string suggestion = {});
  void warn(yaml::Node node, std::string_view code, std::string message, std::string suggestion = {});
  // It can never run here, though Home Assistant could: code "unsupported".
  void unsupported(yaml::Node node, std::string message);

  // Those since the last take(): of the rule that has been read.
  [[nodiscard]] Findings take();
  // How many errors there are since the last take().
  [[nodiscard]] std::size_t errors() const;

  // Compiles a template, equal sources once. Null, after an error at the node, when it does not compile; line
  // and column of the mistake within the template are in the message.
  std::shared_ptr<const jinja::Template> compile(yaml::Node node);
  // How many have been asked for until now.
  [[nodiscard]] std::size_t templates() const { return asked_; }

 private:
  void add(Severity severity, yaml::Node node, std::string_view code, std::string message,
           std::string suggestion);

  std::vector<std::string>& files_;
  std::unordered_map<std::string, std::uint32_t> file_numbers_;
  std::unordered_map<std::string, std::shared_ptr<const jinja::Template>> templates_;
  Findings findings_;
  std::size_t asked_ = 0;
};

}  // namespace gable::rules
