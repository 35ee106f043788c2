// Lights of schema basic (also called default): state, brightness, colour and effect each have topics of
// their own.

#include <algorithm>
#include <array>
#include <cmath>

#include "discovery/platforms/light_parts.hpp"
#include "discovery/platforms/light_schemas.hpp"
#include "wire/color.hpp"

namespace gable::discovery::platforms {

namespace {

// Colours after the brightness, since without a topic of its own it comes out of them; color_mode last, since
// it decides which colour is in force.
constexpr int kState = 0, kBrightness = 1, kTemperature = 2, kHs = 3, kXy = 4, kRgb = 5, kRgbw = 6,
              kRgbww = 7, kWhite = 8, kEffect = 9, kMode = 10;

constexpr std::array<Ways, 11> kWays{
    {{kState, "state_topic", "state_value_template", "command_topic", ""},
     {kBrightness, "brightness_state_topic", "brightness_value_template", "brightness_command_topic",
      "brightness_command_template"},
     {kTemperature, "color_temp_state_topic", "color_temp_value_template", "color_temp_command_topic",
      "color_temp_command_template"},
     {kHs, "hs_state_topic", "hs_value_template", "hs_command_topic", "hs_command_template"},
     {kXy, "xy_state_topic", "xy_value_template", "xy_command_topic", "xy_command_template"},
     {kRgb, "rgb_state_topic", "rgb_value_template", "rgb_command_topic", "rgb_command_template"},
     {kRgbw, "rgbw_state_topic", "rgbw_value_template", "rgbw_command_topic", "rgbw_command_template"},
     {kRgbww, "rgbww_state_topic", "rgbww_value_template", "rgbww_command_topic", "rgbww_command_template"},
     {kWhite, "", "", "white_command_topic", ""},
     {kEffect, "effect_state_topic", "effect_value_template", "effect_command_topic",
      "effect_command_template"},
     {kMode, "color_mode_state_topic", "color_mode_value_template", "", ""}}};

// What templates of a colour's command call its numbers.
struct Colour {
  int slot;
  std::string_view mode;
  std::array<std::string_view, 5> names;
};
constexpr std::array<Colour, 5> kColours{
    {{kHs, "hs", {"hue", "sat", "", "", ""}},
     {kRgb, "rgb", {"red", "green", "blue", "", ""}},
     {kRgbw, "rgbw", {"red", "green", "blue", "white", ""}},
     {kRgbww, "rgbww", {"red", "green", "blue", "cold_white", "warm_white"}},
     {kXy, "xy", {"x", "y", "", "", ""}}}};

enum class OnCommand : std::uint8_t { last, first, brightness };

class BasicLightBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_topics(Fields& fields);
  void receive_mode(std::string_view text, Said& said) const;
  void receive_color(const Colour& colour, std::string_view text, Said& said) const;
  [[nodiscard]] std::optional<std::vector<double>> without_brightness(const ColorMode& mode,
                                                                      std::vector<double> channels,
                                                                      Said& said) const;
  void add_style(Messages& messages, const wire::Command& command, const wire::CurrentValues& now) const;
  void add_colour(Messages& messages, const Colour& colour, const std::vector<double>& channels) const;
  [[nodiscard]] double level(const wire::Command& command, const wire::CurrentValues& now) const;

  LightTraits traits_;
  Outlets outlets_;
  std::string on_, off_;
  OnCommand on_command_ = OnCommand::last;
  bool brightness_in_ = false, mode_in_ = false;
};

void BasicLightBinding::read(Fields& fields) {
  read_common(fields, *this, "light");
  fields.require("command_topic");
  on_ = fields.text("payload_on", "ON");
  off_ = fields.text("payload_off", "OFF");
  const std::string when = fields.text("on_command_type", "last");
  if (when == "first") on_command_ = OnCommand::first;
  if (when == "brightness") on_command_ = OnCommand::brightness;
  if (when != "first" && when != "brightness" && when != "last")
    fields.refuse("on_command_type", "expected last, first or brightness, found " + shown(when));
  read_topics(fields);
  traits_.read(fields, outlets_.find(kEffect) != nullptr);
  traits_.describe(description.own());
}

void BasicLightBinding::read_topics(Fields& fields) {
  std::vector<const ColorMode*> modes;
  constexpr std::array<std::string_view, kWays.size()> kModes{"",    "brightness", "color_temp", "hs",   "xy",
                                                              "rgb", "rgbw",       "rgbww",      "white"};
  for (std::size_t i = 0; i < kWays.size(); ++i) {
    Ways ways = kWays[i];
    if (i == kState) ways.state_template = first_key(fields, {ways.state_template, "value_template"});
    const Reading reading = read_ways(fields, outlets_, ways);
    if (reading.assumed() && i != kWhite) description.own().assumed_state = true;
    if (reading.out && !kModes[i].empty()) modes.push_back(find_color_mode(kModes[i]));
    if (i == kBrightness) brightness_in_ = reading.in;
    if (i == kMode) mode_in_ = reading.in;
  }
  traits_.set_modes(std::move(modes));
}

void BasicLightBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                                Said& said) const {
  const std::string_view text = payload.text;
  switch (slot) {
    case kAttributes:
      return say_attributes(*description->domain, payload, said);
    case kState:
      say_word("state", {{on_, "on"}, {off_, "off"}}, text, said);
      if (const ColorMode* only = traits_.only_mode(); only != nullptr && said.anything && !mode_in_)
        traits_.say_mode(*only, said);
      return;
    case kBrightness:
      return traits_.say_brightness(text, said);
    case kTemperature:
      if (!mode_in_ && traits_.has_mode("color_temp") && real_in(text))
        traits_.say_mode(*find_color_mode("color_temp"), said);
      return traits_.say_temperature(text, said);
    case kEffect:
      return traits_.say_effect(text, said);
    case kMode:
      return receive_mode(text, said);
    default:
      break;
  }
  const auto colour = std::ranges::find(kColours, slot, &Colour::slot);
  if (colour != kColours.end()) receive_color(*colour, text, said);
}

