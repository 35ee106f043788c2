#include "engine/book/template_states.hpp"

#include <algorithm>

#include "engine/book/desks.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

constexpr std::string_view kOnOff[] = {"binary_sensor", "switch", "light", "fan", "siren", "humidifier"};

struct Renamed {
  std::string_view domain, option, attribute;
};
constexpr Renamed kRenamed[] = {{"light", "level", "brightness"},
                                {"light", "temperature", "color_temp_kelvin"},
                                {"light", "hs", "hs_color"},
                                {"light", "rgb", "rgb_color"},
                                {"light", "rgbw", "rgbw_color"},
                                {"light", "rgbww", "rgbww_color"},
                                {"cover", "position", "current_position"},
                                {"cover", "tilt", "current_tilt_position"},
                                {"", "picture", "entity_picture"}};

// A parameter of light.turn_on that an action of its own sets.
struct LightAction {
  std::string_view parameter, action;
};
constexpr LightAction kLight[] = {{"effect", "set_effect"},          {"color_temp_kelvin", "set_temperature"},
                                  {"color_temp", "set_temperature"}, {"hs_color", "set_hs"},
                                  {"rgb_color", "set_rgb"},          {"rgbw_color", "set_rgbw"},
                                  {"rgbww_color", "set_rgbww"},      {"brightness", "set_level"}};

// What a service leaves an entity without a template for its state in.
struct Leads {
  std::string_view service, state;
};
constexpr Leads kLeads[] = {{"turn_on", "on"},
                            {"turn_off", "off"},
                            {"lock", "locked"},
                            {"unlock", "unlocked"},
                            {"open_cover", "open"},
                            {"close_cover", "closed"},
                            {"alarm_disarm", "disarmed"},
                            {"alarm_arm_home", "armed_home"},
                            {"alarm_arm_away", "armed_away"},
                            {"alarm_arm_night", "armed_night"}};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::vector<std::pair<std::string, Value>> variables_of(const Value& data) {
  std::vector<std::pair<std::string, Value>> out;
  const jinja::Dict* dict = data.as_dict();
  if (dict == nullptr) return out;
  for (const auto& [key, value] : dict->entries()) {
    const std::string* name = key.as_text();
    if (name != nullptr && *name != "entity_id") out.emplace_back(*name, value);
  }
  return out;
}

}  // namespace

std::optional<bool> template_truth(const Value& value) {
  if (const bool* flag = value.as_bool()) return *flag;
  if (value.is_number()) return jinja::truth(value);
  const std::string* text = value.as_text();
  if (text == nullptr) return std::nullopt;
  const std::string word = lower(*text);
  for (const std::string_view yes : {"true", "yes", "on", "enable", "1"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"false", "no", "off", "disable", "0"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

std::string state_text(std::string_view domain, const Value& value) {
  if (std::find(std::begin(kOnOff), std::end(kOnOff), domain) != std::end(kOnOff)) {
    const std::optional<bool> on = template_truth(value);
    return !on ? "unknown" : *on ? "on" : "off";
  }
  return value.is_none() ? "unknown" : jinja::str(value);
}

std::string attribute_name(std::string_view domain, std::string_view option) {
  constexpr std::string_view kPrefix = "attributes.";
  if (option.starts_with(kPrefix)) return std::string(option.substr(kPrefix.size()));
  for (const Renamed& renamed : kRenamed) {
    if (renamed.option == option && (renamed.domain.empty() || renamed.domain == domain)) {
      return std::string(renamed.attribute);
    }
  }
  return std::string(option);
}

std::vector<EntityAction> actions_for(std::string_view domain, std::string_view service,
                                      std::string_view state, const Value& data) {
  std::string_view wanted = service;
  if (service == "toggle") wanted = state == "on" || state == "open" ? "turn_off" : "turn_on";
  if (service == "toggle" && domain == "cover") wanted = state == "open" ? "close_cover" : "open_cover";
  std::vector<EntityAction> out;
  if (domain == "light" && wanted == "turn_on") {
    for (const auto& [parameter, action] : kLight) {
      if (field(data, parameter) != nullptr) out.push_back({action, variables_of(data), "on"});
    }
    if (!out.empty()) return out;
  }
  EntityAction plain{wanted, variables_of(data), {}};
  for (const auto& [known, leads_to] : kLeads) {
    if (known == wanted) plain.state = leads_to;
  }
  for (const std::string_view parameter : {"value", "option"}) {
    if (const Value* value = field(data, parameter); value != nullptr && plain.state.empty()) {
      plain.state = jinja::str(*value);
    }
  }
  out.push_back(std::move(plain));
  return out;
}

}  // namespace gable::rules
