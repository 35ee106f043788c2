#pragma once
// What names and units of Homie's properties tell: whether something is a light or a fan, what it is called,
// which class a unit belongs to.

#include <initializer_list>
#include <string>
#include <string_view>

#include "discovery/homie/model.hpp"

namespace gable::discovery::homie {

// "light", "fan" or empty: the first word of the texts that says so. "led_strip 2" has the words led,
// strip, 2.
std::string_view platform_word(std::initializer_list<std::string_view> texts);
// The platform of a settable boolean: its own name first, then its node's.
std::string_view boolean_platform(const Node& node, const Property& property);

// "Phase 1 Power"; for a property `state` its node's name alone.
std::string display_name(const Node& node, const Property& property);

// "°C" → "temperature"; percent only where the names say humidity or battery; empty: none.
std::string_view class_of_unit(const Node& node, const Property& property);

}  // namespace gable::discovery::homie
