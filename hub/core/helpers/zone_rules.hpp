#pragma once
// The house's time zone, seen from the pure core: which offset is in force when. The app implements it on the
// time-zone database.

#include <chrono>

#include "wire/time.hpp"

namespace gable::hub {

class ZoneRules {
 public:
  virtual ~ZoneRules() = default;
  // Local time minus UTC at that instant.
  [[nodiscard]] virtual std::chrono::seconds offset(wire::Time utc) const = 0;
};

}  // namespace gable::hub
