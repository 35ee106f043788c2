// Lights of schema template: one topic each way, and templates that take a state apart and put a command
// together.

#include <algorithm>
#include <array>
#include <cmath>

#include "discovery/platforms/light_parts.hpp"
#include "discovery/platforms/light_schemas.hpp"
#include "wire/color.hpp"

namespace gable::discovery::platforms {

namespace {

// In the order in which a message is read; green stands between red and blue.
constexpr int kState = 0, kBrightness = 1, kTemperature = 2, kRed = 3, kBlue = 5, kEffect = 6;

constexpr std::array<std::string_view, 7> kTemplates{
    "state_template", "brightness_template", "color_temp_template", "red_template",
    "green_template", "blue_template",       "effect_template"};

class TemplateLightBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_modes(Fields& fields);
  void receive_channel(int slot, std::string_view text, Said& said) const;
  void add_color(const wire::Command& command, const wire::CurrentValues& now,
                 std::vector<jinja::Variable>& variables) const;
  [[nodiscard]] std::vector<jinja::Variable> variables_on(const wire::Command& command,
                                                          const wire::CurrentValues& now) const;

  LightTraits traits_;
  Outlet command_;
  TemplatePtr on_, off_;
  bool brightness_ = false;  // has a template of its own
};

void TemplateLightBinding::read(Fields& fields) {
  read_common(fields, *this, "light");
  for (const auto* key : {"command_topic", "command_on_template", "command_off_template"})
    fields.require(key);
  command_ = outlet(fields, "command_topic", "");
  on_ = fields.tmpl("command_on_template");
  off_ = fields.tmpl("command_off_template");
  brightness_ = fields.has("brightness_template");
  bool reported = false;
  for (std::size_t i = 0; i < kTemplates.size(); ++i) {
    if (!fields.has(kTemplates[i])) continue;
    const bool there = fields.inlet(static_cast<int>(i), "state_topic", kTemplates[i]);
    reported = reported || (there && i == kState);
  }
  if (!reported) description.own().assumed_state = true;
  traits_.read(fields, fields.has("effect_list"));
  read_modes(fields);
  traits_.describe(description.own());
  for (const auto* feature : {"flash", "transition"}) description.own().features.emplace_back(feature);
}

void TemplateLightBinding::read_modes(Fields& fields) {
  std::vector<const ColorMode*> modes;
  if (brightness_) modes.push_back(find_color_mode("brightness"));
  if (fields.has("color_temp_template")) modes.push_back(find_color_mode("color_temp"));
  if (fields.has("red_template") && fields.has("green_template") && fields.has("blue_template"))
    modes.push_back(find_color_mode("hs"));
  traits_.set_modes(std::move(modes));
}

void TemplateLightBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                                   Said& said) const {
  const std::string_view text = payload.text;
  switch (slot) {
    case kAttributes:
      // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): every description has its domain
      return say_attributes(*description->domain, payload, said);
    case kState:
      say_word("state", {{"on", "on"}, {"off", "off"}}, text, said);
      if (const ColorMode* only = traits_.only_mode()) traits_.say_mode(*only, said);
      return;
    case kBrightness:
      return traits_.say_brightness(text, said);
    case kTemperature:
      if (text != kNoneText && real_in(text)) traits_.say_mode(*find_color_mode("color_temp"), said);
      return traits_.say_temperature(text, said);
    case kEffect:
      return traits_.say_effect(text, said);
    default:
      return receive_channel(slot, text, said);
  }
}

// The three numbers come through three inlets of one message; until the last they are gathered where the
// colour will stand.
void TemplateLightBinding::receive_channel(int slot, std::string_view text, Said& said) const {
  constexpr std::string_view kColor = "hs_color";
  wire::Value* gathered = said.values.find(kColor);
  if (slot == kRed) {
    said.values.erase(kColor);
    if (const auto red = real_in(text)) said.values.set(std::string(kColor), wire::List{*red});
    if (text == kNoneText) said.set(kColor, nullptr);
    return;
  }
  wire::List* channels = gathered == nullptr ? nullptr : gathered->as_list();
  if (channels == nullptr) return;
  const auto number = real_in(text);
  if (!number || channels->size() != static_cast<std::size_t>(slot - kRed)) {
    said.values.erase(kColor);
    return;
  }
  channels->emplace_back(*number);
  if (slot != kBlue) return;
  const wire::List rgb = *channels;
  const wire::Hs hs = wire::to_hs({rgb[0].number_or(0), rgb[1].number_or(0), rgb[2].number_or(0)});
  traits_.say_mode(*find_color_mode("hs"), said);
  said.set(kColor, wire::List{hs.hue, hs.saturation});
}

// With a brightness of its own the colour goes out in full, else it carries the brightness.
void TemplateLightBinding::add_color(const wire::Command& command, const wire::CurrentValues& now,
                                     std::vector<jinja::Variable>& variables) const {
  const std::vector<double> hs = channels_in(command, "hs_color");
  if (hs.size() != 2) return;
  const double level =
      brightness_ ? 255 : number_in(command, "brightness").value_or(brightness_now(now).value_or(255));
  const wire::Rgb rgb = wire::to_rgb(wire::Hs{hs[0], hs[1]});
  variables.push_back({"red", jinja::Value(whole(rgb.r * level / 255))});
  variables.push_back({"green", jinja::Value(whole(rgb.g * level / 255))});
  variables.push_back({"blue", jinja::Value(whole(rgb.b * level / 255))});
  variables.push_back({"hue", jinja::Value(hs[0])});
  variables.push_back({"sat", jinja::Value(hs[1])});
}

std::vector<jinja::Variable> TemplateLightBinding::variables_on(const wire::Command& command,
                                                                const wire::CurrentValues& now) const {
  std::vector<jinja::Variable> variables;
  variables.push_back({"state", jinja::Value(true)});
  if (const auto brightness = number_in(command, "brightness"))
    variables.push_back({"brightness", jinja::Value(whole(*brightness))});
  if (const auto kelvin = number_in(command, "color_temp_kelvin"))
    variables.push_back({"color_temp", jinja::Value(traits_.temperature_to_device(*kelvin))});
  add_color(command, now, variables);
  if (command.data.contains("effect"))
    variables.push_back({"effect", jinja::Value(text_in(command, "effect"))});
  return variables;
}

wire::Result<std::vector<Outgoing>> TemplateLightBinding::send(const wire::Command& command,
                                                               const wire::CurrentValues& now,
                                                               Renderer& renderer) const {
  const bool on = light_service(command, now) == "turn_on";
  std::vector<jinja::Variable> variables{{"state", jinja::Value(false)}};
  if (on) variables = variables_on(command, now);
  if (command.data.contains("flash")) variables.push_back({"flash", jinja::Value(text_in(command, "flash"))});
  if (const auto transition = number_in(command, "transition"))
    variables.push_back({"transition", jinja::Value(*transition)});
  Messages messages(renderer);
  const TemplatePtr& source = on ? on_ : off_;
  if (command_ && source != nullptr) messages.add_rendered(&command_, *source, variables);
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_template_light(const Component& component, Templates& templates,
                                             Refusal& refusal) {
  return made<TemplateLightBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
