#pragma once
// What the three schemas of lights share: colour modes, scales, and what a state comes to.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/platforms/parts.hpp"

namespace gable::discovery::platforms {

struct ColorMode {
  std::string_view name;       // as announced and as feature
  std::string_view attribute;  // that holds the colour; empty: none
  std::size_t channels = 0;    // numbers in it
};
std::span<const ColorMode> color_modes();
// Null: there is no such mode.
const ColorMode* find_color_mode(std::string_view name);

// What a light can do; the rest of its binding is how it is told.
class LightTraits {
 public:
  // Scales, limits of the colour temperature, effects. `effects`: it can be told one.
  void read(Fields& fields, bool effects);
  // An `onoff` or `brightness` beside other modes goes without saying and is left out.
  void set_modes(std::vector<const ColorMode*> modes);
  // Features and capabilities of these.
  void describe(wire::EntityDescription& description) const;

  [[nodiscard]] const std::vector<const ColorMode*>& modes() const { return modes_; }
  [[nodiscard]] bool has_mode(std::string_view name) const;
  [[nodiscard]] bool has_brightness() const;
  // The only mode, or null when there are several.
  [[nodiscard]] const ColorMode* only_mode() const;

  // 0 to 255 to the device's scale and back; what is on is never 0. Nothing: 0, which says no brightness.
  [[nodiscard]] std::int64_t to_device(double brightness) const;
  [[nodiscard]] std::int64_t white_to_device(double brightness) const;
  [[nodiscard]] std::optional<std::int64_t> from_device(double brightness) const;
  // Kelvin to the device's unit (mireds unless it says otherwise) and back, whole numbers. Nothing: not above
  // 0.
  [[nodiscard]] std::int64_t temperature_to_device(double kelvin) const;
  [[nodiscard]] std::optional<std::int64_t> kelvin_of(double device) const;

  void say_brightness(std::string_view text, Said& said) const;
  void say_temperature(std::string_view text, Said& said) const;
  void say_effect(std::string_view text, Said& said) const;
  // The mode, and that the colours of the other modes are not in force.
  void say_mode(const ColorMode& mode, Said& said) const;

 private:
  std::vector<const ColorMode*> modes_;
  std::vector<std::string> effects_;
  double brightness_scale_ = 255, white_scale_ = 255;
  double min_kelvin_ = 2000, max_kelvin_ = 6535;
  bool effects_settable_ = false;
  bool in_kelvin_ = false;
};

// The service that a command comes to: a toggle is turn_off for a light that is on, else turn_on.
std::string_view light_service(const wire::Command& command, const wire::CurrentValues& now);
// The numbers of a colour parameter; empty: the command has none.
std::vector<double> channels_in(const wire::Command& command, std::string_view param);
// The same of an attribute in force.
std::vector<double> channels_now(const wire::CurrentValues& now, std::string_view attribute);
std::optional<double> brightness_now(const wire::CurrentValues& now);
// As a list of the attribute's own type: whole numbers for rgb, rgbw and rgbww.
wire::List color_list(const ColorMode& mode, const std::vector<double>& channels);
// "255,0,127": the numbers of a text, exactly as many as the mode has; nothing: it is not of that form.
std::optional<std::vector<double>> channels_of(const ColorMode& mode, std::string_view text);

}  // namespace gable::discovery::platforms
