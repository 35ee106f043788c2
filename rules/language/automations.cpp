// Automations: their keys, in both spellings, and what they are called.
#include "language/blueprint_use.hpp"
#include "language/readers.hpp"
#include "language/rule_parts.hpp"
#include "language/values.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

// What an automation is called has to be known even of one whose blueprint is missing.
void read_names(Fields& fields, Automation& out) {
  Reading& reading = fields.reading();
  const auto id = fields.take("id");
  if (id && id->is_text()) {
    out.unique_id = read_text(reading, *id, "id");
  } else if (id) {
    reading.error(*id, "wrong_type", "id: expected a text, got " + shown(*id) + " (put it in quotes)",
                  id->is_scalar() && !id->is_null() ? "'" + std::string(id->written()) + "'" : "");
  }
  out.alias = text_of(fields, "alias");
  const auto description = fields.take("description");
  // The editor writes an empty one.
  if (description && !description->is_null())
    out.description = read_text(reading, *description, "description");
}

void read_body(Fields& fields, Automation& out) {
  Reading& reading = fields.reading();
  out.limits = read_limits(fields);
  if (const auto state = fields.take("initial_state"))
    out.initial_state = read_boolean(reading, *state, "initial_state");
  if (const auto given = fields.take("trigger_variables"))
    out.trigger_variables = read_variables(reading, *given, "trigger_variables");
  if (const auto given = fields.take("variables"))
    out.variables = read_variables(reading, *given, "variables");
  const auto triggers = fields.take("triggers", "trigger");
  const std::size_t templates = reading.templates();
  if (triggers) out.triggers = read_triggers(reading, *triggers);
  out.triggers_have_templates = reading.templates() > templates;
  if (!triggers) reading.error(fields.node(), "missing_key", "an automation needs 'triggers'");
  if (const auto conditions = fields.take("conditions", "condition"))
    out.conditions = read_conditions(reading, *conditions);
  const auto actions = fields.take("actions", "action");
  if (actions) out.actions = read_sequence(reading, *actions);
  if (!actions) reading.error(fields.node(), "missing_key", "an automation needs 'actions'");
  out.options = read_options(fields);
  check_trace(fields);
  // Long obsolete, and a label of the editor's.
  fields.ignore({"hide_entity", "icon"});
}

void read_whole(Collector& collector, yaml::Node node, Automation& out) {
  out.fingerprint = fingerprint_of(node);
  Fields fields(collector.reading, node, "an automation");
  read_names(fields, out);
  read_body(fields, out);
  fields.finish();
}

void read_used(Collector& collector, yaml::Node node, Automation& out) {
  Expansion expansion = expand_blueprint(collector, node, "automation");
  if (expansion.document) return read_whole(collector, expansion.document->root(), out);
  out.fingerprint = fingerprint_of(node);
  Fields fields(collector.reading, node, "an automation");
  read_names(fields, out);
  if (expansion.waits) out.findings.push_back(std::move(*expansion.waits));
}

void name_automation(Collector& collector, yaml::Node node, Automation& out) {
  std::string wanted = !out.alias.empty() ? out.alias : out.unique_id;
  if (wanted.empty()) wanted = "automation " + std::to_string(collector.rules.automations.size());
  out.id = take_object_id(collector.rules, "automation", wire::slugify(wanted));
  note_unique_id(collector, "automation", out.unique_id, node.find("id").value_or(node));
}

}  // namespace

void read_automation(Collector& collector, yaml::Node node) {
  Automation out;
  out.place = collector.reading.place(node);
  if (!node.is_map()) {
    collector.reading.error(node, "wrong_type", "an automation: expected a map, got " + shown(node));
  } else if (node.find("use_blueprint")) {
    read_used(collector, node, out);
  } else {
    read_whole(collector, node, out);
  }
  name_automation(collector, node, out);
  Findings found = collector.reading.take();
  out.findings.insert(out.findings.end(), std::make_move_iterator(found.begin()),
                      std::make_move_iterator(found.end()));
  collector.rules.automations.push_back(std::move(out));
}

}  // namespace gable::rules
