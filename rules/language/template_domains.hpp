#pragma once
// What an entity of a template block can have, by its domain.

#include <string_view>
#include <vector>

namespace gable::rules {

// Keys in one text, separated by blanks.
struct TemplateDomain {
  std::string_view name;
  std::string_view templates;  // rendered: "state", "level" …
  std::string_view actions;    // sequences: "turn_on" …
  std::string_view fixed;      // what is said once: device_class …
  std::string_view required;
  std::string_view container;  // of entities in the older form `platform: template`; empty: there is none
};

// Null for a domain that has no template entities.
const TemplateDomain* find_template_domain(std::string_view name);
std::vector<std::string_view> template_domain_names();

// The words of a text, borrowed.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace gable::rules
