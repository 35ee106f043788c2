#pragma once
// One maker for each schema of lights.

#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

// Each thing in a topic of its own, or in templates that tell them apart.
std::unique_ptr<Binding> make_basic_light(const Component&, Templates&, Refusal&);
// One document each way.
std::unique_ptr<Binding> make_json_light(const Component&, Templates&, Refusal&);
// One topic each way, whose form templates know.
std::unique_ptr<Binding> make_template_light(const Component&, Templates&, Refusal&);

}  // namespace gable::discovery::platforms
