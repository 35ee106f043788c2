#pragma once
// Keeps account of events and answers: how long each took, whether one is missing, was sent twice or says the
// wrong thing.

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace gable::bench {

using Steady = std::chrono::steady_clock::time_point;

class Meter {
 public:
  explicit Meter(std::size_t sensors) : sensors_(sensors) {}

  // The next event of a sensor is about to be sent; true: it says "on".
  bool send(std::size_t sensor);
  // The answer to the oldest open event of a sensor.
  void answer(std::size_t sensor, bool on, Steady arrived);

  [[nodiscard]] std::size_t open() const { return sent_ - answered_; }
  [[nodiscard]] std::size_t open_of(std::size_t sensor) const { return sensors_[sensor].open.size(); }
  // What the sensor said last.
  [[nodiscard]] bool on(std::size_t sensor) const { return sensors_[sensor].on; }
  // Forgets what was measured; what is open stays open.
  void begin();

  // One JSON object: events, per_second, microseconds, what is lost, extra or wrong.
  [[nodiscard]] std::string report(double seconds);

 private:
  struct Sensor {
    bool on = false;        // of the last event
    bool expected = false;  // of the last answer
    std::deque<Steady> open;
  };

  [[nodiscard]] double quantile(double part) const;

  std::vector<Sensor> sensors_;
  std::vector<float> micros_;
  std::size_t sent_ = 0, answered_ = 0, extra_ = 0, wrong_ = 0;
};

}  // namespace gable::bench
