#include "engine/triggers/state_watch.hpp"

#include <algorithm>

#include "engine/judgement.hpp"
#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

bool contains(const StateFilter& filter, const Value& value) {
  return std::any_of(filter.values.begin(), filter.values.end(),
                     [&value](const Value& each) { return jinja::equals(each, value); });
}

// "*" is Home Assistant's old way to write null.
bool is_any(const StateFilter& filter) {
  const std::string* only = filter.values.size() == 1 ? filter.values.front().as_text() : nullptr;
  return !filter.given || filter.any || (only != nullptr && *only == "*");
}

bool passes(const StateFilter& wanted, const StateFilter& unwanted, const Value& value) {
  if (!is_any(wanted)) return contains(wanted, value);
  return is_any(unwanted) || !contains(unwanted, value);
}

bool names_absence(const StateFilter& filter) {
  return std::any_of(filter.values.begin(), filter.values.end(), [](const Value& each) {
    return each.as_text() != nullptr && is_absent(*each.as_text());
  });
}

}  // namespace

StateWatch::StateWatch(Board& board, Seat seat, const StateTrigger& asked)
    : HoldingWatch(board, std::move(seat)),
      asked_(asked),
      every_change_(!asked.from.given && !asked.to.given && !asked.not_from.given && !asked.not_to.given),
      // Who asks for unavailable by its name does not want to miss it.
      ignores_trips_(options().ignore_unavailable && !names_absence(asked.from) && !names_absence(asked.to)) {
}

void StateWatch::begin(Instant /*now*/) {
  for (const std::string& entity : asked_.entities) listen(Subject::entity, entity);
}

Value StateWatch::value_of(const std::optional<StateSnapshot>& state) const {
  if (!state) return {};
  return rules::value_of(*state, asked_.attribute).value_or(Value());
}

bool StateWatch::matches(const Value& before, const Value& after) const {
  if (!passes(asked_.from, asked_.not_from, before) || !passes(asked_.to, asked_.not_to, after)) return false;
  return (every_change_ && asked_.attribute.empty()) || !jinja::equals(before, after);
}

// With from alone a hold ends when the value is the old one again; else when it is another than the one it
// began with. Changes of attributes do not count.
bool StateWatch::keeps(const Hold& hold, const std::optional<StateSnapshot>& state) const {
  if (!state) return false;
  const Value value = value_of(state);
  if (asked_.from.given && !asked_.to.given) return !jinja::equals(value, hold.before);
  return jinja::equals(value, hold.after);
}

void StateWatch::on_state(const StateChanged& change, Instant now) {
  cancel_holds([&](const Hold& hold) { return hold.entity == change.entity && !keeps(hold, change.after); });
  const Value before = value_of(change.before);
  const Value after = value_of(change.after);
  if (!matches(before, after)) return;
  Hold hold;
  hold.entity = change.entity;
  hold.before = before;
  hold.after = after;
  hold.cause = change.after ? change.after->context : change.before ? change.before->context : Context{};
  hold.fields = fields({{"entity_id", Value(change.entity)},
                        {"from_state", state_or_none(change.entity, change.before)},
                        {"to_state", state_or_none(change.entity, change.after)},
                        {"attribute", text_or_none(asked_.attribute)},
                        {"description", Value("state of " + change.entity)}});
  match(asked_.hold, std::move(hold), now);
}

void StateWatch::on_known(const std::string& entity, const StateSnapshot& state, Instant /*now*/) {
  cancel_holds([&](const Hold& hold) { return hold.entity == entity && !keeps(hold, state); });
}

bool StateWatch::still_stands(const Hold& hold, Instant /*now*/) {
  const std::optional<StateSnapshot> state = surroundings().snapshot(hold.entity);
  if (ignores_trips_ && state && is_absent(state->state)) return true;
  return keeps(hold, state);
}

bool StateWatch::concerns(const std::string& entity) const {
  return std::find(asked_.entities.begin(), asked_.entities.end(), entity) != asked_.entities.end();
}

}  // namespace gable::rules
