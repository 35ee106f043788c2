// Conditions: lists, shorthands, and, or, not, template, trigger; the kinds by their names.

#include <algorithm>
#include <array>

#include "language/condition_readers.hpp"
#include "language/readers.hpp"
#include "language/values.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

using LogicalKind = LogicalCondition::Kind;

bool is_template(yaml::Node node) {
  const std::optional<std::string_view> text = node.as_text();
  return text &&
         (text->find("{{") != text->npos || text->find("{%") != text->npos || text->find("{#") != text->npos);
}

ConditionKind read_logical(Fields& fields, LogicalKind kind) {
  LogicalCondition condition;
  condition.kind = kind;
  if (const auto members = fields.require("conditions"))
    condition.members = read_conditions(fields.reading(), *members);
  return condition;
}

ConditionKind read_and(Fields& fields) { return read_logical(fields, LogicalKind::all); }
ConditionKind read_or(Fields& fields) { return read_logical(fields, LogicalKind::any); }
ConditionKind read_not(Fields& fields) { return read_logical(fields, LogicalKind::none); }

ConditionKind read_template_condition(Fields& fields) {
  TemplateCondition condition;
  if (const auto node = fields.require("value_template"))
    condition.condition = template_only(fields.reading(), *node, "value_template");
  return condition;
}

ConditionKind read_trigger_condition(Fields& fields) {
  TriggerCondition condition;
  if (const auto ids = fields.require("id")) condition.ids = read_texts(fields.reading(), *ids, "id");
  return condition;
}

struct Kind {
  std::string_view name;
  std::string_view what;
  ConditionKind (*read)(Fields& fields);
  // May have its own keys within `options:`, as newer files do.
  bool takes_options = false;
};

constexpr std::array kKinds{
    Kind{"and", "an 'and' condition", read_and},
    Kind{"or", "an 'or' condition", read_or},
    Kind{"not", "a 'not' condition", read_not},
    Kind{"state", "a state condition", read_state_condition},
    Kind{"numeric_state", "a numeric_state condition", read_numeric_state_condition},
    Kind{"template", "a template condition", read_template_condition},
    Kind{"time", "a time condition", read_time_condition},
    Kind{"sun", "a sun condition", read_sun_condition, true},
    Kind{"zone", "a zone condition", read_zone_condition, true},
    Kind{"trigger", "a trigger condition", read_trigger_condition},
    Kind{"device", "a device condition", read_device_condition},
};

constexpr std::array<std::pair<std::string_view, LogicalKind>, 3> kShorthands{
    {{"and", LogicalKind::all}, {"or", LogicalKind::any}, {"not", LogicalKind::none}}};

const Kind* find_kind(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &Kind::name);
  return found == kKinds.end() ? nullptr : &*found;
}

void refuse_kind(Reading& reading, yaml::Node node, const std::string& name) {
  if (name.find('.') != name.npos && name.find(' ') == name.npos) {
    reading.unsupported(node, "the condition '" + name +
                                  "' is not offered here; write it as a state or numeric_state condition");
    return;
  }
  std::array<std::string_view, kKinds.size()> names{};
  std::ranges::transform(kKinds, names.begin(), &Kind::name);
  const std::string_view near = wire::nearest(name, names);
  std::string message = "there is no condition " + shown(node);
  if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
  reading.error(node, "unknown_condition", std::move(message), std::string(near));
}

void read_common(Fields& fields, Condition& condition) {
  if (const auto alias = fields.take("alias")) condition.alias = read_text(fields.reading(), *alias, "alias");
  if (const auto enabled = fields.take("enabled"))
    condition.enabled = read_enabled(fields.reading(), *enabled);
}

// `and: [...]`, with nothing but an alias and enabled beside it.
void read_shorthand(Fields& fields, Condition& condition, std::string_view name, LogicalKind kind) {
  condition.name = name;
  read_common(fields, condition);
  LogicalCondition logical;
  logical.kind = kind;
  if (const auto members = fields.take(name)) logical.members = read_conditions(fields.reading(), *members);
  fields.finish();
  condition.kind = std::move(logical);
}

