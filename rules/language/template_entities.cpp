// Template entities: blocks of `template:`, and the older `platform: template`.
#include <deque>

#include "language/blueprint_use.hpp"
#include "language/readers.hpp"
#include "language/rule_parts.hpp"
#include "language/template_domains.hpp"
#include "language/values.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

// Reads one entity. In the older form the keys of templates have other names, which are kept here for as long
// as the fields are.
class EntityReader {
 public:
  EntityReader(Fields& fields, const TemplateDomain& domain, bool legacy)
      : fields_(fields), reading_(fields.reading()), domain_(domain), legacy_(legacy) {}

  TemplateEntity read() {
    TemplateEntity out;
    out.domain = std::string(domain_.name);
    out.place = reading_.place(fields_.node());
    read_name(out);
    for (const std::string_view key : words_of(domain_.templates)) read_template(key, out);
    for (const std::string_view key : {"icon", "picture", "availability"}) read_template(key, out);
    read_attributes(out);
    for (const std::string_view key : words_of(domain_.actions)) {
      if (const auto node = fields_.take(key))
        out.actions.emplace_back(std::string(key), read_sequence(reading_, *node));
    }
    for (const std::string_view key : words_of(domain_.fixed)) read_fixed(key, out);
    read_delays(out);
    if (const auto given = fields_.take("variables"))
      out.variables = read_variables(reading_, *given, "variables");
    out.unique_id = text_of(fields_, "unique_id");
    check_required(out);
    return out;
  }

 private:
  [[nodiscard]] std::string_view older_name(std::string_view key) {
    if (key == "state") return "value_template";
    if (key == "picture") return "entity_picture_template";
    names_.push_back(std::string(key) + "_template");
    return names_.back();
  }

  std::optional<yaml::Node> take(std::string_view key) {
    if (legacy_) return fields_.take(older_name(key));
    const auto found = fields_.take(key);
    // Blocks of weather kept the older names.
    return found || domain_.name != "weather" ? found : fields_.take(older_name(key));
  }

  void read_template(std::string_view key, TemplateEntity& out) {
    const auto node = take(key);
    if (!node) return;
    // Options and the like may be written as lists.
    const bool whole = !node->is_scalar() && key != "state";
    out.templates.emplace_back(
        std::string(key), whole ? templated_value(reading_, *node) : templated_text(reading_, *node, key));
  }

  void read_name(TemplateEntity& out) {
    std::optional<yaml::Node> name;
    if (legacy_) {
      name = fields_.take("friendly_name_template");
      const auto plain = fields_.take("friendly_name");
      if (!name) name = plain;
      // Obsolete for years: what a template reads is found out.
      fields_.ignore({"entity_id"});
    }
    if (!name) name = fields_.take("name");
    if (const auto wanted = fields_.take("default_entity_id")) {
      const EntityIds ids = read_entity_ids(reading_, *wanted, "default_entity_id");
      if (!ids.empty()) out.id = ids.front().substr(ids.front().find('.') + 1);
    }
    if (!name) return;
    Templated text = templated_text(reading_, *name, "name");
    if (const auto* literal = text.is_literal() ? text.literal().as_text() : nullptr) out.name = *literal;
    out.templates.emplace_back("name", std::move(text));
  }

  void read_attributes(TemplateEntity& out) {
    const auto node = legacy_ ? fields_.take("attribute_templates") : fields_.take("attributes");
    if (!node || node->is_null()) return;
    if (!node->is_map()) {
      reading_.error(*node, "wrong_type", "attributes: expected a map, got " + shown(*node));
      return;
    }
    for (const yaml::Entry& entry : node->entries()) {
      const std::string name = read_text(reading_, entry.key, "the name of an attribute");
      out.templates.emplace_back("attributes." + name, templated_text(reading_, entry.value, name));
    }
  }

  void read_fixed(std::string_view key, TemplateEntity& out) {
    const auto node = fields_.take(key);
    if (!node) return;
    // Names what is wrong with it: tags.
    plain_value(reading_, *node);
    out.description.set(std::string(key), yaml::to_value(*node));
  }

