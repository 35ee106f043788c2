// Conditions on states and time: state, numeric_state, time, sun, zone, device.

#include <algorithm>
#include <array>

#include "language/condition_readers.hpp"
#include "language/trigger_readers.hpp"

namespace gable::rules {

namespace {

constexpr std::array<std::string_view, 3> kTimeEntities{"input_datetime", "time", "sensor"};

std::optional<TimeBound> read_bound(Fields& fields, std::string_view key) {
  const std::optional<yaml::Node> node = fields.take(key);
  if (!node) return std::nullopt;
  TimeBound bound;
  const std::optional<std::string_view> text = node->as_text();
  if (text && text->find('.') != text->npos && text->find(':') == text->npos) {
    bound.entity = read_time_entity(fields.reading(), *node, key, kTimeEntities);
  } else {
    bound.time = read_time_of_day(fields.reading(), *node, key);
  }
  return bound;
}

std::optional<SunBound> read_sun_bound(Fields& fields, std::string_view key, std::string_view offset_key) {
  const std::optional<yaml::Node> event = fields.take(key);
  const std::optional<yaml::Node> offset = fields.take(offset_key);
  SunBound bound;
  if (offset) bound.offset = read_offset(fields.reading(), *offset, offset_key);
  if (event) {
    bound.rise = read_sun_event(fields.reading(), *event, key);
    return bound;
  }
  // Home Assistant takes it and does nothing with it.
  if (offset) {
    fields.reading().warn(
        *offset, "missing_key",
        "'" + std::string(offset_key) + "' says nothing without '" + std::string(key) + "'");
  }
  return std::nullopt;
}

bool given(Fields& fields, std::initializer_list<std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return fields.node().find(key).has_value(); });
}

}  // namespace

ConditionKind read_state_condition(Fields& fields) {
  StateCondition condition;
  Reading& reading = fields.reading();
  condition.entities = require_entities(fields);
  const std::optional<yaml::Node> attribute = fields.take("attribute");
  if (attribute) condition.attribute = read_text(reading, *attribute, "attribute");
  if (const auto state = fields.require("state"))
    condition.states = read_states(reading, *state, "state", attribute.has_value());
  if (const auto match = fields.take("match"))
    condition.match_any = read_lower_choice(reading, *match, "match", {"all", "any"}) == "any";
  condition.hold = read_hold(fields);
  return condition;
}

ConditionKind read_numeric_state_condition(Fields& fields) {
  NumericStateCondition condition;
  condition.entities = require_entities(fields);
  if (const auto attribute = fields.take("attribute"))
    condition.attribute = read_text(fields.reading(), *attribute, "attribute");
  NumericRange range = read_numeric_range(fields);
  condition.above = std::move(range.above);
  condition.below = std::move(range.below);
  condition.value_template = std::move(range.value_template);
  // Home Assistant loads it; it is never met, for both bounds are outside.
  if (condition.above.number && condition.below.number && *condition.above.number >= *condition.below.number)
    fields.reading().warn(fields.node(), "impossible_range", "no number is above 'above' and below 'below'");
  return condition;
}

ConditionKind read_time_condition(Fields& fields) {
  TimeCondition condition;
  condition.after = read_bound(fields, "after");
  condition.before = read_bound(fields, "before");
  if (const auto weekday = fields.take("weekday"))
    condition.weekdays = read_weekdays(fields.reading(), *weekday);
  if (!given(fields, {"after", "before", "weekday"}))
    fields.reading().error(fields.node(), "missing_key", fields.what() + " needs after, before or weekday");
  return condition;
}

ConditionKind read_sun_condition(Fields& fields) {
  SunCondition condition;
  condition.after = read_sun_bound(fields, "after", "after_offset");
  condition.before = read_sun_bound(fields, "before", "before_offset");
  if (!given(fields, {"after", "before"}))
    fields.reading().error(fields.node(), "missing_key", fields.what() + " needs after or before");
  return condition;
}

ConditionKind read_zone_condition(Fields& fields) {
  ZoneCondition condition;
  condition.entities = require_entities(fields);
  if (const auto zone = fields.require("zone"))
    condition.zones = read_entity_ids(fields.reading(), *zone, "zone");
  return condition;
}

ConditionKind read_device_condition(Fields& fields) {
  DeviceParts parts = read_device_parts(fields);
  DeviceCondition condition;
  condition.device = std::move(parts.device);
  condition.domain = std::move(parts.domain);
  condition.type = std::move(parts.type);
  condition.entity = std::move(parts.entity);
  condition.options = std::move(parts.options);
  if (!parts.subtype.empty())
    condition.options.emplace_back("subtype", Templated(jinja::Value(std::move(parts.subtype))));
  condition.hold = std::move(parts.hold);
  return condition;
}

}  // namespace gable::rules
