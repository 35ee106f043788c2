#pragma once
// The house's time zone, seen from the pure core: which offset is in force when. The app implements it on the
// time-zone database.

#include <algorithm>
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

// What the house's clocks show at that instant, to the second.
inline std::chrono::local_seconds to_local(const ZoneRules& zone, wire::Time utc) {
  return std::chrono::local_seconds(std::chrono::floor<std::chrono::seconds>(utc.time_since_epoch()) +
                                    zone.offset(utc));
}

// The instant at which the house's clocks show `local`; in a gap, the first instant after it.
inline wire::Time to_utc(const ZoneRules& zone, std::chrono::local_seconds local) {
  const wire::Time guess(local.time_since_epoch());
  const wire::Time first = guess - zone.offset(guess);
  const wire::Time second = guess - zone.offset(first);
  return zone.offset(second) == zone.offset(first) ? second : std::max(first, second);
}

}  // namespace gable::hub
