// Scripts: sequences with a name, fields and a mode.
#include "language/blueprint_use.hpp"
#include "language/readers.hpp"
#include "language/rule_parts.hpp"
#include "language/values.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

void read_field(Reading& reading, const yaml::Entry& entry, Script& out) {
  ScriptField field;
  field.name = read_text(reading, entry.key, "the name of a field");
  if (entry.value.is_map()) {
    Fields fields(reading, entry.value, "a field of a script");
    if (const auto required = fields.take("required"))
      field.required = read_boolean(reading, *required, "required");
    if (const auto fallback = fields.take("default")) field.fallback = plain_value(reading, *fallback);
    for (const std::string_view key : {"name", "description", "example", "selector", "advanced"})
      fields.take(key);
    fields.finish();
  } else if (!entry.value.is_null()) {
    reading.error(entry.value, "wrong_type",
                  "a field of a script: expected a map, got " + shown(entry.value));
  }
  out.fields.push_back(std::move(field));
}

void read_fields(Reading& reading, yaml::Node node, Script& out) {
  if (node.is_null()) return;
  if (!node.is_map()) {
    reading.error(node, "wrong_type", "fields: expected a map, got " + shown(node));
    return;
  }
  for (const yaml::Entry& entry : node.entries()) read_field(reading, entry, out);
}

void read_labels(Fields& fields, Script& out) {
  out.alias = text_of(fields, "alias");
  out.icon = text_of(fields, "icon");
  const auto description = fields.take("description");
  if (description && !description->is_null())
    out.description = read_text(fields.reading(), *description, "description");
}

void read_whole(Collector& collector, yaml::Node node, Script& out) {
  Reading& reading = collector.reading;
  out.fingerprint = fingerprint_of(node);
  if (node.is_list()) {
    out.sequence = read_sequence(reading, node);
    return;
  }
  Fields fields(reading, node, "a script");
  read_labels(fields, out);
  out.limits = read_limits(fields);
  if (const auto given = fields.take("fields")) read_fields(reading, *given, out);
  if (const auto given = fields.take("variables"))
    out.variables = read_variables(reading, *given, "variables");
  if (const auto sequence = fields.require("sequence")) out.sequence = read_sequence(reading, *sequence);
  out.options = read_options(fields);
  check_trace(fields);
  fields.finish();
}

void read_used(Collector& collector, yaml::Node node, Script& out) {
  Expansion expansion = expand_blueprint(collector, node, "script");
  if (expansion.document) return read_whole(collector, expansion.document->root(), out);
  out.fingerprint = fingerprint_of(node);
  Fields fields(collector.reading, node, "a script");
  read_labels(fields, out);
  if (expansion.waits) out.findings.push_back(std::move(*expansion.waits));
}

// A script's name is its key, and services are called by it: no number is put behind it.
void name_script(Collector& collector, std::string_view key, yaml::Node key_node, Script& out) {
  if (key.empty()) {
    const std::string wanted = out.alias.empty() ? "script" : wire::slugify(out.alias);
    out.id = take_object_id(collector.rules, "script", wanted);
    return;
  }
  if (!wire::valid_object_id(key)) {
    collector.reading.error(key_node, "bad_name",
                            "'" + std::string(key) +
                                "' cannot be the name of a script: expected lower case letters, digits and _",
                            wire::slugify(key));
  }
  out.id = take_object_id(collector.rules, "script", std::string(key));
  if (out.id == key) return;
  collector.reading.error(key_node, "equal_names", "there is another script '" + std::string(key) + "'");
}

}  // namespace

void read_script(Collector& collector, std::string_view key, yaml::Node key_node, yaml::Node node) {
  Script out;
  out.place = collector.reading.place(key_node);
  if (node.is_map() && node.find("use_blueprint")) {
    read_used(collector, node, out);
  } else if (node.is_map() || node.is_list()) {
    read_whole(collector, node, out);
  } else {
    collector.reading.error(node, "wrong_type",
                            "a script: expected a map with a sequence, got " + shown(node));
  }
  name_script(collector, key, key_node, out);
  Findings found = collector.reading.take();
  out.findings.insert(out.findings.end(), std::make_move_iterator(found.begin()),
                      std::make_move_iterator(found.end()));
  collector.rules.scripts.push_back(std::move(out));
}

}  // namespace gable::rules
