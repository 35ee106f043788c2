#pragma once
// Lights of Homie devices. Home Assistant's light of the default schema has separate topics for on,
// brightness, colour temperature, colour and effect, and so has a node of a Homie device: one light is made
// of them.

#include <optional>
#include <string>
#include <vector>

#include "discovery/homie/model.hpp"
#include "wire/value.hpp"

namespace gable::discovery::homie {

struct Light {
  const Property* leader = nullptr;    // gives the light its topic, name and unique id
  std::vector<const Property*> parts;  // the leader too
  wire::Object config;                 // topics and templates
};

// The lights of a node. `base` is the device's topic. Borrows the node.
std::vector<Light> lights_of(const Model& model, const Node& node);

}  // namespace gable::discovery::homie
