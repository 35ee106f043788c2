#include "wire/color.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gable::wire {

namespace {

constexpr double kFull = 255;

double largest(const Channels& channels) { return *std::max_element(channels.begin(), channels.end()); }

// What a white takes away from the colours is given back: the brightest channel stays as bright as it was.
Channels as_bright(Channels channels, double level) {
  const double most = largest(channels);
  for (double& channel : channels) channel = most > 0 ? std::round(channel * level / most) : 0;
  return channels;
}

// sRGB's transfer function, IEC 61966-2-1.
double linear(double channel) {
  const double c = channel / kFull;
  return c > 0.04045 ? std::pow((c + 0.055) / 1.055, 2.4) : c / 12.92;
}
double companded(double c) { return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055; }

double mired(double kelvin) { return 1e6 / kelvin; }

}  // namespace

// A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978 (HSV).
Hs to_hs(const Rgb& rgb) {
  const double high = std::max({rgb.r, rgb.g, rgb.b}), low = std::min({rgb.r, rgb.g, rgb.b});
  const double range = high - low;
  if (range <= 0) return {};
  double sixth = 0;
  if (rgb.r == high)
    sixth = (rgb.g - rgb.b) / range;
  else if (rgb.g == high)
    sixth = 2 + (rgb.b - rgb.r) / range;
  else
    sixth = 4 + (rgb.r - rgb.g) / range;
  const double hue = sixth * 60;
  const auto thousandth = [](double number) { return std::round(number * 1000) / 1000; };
  return {thousandth(hue < 0 ? hue + 360 : hue), thousandth(100 * range / high)};
}

Rgb to_rgb(const Hs& hs) {
  const double s = hs.saturation / 100;
  const auto channel = [&](double shift) {
    const double place = std::fmod(shift + hs.hue / 60, 6.0);
    return std::round(kFull * (1 - s * std::clamp(std::min(place, 4 - place), 0.0, 1.0)));
  };
  return {channel(5), channel(3), channel(1)};
}

// Philips hue developer documentation, "Color conversion formulas RGB to XY and back" (wide gamut, D65).
Xy to_xy(const Rgb& rgb) {
  const double r = linear(rgb.r), g = linear(rgb.g), b = linear(rgb.b);
  const double x = r * 0.664511 + g * 0.154324 + b * 0.162028;
  const double y = r * 0.283881 + g * 0.668433 + b * 0.047685;
  const double z = r * 0.000088 + g * 0.072310 + b * 0.986039;
  const double sum = x + y + z;
  if (sum <= 0) return {0, 0};
  const auto thousandth = [](double number) { return std::round(number * 1000) / 1000; };
  return {thousandth(x / sum), thousandth(y / sum)};
}

Rgb to_rgb(const Xy& xy) {
  const double y = xy.y > 0 ? xy.y : 1e-11;
  const double big_x = xy.x / y, big_z = (1 - xy.x - y) / y;
  Channels rgb{big_x * 1.656492 - 0.354851 - big_z * 0.255038,
               -big_x * 0.707196 + 1.655397 + big_z * 0.036152,
               big_x * 0.051713 - 0.121364 + big_z * 1.011530};
  for (double& channel : rgb) channel = std::max(0.0, companded(channel));
  const double most = std::max(1.0, largest(rgb));
  for (double& channel : rgb) channel = std::round(kFull * channel / most);
  return {rgb[0], rgb[1], rgb[2]};
}

// C. S. McCamy, "Correlated color temperature as an explicit function of chromaticity coordinates", 1992.
double kelvin_of(const Xy& xy) {
  const double n = (xy.x - 0.3320) / (0.1858 - xy.y);
  return std::round(437 * n * n * n + 3601 * n * n + 6861 * n + 5517);
}

// Tanner Helland, "How to convert temperature (K) to RGB", 2012: a fit to M. Charity's blackbody table.
Rgb rgb_of_kelvin(double kelvin) {
  const double t = std::clamp(kelvin, 1000.0, 40000.0) / 100;
  const auto level = [](double number) { return std::clamp(number, 0.0, kFull); };
  const double red = t <= 66 ? kFull : level(329.698727446 * std::pow(t - 60, -0.1332047592));
  const double green = t <= 66 ? level(99.4708025861 * std::log(t) - 161.1195681661)
                               : level(288.1221695283 * std::pow(t - 60, -0.0755148492));
  double blue = kFull;
  if (t <= 19)
    blue = 0;
  else if (t < 66)
    blue = level(138.5177312231 * std::log(t - 10) - 305.0447927307);
  return {red, green, blue};
}

// As much of the colour as is white goes to the white lamp.
Channels to_rgbw(const Rgb& rgb) {
  const double white = std::min({rgb.r, rgb.g, rgb.b});
  return as_bright({rgb.r - white, rgb.g - white, rgb.b - white, white}, std::max({rgb.r, rgb.g, rgb.b}));
}

