#pragma once
// The load itself: motion sensors that send, lamps that answer commands as real ones do, meters in the
// background.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client.hpp"
#include "meter.hpp"
#include "plane.hpp"

namespace gable::bench {

struct RunOptions {
  int port = 1883;
  Kind kind = Kind::zigbee2mqtt;
  std::string base = "zigbee2mqtt";
  std::size_t pairs = 100;  // motion sensors, each with its lamp
  int qos = 1;
  double seconds = 2;
  // Paced: events a second, evenly spaced over the sensors in turn.
  double rate = 200;
  // Saturated instead: this many events of every sensor are always on their way.
  std::size_t depth = 0;
  // Changes a second of other devices, on a connection of their own, and how many devices these are.
  double background = 0;
  std::size_t meters = 0;
};

class Load {
 public:
  explicit Load(const RunOptions& options);

  // Runs for the time that was asked for, and waits up to five seconds for the last answers. Gives one line
  // of JSON. A short stretch before it is not counted.
  std::string run();

 private:
  struct Answer {
    std::size_t lamp;
    bool on;
    Steady arrived;
    std::string id;  // of a command that wants a result
  };

  void arrived(std::string_view topic, std::string_view payload);
  void stretch(double seconds);
  void pace(Steady now);
  void fill();
  void stir(Steady now);
  void send(std::size_t sensor);
  void answer_all();
  void drain();
  void rest();

  RunOptions options_;
  Plane plane_;
  Meter meter_;
  std::vector<Answer> answers_;
  Client client_;
  std::optional<Client> other_;  // of the background
  Steady due_, background_due_;
  std::size_t turn_ = 0, background_turn_ = 0;
};

}  // namespace gable::bench
