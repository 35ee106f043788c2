#include "protocol/rooms.hpp"

#include <algorithm>
#include <cmath>

namespace gable::virtual_house {

namespace {

// Hours in which a room loses 63 % of its distance to the outside.
constexpr double kTightHours = 22;
constexpr double kOpenHours = 1.6;
// What the radiator at full power adds, K/h. In balance: 35 K above the outside.
constexpr double kHeatingRate = 1.6;
constexpr double kPersonRate = 0.08;  // K/h each
constexpr double kSunRate = 0.25;     // K/h through the glass in full sun
constexpr double kFreshAir = 420;     // ppm

// Moves `value` towards `target` with time constant `hours`, over one step.
double relax(double value, double target, double hours) {
  static const double kStepHours = seconds_of(Rooms::kStep) / 3600.0;
  return target + (value - target) * std::exp(-kStepHours / hours);
}

}  // namespace

Rooms::Rooms(std::vector<AreaSpec> areas) {
  for (auto& area : areas) {
    Room room;
    room.spec = std::move(area);
    rooms_.emplace(room.spec.id, std::move(room));
  }
}

void Rooms::settle(const Weather& weather, Moment now) {
  for (auto& [id, room] : rooms_) {
    room.temperature = room.spec.outside ? weather.temperature(now) : room.spec.heated_to;
    room.humidity = room.spec.outside ? weather.humidity(now) : 45.0;
    room.carbon_dioxide = room.spec.outside ? kFreshAir : 520.0;
  }
}

void Rooms::step(const Weather& weather, Moment now) {
  for (auto& [id, room] : rooms_) step_room(room, weather, now);
}

void Rooms::step_room(Room& room, const Weather& weather, Moment now) {
  const double outside = weather.temperature(now);
  if (room.spec.outside) {
    room.temperature = outside;
    room.humidity = weather.humidity(now);
    return;
  }
  if (!room.thermostat) room.heating = std::clamp((room.spec.heated_to - room.temperature) * 0.8, 0.0, 1.0);
  const bool open = room.openings > 0;
  const double hours = open ? kOpenHours : kTightHours;
  const double sun = kSunRate * weather.illuminance(now) / 100'000.0;
  const double gain = kHeatingRate * room.heating + kPersonRate * room.people + sun;
  room.temperature = relax(room.temperature, outside + gain * hours, hours);

  const double steaming = room.steam > 0 ? 40.0 : 0.0;
  room.steam = std::max(0.0, room.steam - 1.0);
  const double damp = 40.0 + 10.0 * weather.clouds(now) + 2.5 * room.people + steaming;
  room.humidity = std::clamp(relax(room.humidity, damp, steaming > 0 || open ? 0.15 : 1.2), 15.0, 99.0);
  room.carbon_dioxide = relax(room.carbon_dioxide, kFreshAir + 60.0 + 650.0 * room.people, open ? 0.2 : 1.5);
}

Room* Rooms::find(std::string_view area) {
  const auto found = rooms_.find(area);
  return found == rooms_.end() ? nullptr : &found->second;
}

const Room* Rooms::find(std::string_view area) const {
  const auto found = rooms_.find(area);
  return found == rooms_.end() ? nullptr : &found->second;
}

}  // namespace gable::virtual_house
