#pragma once
// Where the sun stands, by the equations of NOAA's solar calculator (after Jean Meeus, Astronomical
// Algorithms). Good to about 0.01° and a few seconds between 1900 and 2100. Pure.

#include <optional>

#include "wire/time.hpp"

namespace gable::rules {

// Where on the earth somebody looks at the sky.
struct Observer {
  double latitude = 0;   // degrees, −90 to 90
  double longitude = 0;  // degrees, −180 to 180
  double elevation = 0;  // metres above the horizon
};

struct SolarPosition {
  double elevation = 0;  // degrees above the horizon, refraction included
  double azimuth = 0;    // degrees from north over east
};

SolarPosition solar_position(const Observer& observer, wire::Time time);

enum class SolarEvent { rising, setting, dawn, dusk, noon, midnight };  // dawn and dusk: civil, −6°

// The first such event after `time`; nothing if there is none within a year (polar day or night).
std::optional<wire::Time> next_solar_event(const Observer& observer, SolarEvent event, wire::Time time);

// Whether it has risen and not set.
bool sun_is_up(const Observer& observer, wire::Time time);

}  // namespace gable::rules
