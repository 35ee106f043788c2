#pragma once
// The house's time zone, seen from the pure core: which offset is in force when. The app implements it on the
// time-zone database.

#include <chrono>
#include <string>
#include <string_view>

#include "wire/time.hpp"

namespace gable::hub {

class ZoneRules {
 public:
  virtual ~ZoneRules() = default;
  // Local time minus UTC at that instant.
  [[nodiscard]] virtual std::chrono::seconds offset(wire::Time utc) const = 0;
  // The part of it that is summer time.
  [[nodiscard]] virtual std::chrono::seconds saving(wire::Time /*utc*/) const { return {}; }
  // "CET"; empty when there is none.
  [[nodiscard]] virtual std::string abbreviation(wire::Time /*utc*/) const { return {}; }
  // "Europe/Berlin"
  [[nodiscard]] virtual std::string_view name() const { return "UTC"; }
};

}  // namespace gable::hub
