#include "discovery/platforms/light_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gable::discovery::platforms {

namespace {

constexpr std::array<ColorMode, 9> kColorModes{{{"onoff", "", 0},
                                                {"brightness", "", 0},
                                                {"color_temp", "color_temp_kelvin", 1},
                                                {"hs", "hs_color", 2},
                                                {"xy", "xy_color", 2},
                                                {"rgb", "rgb_color", 3},
                                                {"rgbw", "rgbw_color", 4},
                                                {"rgbww", "rgbww_color", 5},
                                                {"white", "", 0}}};

std::int64_t scaled(double brightness, double scale) {
  return whole(std::clamp(std::nearbyint(brightness / 255 * scale), 1.0, scale));
}

std::vector<double> numbers_of(const wire::Value* value) {
  std::vector<double> out;
  const wire::List* list = value == nullptr ? nullptr : value->as_list();
  if (list == nullptr) return out;
  for (const wire::Value& item : *list) {
    if (!item.is_number()) return {};
    out.push_back(item.number_or(0));
  }
  return out;
}

// Of the announcement; a scale below 1 has no room for a brightness.
double scale_of(Fields& fields, std::string_view key) {
  const double read = fields.number(key, 255);
  if (read >= 1 && read <= 1e9) return read;
  fields.fault(std::string(key) + ": expected a number from 1 on; 255 is taken");
  return 255;
}

}  // namespace

std::span<const ColorMode> color_modes() { return kColorModes; }

const ColorMode* find_color_mode(std::string_view name) {
  const auto* mode = std::ranges::find(kColorModes, name, &ColorMode::name);
  return mode == kColorModes.end() ? nullptr : mode;
}

void LightTraits::read(Fields& fields, bool effects) {
  brightness_scale_ = scale_of(fields, "brightness_scale");
  white_scale_ = scale_of(fields, "white_scale");
  in_kelvin_ = fields.boolean("color_temp_kelvin", false);
  effects_settable_ = effects;
  effects_ = fields.texts("effect_list");
  const double warm = fields.number("max_mireds", 0);
  const double cold = fields.number("min_mireds", 0);
  min_kelvin_ = warm > 0 ? std::floor(1e6 / warm) : fields.number("min_kelvin", 2000);
  max_kelvin_ = cold > 0 ? std::floor(1e6 / cold) : fields.number("max_kelvin", 6535);
  if (min_kelvin_ > max_kelvin_) std::swap(min_kelvin_, max_kelvin_);
}

void LightTraits::set_modes(std::vector<const ColorMode*> modes) {
  const auto plain = [](const ColorMode* mode) {
    return mode->name == "onoff" || mode->name == "brightness";
  };
  const bool brightness = std::ranges::find(modes, find_color_mode("brightness")) != modes.end();
  std::erase_if(modes, plain);
  if (modes.empty()) modes.push_back(find_color_mode(brightness ? "brightness" : "onoff"));
  modes_ = std::move(modes);
}

void LightTraits::describe(wire::EntityDescription& description) const {
  wire::List names;
  for (const ColorMode* mode : modes_) {
    description.features.emplace_back(mode->name);
    names.emplace_back(mode->name);
  }
  description.capabilities.set("supported_color_modes", std::move(names));
  if (has_mode("color_temp")) {
    description.capabilities.set("min_color_temp_kelvin", whole(min_kelvin_));
    description.capabilities.set("max_color_temp_kelvin", whole(max_kelvin_));
  }
  if (!effects_settable_) return;
  description.features.emplace_back("effect");
  if (!effects_.empty()) description.capabilities.set("effect_list", texts_list(effects_));
}

bool LightTraits::has_mode(std::string_view name) const {
  return std::ranges::any_of(modes_, [&](const ColorMode* mode) { return mode->name == name; });
}

bool LightTraits::has_brightness() const { return !has_mode("onoff"); }

const ColorMode* LightTraits::only_mode() const { return modes_.size() == 1 ? modes_.front() : nullptr; }

std::int64_t LightTraits::to_device(double brightness) const { return scaled(brightness, brightness_scale_); }

std::int64_t LightTraits::white_to_device(double brightness) const {
  return scaled(brightness, white_scale_);
}

std::optional<std::int64_t> LightTraits::from_device(double brightness) const {
  if (!(brightness > 0)) return std::nullopt;
  return whole(std::clamp(std::nearbyint(brightness / brightness_scale_ * 255), 1.0, 255.0));
}

std::int64_t LightTraits::temperature_to_device(double kelvin) const {
  return whole(std::floor(in_kelvin_ ? kelvin : 1e6 / kelvin));
}

std::optional<std::int64_t> LightTraits::kelvin_of(double device) const {
  if (!(device >= 1)) return std::nullopt;
  return whole(std::floor(in_kelvin_ ? std::min(device, 1e6) : 1e6 / device));
}

void LightTraits::say_brightness(std::string_view text, Said& said) const {
  if (text.empty() || text == kNoneText) return;
  const auto number = real_in(text);
  if (!number) return unread("brightness", text, "a number", said);
  if (const auto brightness = from_device(*number)) said.set("brightness", *brightness);
}

void LightTraits::say_temperature(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == kNoneText) return said.set("color_temp_kelvin", nullptr);
  const auto number = real_in(text);
  const auto kelvin = number ? kelvin_of(*number) : std::nullopt;
  if (!kelvin) return unread("color_temp_kelvin", text, "a number above 0", said);
  said.set("color_temp_kelvin", *kelvin);
}

void LightTraits::say_effect(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == kNoneText && !listed(effects_, text)) return said.set("effect", nullptr);
  if (text.starts_with('{')) return;
  said.set("effect", text);
}

void LightTraits::say_mode(const ColorMode& mode, Said& said) const {
  said.set("color_mode", mode.name);
  for (const ColorMode* other : modes_) {
    if (other != &mode && !other->attribute.empty()) said.set(other->attribute, nullptr);
  }
}

std::string_view light_service(const wire::Command& command, const wire::CurrentValues& now) {
  if (command.service->name != "toggle") return command.service->name;
  return state_now(now) == "on" ? "turn_off" : "turn_on";
}

std::vector<double> channels_in(const wire::Command& command, std::string_view param) {
  return numbers_of(command.data.find(param));
}

std::vector<double> channels_now(const wire::CurrentValues& now, std::string_view attribute) {
  return numbers_of(now.current(attribute));
}

std::optional<double> brightness_now(const wire::CurrentValues& now) {
  const wire::Value* value = now.current("brightness");
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double brightness = value->number_or(0);
  return brightness > 0 ? std::optional(brightness) : std::nullopt;
}

wire::List color_list(const ColorMode& mode, const std::vector<double>& channels) {
  wire::List out;
  for (const double channel : channels) {
    if (mode.channels > 2) {
      out.emplace_back(whole(std::clamp(channel, 0.0, 255.0)));
    } else {
      out.emplace_back(channel);
    }
  }
  return out;
}

std::optional<std::vector<double>> channels_of(const ColorMode& mode, std::string_view text) {
  std::vector<double> out;
  while (out.size() <= mode.channels) {
    const auto comma = std::min(text.find(','), text.size());
    const auto number = real_in(text.substr(0, comma));
    if (!number) return std::nullopt;
    out.push_back(*number);
    if (comma == text.size()) break;
    text.remove_prefix(comma + 1);
  }
  if (out.size() != mode.channels) return std::nullopt;
  return out;
}

}  // namespace gable::discovery::platforms