  void read_delays(TemplateEntity& out) {
    if (domain_.name != "binary_sensor") return;
    if (const auto node = fields_.take("delay_on")) out.delay_on = read_period(reading_, *node, "delay_on");
    if (const auto node = fields_.take("delay_off"))
      out.delay_off = read_period(reading_, *node, "delay_off");
    if (const auto node = fields_.take("auto_off")) out.auto_off = read_period(reading_, *node, "auto_off");
  }

  void check_required(const TemplateEntity& out) {
    for (const std::string_view key : words_of(domain_.required)) {
      bool found = false;
      for (const auto& [name, unused] : out.templates) found = found || name == key;
      for (const auto& [name, unused] : out.actions) found = found || name == key;
      if (found) continue;
      const std::string_view written = legacy_ && key == "state" ? "value_template" : key;
      reading_.error(fields_.node(), "missing_key", fields_.what() + " needs '" + std::string(written) + "'");
    }
  }

  Fields& fields_;
  Reading& reading_;
  const TemplateDomain& domain_;
  bool legacy_;
  std::deque<std::string> names_;
};

struct Entity {
  const TemplateDomain& domain;
  std::uint32_t group = 0;
  const Findings* of_group = nullptr;  // without its group it cannot run, either
  // What stands beside `use_blueprint` for the blueprint's one entity.
  std::vector<std::pair<std::string_view, yaml::Node>> beside{};
};

void refuse_map(Reading& reading, yaml::Node node, std::string_view what) {
  reading.error(node, "wrong_type", std::string(what) + ": expected a map, got " + shown(node));
}

std::string what_of(const TemplateDomain& domain) { return "a template " + std::string(domain.name); }

void finish_entity(Collector& collector, TemplateEntity&& out, const Entity& as, std::string_view key) {
  std::string wanted(key);
  if (wanted.empty()) wanted = out.id;
  if (wanted.empty())
    wanted = wire::slugify(!out.name.empty()        ? out.name
                           : !out.unique_id.empty() ? out.unique_id
                                                    : "template");
  out.id = take_object_id(collector.rules, as.domain.name, wanted);
  out.group = as.group;
  out.findings = collector.reading.take();
  if (as.of_group != nullptr)
    out.findings.insert(out.findings.end(), as.of_group->begin(), as.of_group->end());
  collector.rules.template_entities.push_back(std::move(out));
}

void read_entity(Collector& collector, yaml::Node node, const Entity& as) {
  TemplateEntity out;
  if (node.is_map()) {
    Fields fields(collector.reading, node, what_of(as.domain));
    for (const auto& [key, value] : as.beside) fields.give(key, value);
    EntityReader reader(fields, as.domain, false);
    out = reader.read();
    fields.finish();
    note_unique_id(collector, "template " + std::string(as.domain.name), out.unique_id, node);
  } else {
    out.domain = std::string(as.domain.name);
    out.place = collector.reading.place(node);
    refuse_map(collector.reading, node, what_of(as.domain));
  }
  finish_entity(collector, std::move(out), as, {});
}

TemplateGroup read_group(Fields& fields) {
  Reading& reading = fields.reading();
  TemplateGroup group;
  group.place = reading.place(fields.node());
  group.fingerprint = fingerprint_of(fields.node());
  if (const auto triggers = fields.take("triggers", "trigger"))
    group.triggers = read_triggers(reading, *triggers);
  if (const auto conditions = fields.take("conditions", "condition"))
    group.conditions = read_conditions(reading, *conditions);
  if (const auto actions = fields.take("actions", "action")) group.actions = read_sequence(reading, *actions);
  if (const auto given = fields.take("variables"))
    group.variables = read_variables(reading, *given, "variables");
  return group;
}

