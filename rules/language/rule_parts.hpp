#pragma once
// What the readers of whole rules share: the set that they add to, and the keys that automations and scripts
// have in common.

#include <string>
#include <string_view>

#include "language/blueprint.hpp"
#include "language/fields.hpp"
#include "language/rule.hpp"

namespace gable::rules {

// All borrowed, for the reading of one document.
struct Collector {
  RuleSet& rules;
  Reading& reading;
  BlueprintSource& blueprints;
};

// Each adds one rule, with all that was found wrong in it.
void read_automation(Collector& collector, yaml::Node node);
// `key` is its object id, or empty for a script on its own.
void read_script(Collector& collector, std::string_view key, yaml::Node key_node, yaml::Node node);
void read_scene(Collector& collector, yaml::Node node);
// A block of `template:`: entities of several domains, perhaps with triggers.
void read_template_block(Collector& collector, yaml::Node node);
// An entry `platform: template` under the key of its domain.
void read_legacy_template(Collector& collector, std::string_view domain, yaml::Node node);
// A file that is a blueprint: only checked, for it is no rule before it is used.
void check_blueprint(Collector& collector, yaml::Node root);

// The domains that `template:` makes entities of.
bool is_template_domain(std::string_view domain);

RunLimits read_limits(Fields& fields);
Options read_options(Fields& fields);
// Reads the text of a key; empty when there is none.
std::string text_of(Fields& fields, std::string_view key);
// Settings of traces are Home Assistant's: checked, without an effect here.
void check_trace(Fields& fields);

// A free object id of this domain: `wanted`, or wanted_2, wanted_3 … Taken with that.
std::string take_object_id(RuleSet& rules, std::string_view domain, const std::string& wanted);
// Warns when a rule of this kind has the unique id already.
void note_unique_id(Collector& collector, std::string_view domain, const std::string& id, yaml::Node node);

// Of a node's values: what means the same has the same, wherever it stands.
std::uint64_t fingerprint_of(yaml::Node node);

// Of a position in words, "rules.yaml:12:5".
Place place_of(RuleSet& rules, std::string_view where);

bool has_error(const Findings& findings);

}  // namespace gable::rules
