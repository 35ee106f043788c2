#pragma once
// Colours: from the way in which somebody says one to the ways in which a light can take it. Brightness is no
// part of it: a light has that beside. Formulas and what they rest on are named at each. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/command.hpp"

namespace gable::wire {

struct Rgb {
  double r = 0, g = 0, b = 0;  // 0 to 255
};
struct Hs {
  double hue = 0;         // degrees, 0 to 360
  double saturation = 0;  // 0 to 100
};
struct Xy {
  double x = 0, y = 0;  // CIE 1931
};

Hs to_hs(const Rgb& rgb);
Rgb to_rgb(const Hs& hs);
Xy to_xy(const Rgb& rgb);
Rgb to_rgb(const Xy& xy);
double kelvin_of(const Xy& xy);
Rgb rgb_of_kelvin(double kelvin);

// Red, green, blue and one white; red, green, blue, cold white and warm white: 0 to 255 each.
using Channels = std::vector<double>;
Channels to_rgbw(const Rgb& rgb);
Rgb from_rgbw(const Channels& rgbw);
struct Whites {
  double warm = 2000, cold = 6535;  // kelvin
};
Channels to_rgbww(const Rgb& rgb, const Whites& whites);
Rgb from_rgbww(const Channels& rgbww, const Whites& whites);
Channels rgbww_of_kelvin(double kelvin, double brightness, const Whites& whites);

// A name of CSS, whatever its case and spaces.
std::optional<Rgb> named_color(std::string_view name);
std::vector<std::string_view> color_names();

// The parameters of light.turn_on that say a colour or a colour temperature.
bool is_color(std::string_view param);
// True when the light has any mode in which a colour or colour temperature can be said.
bool has_color(const EntityDescription& entity);
// `data` with its colour in a mode that the light has. A light without any is left to the checks of its
// features. Errors: wrong_type, out_of_range, malformed (two colours).
Result<Object> fit_color(const EntityDescription& entity, const ServiceSpec& service, const Object& data,
                         const CurrentValues& now);

// Adds to the attributes of a light that is on those of hs_color, rgb_color and xy_color that it has not
// said, made of the colour or colour temperature that it has: with Home Assistant, and so for rules, a light
// has all three. `color_mode` says which one counts; without it the first that is there. Nothing when it says
// none.
void complete_colors(Object& attributes);

}  // namespace gable::wire
