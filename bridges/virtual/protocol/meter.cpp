#include "protocol/meter.hpp"

namespace gable::virtual_house {

namespace {

constexpr Span kCountEvery = std::chrono::minutes(5);
constexpr double kWattHoursPerStep = 10;  // what one step of the shown energy is worth

// Soon enough to show each step of the energy, and not more often than that.
Span until_next_count(double watts) {
  return std::max(kCountEvery, span_of(kWattHoursPerStep / watts * 3600.0));
}

}  // namespace

std::vector<EntitySpec> Meter::entities() {
  EntitySpec power = keyed("power", "sensor", "Power", "power");
  power.unit = "W";
  power.state_class = "measurement";
  EntitySpec energy = keyed("energy", "sensor", "Energy", "energy");
  energy.unit = "kWh";
  energy.state_class = "total_increasing";
  return {power, energy};
}

Fields Meter::state(std::string_view entity) const {
  if (entity == "power") return {{"state", rounded(watts_, 1)}};
  if (entity == "energy") return {{"state", rounded(kilowatt_hours_, 2)}};
  return {};
}

void Meter::draw(double watts, Moment now) {
  if (watts_ > 0) kilowatt_hours_ += watts_ * seconds_of(now - counted_) / 3'600'000.0;
  watts_ = watts;
  counted_ = now;
  next_ = watts > 0 ? now + until_next_count(watts) : kNever;
}

}  // namespace gable::virtual_house