Rgb from_rgbw(const Channels& rgbw) {
  const Channels rgb = as_bright({rgbw[0] + rgbw[3], rgbw[1] + rgbw[3], rgbw[2] + rgbw[3]}, largest(rgbw));
  return {rgb[0], rgb[1], rgb[2]};
}

Channels to_rgbww(const Rgb& rgb, const Whites& whites) {
  const Rgb white = rgb_of_kelvin(1e6 / ((mired(whites.cold) + mired(whites.warm)) / 2));
  const double share = std::min({rgb.r / white.r, rgb.g / white.g, white.b > 0 ? rgb.b / white.b : 0});
  const double level = std::round(share * kFull);
  return as_bright({rgb.r - white.r * share, rgb.g - white.g * share, rgb.b - white.b * share, level, level},
                   std::max({rgb.r, rgb.g, rgb.b}));
}

Rgb from_rgbww(const Channels& rgbww, const Whites& whites) {
  const double cold = rgbww[3], warm = rgbww[4];
  const double ratio = cold + warm > 0 ? warm / (cold + warm) : 0.5;
  const Rgb white =
      rgb_of_kelvin(1e6 / (mired(whites.cold) + ratio * (mired(whites.warm) - mired(whites.cold))));
  const double level = std::max(cold, warm) / kFull;
  const Channels rgb = as_bright(
      {rgbww[0] + white.r * level, rgbww[1] + white.g * level, rgbww[2] + white.b * level}, largest(rgbww));
  return {rgb[0], rgb[1], rgb[2]};
}

Channels rgbww_of_kelvin(double kelvin, double brightness, const Whites& whites) {
  const double range = mired(whites.warm) - mired(whites.cold);
  const double warm = range > 0 ? std::clamp((mired(kelvin) - mired(whites.cold)) / range, 0.0, 1.0) : 0.5;
  return {0, 0, 0, std::round((1 - warm) * brightness), std::round(warm * brightness)};
}

namespace {

struct ColorAttribute {
  std::string_view mode, attribute;
  std::size_t numbers;  // 0: one that is no list
};
// Those that say most come first.
constexpr std::array kColorAttributes{ColorAttribute{"color_temp", "color_temp_kelvin", 0},
                                      ColorAttribute{"rgbww", "rgbww_color", 5},
                                      ColorAttribute{"rgbw", "rgbw_color", 4},
                                      ColorAttribute{"hs", "hs_color", 2},
                                      ColorAttribute{"xy", "xy_color", 2},
                                      ColorAttribute{"rgb", "rgb_color", 3}};

// The numbers of the attribute; empty when it is not there, or something else.
Channels numbers_of(const Object& attributes, const ColorAttribute& color) {
  const Value* value = attributes.find(color.attribute);
  Channels out;
  if (value == nullptr) return out;
  if (color.numbers == 0 && value->is_number()) out.push_back(value->number_or(0));
  const List* list = color.numbers == 0 ? nullptr : value->as_list();
  if (list == nullptr || list->size() != color.numbers) return out;
  for (const Value& item : *list) {
    if (!item.is_number()) return {};
    out.push_back(item.number_or(0));
  }
  return out;
}

Rgb rgb_of(std::string_view attribute, const Channels& n) {
  if (attribute == "color_temp_kelvin") return rgb_of_kelvin(n[0]);
  if (attribute == "rgbww_color") return from_rgbww(n, {});
  if (attribute == "rgbw_color") return from_rgbw(n);
  if (attribute == "hs_color") return to_rgb(Hs{n[0], n[1]});
  if (attribute == "xy_color") return to_rgb(Xy{n[0], n[1]});
  return {n[0], n[1], n[2]};
}

}  // namespace

void complete_colors(Object& attributes) {
  const Value* mode = attributes.find("color_mode");
  const std::string_view said = mode == nullptr ? std::string_view() : mode->string_or("");
  Channels numbers;
  const auto* const found =
      std::find_if(kColorAttributes.begin(), kColorAttributes.end(), [&](const ColorAttribute& each) {
        if (!said.empty() && each.mode != said) return false;
        numbers = numbers_of(attributes, each);
        return !numbers.empty();
      });
  if (found == kColorAttributes.end()) return;
  const Rgb rgb = rgb_of(found->attribute, numbers);
  const auto thousandth = [](double number) { return std::round(number * 1000) / 1000; };
  const auto whole = [](double number) { return static_cast<std::int64_t>(std::llround(number)); };
  const auto add = [&](const char* key, List list) {
    if (found->attribute != key) attributes.set(key, std::move(list));
  };
  const Hs hs = to_hs(rgb);
  const Xy xy = to_xy(rgb);
  add("hs_color", {hs.hue, hs.saturation});
  add("rgb_color", {whole(rgb.r), whole(rgb.g), whole(rgb.b)});
  add("xy_color", {thousandth(xy.x), thousandth(xy.y)});
}

}  // namespace gable::wire
