#include "language/template_domains.hpp"

#include <algorithm>
#include <array>

namespace gable::rules {

namespace {

constexpr std::array<TemplateDomain, 17> kDomains{{
    {"alarm_control_panel", "state",
     "arm_away arm_custom_bypass arm_home arm_night arm_vacation disarm trigger",
     "code_arm_required code_format optimistic", "", "panels"},
    {"binary_sensor", "state", "", "device_class", "state", "sensors"},
    {"button", "", "press", "device_class", "press", ""},
    {"cover", "state position tilt",
     "open_cover close_cover stop_cover set_cover_position set_cover_tilt_position",
     "device_class optimistic tilt_optimistic", "", "covers"},
    {"event", "event_type event_types", "", "device_class", "event_type event_types", ""},
    {"fan", "state percentage preset_mode oscillating direction speed",
     "turn_on turn_off set_percentage set_preset_mode set_oscillating set_direction set_speed",
     "speed_count preset_modes speeds optimistic", "turn_on turn_off", "fans"},
    {"image", "url", "", "verify_ssl", "url", ""},
    {"light",
     "state level temperature color hs rgb rgbw rgbww white_value effect effect_list min_mireds max_mireds "
     "supports_transition",
     "turn_on turn_off set_level set_temperature set_color set_hs set_rgb set_rgbw set_rgbww set_white_value "
     "set_effect",
     "optimistic", "turn_on turn_off", "lights"},
    {"lock", "state code_format", "lock unlock open", "optimistic", "lock unlock", ""},
    {"number", "state step min max", "set_value", "device_class unit_of_measurement mode optimistic",
     "set_value", ""},
    {"select", "state options", "select_option", "optimistic", "options select_option", ""},
    {"sensor", "state last_reset", "", "device_class state_class unit_of_measurement options", "state",
     "sensors"},
    {"switch", "state", "turn_on turn_off", "device_class optimistic", "turn_on turn_off", "switches"},
    {"text", "state min max pattern", "set_value", "mode optimistic", "set_value", ""},
    {"update",
     "installed_version latest_version in_progress update_percentage release_summary release_url title",
     "install", "device_class backup specific_version", "installed_version latest_version", ""},
    {"vacuum", "state battery_level fan_speed",
     "start pause stop return_to_base clean_spot locate set_fan_speed", "fan_speeds optimistic", "start",
     "vacuums"},
    {"weather",
     "condition temperature humidity attribution apparent_temperature cloud_coverage dew_point forecast "
     "forecast_daily forecast_hourly forecast_twice_daily ozone pressure uv_index visibility wind_bearing "
     "wind_gust_speed wind_speed",
     "", "precipitation_unit pressure_unit temperature_unit visibility_unit wind_speed_unit", "", ""},
}};

}  // namespace

const TemplateDomain* find_template_domain(std::string_view name) {
  const auto* found = std::find_if(kDomains.begin(), kDomains.end(),
                                   [name](const TemplateDomain& domain) { return domain.name == name; });
  return found == kDomains.end() ? nullptr : found;
}

std::vector<std::string_view> template_domain_names() {
  std::vector<std::string_view> names;
  names.reserve(kDomains.size());
  for (const TemplateDomain& domain : kDomains) names.push_back(domain.name);
  return names;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    words.push_back(text.substr(0, blank));
    text.remove_prefix(blank == text.npos ? text.size() : blank + 1);
  }
  return words;
}

}  // namespace gable::rules
