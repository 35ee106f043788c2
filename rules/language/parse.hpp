#pragma once
// The door of the language: files of rules become a RuleSet, checked and compiled. Everything that is wrong
// is a finding at its place; a bad rule never stops another.

#include <string_view>

#include "language/blueprint.hpp"
#include "language/rule.hpp"
#include "yaml/includes.hpp"

namespace gable::rules {

// Parts of one configuration that somebody else reads, by their place in the files.
struct FileKinds {
  // What a file that is a bare list or map holds, when it cannot be told from its content.
  enum class Kind : std::uint8_t { unknown, automations, scripts, scenes, template_entities };
  Kind kind = Kind::unknown;
};

// Reads one document into `rules`: a whole configuration (automation:, script:, scene:, template:,
// homeassistant: packages …), a package, a bare list of automations or scenes, a bare map of scripts, or a
// single automation or script. Other top-level keys (input_boolean:, light: …) are left to those who know
// them.
void read_document(RuleSet& rules, const yaml::Document& document, BlueprintSource& blueprints,
                   FileKinds kinds = {});

// Loads a file with its includes and reads it; a file that cannot be read is a finding of the set.
void read_file(RuleSet& rules, yaml::FileSource& files, std::string_view path, BlueprintSource& blueprints,
               FileKinds kinds = {});

}  // namespace gable::rules
