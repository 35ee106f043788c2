#pragma once
// Weather outside the house: a function of seed and moment only, so it never depends on how often it is
// asked. Plausible for a temperate place, not a forecast. Pure.

#include <cstdint>

#include "protocol/values.hpp"

namespace gable::virtual_house {

struct ClimateSpec {
  double latitude = 52;       // degrees north, −60 to 60 … 66; for the height of the sun
  double coldest_month = 0;   // mean temperature of mid January (north), °C
  double warmest_month = 18;  // mean temperature of mid July (north), °C
  double daily_swing = 8;     // between night and afternoon under a clear sky, K
};

class Weather {
 public:
  Weather(ClimateSpec spec, std::uint64_t seed) : spec_(spec), seed_(seed) {}

  [[nodiscard]] double temperature(Moment at) const;  // °C
  [[nodiscard]] double clouds(Moment at) const;       // 0 clear … 1 overcast
  [[nodiscard]] double sun_height(Moment at) const;   // degrees above the horizon
  [[nodiscard]] double illuminance(Moment at) const;  // lx outdoors, 0 … 100,000
  [[nodiscard]] double humidity(Moment at) const;     // %
  [[nodiscard]] double wind(Moment at) const;         // km/h
  [[nodiscard]] double rain(Moment at) const;         // mm/h
  [[nodiscard]] double pressure(Moment at) const;     // hPa

 private:
  [[nodiscard]] double noise(std::uint64_t channel, Moment at, double hours) const;

  ClimateSpec spec_;
  std::uint64_t seed_;
};

}  // namespace gable::virtual_house
