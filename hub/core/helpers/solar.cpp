#include "core/helpers/solar.hpp"

namespace gable::hub {

SolarPosition solar_position(const Location& location, wire::Time time) {
  return rules::solar_position({location.latitude, location.longitude, 0}, time);
}

bool sun_is_up(const Location& location, double elevation, wire::Time time) {
  return rules::sun_is_up({location.latitude, location.longitude, elevation}, time);
}

std::optional<wire::Time> next_solar_event(const Location& location, double elevation, SolarEvent event,
                                           wire::Time time) {
  return rules::next_solar_event({location.latitude, location.longitude, elevation}, event, time);
}

}  // namespace gable::hub
