#pragma once
// Where the sun stands, by the equations of NOAA's solar calculator (after Jean Meeus, Astronomical
// Algorithms). Good to about 0.01° and a few seconds between 1900 and 2100.

#include <optional>

#include "core/house.hpp"

namespace gable::hub {

struct SolarPosition {
  double elevation = 0;  // degrees above the horizon, refraction included
  double azimuth = 0;    // degrees from north over east
};

SolarPosition solar_position(const Location& location, wire::Time time);

enum class SolarEvent { rising, setting, dawn, dusk, noon, midnight };  // dawn and dusk: civil, −6°

// The first such event after `time`; nothing if there is none within a year (polar day or night).
// `elevation`: of the observer in metres above the horizon.
std::optional<wire::Time> next_solar_event(const Location& location, double elevation, SolarEvent event,
                                           wire::Time time);

}  // namespace gable::hub