void append(Findings& to, Findings&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// `of_blueprint`: what names one entity at the block itself stood beside `use_blueprint`, and is the
// blueprint's one entity's, as in Home Assistant. Elsewhere it is not needed.
void read_block(Collector& collector, yaml::Node node, bool of_blueprint) {
  Fields fields(collector.reading, node, "a template block");
  TemplateGroup group = read_group(fields);
  std::vector<std::pair<std::string_view, yaml::Node>> beside;
  for (const std::string_view key : {"unique_id", "name", "default_entity_id"}) {
    if (const auto given = fields.take(key)) beside.emplace_back(key, *given);
  }
  struct Part {
    const TemplateDomain* domain;
    yaml::Node entities;
  };
  std::vector<Part> parts;
  for (const std::string_view name : template_domain_names())
    if (const auto entities = fields.take(name)) parts.push_back({find_template_domain(name), *entities});
  if (parts.empty())
    collector.reading.error(node, "missing_key", "a template block needs entities: sensor, binary_sensor …");
  fields.finish();
  const Findings of_group = collector.reading.take();
  const auto number = static_cast<std::uint32_t>(collector.rules.template_groups.size());
  collector.rules.template_groups.push_back(std::move(group));
  const std::size_t before = collector.rules.template_entities.size();
  const bool one =
      parts.size() == 1 && (!parts.front().entities.is_list() || parts.front().entities.size() == 1);
  if (!of_blueprint || !one) beside.clear();
  for (const Part& part : parts) {
    const Entity as{*part.domain, number, &of_group, beside};
    if (part.entities.is_null()) continue;
    if (!part.entities.is_list()) read_entity(collector, part.entities, as);
    for (const yaml::Node entity : part.entities.items()) read_entity(collector, entity, as);
  }
  if (collector.rules.template_entities.size() == before)
    append(collector.rules.findings, Findings(of_group));
}

}  // namespace

bool is_template_domain(std::string_view domain) { return find_template_domain(domain) != nullptr; }

void read_template_block(Collector& collector, yaml::Node node) {
  if (!node.is_map()) {
    refuse_map(collector.reading, node, "a template block");
  } else if (!node.find("use_blueprint")) {
    return read_block(collector, node, false);
  } else {
    Expansion expansion = expand_blueprint(collector, node, "template");
    if (expansion.document) return read_block(collector, expansion.document->root(), true);
    if (expansion.waits) collector.rules.findings.push_back(std::move(*expansion.waits));
  }
  append(collector.rules.findings, collector.reading.take());
}

namespace {

void read_legacy_entity(Collector& collector, const yaml::Entry& entry, const Entity& as) {
  Reading& reading = collector.reading;
  const std::string key = yaml::text_of(entry.key);
  if (!wire::valid_object_id(key)) {
    reading.error(entry.key, "bad_name", "'" + key + "' cannot be the name of an entity", wire::slugify(key));
  }
  TemplateEntity out;
  if (entry.value.is_map()) {
    Fields fields(reading, entry.value, what_of(as.domain));
    EntityReader reader(fields, as.domain, true);
    out = reader.read();
    fields.finish();
  } else {
    refuse_map(reading, entry.value, what_of(as.domain));
  }
  out.place = reading.place(entry.key);
  out.domain = std::string(as.domain.name);
  finish_entity(collector, std::move(out), as, key);
}

// Domains with one entity a block.
void read_legacy_single(Collector& collector, Fields& fields, const Entity& as) {
  EntityReader reader(fields, as.domain, true);
  TemplateEntity out = reader.read();
  fields.finish();
  finish_entity(collector, std::move(out), as, {});
}

}  // namespace

void read_legacy_template(Collector& collector, std::string_view domain_name, yaml::Node node) {
  const TemplateDomain* domain = find_template_domain(domain_name);
  if (domain == nullptr) return;
  const auto number = static_cast<std::uint32_t>(collector.rules.template_groups.size());
  TemplateGroup& group = collector.rules.template_groups.emplace_back();
  group.place = collector.reading.place(node);
  group.fingerprint = fingerprint_of(node);
  const Entity as{*domain, number, nullptr};
  Fields fields(collector.reading, node, what_of(*domain));
  fields.ignore({"platform", "scan_interval", "entity_namespace"});
  if (domain->container.empty()) return read_legacy_single(collector, fields, as);
  const auto entities = fields.require(domain->container);
  fields.finish();
  if (entities && !entities->is_map()) refuse_map(collector.reading, *entities, domain->container);
  append(collector.rules.findings, collector.reading.take());
  if (!entities) return;
  for (const yaml::Entry& entry : entities->entries()) read_legacy_entity(collector, entry, as);
}

}  // namespace gable::rules