// `condition: "{{ … }}"`, and `condition: [...]`, which is and.
bool read_unnamed(Fields& fields, Condition& condition, yaml::Node node) {
  if (node.is_list()) {
    condition.name = "and";
    condition.kind = LogicalCondition{LogicalKind::all, read_conditions(fields.reading(), node)};
  } else if (is_template(node)) {
    condition.name = "template";
    condition.kind = TemplateCondition{templated_text(fields.reading(), node, "condition")};
  } else {
    return false;
  }
  fields.finish();
  return true;
}

void read_kind(Fields& fields, Condition& condition, const Kind& kind) {
  const std::optional<yaml::Node> options =
      kind.takes_options ? fields.take("options") : std::optional<yaml::Node>();
  if (!options) {
    condition.kind = kind.read(fields);
    fields.finish();
    return;
  }
  fields.finish();
  if (!options->is_map()) {
    fields.reading().error(*options, "wrong_type", "options: expected a map, got " + shown(*options));
    return;
  }
  Fields own(fields.reading(), *options, fields.what());
  condition.kind = kind.read(own);
  own.finish();
}

void read_named(Reading& reading, Condition& condition, yaml::Node node, yaml::Node name) {
  if (!name.is_list()) condition.name = read_text(reading, name, "condition");
  const Kind* kind = find_kind(condition.name);
  Fields fields(reading, node, kind != nullptr ? std::string(kind->what) : "a condition");
  fields.take("condition");
  read_common(fields, condition);
  if (kind != nullptr) {
    read_kind(fields, condition, *kind);
  } else if (is_purpose_condition(condition.name)) {
    condition.kind = read_purpose_condition(fields, condition.name);
  } else if (!read_unnamed(fields, condition, name) && !condition.name.empty()) {
    refuse_kind(reading, name, condition.name);
  }
}

void refuse_nameless(Reading& reading, yaml::Node node) {
  constexpr std::array<std::string_view, 1> kNames{"condition"};
  for (const yaml::Entry& entry : node.entries()) {
    const std::string key = yaml::text_of(entry.key);
    if (wire::nearest(key, kNames).empty()) continue;
    reading.error(entry.key, "unknown_key", "a condition has no key '" + key + "'; did you mean 'condition'?",
                  "condition");
    return;
  }
  reading.error(node, "missing_key", "a condition needs 'condition', the name of its kind");
}

void read_map(Reading& reading, Condition& condition, yaml::Node node) {
  if (const auto name = node.find("condition")) {
    read_named(reading, condition, node, *name);
    return;
  }
  for (const auto& [name, kind] : kShorthands) {
    if (!node.find(name)) continue;
    Fields fields(reading, node, "an '" + std::string(name) + "' condition");
    read_shorthand(fields, condition, name, kind);
    return;
  }
  refuse_nameless(reading, node);
}

}  // namespace

Condition read_condition(Reading& reading, yaml::Node node) {
  Condition condition;
  condition.place = reading.place(node);
  if (node.is_map()) {
    read_map(reading, condition, node);
  } else if (node.tag() != yaml::Tag::none) {
    plain_value(reading, node);  // says so
  } else if (is_template(node)) {
    condition.name = "template";
    condition.kind = TemplateCondition{templated_text(reading, node, "condition")};
  } else {
    reading.error(node, "wrong_type", "a condition: expected a map or a template, got " + shown(node));
  }
  return condition;
}

Conditions read_conditions(Reading& reading, yaml::Node node) {
  Conditions conditions;
  if (node.is_null()) return conditions;
  if (!node.is_list()) {
    conditions.push_back(read_condition(reading, node));
    return conditions;
  }
  conditions.reserve(node.size());
  for (const yaml::Node item : node.items()) conditions.push_back(read_condition(reading, item));
  return conditions;
}

bool is_condition(yaml::Node node) {
  if (!node.is_map()) return false;
  return node.find("condition") || std::ranges::any_of(kShorthands, [node](const auto& shorthand) {
           return node.find(shorthand.first).has_value();
         });
}

}  // namespace gable::rules
