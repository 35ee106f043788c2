#pragma once
// A Homie device as components: one for each property, but for lights, which gather the properties of their
// node (lights.hpp).

#include <vector>

#include "discovery/component.hpp"
#include "discovery/homie/model.hpp"

namespace gable::discovery::homie {

// What the device is known by in DeviceInfo::identifiers: "homie:homie/5/meter".
std::string identifier_of(std::string_view base);

// The unique id of each is the topic of its (leading) property.
std::vector<Component> components_of(const Model& model);

}  // namespace gable::discovery::homie
