#include "astronomy/solar.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gable::rules {

namespace {

using std::chrono::days;
using wire::Time;

constexpr double kDegrees = std::numbers::pi / 180;

double sin_deg(double d) { return std::sin(d * kDegrees); }
double cos_deg(double d) { return std::cos(d * kDegrees); }
double tan_deg(double d) { return std::tan(d * kDegrees); }

double wrap(double degrees) {
  const double wrapped = std::fmod(degrees, 360.0);
  return wrapped < 0 ? wrapped + 360.0 : wrapped;
}

struct Sun {
  double declination = 0;       // degrees
  double equation_of_time = 0;  // minutes: apparent minus mean solar time
};

// NOAA "Solar Calculation Details"; t in Julian centuries since J2000.0.
Sun sun_at(Time time) {
  const double julian = static_cast<double>(time.time_since_epoch().count()) / 86'400'000.0 + 2'440'587.5;
  const double t = (julian - 2'451'545.0) / 36'525.0;
  const double mean_longitude = wrap(280.46646 + t * (36000.76983 + t * 0.0003032));
  const double anomaly = 357.52911 + t * (35999.05029 - 0.0001537 * t);
  const double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const double centre = sin_deg(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
                        sin_deg(2 * anomaly) * (0.019993 - 0.000101 * t) + sin_deg(3 * anomaly) * 0.000289;
  const double node = 125.04 - 1934.136 * t;
  const double apparent = mean_longitude + centre - 0.00569 - 0.00478 * sin_deg(node);
  const double mean_obliquity =
      23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60.0) / 60.0;
  const double obliquity = mean_obliquity + 0.00256 * cos_deg(node);
  const double y = tan_deg(obliquity / 2) * tan_deg(obliquity / 2);
  const double equation = y * sin_deg(2 * mean_longitude) - 2 * eccentricity * sin_deg(anomaly) +
                          4 * eccentricity * y * sin_deg(anomaly) * cos_deg(2 * mean_longitude) -
                          0.5 * y * y * sin_deg(4 * mean_longitude) -
                          1.25 * eccentricity * eccentricity * sin_deg(2 * anomaly);
  return {std::asin(sin_deg(obliquity) * sin_deg(apparent)) / kDegrees, 4 * equation / kDegrees};
}

// Atmospheric refraction in degrees for a true elevation, NOAA's approximation.
double refraction(double elevation) {
  if (elevation > 85) return 0;
  const double tangent = tan_deg(elevation);
  double seconds = 0;
  if (elevation > 5)
    seconds = 58.1 / tangent - 0.07 / std::pow(tangent, 3) + 0.000086 / std::pow(tangent, 5);
  else if (elevation > -0.575)
    seconds = 1735 + elevation * (-518.2 + elevation * (103.4 + elevation * (-12.79 + elevation * 0.711)));
  else
    seconds = -20.774 / tangent;
  return seconds / 3600;
}

// Degrees below the horizon at which the event happens.
double depression(SolarEvent event, double elevation) {
  if (event == SolarEvent::dawn || event == SolarEvent::dusk) return 6.0;
  // Upper limb (0.267°) and refraction (0.567°), and the dip of the horizon for a high place.
  const double dip = elevation > 0 ? std::acos(6'356'900.0 / (6'356'900.0 + elevation)) / kDegrees : 0;
  return 0.833 + dip;
}

constexpr int kRounds = 3;

// The event on the day whose solar noon is nearest to 12:00 UTC at `day`, refined twice. The declination
// changes within the day: whether it happens at all is known in the last round only.
std::optional<Time> event_on(const Observer& observer, SolarEvent event, std::chrono::sys_days day) {
  const bool morning = event == SolarEvent::rising || event == SolarEvent::dawn;
  Time guess = day + std::chrono::hours(12);
  for (int round = 1; round <= kRounds; ++round) {
    const Sun sun = sun_at(guess);
    double minutes = 720 - 4 * observer.longitude - sun.equation_of_time;
    if (event == SolarEvent::midnight) minutes += 720;
    if (event != SolarEvent::noon && event != SolarEvent::midnight) {
      const double cosine = (cos_deg(90 + depression(event, observer.elevation)) -
                             sin_deg(observer.latitude) * sin_deg(sun.declination)) /
                            (cos_deg(observer.latitude) * cos_deg(sun.declination));
      if (round == kRounds && std::abs(cosine) > 1) return std::nullopt;
      const double hour_angle = std::acos(std::clamp(cosine, -1.0, 1.0)) / kDegrees;
      minutes += morning ? -4 * hour_angle : 4 * hour_angle;
    }
    guess = day + wire::Duration(std::llround(minutes * 60'000));
  }
  return guess;
}

}  // namespace

SolarPosition solar_position(const Observer& observer, Time time) {
  const Sun sun = sun_at(time);
  const auto in_day = time - std::chrono::floor<days>(time);
  const double minutes =
      static_cast<double>(in_day.count()) / 60'000.0 + sun.equation_of_time + 4 * observer.longitude;
  const double hour_angle = wrap(minutes / 4) - 180;
  const double cosine = sin_deg(observer.latitude) * sin_deg(sun.declination) +
                        cos_deg(observer.latitude) * cos_deg(sun.declination) * cos_deg(hour_angle);
  const double elevation = 90 - std::acos(std::fmin(1, std::fmax(-1, cosine))) / kDegrees;
  const double east = -cos_deg(sun.declination) * sin_deg(hour_angle);
  const double north = sin_deg(sun.declination) * cos_deg(observer.latitude) -
                       cos_deg(sun.declination) * cos_deg(hour_angle) * sin_deg(observer.latitude);
  return {elevation + refraction(elevation), wrap(std::atan2(east, north) / kDegrees)};
}

// By what comes next, so that it changes at the very times that rising and setting are given for. Beyond the
// polar circles neither may come for weeks: then its height says.
bool sun_is_up(const Observer& observer, Time time) {
  const auto rising = next_solar_event(observer, SolarEvent::rising, time);
  const auto setting = next_solar_event(observer, SolarEvent::setting, time);
  constexpr auto kDay = std::chrono::hours(24);
  const bool rises = rising && *rising - time <= kDay, sets = setting && *setting - time <= kDay;
  if (rises && sets) return *setting < *rising;
  if (rises || sets) return sets;
  return solar_position(observer, time).elevation > -depression(SolarEvent::rising, observer.elevation);
}

std::optional<Time> next_solar_event(const Observer& observer, SolarEvent event, Time time) {
  const auto today = std::chrono::floor<days>(time);
  for (int ahead = -1; ahead <= 366; ++ahead) {
    const auto found = event_on(observer, event, today + days(ahead));
    if (found && *found > time) return found;
  }
  return std::nullopt;
}

}  // namespace gable::rules
