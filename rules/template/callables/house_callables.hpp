#pragma once
// The functions of the house, one line each; house_functions.cpp says which of them are functions, filters
// and tests. What each does is in Home Assistant's documentation of templates.

#include <string_view>

#include "template/callables/callable.hpp"

namespace gable::rules::jinja::house_calls {

// state_functions.cpp
inline constexpr std::string_view kStatesSignature = "entity_id, rounded?, with_unit?";
Value states(Evaluation& evaluation, const Bound& arguments);
Value is_state(Evaluation& evaluation, const Bound& arguments);
Value state_attr(Evaluation& evaluation, const Bound& arguments);
Value is_state_attr(Evaluation& evaluation, const Bound& arguments);
Value has_value(Evaluation& evaluation, const Bound& arguments);
Value state_translated(Evaluation& evaluation, const Bound& arguments);
Value state_attr_translated(Evaluation& evaluation, const Bound& arguments);
Value expand(Evaluation& evaluation, const Bound& arguments);
// All entities that the values name, groups and zones replaced by what is in them.
Values expand_all(Evaluation& evaluation, Values search);

// place_functions.cpp
Value distance(Evaluation& evaluation, const Bound& arguments);
Value closest(Evaluation& evaluation, const Bound& arguments);
Value closest_filter(Evaluation& evaluation, const Bound& arguments);

// registry_functions.cpp
Value areas(Evaluation& evaluation, const Bound& arguments);
Value area_id(Evaluation& evaluation, const Bound& arguments);
Value area_name(Evaluation& evaluation, const Bound& arguments);
Value area_entities(Evaluation& evaluation, const Bound& arguments);
Value area_devices(Evaluation& evaluation, const Bound& arguments);
Value floors(Evaluation& evaluation, const Bound& arguments);
Value floor_id(Evaluation& evaluation, const Bound& arguments);
Value floor_name(Evaluation& evaluation, const Bound& arguments);
Value floor_areas(Evaluation& evaluation, const Bound& arguments);
Value floor_entities(Evaluation& evaluation, const Bound& arguments);
Value labels(Evaluation& evaluation, const Bound& arguments);
Value label_id(Evaluation& evaluation, const Bound& arguments);
Value label_name(Evaluation& evaluation, const Bound& arguments);
Value label_description(Evaluation& evaluation, const Bound& arguments);
Value label_entities(Evaluation& evaluation, const Bound& arguments);
Value label_devices(Evaluation& evaluation, const Bound& arguments);
Value label_areas(Evaluation& evaluation, const Bound& arguments);

// device_functions.cpp
Value device_id(Evaluation& evaluation, const Bound& arguments);
Value device_name(Evaluation& evaluation, const Bound& arguments);
Value device_attr(Evaluation& evaluation, const Bound& arguments);
Value is_device_attr(Evaluation& evaluation, const Bound& arguments);
Value device_entities(Evaluation& evaluation, const Bound& arguments);
Value entity_name(Evaluation& evaluation, const Bound& arguments);
Value is_hidden_entity(Evaluation& evaluation, const Bound& arguments);
Value config_entry_id(Evaluation& evaluation, const Bound& arguments);
Value config_entry_attr(Evaluation& evaluation, const Bound& arguments);
Value integration_entities(Evaluation& evaluation, const Bound& arguments);
Value issues(Evaluation& evaluation, const Bound& arguments);
Value issue(Evaluation& evaluation, const Bound& arguments);

}  // namespace gable::rules::jinja::house_calls
