// Lights of schema json: {"state":"ON","brightness":…,"color_mode":…,"color":{…},"color_temp":…,"effect":…}
// comes in, the like goes out. A key that is not there says nothing; a state of null is unknown.

#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "discovery/platforms/light_parts.hpp"
#include "discovery/platforms/light_schemas.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

// The keys within `color` for each mode, in the order of the mode's numbers.
struct ColorKeys {
  std::string_view mode;
  std::array<std::string_view, 5> keys;
};
// From the most keys to the least: without color_mode the first that a document fills is taken.
constexpr std::array<ColorKeys, 5> kColorKeys{{{"rgbww", {"r", "g", "b", "c", "w"}},
                                               {"rgbw", {"r", "g", "b", "w", ""}},
                                               {"rgb", {"r", "g", "b", "", ""}},
                                               {"xy", {"x", "y", "", "", ""}},
                                               {"hs", {"h", "s", "", "", ""}}}};

// Whole numbers without ".0": firmware reads them as integers.
wire::Value plain_number(double number) {
  if (number == std::floor(number) && std::fabs(number) < 1e15) return static_cast<std::int64_t>(number);
  return number;
}

class JsonLightBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_modes(Fields& fields);
  void receive_state(const wire::Object& document, Said& said) const;
  [[nodiscard]] std::optional<wire::Value> color_of(const wire::Object& document,
                                                    const ColorMode& mode) const;
  void receive_color(const wire::Object& document, Said& said) const;
  [[nodiscard]] const ColorMode* mode_of(const wire::Object& document, Said& said) const;
  void add_color(const wire::Command& command, const wire::CurrentValues& now, wire::Object& message) const;
  void add_timing(const wire::Command& command, wire::Object& message) const;
  void add_rest(const wire::Command& command, wire::Object& message) const;

  LightTraits traits_;
  Outlet command_;
  double flash_short_ = 2, flash_long_ = 10;  // s
  // Whether brightness has a key of its own; else red, green and blue carry it.
  bool brightness_key_ = false;
};

void JsonLightBinding::read(Fields& fields) {
  read_common(fields, *this, "light");
  fields.require("command_topic");
  command_ = outlet(fields, "command_topic", "");
  if (!fields.inlet(0, "state_topic", "")) description.own().assumed_state = true;
  traits_.read(fields, fields.boolean("effect", false));
  read_modes(fields);
  traits_.describe(description.own());
  if (fields.boolean("flash", true)) description.own().features.emplace_back("flash");
  if (fields.boolean("transition", true)) description.own().features.emplace_back("transition");
  flash_short_ = fields.number("flash_time_short", 2);
  flash_long_ = fields.number("flash_time_long", 10);
}

void JsonLightBinding::read_modes(Fields& fields) {
  std::vector<const ColorMode*> modes;
  brightness_key_ = fields.boolean("brightness", false);
  for (const std::string& name : fields.texts("supported_color_modes")) {
    const ColorMode* mode = find_color_mode(name);
    if (mode != nullptr) modes.push_back(mode);
    if (mode == nullptr) fields.fault("supported_color_modes: there is no colour mode " + shown(name));
  }
  // Before there was supported_color_modes, each had a switch of its own; such devices are still about.
  if (!fields.has("supported_color_modes")) {
    for (const auto* name : {"color_temp", "hs", "xy", "rgb"}) {
      if (fields.boolean(name, false)) modes.push_back(find_color_mode(name));
    }
    if (brightness_key_) modes.push_back(find_color_mode("brightness"));
  }
  traits_.set_modes(std::move(modes));
}

void JsonLightBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                               Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  if (payload.text.empty()) return;
  std::optional<wire::Value> store;
  const wire::Value* json = payload.json(store);
  const wire::Object* document = json == nullptr ? nullptr : json->as_object();
  if (document == nullptr) {
    said.fault = "state: expected a JSON object, found " + shown(payload.text);
    return;
  }
  receive_state(*document, said);
  receive_color(*document, said);
  if (const wire::Value* value = document->find("brightness");
      value != nullptr && value->is_number() && traits_.has_brightness()) {
    if (const auto brightness = traits_.from_device(value->number_or(0))) said.set("brightness", *brightness);
  }
  if (const wire::Value* value = document->find("effect");
      value != nullptr && description->has_feature("effect")) {
    said.set("effect", value->is_null() ? wire::Value() : wire::Value(python_text(*value)));
  }
}

void JsonLightBinding::receive_state(const wire::Object& document, Said& said) const {
  const wire::Value* state = document.find("state");
  if (state == nullptr) return;
  const std::string_view word = state->string_or("");
  if (state->is_null()) {
    said.set("state", nullptr);
  } else if (word == "ON") {
    said.set("state", "on");
  } else if (word == "OFF") {
    said.set("state", "off");
  } else {
    said.fault = "state: expected \"ON\", \"OFF\" or null, found " + shown(wire::to_json(*state));
  }
}

