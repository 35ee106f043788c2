// What templates ask of the states of entities.

#include <algorithm>
#include <unordered_set>

#include "template/callables/house_callables.hpp"
#include "template/house/state_object.hpp"
#include "template/house/states.hpp"
#include "template/json_values.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja::house_calls {
namespace {

// The value of an attribute; null when the state has none of that name.
const wire::Value* find_attribute(const EntityState& state, const Value& name) {
  const std::string* text = name.as_text();
  return text == nullptr ? nullptr : state.attributes->find(*text);
}

void append_members(const EntityState& state, std::string_view attribute, Values& out) {
  const wire::Value* members = state.attributes->find(attribute);
  const wire::List* list = members == nullptr ? nullptr : members->as_list();
  if (list == nullptr) return;
  for (const wire::Value& member : *list) out.push_back(from_wire(member));
}

// Nothing for what has no items.
void append_items(Evaluation& evaluation, const Value& value, Values& out) {
  IteratorPtr iterator;
  if (Object* object = value.as_object()) {
    iterator = object->iterate(evaluation);
  } else if (!value.is_none() && !value.is_number()) {
    iterator = iterate(evaluation, value);
  }
  while (iterator != nullptr) {
    std::optional<Value> item = iterator->next(evaluation);
    if (!item) break;
    evaluation.budget().work(1);
    out.push_back(*std::move(item));
  }
}

bool is_group(Evaluation& evaluation, const EntityState& state) {
  if (domain_of(state.entity_id) == "group") return true;
  const auto entry = evaluation.house().entity(state.entity_id);
  return entry && entry->platform == "group";
}

}  // namespace

Value states(Evaluation& evaluation, const Bound& arguments) {
  const std::optional<EntityState> state = state_of(evaluation, arguments[0]);
  if (!state) return "unknown";
  const bool with_unit = arguments.flag(2, false);
  const bool rounded = arguments.flag(1, with_unit);
  if (!rounded && !with_unit) return state->state;
  return shown_state(*state, rounded, with_unit);
}

Value is_state(Evaluation& evaluation, const Bound& arguments) {
  const std::optional<EntityState> state = state_of(evaluation, arguments[0]);
  if (!state) return false;
  const auto is = [&state](const Value& wanted) {
    const std::string* text = wanted.as_text();
    return text != nullptr && *text == state->state;
  };
  const Values* list = arguments[1].as_list();
  if (list == nullptr) return is(arguments[1]);
  evaluation.budget().work(list->size());
  return std::ranges::any_of(*list, is);
}

Value state_attr(Evaluation& evaluation, const Bound& arguments) {
  const std::optional<EntityState> state = state_of(evaluation, arguments[0]);
  const wire::Value* found = state ? find_attribute(*state, arguments[1]) : nullptr;
  return found == nullptr ? Value(None{}) : from_wire(*found);
}

Value is_state_attr(Evaluation& evaluation, const Bound& arguments) {
  const std::optional<EntityState> state = state_of(evaluation, arguments[0]);
  const wire::Value* found = state ? find_attribute(*state, arguments[1]) : nullptr;
  return found != nullptr && equals(from_wire(*found), arguments[2]);
}

Value has_value(Evaluation& evaluation, const Bound& arguments) {
  const std::optional<EntityState> state = state_of(evaluation, arguments[0]);
  return state && state->state != "unavailable" && state->state != "unknown";
}

// There are no translations here: what Home Assistant falls back to is what is shown.
Value state_translated(Evaluation& evaluation, const Bound& arguments) {
  require_defined(arguments[0]);
  const Value state = state_or_none(evaluation, str(arguments[0]));
  return state.is_none() ? Value("unknown") : Value(state.as<StateObject>()->state().state);
}

Value state_attr_translated(Evaluation& evaluation, const Bound& arguments) {
  require_defined(arguments[0]);
  const Value state = state_or_none(evaluation, str(arguments[0]));
  const wire::Value* found =
      state.is_none() ? nullptr : find_attribute(state.as<StateObject>()->state(), arguments[1]);
  return found == nullptr ? Value(None{}) : from_wire(*found);
}

// From the last one to the first, as Home Assistant does it: people see the order.
Values expand_all(Evaluation& evaluation, Values search) {
  Values found;
  std::unordered_set<std::string_view> seen;
  while (!search.empty()) {
    evaluation.budget().work(1);
    const Value next = std::move(search.back());
    search.pop_back();
    std::optional<EntityState> state;
    if (const std::string* entity_id = next.as_text()) {
      state = find_state(evaluation, *entity_id);
    } else if (const auto* const object = next.as<StateObject>()) {
      state = object->state();
      evaluation.reads().entity(state->entity_id);
    } else {
      append_items(evaluation, next, search);
      continue;
    }
    if (!state || !seen.insert(state->entity_id).second) continue;
    if (is_group(evaluation, *state)) {
      append_members(*state, "entity_id", search);
    } else if (domain_of(state->entity_id) == "zone") {
      append_members(*state, "persons", search);
    } else {
      found.push_back(state_value(evaluation, *state));
    }
  }
  return found;
}

Value expand(Evaluation& evaluation, const Bound& arguments) {
  Values search;
  if (arguments.has(0)) search.push_back(arguments[0]);  // a filter's value
  search.insert(search.end(), arguments.rest().begin(), arguments.rest().end());
  return Value::list(expand_all(evaluation, std::move(search)));
}

}  // namespace gable::rules::jinja::house_calls
