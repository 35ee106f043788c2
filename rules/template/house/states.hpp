#pragma once
// The object `states` of templates, and how templates find the state of an entity. Every look is recorded in
// the evaluation's reads().

#include <optional>
#include <string_view>

#include "template/evaluate/evaluation.hpp"
#include "template/house/house.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

// `states`: called with an entity id, its domains as attributes, its states one after another. Valid for the
// evaluation.
[[nodiscard]] Value states_value(Evaluation& evaluation);

// The state of an entity, whose id may be written in upper case; nothing when there is none.
// state_of() has Python's errors for what is no text.
[[nodiscard]] std::optional<EntityState> find_state(Evaluation& evaluation, std::string_view entity_id);
[[nodiscard]] std::optional<EntityState> state_of(Evaluation& evaluation, const Value& entity_id);
// The same as an object, or None; TemplateError when there is none and the id is not valid.
[[nodiscard]] Value state_or_none(Evaluation& evaluation, std::string_view entity_id);
[[nodiscard]] Value state_value(Evaluation& evaluation, const EntityState& state);

// states(entity_id, rounded, with_unit)
[[nodiscard]] Value call_states(Evaluation& evaluation, const Arguments& arguments);

}  // namespace gable::rules::jinja
