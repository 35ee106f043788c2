#pragma once
// sun.sun: where the sun stands, by the NOAA solar equations (Astronomical Algorithms, Jean Meeus), with Home
// Assistant's attributes.

#include "core/house.hpp"
#include "core/states.hpp"

namespace gable::hub {

struct SunStep {
  Report
      report;  // above_horizon | below_horizon with elevation, azimuth, rising, next_rising, next_setting …
  Time next;   // when to look again: the next rising, setting, dawn, dusk, or a few minutes on
};

// `elevation` in metres above the sea; the horizon is taken as Home Assistant does (upper limb, refraction
// 0.833°).
SunStep sun_step(const Location& location, double elevation, Time now);

}  // namespace gable::hub
