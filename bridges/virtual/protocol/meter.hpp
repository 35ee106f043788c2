#pragma once
// A power meter: power at present and energy since the start, as two entities of the device that holds it.
// Pure.

#include <string_view>
#include <vector>

#include "protocol/device.hpp"

namespace gable::virtual_house {

class Meter {
 public:
  // "power" in W and "energy" in kWh.
  static std::vector<EntitySpec> entities();
  [[nodiscard]] Fields state(std::string_view entity) const;
  // From `now` on this much is drawn; counts what was drawn before.
  void draw(double watts, Moment now);
  // When the energy should be counted again; kNever while nothing is drawn.
  [[nodiscard]] Moment due() const { return next_; }

 private:
  double watts_ = 0, kilowatt_hours_ = 0;
  Moment counted_{};
  Moment next_ = kNever;
};

}  // namespace gable::virtual_house
