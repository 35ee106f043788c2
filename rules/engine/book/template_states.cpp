#include "engine/book/template_states.hpp"

#include <algorithm>

#include "engine/book/desks.hpp"
#include "engine/judgement.hpp"
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

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// States that Home Assistant knows in a domain; what is none of them is unknown.
struct Words {
  std::string_view domain, truth, falsehood;  // what true and false mean; empty: nothing
  std::string_view states;
};
constexpr Words kWords[] = {
    {"lock", "locked", "unlocked", " locked unlocked locking unlocking jammed open opening "},
    {"cover", "open", "closed", " open opening closed closing "},
    {"vacuum", "", "", " cleaning docked paused idle returning error "},
    {"alarm_control_panel", "", "",
     " disarmed armed_home armed_away armed_night armed_vacation armed_custom_bypass arming pending "
     "disarming triggered "},
};

constexpr std::string_view kUnknown = "unknown";

const Value* option(const RenderedOptions& options, std::string_view name) {
  const auto found =
      std::find_if(options.begin(), options.end(), [name](const auto& one) { return one.first == name; });
  return found == options.end() ? nullptr : &found->second;
}

std::string one_of(const Words& words, const Value& value) {
  std::string word = value.is_none() ? std::string() : lower(jinja::str(value));
  if (!word.empty() && words.states.find(' ' + word + ' ') != std::string_view::npos) return word;
  const std::optional<bool> truth = words.truth.empty() ? std::nullopt : template_truth(value);
  return std::string(!truth ? kUnknown : *truth ? words.truth : words.falsehood);
}

std::string state_text(std::string_view domain, const Value& value) {
  if (std::find(std::begin(kOnOff), std::end(kOnOff), domain) != std::end(kOnOff)) {
    const std::optional<bool> on = template_truth(value);
    return std::string(!on ? kUnknown : *on ? "on" : "off");
  }
  for (const Words& words : kWords) {
    if (words.domain == domain) return one_of(words, value);
  }
  return value.is_none() ? std::string(kUnknown) : jinja::str(value);
}

// Its position tells whether it is open; its state only whether it moves.
std::optional<std::string> state_of_cover(const RenderedOptions& options) {
  const Value* position = option(options, "position");
  const auto at = position == nullptr ? std::nullopt : number_of(*position);
  if (!at) return std::nullopt;
  if (const Value* state = option(options, "state")) {
    const std::string word = state_text("cover", *state);
    if (word == "opening" || word == "closing") return word;
  }
  return *at > 0 ? "open" : "closed";
}

std::string state_of_update(const RenderedOptions& options) {
  const Value* installed = option(options, "installed_version");
  const Value* latest = option(options, "latest_version");
  if (installed == nullptr || latest == nullptr || installed->is_none() || latest->is_none())
    return std::string(kUnknown);
  return jinja::str(*installed) == jinja::str(*latest) ? "off" : "on";
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

std::string state_of(std::string_view domain, const RenderedOptions& options, std::string_view before,
                     std::string_view now) {
  if (domain == "update") return state_of_update(options);
  if (domain == "cover") {
    if (auto state = state_of_cover(options)) return *state;
  }
  if (domain == "event" || domain == "image") {
    const Value* said = option(options, domain == "event" ? "event_type" : "url");
    if (said != nullptr && !said->is_none()) return std::string(now);
  } else if (const Value* state = option(options, domain == "weather" ? "condition" : "state")) {
    return state_text(domain, *state);
  }
  return std::string(before.empty() || before == "unavailable" ? kUnknown : before);
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

}  // namespace gable::rules
