#pragma once
// Rules on disk: a folder with its files, blueprints and macros, read into one RuleSet. The only room of the
// rules that touches files; hub and command line use it, the engine never does.
//
//   rules/
//     *.yaml …               any of: automation:, script:, scene:, template:, or bare lists of them
//     packages/…, lights/…   folders are read too
//     configuration.yaml     if there is one, it alone is read, with what it includes: a Home Assistant
//     folder blueprints/automation/author/name.yaml custom_templates/*.jinja

#include <memory>
#include <string>
#include <vector>

#include "language/parse.hpp"
#include "template/template.hpp"
#include "yaml/includes.hpp"

namespace gable::rules {

// Files below a folder; nothing above it is ever read, not by links either.
class FolderFiles final : public yaml::FileSource {
 public:
  explicit FolderFiles(std::string folder);
  wire::Result<std::string> read(const std::string& path, std::size_t limit) override;
  wire::Result<std::vector<Entry>> list(const std::string& directory) override;

 private:
  [[nodiscard]] wire::Result<std::string> resolve(const std::string& path) const;

  std::string folder_;
};

struct RuleFolder {
  RuleSet rules;
  std::shared_ptr<const jinja::Library> macros;  // never null
};

// `blueprints`: a second place for them, those that come with Gable; may be empty. What is wrong with a file
// is a finding, so this never fails; a folder that cannot be read is a finding too.
RuleFolder read_rule_folder(const std::string& folder, const std::string& blueprints = {});
// Single files, each read with the folder that it lies in as root for its includes.
RuleFolder read_rule_files(const std::vector<std::string>& paths, const std::string& blueprints = {});

// Names, sizes and times of all files below the folder: another text when one of them has changed.
std::string stamp_of(const std::string& folder);

}  // namespace gable::rules
