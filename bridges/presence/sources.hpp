#pragma once
// The sources that a configuration asks for.

#include <functional>
#include <memory>
#include <vector>

#include "descriptors.hpp"
#include "presence_config.hpp"
#include "protocol/presence.hpp"
#include "source.hpp"

namespace gable::presence {

struct Sources {
  std::vector<std::unique_ptr<Source>> all;
  Source* pings = nullptr;  // among them; null: none
};

// How many make_sources() will make.
SourceIndex source_count(const PresenceConfig& config);
// `loop` and `descriptors` outlive them. `addresses`: where to knock.
Sources make_sources(node::Loop& loop, Descriptors& descriptors, const PresenceConfig& config,
                     std::function<std::vector<Ip>()> addresses);

}  // namespace gable::presence