void BasicLightBinding::receive_mode(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == kNoneText) return said.set("color_mode", nullptr);
  if (!traits_.has_mode(text)) return unread("color_mode", text, "one of the light's colour modes", said);
  const ColorMode& mode = *find_color_mode(text);
  traits_.say_mode(mode, said);
}

void BasicLightBinding::receive_color(const Colour& colour, std::string_view text, Said& said) const {
  if (text.empty() || text == kNoneText) return;
  const ColorMode& mode = *find_color_mode(colour.mode);
  auto channels = channels_of(mode, text);
  if (!channels) {
    const std::string expected = std::to_string(mode.channels) + " numbers with commas between";
    return unread(mode.attribute, text, expected, said);
  }
  if (mode.channels > 2 && !brightness_in_) channels = without_brightness(mode, std::move(*channels), said);
  if (!channels) return;
  if (!mode_in_ && traits_.has_mode(mode.name)) traits_.say_mode(mode, said);
  said.set(mode.attribute, color_list(mode, *channels));
}

// Red, green and blue carry the brightness where it has no topic: it is told apart from the colour, which is
// then said at its brightest. Nothing: all dark, which says no colour.
std::optional<std::vector<double>> BasicLightBinding::without_brightness(const ColorMode& mode,
                                                                         std::vector<double> channels,
                                                                         Said& said) const {
  wire::Rgb rgb{channels[0], channels[1], channels[2]};
  if (mode.channels == 4) rgb = wire::from_rgbw(channels);
  if (mode.channels == 5) rgb = wire::from_rgbww(channels, {});
  const double brightest = std::max({rgb.r, rgb.g, rgb.b});
  if (!(brightest > 0)) return std::nullopt;
  said.set("brightness", whole(std::clamp(brightest, 1.0, 255.0)));
  for (double& channel : channels) channel = std::min(std::nearbyint(channel / brightest * 255), 255.0);
  return channels;
}

// 0 to 1: what red, green and blue are multiplied with, since nothing else says the brightness.
double BasicLightBinding::level(const wire::Command& command, const wire::CurrentValues& now) const {
  if (outlets_.find(kBrightness) != nullptr) return 1;
  return number_in(command, "brightness").value_or(brightness_now(now).value_or(255)) / 255;
}

void BasicLightBinding::add_colour(Messages& messages, const Colour& colour,
                                   const std::vector<double>& channels) const {
  std::string text;
  std::vector<jinja::Variable> variables;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    // Colours of two numbers are fractions, the others whole.
    const jinja::Value number =
        channels.size() > 2 ? jinja::Value(whole(channels[i])) : jinja::Value(channels[i]);
    if (i > 0) text += ',';
    text += channels.size() > 2 ? std::to_string(whole(channels[i])) : wire::number_text(channels[i]);
    variables.push_back({colour.names[i], number});
  }
  messages.add(outlets_.find(colour.slot), text, variables);
}

void BasicLightBinding::add_style(Messages& messages, const wire::Command& command,
                                  const wire::CurrentValues& now) const {
  const auto brightness = number_in(command, "brightness");
  const Outlet* brightness_topic = outlets_.find(kBrightness);
  const double factor = level(command, now);
  bool carried = false;
  for (const Colour& colour : kColours) {
    const ColorMode& mode = *find_color_mode(colour.mode);
    std::vector<double> channels = channels_in(command, mode.attribute);
    if (outlets_.find(colour.slot) == nullptr) continue;
    // Without a topic for the brightness it goes out through the colour in force.
    const bool carries = mode.channels > 2 && brightness_topic == nullptr;
    if (channels.empty() && carries && brightness && !carried) {
      channels = channels_now(now, mode.attribute);
      if (channels.empty()) channels.assign(mode.channels, 255);
    }
    if (channels.size() != mode.channels) continue;
    carried = carried || carries;
    if (carries)
      std::ranges::for_each(channels, [&](double& channel) { channel = std::floor(channel * factor); });
    add_colour(messages, colour, channels);
  }
  if (brightness) messages.add(brightness_topic, traits_.to_device(*brightness));
  if (const auto kelvin = number_in(command, "color_temp_kelvin"))
    messages.add(outlets_.find(kTemperature), traits_.temperature_to_device(*kelvin));
  if (command.data.contains("effect")) messages.add(outlets_.find(kEffect), text_in(command, "effect"));
  if (const auto white = number_in(command, "white"))
    messages.add(outlets_.find(kWhite), traits_.white_to_device(*white));
}

wire::Result<std::vector<Outgoing>> BasicLightBinding::send(const wire::Command& command,
                                                            const wire::CurrentValues& now,
                                                            Renderer& renderer) const {
  Messages messages(renderer);
  const Outlet* power = outlets_.find(kState);
  if (light_service(command, now) == "turn_off") {
    messages.add_plain(power, off_);
    return messages.take(command);
  }
  wire::Command complete = command;
  const bool dark = !command.data.contains("brightness") && !command.data.contains("white");
  if (on_command_ == OnCommand::brightness && dark)
    complete.data.set("brightness", whole(brightness_now(now).value_or(255)));
  if (on_command_ == OnCommand::first) messages.add_plain(power, on_);
  add_style(messages, complete, now);
  if (on_command_ == OnCommand::last) messages.add_plain(power, on_);
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_basic_light(const Component& component, Templates& templates,
                                          Refusal& refusal) {
  return made<BasicLightBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
