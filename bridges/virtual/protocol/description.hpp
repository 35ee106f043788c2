#pragma once
// What a simulated house is made of, as plain values: filled by a reader of configuration files or by a test.

#include <optional>
#include <string>
#include <vector>

#include "protocol/rooms.hpp"
#include "protocol/values.hpp"
#include "protocol/weather.hpp"

namespace gable::virtual_house {

enum class FaultKind {
  none,
  drop,     // the radio takes the command, and nothing happens
  delay,    // it happens `delay` later
  refuse,   // the device says no
  offline,  // the device cannot be reached
};
// Nothing for another word than "drop", "delay", "refuse", "offline"; "clear" is none.
std::optional<FaultKind> parse_fault_kind(std::string_view text);

struct FaultSpec {
  FaultKind kind = FaultKind::none;
  Span lasts = Span::zero();  // zero: until it is cleared
  Span delay = Span::zero();
};

// A device that loses its connection from time to time.
struct FlakySpec {
  Span every = Span::zero();  // mean time between two losses; zero: never
  Span lasts = std::chrono::minutes(1);
};

struct DeviceSpec {
  std::string id, kind, name, area;
  Fields options;        // by the kind's own table
  bool one_way = false;  // takes commands and reports nothing
  FlakySpec flaky;
  FaultSpec fault;  // from the start
};

// One who lives in the house. Times of the day.
struct PersonSpec {
  std::string name;
  Span wakes = std::chrono::minutes(400), leaves = std::chrono::minutes(485);
  Span returns = std::chrono::minutes(1045), sleeps = std::chrono::minutes(1365);
  std::vector<std::string> rooms;  // where the person spends time, by area id
  std::string bedroom, bathroom;   // area ids; empty: none
  std::string door;                // device id of the contact that opens on leaving and coming home
  std::string hall;                // area that is crossed on the way to the door
};

struct HouseSpec {
  std::uint64_t seed = 1;
  ClimateSpec climate;
  std::vector<AreaSpec> areas;
  std::vector<PersonSpec> people;
  std::vector<DeviceSpec> devices;
};

// One entity of a device as it is announced.
struct EntitySpec {
  std::string key;  // empty: the device is this one entity
  std::string domain, name, device_class, unit, state_class, icon;
  bool diagnostic = false, setting = false;
  std::vector<std::string> features, options, event_types;
  std::optional<double> min, max, step;
  Fields capabilities;
};

}  // namespace gable::virtual_house
