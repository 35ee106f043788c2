// Conditions on states: state, numeric_state, zone.
#include <algorithm>
#include <cmath>

#include "engine/judgement.hpp"
#include "template/house/places.hpp"
#include "template/json_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

bool is_helper(std::string_view text) { return text.starts_with("input_") && text.find('.') != text.npos; }

// A wanted state may be the name of a helper, whose state then counts.
Value wanted_value(const Value& wanted, const Surroundings& surroundings) {
  const std::string* text = wanted.as_text();
  if (text == nullptr || !is_helper(*text)) return wanted;
  const std::optional<StateSnapshot> helper = surroundings.snapshot(*text);
  return helper ? Value(helper->state) : wanted;
}

wire::Value shown(const Value& value) { return to_row(value); }

// One entity: is it in one of the states, and for long enough?
Verdict judge_one(const StateCondition& condition, const std::string& entity, const Judgement& how) {
  const std::optional<StateSnapshot> state = how.surroundings().snapshot(entity);
  if (!state) return how.error("there is no entity " + entity);
  const std::optional<Value> value = value_of(*state, condition.attribute);
  if (!value) return how.error(entity + " has no attribute '" + condition.attribute + "'");
  how.trace.set(entity, shown(*value));
  const auto same = [&](const Value& wanted) {
    return jinja::equals(wanted_value(wanted, how.surroundings()), *value);
  };
  if (std::none_of(condition.states.begin(), condition.states.end(), same)) return Verdict::no;
  if (!condition.hold) return Verdict::yes;
  const Rendered rendered = how.renderer.native(*condition.hold, how.scope);
  if (!rendered.ok()) return how.error(rendered.error);
  const auto period = period_of(rendered.value);
  if (!period) return how.error("for: expected a period, got " + jinja::repr(rendered.value));
  return verdict(how.renderer.now() - state->last_changed >= *period);
}

double attribute_number(const StateSnapshot& state, std::string_view name, double fallback) {
  const wire::Value* found = state.attributes->find(name);
  return found != nullptr ? found->number_or(fallback) : fallback;
}

std::optional<jinja::House::Place> place_of(const StateSnapshot& state) {
  constexpr double kNone = 1000;  // degrees: nowhere
  const jinja::House::Place place{attribute_number(state, "latitude", kNone),
                                  attribute_number(state, "longitude", kNone)};
  if (place.latitude == kNone || place.longitude == kNone) return std::nullopt;
  return place;
}

// Within the zone's radius, the accuracy of the position allowed for.
Verdict judge_place(const std::string& entity, const std::string& zone, const Judgement& how) {
  constexpr double kMetres = 1000;
  const std::optional<StateSnapshot> who = how.surroundings().snapshot(entity);
  if (!who) return how.error("there is no entity " + entity);
  const std::optional<StateSnapshot> where = how.surroundings().snapshot(zone);
  if (!where) return how.error("there is no zone " + zone);
  const auto at = place_of(*who);
  if (!at) return how.error(entity + " has no position (attributes latitude and longitude)");
  const auto centre = place_of(*where);
  const auto distance = centre ? jinja::kilometres_between(*at, *centre) : std::nullopt;
  if (!distance) return how.error(zone + " has no position");
  how.trace.set(entity, *distance);
  return verdict(*distance * kMetres - attribute_number(*who, "gps_accuracy", 0) <
                 attribute_number(*where, "radius", 0));
}

template <typename JudgeOne>
Verdict judge_each(const EntityIds& entities, bool any, const JudgeOne& judge_one) {
  bool failed = false;
  for (const std::string& entity : entities) {
    const Verdict one = judge_one(entity);
    if (one == (any ? Verdict::yes : Verdict::no)) return one;
    failed = failed || one == Verdict::error;
  }
  if (failed) return Verdict::error;
  return verdict(!any);
}

Verdict judge_number(const NumericStateCondition& condition, const std::string& entity,
                     const Judgement& how) {
  const std::optional<StateSnapshot> state = how.surroundings().snapshot(entity);
  if (!state) return how.error("there is no entity " + entity);
  std::optional<Value> value = value_of(*state, condition.attribute);
  if (!value) return how.error(entity + " has no attribute '" + condition.attribute + "'");
  if (condition.value_template) {
    Scope scope(&how.scope);
    scope.define("state", state_object(entity, *state));
    const Rendered rendered = how.renderer.text(*condition.value_template, scope);
    if (!rendered.ok()) return how.error(rendered.error);
    value = rendered.value;
  }
  how.trace.set(entity, shown(*value));
  const std::string text = jinja::str(*value);
  if (text == "unavailable" || text == "unknown") return Verdict::no;
  const std::optional<double> number = number_of(*value);
  if (!number) return how.error(entity + ": expected a number, got " + jinja::repr(*value));
  for (const Threshold* threshold : {&condition.below, &condition.above}) {
    if (!threshold->given()) continue;
    const std::optional<double> limit = number_of(*threshold, how.surroundings());
    if (!limit) return how.error(threshold->entity + ": expected a number as threshold");
    const bool outside = threshold == &condition.below ? *number >= *limit : *number <= *limit;
    if (outside) return Verdict::no;
  }
  return Verdict::yes;
}

}  // namespace

std::optional<Value> value_of(const StateSnapshot& state, const std::string& attribute) {
  if (attribute.empty()) return Value(state.state);
  const wire::Value* found = state.attributes->find(attribute);
  return found != nullptr ? std::optional(jinja::from_wire(*found)) : std::nullopt;
}

std::optional<double> number_of(const Value& value) {
  const std::optional<double> number = jinja::to_real(value);
  return number && !std::isnan(*number) ? number : std::nullopt;
}

std::optional<double> number_of(const Threshold& threshold, const Surroundings& surroundings) {
  if (threshold.number) return threshold.number;
  const std::optional<StateSnapshot> state = surroundings.snapshot(threshold.entity);
  return state ? number_of(Value(state->state)) : std::nullopt;
}

Verdict judge_state(const StateCondition& condition, const Judgement& how) {
  return judge_each(condition.entities, condition.match_any,
                    [&](const std::string& entity) { return judge_one(condition, entity, how); });
}

Verdict judge_numeric(const NumericStateCondition& condition, const Judgement& how) {
  return judge_each(condition.entities, false,
                    [&](const std::string& entity) { return judge_number(condition, entity, how); });
}

Verdict judge_zone(const ZoneCondition& condition, const Judgement& how) {
  return judge_each(condition.entities, false, [&](const std::string& entity) {
    return judge_each(condition.zones, true,
                      [&](const std::string& zone) { return judge_place(entity, zone, how); });
  });
}

}  // namespace gable::rules
