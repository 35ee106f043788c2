// Triggers on states: state, numeric_state, template, zone; and what conditions on states share with them.

#include <algorithm>
#include <array>

#include "language/trigger_readers.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

constexpr std::array<std::string_view, 4> kNumberDomains{"input_number", "number", "sensor", "zone"};

StateFilter read_filter(Fields& fields, std::string_view key, bool of_attribute) {
  StateFilter filter;
  const std::optional<yaml::Node> node = fields.take(key);
  if (!node) return filter;
  filter.given = true;
  filter.any = node->is_null() || node->as_text() == "*";
  if (!filter.any) filter.values = read_states(fields.reading(), *node, key, of_attribute);
  return filter;
}

// from and not_from, to and not_to.
void exclude(Fields& fields, std::string_view key, std::string_view opposite) {
  const std::optional<yaml::Node> both = fields.node().find(opposite);
  if (!both || !fields.node().find(key)) return;
  fields.reading().error(*both, "exclusive_keys",
                         "'" + std::string(key) + "' and '" + std::string(opposite) +
                             "' exclude each other: " + fields.what() + " takes one of them");
}

bool is_number_entity(std::string_view id) {
  return std::ranges::find(kNumberDomains, id.substr(0, id.find('.'))) != kNumberDomains.end();
}

Threshold read_threshold(Fields& fields, std::string_view key) {
  Threshold threshold;
  Reading& reading = fields.reading();
  const std::optional<yaml::Node> node = fields.take(key);
  if (!node) return threshold;
  const std::optional<std::string_view> text = node->as_text();
  const bool number = !text || jinja::to_real(Value(*text)) || text->find_first_of(".{") == text->npos;
  if (number) {
    threshold.number = read_number(reading, *node, key);
    return threshold;
  }
  if (text->find('{') != text->npos) {
    reading.error(*node, "wrong_type",
                  std::string(key) +
                      ": a template is not possible here; expected a number, or an entity that holds one");
    return threshold;
  }
  const EntityIds ids = read_entity_ids(reading, *node, key);
  if (ids.size() == 1 && is_number_entity(ids.front())) {
    threshold.entity = ids.front();
  } else if (!ids.empty()) {
    reading.error(*node, "bad_entity_id",
                  std::string(key) +
                      ": expected a number, or one entity of input_number, number, sensor or zone, got " +
                      shown(*node));
  }
  return threshold;
}

}  // namespace

EntityIds require_entities(Fields& fields) {
  const std::optional<yaml::Node> node = fields.require("entity_id");
  return node ? read_entity_ids(fields.reading(), *node, "entity_id") : EntityIds();
}

Rare<Period> read_hold(Fields& fields) {
  const std::optional<yaml::Node> node = fields.take("for");
  if (!node || node->is_null()) return {};
  return read_period(fields.reading(), *node, "for");
}

std::string read_quoted_text(Reading& reading, yaml::Node node, std::string_view what) {
  const bool scalar = node.is_scalar() && !node.is_null();
  if (!scalar || node.is_text()) return read_text(reading, node, what);
  const std::string quoted = "\"" + std::string(node.written()) + "\"";
  const std::string kind(yaml::to_string(node.kind()));
  reading.error(node, "quote_text",
                std::string(what) + ": expected text; without quotes " + std::string(node.written()) +
                    " is a " + kind + ", so write " + quoted,
                quoted);
  return std::string(node.written());
}

std::string read_lower_choice(Reading& reading, yaml::Node node, std::string_view what,
                              std::initializer_list<std::string_view> choices) {
  std::string text = node.is_text() ? yaml::text_of(node) : std::string();
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool known = std::ranges::find(choices, text) != choices.end();
  return known ? text : read_choice(reading, node, what, choices);
}

std::vector<Value> read_states(Reading& reading, yaml::Node node, std::string_view what, bool of_attribute) {
  std::vector<Value> states;
  const auto add = [&](yaml::Node item) {
    states.push_back(of_attribute ? plain_value(reading, item)
                                  : Value(read_quoted_text(reading, item, what)));
  };
  if (node.is_list()) {
    for (const yaml::Node item : node.items()) add(item);
  } else {
    add(node);
  }
  return states;
}

NumericRange read_numeric_range(Fields& fields) {
  NumericRange range;
  const std::size_t errors = fields.reading().errors();
  range.above = read_threshold(fields, "above");
  range.below = read_threshold(fields, "below");
  if (const auto node = fields.take("value_template"))
    range.value_template = template_only(fields.reading(), *node, "value_template");
  const bool asked = fields.node().find("above") || fields.node().find("below");
  if (!asked && fields.reading().errors() == errors)
    fields.reading().error(fields.node(), "missing_key", fields.what() + " needs 'above' or 'below'");
  return range;
}

TriggerKind read_state_trigger(Fields& fields) {
  StateTrigger trigger;
  trigger.entities = require_entities(fields);
  const std::optional<yaml::Node> attribute = fields.take("attribute");
  if (attribute) trigger.attribute = read_text(fields.reading(), *attribute, "attribute");
  trigger.from = read_filter(fields, "from", attribute.has_value());
  trigger.to = read_filter(fields, "to", attribute.has_value());
  trigger.not_from = read_filter(fields, "not_from", attribute.has_value());
  trigger.not_to = read_filter(fields, "not_to", attribute.has_value());
  exclude(fields, "from", "not_from");
  exclude(fields, "to", "not_to");
  trigger.hold = read_hold(fields);
  return trigger;
}

TriggerKind read_numeric_state_trigger(Fields& fields) {
  NumericStateTrigger trigger;
  trigger.entities = require_entities(fields);
  if (const auto attribute = fields.take("attribute"))
    trigger.attribute = read_text(fields.reading(), *attribute, "attribute");
  NumericRange range = read_numeric_range(fields);
  trigger.above = std::move(range.above);
  trigger.below = std::move(range.below);
  trigger.value_template = std::move(range.value_template);
  trigger.hold = read_hold(fields);
  const bool literal = trigger.above.number && trigger.below.number;
  if (literal && *trigger.above.number > *trigger.below.number) {
    fields.reading().error(fields.node(), "impossible_range",
                           "no number is above " + jinja::real_text(*trigger.above.number) + " and below " +
                               jinja::real_text(*trigger.below.number) +
                               "; for one or the other write two triggers");
  }
  return trigger;
}

TriggerKind read_template_trigger(Fields& fields) {
  TemplateTrigger trigger;
  if (const auto node = fields.require("value_template"))
    trigger.condition = template_only(fields.reading(), *node, "value_template");
  trigger.hold = read_hold(fields);
  return trigger;
}

TriggerKind read_zone_trigger(Fields& fields) {
  ZoneTrigger trigger;
  Reading& reading = fields.reading();
  trigger.entities = require_entities(fields);
  if (const auto zone = fields.require("zone")) {
    EntityIds zones = read_entity_ids(reading, *zone, "zone");
    if (zones.size() == 1) {
      trigger.zone = std::move(zones.front());
    } else if (!zones.empty()) {
      reading.error(*zone, "wrong_type", "zone: expected one zone; write a trigger for each");
    }
  }
  if (const auto event = fields.take("event"))
    trigger.enters = read_choice(reading, *event, "event", {"enter", "leave"}) == "enter";
  return trigger;
}

}  // namespace gable::rules
