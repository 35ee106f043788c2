#include "engine/triggers/numeric_watch.hpp"

#include <algorithm>

#include "engine/judgement.hpp"
#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

// Values that are no number and no mistake either: they match nothing, and so arm the trigger.
bool is_no_value(const Value& value) {
  return value.is_none() || (value.as_text() != nullptr && is_absent(*value.as_text()));
}

Value threshold_value(const Threshold& threshold) {
  return threshold.number ? Value(*threshold.number) : text_or_none(threshold.entity);
}

}  // namespace

Watch::Fields NumericWatch::own_fields(const std::string& entity) const {
  return fields({{"entity_id", Value(entity)},
                 {"below", threshold_value(asked_.below)},
                 {"above", threshold_value(asked_.above)}});
}

Rendered NumericWatch::value(const std::string& entity, const StateSnapshot& state, Instant now) const {
  if (!asked_.value_template) return {rules::value_of(state, asked_.attribute).value_or(Value()), {}};
  Scope scope(&variables());
  scope.define("state", state_object(entity, state));
  scope.define("trigger", jinja::DictPtr(own_fields(entity)));
  return Renderer(surroundings(), now).native(*asked_.value_template, scope);
}

NumericWatch::Answer NumericWatch::judge(const std::string& entity, const StateSnapshot& state,
                                         Instant now) const {
  if (!asked_.attribute.empty() && state.attributes->find(asked_.attribute) == nullptr) return {};
  const Rendered rendered = value(entity, state, now);
  if (!rendered.ok()) return {Verdict::error, rendered.error};
  if (is_no_value(rendered.value)) return {};
  const std::optional<double> number = number_of(rendered.value);
  if (!number) return {Verdict::error, entity + ": expected a number, got " + jinja::repr(rendered.value)};
  return compare(*number);
}

NumericWatch::Answer NumericWatch::compare(double number) const {
  for (const Threshold* threshold : {&asked_.below, &asked_.above}) {
    if (!threshold->given()) continue;
    const bool is_below = threshold == &asked_.below;
    const char* name = is_below ? "below: " : "above: ";
    if (!threshold->number) {
      const std::optional<StateSnapshot> state = surroundings().snapshot(threshold->entity);
      if (!state) return {Verdict::error, name + ("there is no entity " + threshold->entity)};
      if (is_absent(state->state)) return {};
    }
    const std::optional<double> limit = number_of(*threshold, surroundings());
    if (!limit) return {Verdict::error, name + threshold->entity + " holds no number"};
    if (is_below ? number >= *limit : number <= *limit) return {};
  }
  return {Verdict::yes, {}};
}

void NumericWatch::begin(Instant now) {
  for (const std::string& entity : asked_.entities) listen(Subject::entity, entity);
  if (!board().started) listen(Subject::resume);
  arm(now);
}

void NumericWatch::on_resume(Instant now) {
  HoldingWatch::on_resume(now);
  arm(now);
}

void NumericWatch::arm(Instant now) {
  armed_.clear();
  for (const std::string& entity : asked_.entities) {
    const std::optional<StateSnapshot> state = surroundings().snapshot(entity);
    if (!state || (ignores_trips() && is_absent(state->state))) continue;
    if (judge(entity, *state, now).verdict == Verdict::no) armed_.insert(entity);
  }
}

void NumericWatch::on_state(const StateChanged& change, Instant now) {
  const Answer answer = change.after ? judge(change.entity, *change.after, now) : Answer{Verdict::error, {}};
  const Verdict verdict = answer.verdict;
  cancel_holds([&](const Hold& hold) { return hold.entity == change.entity && verdict != Verdict::yes; });
  if (!answer.error.empty()) complain("warning", answer.error);
  if (verdict == Verdict::no) armed_.insert(change.entity);
  if (verdict != Verdict::yes || armed_.erase(change.entity) == 0) return;
  Hold hold;
  hold.entity = change.entity;
  hold.cause = change.after->context;
  hold.fields = own_fields(change.entity);
  hold.fields->set("from_state", state_or_none(change.entity, change.before));
  hold.fields->set("to_state", state_or_none(change.entity, change.after));
  hold.fields->set("description", "numeric state of " + change.entity);
  match(asked_.hold, std::move(hold), now);
}

// As at set-up: what is within its bounds already does not fire.
void NumericWatch::on_known(const std::string& entity, const StateSnapshot& state, Instant now) {
  const Verdict verdict = judge(entity, state, now).verdict;
  cancel_holds([&](const Hold& hold) { return hold.entity == entity && verdict != Verdict::yes; });
  if (verdict == Verdict::no) armed_.insert(entity);
  if (verdict == Verdict::yes) armed_.erase(entity);
}

bool NumericWatch::still_stands(const Hold& hold, Instant now) {
  const std::optional<StateSnapshot> state = surroundings().snapshot(hold.entity);
  if (!state) return false;
  if (ignores_trips() && is_absent(state->state)) return true;
  return judge(hold.entity, *state, now).verdict == Verdict::yes;
}

bool NumericWatch::concerns(const std::string& entity) const {
  return std::find(asked_.entities.begin(), asked_.entities.end(), entity) != asked_.entities.end();
}

}  // namespace gable::rules
