// How a state is brought back, domain by domain: the counterpart of Home Assistant's reproduce_state.
#include <span>

#include "engine/book/scenes.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

// An attribute that a service of its own sets.
struct Setter {
  std::string_view attribute, service, parameter;
};
constexpr Setter kClimate[] = {{"preset_mode", "set_preset_mode", "preset_mode"},
                               {"fan_mode", "set_fan_mode", "fan_mode"},
                               {"swing_mode", "set_swing_mode", "swing_mode"},
                               {"humidity", "set_humidity", "humidity"},
                               {"temperature", "set_temperature", "temperature"}};
constexpr Setter kCover[] = {{"current_position", "set_cover_position", "position"},
                             {"current_tilt_position", "set_cover_tilt_position", "tilt_position"}};
constexpr Setter kFan[] = {{"percentage", "set_percentage", "percentage"},
                           {"preset_mode", "set_preset_mode", "preset_mode"},
                           {"direction", "set_direction", "direction"},
                           {"oscillating", "oscillate", "oscillating"}};
constexpr Setter kHumidifier[] = {{"mode", "set_mode", "mode"}, {"humidity", "set_humidity", "humidity"}};
constexpr Setter kMediaPlayer[] = {{"volume_level", "volume_set", "volume_level"},
                                   {"is_volume_muted", "volume_mute", "is_volume_muted"},
                                   {"source", "select_source", "source"},
                                   {"sound_mode", "select_sound_mode", "sound_mode"}};
constexpr Setter kWaterHeater[] = {{"temperature", "set_temperature", "temperature"},
                                   {"operation_mode", "set_operation_mode", "operation_mode"}};

struct DomainSetters {
  std::string_view domain;
  std::span<const Setter> setters;
};
constexpr DomainSetters kDomains[] = {{"climate", kClimate},
                                      {"cover", kCover},
                                      {"fan", kFan},
                                      {"humidifier", kHumidifier},
                                      {"media_player", kMediaPlayer},
                                      {"water_heater", kWaterHeater}};

// A state that a service without parameters brings about.
struct Word {
  std::string_view domain, state, service;
};
constexpr Word kWords[] = {
    {"cover", "open", "open_cover"},
    {"cover", "closed", "close_cover"},
    {"lock", "locked", "lock"},
    {"lock", "unlocked", "unlock"},
    {"lock", "open", "open"},
    {"valve", "open", "open_valve"},
    {"valve", "closed", "close_valve"},
    {"vacuum", "cleaning", "start"},
    {"vacuum", "docked", "return_to_base"},
    {"vacuum", "returning", "return_to_base"},
    {"vacuum", "paused", "pause"},
    {"vacuum", "idle", "stop"},
    {"media_player", "playing", "media_play"},
    {"media_player", "paused", "media_pause"},
    {"media_player", "idle", "media_stop"},
    {"timer", "active", "start"},
    {"timer", "paused", "pause"},
    {"timer", "idle", "cancel"},
    {"alarm_control_panel", "disarmed", "alarm_disarm"},
    {"alarm_control_panel", "armed_home", "alarm_arm_home"},
    {"alarm_control_panel", "armed_away", "alarm_arm_away"},
    {"alarm_control_panel", "armed_night", "alarm_arm_night"},
    {"alarm_control_panel", "triggered", "alarm_trigger"},
};

// A state that is itself a parameter.
struct Whole {
  std::string_view domain, service, parameter;
};
constexpr Whole kWholes[] = {{"input_number", "set_value", "value"},
                             {"number", "set_value", "value"},
                             {"input_text", "set_value", "value"},
                             {"text", "set_value", "value"},
                             {"counter", "set_value", "value"},
                             {"input_select", "select_option", "option"},
                             {"select", "select_option", "option"},
                             {"climate", "set_hvac_mode", "hvac_mode"},
                             {"input_datetime", "set_datetime", "datetime"},
                             {"water_heater", "set_operation_mode", "operation_mode"}};

constexpr std::string_view kLightAttributes[] = {"brightness", "effect", "brightness_pct", "flash",
                                                 "profile"};
