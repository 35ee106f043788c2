#pragma once
// One device that has gone mad: it says its state as often as it is told to, on a connection of its own.

#include <string>

#include "plane.hpp"

namespace gable::bench {

struct FloodOptions {
  int port = 1883;
  Kind kind = Kind::zigbee2mqtt;
  std::string base = "zigbee2mqtt";
  std::size_t meters = 1;  // that do so, in turn
  int qos = 0;
  double seconds = 2;
  double rate = 0;  // messages a second; 0: as many as the broker delivers to one listener, which is counted
};

// One line of JSON: messages, per_second (of those that were delivered, when as many as possible were asked
// for). Throws std::runtime_error with what was wrong.
std::string flood(const FloodOptions& options);

}  // namespace gable::bench
