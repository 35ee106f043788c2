#include "discovery/platforms/temperatures.hpp"

#include <algorithm>
#include <cmath>

#include "discovery/platforms/parts.hpp"

namespace gable::discovery::platforms {

void read_temperatures(Fields& fields, wire::EntityDescription& description, TemperatureRange usual) {
  const std::string unit = fields.text("temperature_unit");
  const bool fahrenheit = unit == "F" || unit == "°F";
  if (!unit.empty()) description.capabilities.set("temperature_unit", fahrenheit ? "°F" : "°C");
  const auto tenths = [&](double celsius) {
    return std::round((fahrenheit ? celsius * 1.8 + 32 : celsius) * 10) / 10;
  };
  double min = fields.number("min_temp", tenths(usual.min));
  double max = fields.number("max_temp", tenths(usual.max));
  if (min > max) {
    fields.fault("max_temp: expected at least min_temp; they are exchanged");
    std::swap(min, max);
  }
  description.capabilities.set("min_temp", min);
  description.capabilities.set("max_temp", max);
  const double step = fields.number("temp_step", fields.number("precision", 1));
  if (step > 0) description.capabilities.set("target_temp_step", step);
}

std::vector<std::string> known_modes(Fields& fields, std::string_view key,
                                     std::span<const std::string_view> known) {
  std::vector<std::string> out;
  for (std::string& mode : fields.texts(key)) {
    if (std::ranges::find(known, mode) != known.end()) {
      out.push_back(std::move(mode));
    } else {
      fields.fault(std::string(key) + ": " + shown(mode) +
                   " is no mode of this kind of device; it is left out");
    }
  }
  return out;
}

}  // namespace gable::discovery::platforms
