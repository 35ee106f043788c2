#include "discovery/homie/lights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "discovery/homie/formats.hpp"
#include "discovery/homie/words.hpp"

namespace gable::discovery::homie {

namespace {

using Names = std::initializer_list<std::string_view>;

// Colour temperatures and brightnesses from outside, as whole numbers that fit.
std::int64_t whole(double number) {
  constexpr double kHighest = 1e9;
  return std::llround(std::clamp(number, 0.0, kHighest));
}

// Properties of one light in a node that has several share an ending: state-l1, brightness-l1.
class Maker {
 public:
  Maker(const Model& model, const Node& node) : model_(model), node_(node) {}

  // A light that a settable boolean switches.
  Light switched(const Property& on) {
    Light light = begin(on);
    light.config.set("state_topic", topic(on));
    light.config.set("command_topic", topic(on) + "/set");
    light.config.set("payload_on", "true");
    light.config.set("payload_off", "false");
    const auto ending = ending_of(on.id);
    if (!ending) return light;
    if (const Property* found = numeric({"brightness", "level", "dimmer", "dim", "intensity"}, *ending))
      brightness(*found, light);
    add_rest(*ending, light);
    return light;
  }

  // Without a boolean: it is off while its brightness is 0.
  std::optional<Light> dimmed() {
    const Property* found = numeric({"brightness", "dimmer"}, {});
    if (found == nullptr) return std::nullopt;
    Light light = begin(*found);
    const Range range = range_of(found->format);
    const std::string full = std::to_string(whole(std::max(1.0, range.max.value_or(1))));
    light.config.set("state_topic", topic(*found));
    light.config.set("state_value_template", "{{ '" + full + "' if value | float(0) > 0 else '0' }}");
    light.config.set("command_topic", topic(*found) + "/set");
    light.config.set("payload_on", full);
    light.config.set("payload_off", "0");
    light.config.set("on_command_type", "brightness");
    brightness(*found, light);
    add_rest({}, light);
    return light;
  }

  // A colour alone: black is off.
  std::optional<Light> colored() {
    const Property* found = named({"color", "colour"}, {}, Datatype::color);
    if (found == nullptr || !color_forms(found->format).rgb) return std::nullopt;
    Light light = begin(*found);
    const std::string mark = model_.version >= 5 ? "rgb," : "";
    const std::string black = mark + "0,0,0";
    const std::string white = mark + "255,255,255";
    light.config.set("state_topic", topic(*found));
    light.config.set("state_value_template",
                     "{{ '" + black + "' if value == '" + black + "' else '" + white + "' }}");
    light.config.set("command_topic", topic(*found) + "/set");
    light.config.set("payload_on", white);
    light.config.set("payload_off", black);
    light.config.set("on_command_type", "first");
    color(*found, light);
    return light;
  }

 private:
  [[nodiscard]] std::string topic(const Property& property) const {
    return model_.base + "/" + node_.id + "/" + property.id;
  }

  static Light begin(const Property& leader) {
    Light light;
    light.leader = &leader;
    light.parts.push_back(&leader);
    return light;
  }

  // "-l1" of "state-l1", "" of "state"; nothing for a boolean that is no light's own ("led-in-dark").
  static std::optional<std::string_view> ending_of(std::string_view id) {
    for (const std::string_view stem : {"state", "on", "power", "light"}) {
      if (id.starts_with(stem) && (id.size() == stem.size() || id[stem.size()] == '-'))
        return id.substr(stem.size());
    }
    return std::nullopt;
  }

  [[nodiscard]] const Property* named(Names names, std::string_view ending, Datatype datatype) const {
    for (const std::string_view name : names) {
      const auto found = std::ranges::find_if(node_.properties, [&](const Property& property) {
        return property.settable && property.datatype == datatype &&
               property.id.size() == name.size() + ending.size() && property.id.starts_with(name) &&
               property.id.ends_with(ending);
      });
      if (found != node_.properties.end()) return &*found;
    }
    return nullptr;
  }

  [[nodiscard]] const Property* numeric(Names names, std::string_view ending) const {
    const Property* whole = named(names, ending, Datatype::integer);
    return whole != nullptr ? whole : named(names, ending, Datatype::real);
  }