// The colour of a light, of which a command takes one only: `color_mode` says which; without it, the first.
struct LightColor {
  std::string_view mode, attribute;
};
constexpr LightColor kLightColors[] = {{"color_temp", "color_temp_kelvin"},
                                       {"color_temp", "color_temp"},
                                       {"color_temp", "kelvin"},
                                       {"rgbww", "rgbww_color"},
                                       {"rgbw", "rgbw_color"},
                                       {"white", "white"},
                                       {"hs", "hs_color"},
                                       {"xy", "xy_color"},
                                       {"rgb", "rgb_color"},
                                       {"", "color_name"}};

class Making {
 public:
  explicit Making(const SceneEntity& wanted)
      : wanted_(wanted), domain_(wanted.entity.substr(0, wanted.entity.find('.'))) {}

  std::vector<ServiceCall> calls(const Value& transition) {
    const std::string state = jinja::str(wanted_.state);
    if (domain_ == "light" && state == "on") return light(transition), std::move(calls_);
    add_state(state, transition);
    if (state != "off") add_attributes();
    return std::move(calls_);
  }

 private:
  void light(const Value& transition) {
    jinja::Dict data;
    for (const std::string_view name : kLightAttributes) {
      if (const Value* value = attribute(name); value != nullptr && !value->is_none()) data.set(name, *value);
    }
    add_color(data);
    if (!transition.is_none()) data.set("transition", transition);
    add("turn_on", std::move(data));
  }

  void add_color(jinja::Dict& data) const {
    const Value* mode = attribute("color_mode");
    const std::string said = mode == nullptr || mode->is_none() ? std::string() : jinja::str(*mode);
    if (said == "onoff" || said == "brightness") return;
    for (const bool any : {false, true}) {
      for (const LightColor& color : kLightColors) {
        const Value* value = attribute(color.attribute);
        if (value == nullptr || value->is_none() || (!any && color.mode != said)) continue;
        data.set(color.attribute, *value);
        return;
      }
    }
  }

  void add_state(const std::string& state, const Value& transition) {
    for (const Word& word : kWords) {
      if (word.domain == domain_ && word.state == state && !has_position()) return add(word.service, {});
    }
    for (const Whole& whole : kWholes) {
      if (whole.domain != domain_) continue;
      jinja::Dict data;
      data.set(whole.parameter, wanted_.state);
      return add(whole.service, std::move(data));
    }
    if (state != "on" && state != "off") return;
    jinja::Dict data;
    if (domain_ == "light" && !transition.is_none()) data.set("transition", transition);
    add(state == "on" ? "turn_on" : "turn_off", std::move(data));
  }

  // A cover that is to stand half open is not opened first.
  [[nodiscard]] bool has_position() const {
    return domain_ == "cover" &&
           (attribute("current_position") != nullptr || attribute("position") != nullptr);
  }

  void add_attributes() {
    for (const auto& [domain, setters] : kDomains) {
      if (domain != domain_) continue;
      for (const Setter& setter : setters) {
        const Value* value = attribute(setter.attribute);
        if (value == nullptr && domain == "cover") value = attribute(setter.parameter);
        if (value == nullptr || value->is_none()) continue;
        jinja::Dict data;
        data.set(setter.parameter, *value);
        add(setter.service, std::move(data));
      }
    }
  }

  [[nodiscard]] const Value* attribute(std::string_view name) const {
    return field(wanted_.attributes, name);
  }

  void add(std::string_view service, jinja::Dict data) {
    ServiceCall call;
    call.domain = domain_;
    call.service = service;
    auto target = std::make_shared<jinja::Dict>();
    target->set("entity_id", Value::list({Value(wanted_.entity)}));
    call.target = jinja::DictPtr(std::move(target));
    call.data = jinja::DictPtr(std::make_shared<jinja::Dict>(std::move(data)));
    calls_.push_back(std::move(call));
  }

  const SceneEntity& wanted_;
  std::string domain_;
  std::vector<ServiceCall> calls_;
};

}  // namespace

std::vector<ServiceCall> reproduce(const SceneEntity& wanted, const Value& transition) {
  return Making(wanted).calls(transition);
}

}  // namespace gable::rules
