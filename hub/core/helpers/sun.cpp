#include "core/helpers/sun.hpp"

#include <algorithm>
#include <cmath>

#include "core/helpers/solar.hpp"

namespace gable::hub {

namespace {

constexpr auto kLookAgain = std::chrono::minutes(4);

double rounded(double degrees) { return std::round(degrees * 100) / 100; }

}  // namespace

SunStep sun_step(const Location& location, double elevation, Time now) {
  SunStep step;
  step.next = now + kLookAgain;
  const auto next = [&](const char* key, SolarEvent event) {
    const auto when = next_solar_event(location, elevation, event, now);
    step.report.attributes.append(key, when ? wire::Value(wire::format_time(*when)) : wire::Value());
    if (when) step.next = std::min(step.next, *when + wire::Duration(1));
  };
  next("next_dawn", SolarEvent::dawn);
  next("next_dusk", SolarEvent::dusk);
  next("next_midnight", SolarEvent::midnight);
  next("next_noon", SolarEvent::noon);
  next("next_rising", SolarEvent::rising);
  next("next_setting", SolarEvent::setting);
  const SolarPosition at = solar_position(location, now);
  step.report.text = sun_is_up(location, elevation, now) ? "above_horizon" : "below_horizon";
  step.report.attributes.append("elevation", rounded(at.elevation));
  step.report.attributes.append("azimuth", rounded(at.azimuth));
  step.report.attributes.append("rising", at.azimuth < 180);
  step.report.context.own().by = "hub";
  return step;
}

}  // namespace gable::hub
