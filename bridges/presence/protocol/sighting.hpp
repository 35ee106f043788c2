#pragma once
// What any source may say: somebody was there.
//
// Pure: plain values.

#include <chrono>
#include <optional>

#include "protocol/addresses.hpp"

namespace gable::presence {

// Steady time since an origin that the caller chooses.
using Moment = std::chrono::milliseconds;

struct Sighting {
  std::optional<Mac> mac;
  std::optional<Ip> ip;
  std::chrono::milliseconds age{};  // it was so long ago
};

}  // namespace gable::presence
