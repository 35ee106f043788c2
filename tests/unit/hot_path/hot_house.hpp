#pragma once
// A core in the middle of a working day: motion sensors and lamps that zigbee2mqtt has announced, one rule
// for each sensor, start-up long over. Gives it one message at a time, as the runner does, and looks at what
// it decided. The messages are those of tools/bench, byte for byte.

#include <string>

#include "core/core.hpp"
#include "core_house.hpp"
#include "load/plane.hpp"

namespace gable::hub::test {

class HotHouse {
 public:
  // `pairs`: sensors, lamps and rules.
  explicit HotHouse(std::size_t pairs);

  // The message is made before, so that what is measured around these calls is the core alone.
  [[nodiscard]] Event motion(std::size_t sensor, bool on) const;
  [[nodiscard]] Event lamp(std::size_t sensor, bool on) const;
  void handle(const Event& event);
  void flush();
  // What the calls since the last take() decided; then its journal is written out and it is forgotten, as the
  // runner does after carrying it out.
  [[nodiscard]] const Effects& effects() const { return effects_; }
  void take();

  // A whole event: motion, and the lamp's answer to the command, with everything that is published because
  // of them. False when there was no command.
  bool whole_event(std::size_t sensor, bool on);

 private:
  [[nodiscard]] Turn turn();

  bench::Plane plane_{bench::Kind::zigbee2mqtt, "zigbee2mqtt"};
  CoreHouse house_;
  Effects effects_;
};

}  // namespace gable::hub::test