  void add_rest(std::string_view ending, Light& light) {
    if (const Property* found = numeric({"color-temp", "color-temperature", "colour-temperature"}, ending))
      color_temp(*found, light);
    if (const Property* found = named({"color", "colour", "rgb"}, ending, Datatype::color))
      color(*found, light);
    if (const Property* found = named({"effect"}, ending, Datatype::enumeration)) effect(*found, light);
  }

  void both_topics(const std::string& what, const Property& property, Light& light) {
    light.config.set(what + "_state_topic", topic(property));
    light.config.set(what + "_command_topic", topic(property) + "/set");
    if (light.leader != &property) light.parts.push_back(&property);
  }

  void brightness(const Property& property, Light& light) {
    const Range range = range_of(property.format);
    const double full = range.max.value_or(property.unit == "%" || !range.min ? 100 : 255);
    if (full <= 0) return;
    both_topics("brightness", property, light);
    constexpr double kCoarse = 20;
    if (full >= kCoarse && std::floor(full) == full) {
      light.config.set("brightness_scale", whole(full));
      return;
    }
    // A scale is a whole number: 0…1 goes through templates.
    const std::string scale = wire::number_text(full);
    light.config.set("brightness_value_template",
                     "{{ (value | float(0) / " + scale + " * 255) | round | int }}");
    light.config.set("brightness_command_template", "{{ (value / 255 * " + scale + ") | round(3) }}");
  }

  void color_temp(const Property& property, Light& light) {
    const Range range = range_of(property.format);
    const bool kelvin = property.unit == "K";
    if (!kelvin && property.unit != "mired") return;
    both_topics("color_temp", property, light);
    if (kelvin) light.config.set("color_temp_kelvin", true);
    if (range.min) light.config.set(kelvin ? "min_kelvin" : "min_mireds", whole(*range.min));
    if (range.max) light.config.set(kelvin ? "max_kelvin" : "max_mireds", whole(*range.max));
  }

  // Homie 5 says in the value which form it has, and ignores values that say nothing. Saturation and hue set
  // a colour at full value: how bright it is has a property of its own.
  void color(const Property& property, Light& light) {
    const ColorForms forms = color_forms(property.format);
    const bool marked = model_.version >= 5;
    const auto add = [&](const std::string& what, const std::string& mark, int numbers,
                         const std::string& command) {
      both_topics(what, property, light);
      const std::string count = std::to_string(numbers);
      light.config.set(what + "_value_template",
                       marked ? "{% set c = value.split(',') %}{{ c[1:" + std::to_string(numbers + 1) +
                                    "] | join(',') if c[0] == '" + mark + "' }}"
                              : "{{ value.split(',')[:" + count + "] | join(',') }}");
      light.config.set(what + "_command_template", (marked ? mark + "," : "") + command);
    };
    if (forms.rgb) add("rgb", "rgb", 3, "{{ red }},{{ green }},{{ blue }}");
    if (forms.hsv) add("hs", "hsv", 2, "{{ hue | round | int }},{{ sat | round | int }},100");
    if (forms.xyz) add("xy", "xyz", 2, "{{ x }},{{ y }}");
  }

  void effect(const Property& property, Light& light) {
    wire::List options;
    for (std::string& option : split_options(property.format)) options.emplace_back(std::move(option));
    if (options.empty()) return;
    both_topics("effect", property, light);
    light.config.set("effect_list", std::move(options));
  }

  const Model& model_;
  const Node& node_;
};

}  // namespace

std::vector<Light> lights_of(const Model& model, const Node& node) {
  std::vector<Light> lights;
  Maker maker(model, node);
  for (const Property& property : node.properties) {
    const bool switches = property.datatype == Datatype::boolean && property.settable;
    if (switches && boolean_platform(node, property) == "light") lights.push_back(maker.switched(property));
  }
  if (!lights.empty()) return lights;
  const bool any_boolean = std::ranges::any_of(node.properties, [](const Property& property) {
    return property.datatype == Datatype::boolean && property.settable;
  });
  const bool is_light = platform_word({node.type, node.id, node.name}) == "light";
  if (is_light && !any_boolean) {
    if (auto light = maker.dimmed()) lights.push_back(std::move(*light));
  }
  if (lights.empty()) {
    if (auto light = maker.colored()) lights.push_back(std::move(*light));
  }
  return lights;
}

}  // namespace gable::discovery::homie