// As the document says, else the one that its keys fit.
const ColorMode* JsonLightBinding::mode_of(const wire::Object& document, Said& said) const {
  if (const wire::Value* named = document.find("color_mode"); named != nullptr && !named->is_null()) {
    const std::string_view name = named->string_or("");
    if (traits_.has_mode(name)) return find_color_mode(name);
    // `unknown` and the modes without colour are no fault of a light that could do more.
    if (name != "unknown" && name != "onoff" && name != "brightness")
      said.fault = "color_mode: " + shown(name) + " is not among its supported_color_modes";
    return nullptr;
  }
  const wire::Value* color = document.find("color");
  if (const ColorMode* only = traits_.only_mode()) {
    // A document on a shared topic may not be about the light at all.
    const bool about = color != nullptr || document.contains("state") || document.contains("brightness") ||
                       document.contains("color_temp");
    return about ? only : nullptr;
  }
  if (const wire::Object* keys = color == nullptr ? nullptr : color->as_object(); keys != nullptr) {
    for (const ColorKeys& entry : kColorKeys) {
      const ColorMode* mode = find_color_mode(entry.mode);
      bool filled = traits_.has_mode(entry.mode);
      for (std::size_t i = 0; i < mode->channels; ++i) filled = filled && keys->contains(entry.keys[i]);
      if (filled) return mode;
    }
  }
  const wire::Value* temperature = document.find("color_temp");
  const bool warm = temperature != nullptr && temperature->is_number();
  return warm && traits_.has_mode("color_temp") ? find_color_mode("color_temp") : nullptr;
}

// What the document gives for the mode; nothing when it lacks it. Modes without colour need none: null.
std::optional<wire::Value> JsonLightBinding::color_of(const wire::Object& document,
                                                      const ColorMode& mode) const {
  if (mode.name == "color_temp") {
    const wire::Value* value = document.find("color_temp");
    const auto kelvin = value == nullptr ? std::nullopt : traits_.kelvin_of(value->number_or(0));
    return kelvin ? std::optional<wire::Value>(*kelvin) : std::nullopt;
  }
  if (mode.attribute.empty()) return wire::Value();
  const wire::Value* color = document.find("color");
  const wire::Object* keys = color == nullptr ? nullptr : color->as_object();
  if (keys == nullptr) return std::nullopt;
  std::vector<double> channels;
  for (const ColorKeys& entry : kColorKeys) {
    if (entry.mode != mode.name) continue;
    for (std::size_t i = 0; i < mode.channels; ++i) {
      const wire::Value* channel = keys->find(entry.keys[i]);
      if (channel == nullptr || !channel->is_number()) return std::nullopt;
      channels.push_back(channel->number_or(0));
    }
  }
  return color_list(mode, channels);
}

// A mode without its values changes nothing, as in Home Assistant: what is shown is the colour that was.
void JsonLightBinding::receive_color(const wire::Object& document, Said& said) const {
  const ColorMode* mode = mode_of(document, said);
  if (mode == nullptr) return;
  auto color = color_of(document, *mode);
  if (!color && mode != traits_.only_mode()) return;
  traits_.say_mode(*mode, said);
  if (color && !mode->attribute.empty()) said.set(mode->attribute, std::move(*color));
}

// A light whose brightness has no key of its own is told it through red, green and blue.
void JsonLightBinding::add_color(const wire::Command& command, const wire::CurrentValues& now,
                                 wire::Object& message) const {
  for (const ColorKeys& entry : kColorKeys) {
    const ColorMode& mode = *find_color_mode(entry.mode);
    if (!traits_.has_mode(mode.name)) continue;
    std::vector<double> channels = channels_in(command, mode.attribute);
    const bool carries = mode.channels > 2 && !brightness_key_;
    const auto brightness = number_in(command, "brightness");
    if (channels.empty() && carries && brightness) channels = channels_now(now, mode.attribute);
    if (channels.size() != mode.channels) continue;
    wire::Object color;
    const double factor = carries ? brightness.value_or(255) / 255 : 1;
    for (std::size_t i = 0; i < mode.channels; ++i) {
      color.append(std::string(entry.keys[i]),
                   mode.channels > 2 ? wire::Value(whole(channels[i] * factor)) : plain_number(channels[i]));
    }
    message.set("color", std::move(color));
    return;
  }
}

void JsonLightBinding::add_timing(const wire::Command& command, wire::Object& message) const {
  if (const std::string_view flash = text_in(command, "flash"); !flash.empty())
    message.set("flash", plain_number(flash == "long" ? flash_long_ : flash_short_));
  if (const auto transition = number_in(command, "transition"))
    message.set("transition", plain_number(*transition));
}

void JsonLightBinding::add_rest(const wire::Command& command, wire::Object& message) const {
  const auto brightness = number_in(command, "brightness");
  const wire::Value* color = message.find("color");
  const bool carried = color != nullptr && !brightness_key_ && color->as_object()->contains("r");
  if (brightness && !carried) message.set("brightness", traits_.to_device(*brightness));
  if (const auto kelvin = number_in(command, "color_temp_kelvin"))
    message.set("color_temp", traits_.temperature_to_device(*kelvin));
  if (command.data.contains("effect")) message.set("effect", text_in(command, "effect"));
  if (const auto white = number_in(command, "white")) message.set("white", traits_.white_to_device(*white));
}

wire::Result<std::vector<Outgoing>> JsonLightBinding::send(const wire::Command& command,
                                                           const wire::CurrentValues& now,
                                                           Renderer& renderer) const {
  const bool on = light_service(command, now) == "turn_on";
  wire::Object message{{"state", on ? "ON" : "OFF"}};
  if (on) add_color(command, now, message);
  add_timing(command, message);
  if (on) add_rest(command, message);
  Messages messages(renderer);
  if (command_) messages.add_plain(&command_, wire::to_json(message));
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_json_light(const Component& component, Templates& templates, Refusal& refusal) {
  return made<JsonLightBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms
