#pragma once
// Recordings of houses as the CASAS project publishes them, one event a line: date, time, area, sensor,
// value.
//   2011-06-15 08:14:24.976143 Bathroom BathroomLight ON Other_Activity
// Pure.

#include <string>
#include <string_view>

#include "wire/result_type.hpp"
#include "wire/time.hpp"

namespace gable::cli {

struct HouseEvent {
  wire::Time at;                  // they give no time zone: local time as if it were UTC
  std::string_view area, sensor;  // views into the line
  bool on = false, door = false;

  // "Bathroom BathroomLight"
  [[nodiscard]] std::string key() const;
  // "bathroom_bathroomlight"
  [[nodiscard]] std::string name() const;
};

// Errors: malformed.
wire::Result<HouseEvent> parse_house_line(std::string_view line);

bool is_light(std::string_view sensor);
// Of a binary sensor: door, light or motion.
std::string_view device_class_of(std::string_view sensor, bool door);

}  // namespace gable::cli
