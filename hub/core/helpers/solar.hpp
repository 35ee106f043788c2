#pragma once
// The sun over the house, by the equations that rules and their tests use, too.

#include "astronomy/solar.hpp"
#include "core/house.hpp"

namespace gable::hub {

using rules::SolarEvent;
using rules::SolarPosition;

SolarPosition solar_position(const Location& location, wire::Time time);

// As rules::next_solar_event. `elevation`: of the observer in metres above the horizon.
std::optional<wire::Time> next_solar_event(const Location& location, double elevation, SolarEvent event,
                                           wire::Time time);

bool sun_is_up(const Location& location, double elevation, wire::Time time);

}  // namespace gable::hub
