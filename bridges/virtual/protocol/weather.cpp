#include "protocol/weather.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "protocol/random.hpp"

namespace gable::virtual_house {

namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr double kDegrees = 360.0 / kTurn;

// 0 at the start of the year, 1 at its end.
double part_of_year(Moment at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::local_days first(date.year() / std::chrono::January / 1);
  return (static_cast<double>((day - first).count()) + hour_of(at) / 24.0) / 365.25;
}

}  // namespace

double Weather::noise(std::uint64_t channel, Moment at, double hours) const {
  return smooth_noise(mix(seed_, channel), at, span_of(hours * 3600.0));
}

double Weather::clouds(Moment at) const {
  return std::clamp(0.5 + 0.45 * noise(1, at, 17) + 0.3 * noise(2, at, 5), 0.0, 1.0);
}

double Weather::temperature(Moment at) const {
  const double mean = (spec_.coldest_month + spec_.warmest_month) / 2.0;
  const double reach = (spec_.warmest_month - spec_.coldest_month) / 2.0;
  // Coldest near 15 January, and near 05:00; warmest near 15:00.
  const double season = -std::cos(kTurn * (part_of_year(at) - 0.04)) * (spec_.latitude < 0 ? -1.0 : 1.0);
  const double day = std::cos(kTurn * (hour_of(at) - 15.0) / 24.0);
  const double swing = spec_.daily_swing / 2.0 * (1.0 - 0.6 * clouds(at));
  return mean + reach * season + swing * day + 3.0 * noise(3, at, 71) + 0.8 * noise(4, at, 7);
}

double Weather::sun_height(Moment at) const {
  const double tilt = -23.44 / kDegrees * std::cos(kTurn * (part_of_year(at) + 10.0 / 365.25));
  const double latitude = spec_.latitude / kDegrees;
  const double hour_angle = kTurn * (hour_of(at) - 12.0) / 24.0;
  const double sine =
      std::sin(latitude) * std::sin(tilt) + std::cos(latitude) * std::cos(tilt) * std::cos(hour_angle);
  return std::asin(std::clamp(sine, -1.0, 1.0)) * kDegrees;
}

double Weather::illuminance(Moment at) const {
  const double height = sun_height(at);
  const double veil = 1.0 - 0.75 * clouds(at);
  if (height > 0) return (600.0 + 99'400.0 * std::sin(height / kDegrees)) * veil;
  // Twilight fades to nothing at 12 degrees below the horizon.
  const double dusk = std::max(0.0, 1.0 + height / 12.0);
  return 600.0 * dusk * dusk * dusk * dusk * veil;
}

double Weather::humidity(Moment at) const {
  const double day = std::cos(kTurn * (hour_of(at) - 15.0) / 24.0);
  return std::clamp(72.0 - 12.0 * day + 14.0 * (clouds(at) - 0.5) + 5.0 * noise(5, at, 6), 25.0, 100.0);
}

double Weather::wind(Moment at) const {
  return std::max(0.0, 12.0 + 9.0 * noise(6, at, 9) + 5.0 * noise(7, at, 1));
}

double Weather::rain(Moment at) const {
  return std::max(0.0, (clouds(at) - 0.8) * 12.0 * (1.0 + noise(8, at, 1)));
}

double Weather::pressure(Moment at) const {
  return 1014.0 + 14.0 * noise(9, at, 53) + 2.0 * noise(10, at, 11);
}

}  // namespace gable::virtual_house
