#pragma once
// The rooms of the house: temperature with thermal inertia, humidity, carbon dioxide, and who is there. One
// body of air and walls a room, heated by its radiator, losing heat to the outside, more through an open
// window. Advanced in steps of one minute on the minute. Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/weather.hpp"

namespace gable::virtual_house {

struct AreaSpec {
  std::string id, name;
  bool outside = false;
  // What the central heating keeps where no thermostat is in charge, °C.
  double heated_to = 19.5;
};

struct Room {
  AreaSpec spec;
  double temperature = 20;      // °C
  double humidity = 45;         // %
  double carbon_dioxide = 500;  // ppm
  // Radiator, 0 … 1. Set by a thermostat, else by the central heating.
  double heating = 0;
  bool thermostat = false;  // one is in charge
  int openings = 0;         // open windows and doors to the outside
  int people = 0;
  double lamps = 0;  // lx that the lamps of the room give
  double steam = 0;  // minutes of shower still to come
};

class Rooms {
 public:
  static constexpr Span kStep = std::chrono::minutes(1);

  explicit Rooms(std::vector<AreaSpec> areas);

  // Rooms at rest in the weather of `now`.
  void settle(const Weather& weather, Moment now);
  // One step, from now − kStep to `now`.
  void step(const Weather& weather, Moment now);

  // Null when there is no such area.
  [[nodiscard]] Room* find(std::string_view area);
  [[nodiscard]] const Room* find(std::string_view area) const;

 private:
  static void step_room(Room& room, const Weather& weather, Moment now);

  std::map<std::string, Room, std::less<>> rooms_;
};

}  // namespace gable::virtual_house
