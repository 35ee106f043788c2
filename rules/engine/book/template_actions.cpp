#include "engine/book/template_actions.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/book/desks.hpp"
#include "engine/judgement.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/color.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

using Variables = std::vector<std::pair<std::string, Value>>;

// A service whose action has another name.
struct Named {
  std::string_view domain, service, action;
};
constexpr Named kNamed[] = {{"alarm_control_panel", "alarm_disarm", "disarm"},
                            {"alarm_control_panel", "alarm_arm_home", "arm_home"},
                            {"alarm_control_panel", "alarm_arm_away", "arm_away"},
                            {"alarm_control_panel", "alarm_arm_night", "arm_night"},
                            {"alarm_control_panel", "alarm_arm_vacation", "arm_vacation"},
                            {"alarm_control_panel", "alarm_arm_custom_bypass", "arm_custom_bypass"},
                            {"alarm_control_panel", "alarm_trigger", "trigger"},
                            {"fan", "oscillate", "set_oscillating"},
                            {"cover", "open_cover_tilt", "set_cover_tilt_position"},
                            {"cover", "close_cover_tilt", "set_cover_tilt_position"}};

// What an action leaves an entity without a template for its state in.
struct Leads {
  std::string_view action, state;
};
constexpr Leads kLeads[] = {{"turn_on", "on"},
                            {"turn_off", "off"},
                            {"lock", "locked"},
                            {"unlock", "unlocked"},
                            {"open", "open"},
                            {"open_cover", "open"},
                            {"close_cover", "closed"},
                            {"disarm", "disarmed"},
                            {"arm_home", "armed_home"},
                            {"arm_away", "armed_away"},
                            {"arm_night", "armed_night"},
                            {"arm_vacation", "armed_vacation"},
                            {"arm_custom_bypass", "armed_custom_bypass"},
                            {"trigger", "triggered"}};

// Whom the call is for is not the action's affair.
Variables said_with(const Value& data) {
  Variables out = variables_of(data);
  std::erase_if(out, [](const auto& variable) { return variable.first == "entity_id"; });
  return out;
}

const Value* find(const Variables& variables, std::string_view name) {
  const auto found =
      std::find_if(variables.begin(), variables.end(), [name](const auto& one) { return one.first == name; });
  return found == variables.end() ? nullptr : &found->second;
}

void set(Variables& variables, std::string_view name, Value value) {
  const auto found =
      std::find_if(variables.begin(), variables.end(), [name](const auto& one) { return one.first == name; });
  if (found == variables.end())
    variables.emplace_back(name, std::move(value));
  else
    found->second = std::move(value);
}

// Nothing for what no light or cover could mean either.
std::optional<double> number(const Value* value) {
  constexpr double kMost = 1e9;
  const auto out = value == nullptr ? std::nullopt : number_of(*value);
  return out && std::abs(*out) <= kMost ? out : std::nullopt;
}

// The numbers of a list of just so many.
std::vector<double> numbers(const Value* value, std::size_t count) {
  std::vector<double> out;
  const jinja::Values* items = value == nullptr ? nullptr : value->as_sequence();
  if (items == nullptr || items->size() != count) return out;
  for (const Value& item : *items) {
    const auto one = number(&item);
    if (!one) return {};
    out.push_back(*one);
  }
  return out;
}

Value list_of(const std::vector<double>& numbers, bool whole) {
  jinja::Values out;
  for (const double one : numbers)
    out.push_back(whole ? Value(static_cast<std::int64_t>(std::lround(one))) : Value(one));
  return Value::list(std::move(out));
}

// ── lights ──

// Says the same as light.turn_on's other spellings: percent as 0 to 255, mired as kelvin, a name as a colour.
void unify_light(Variables& said) {
  if (const auto percent = number(find(said, "brightness_pct")))
    set(said, "brightness", Value(static_cast<std::int64_t>(std::lround(*percent * 255 / 100))));
  const Value* mired = find(said, "color_temp");
  if (find(said, "color_temp_kelvin") == nullptr && mired != nullptr) {
    const auto value = number(mired);
    if (value && *value > 0)
      set(said, "color_temp_kelvin", Value(static_cast<std::int64_t>(std::lround(1e6 / *value))));
  } else if (const auto kelvin = number(find(said, "color_temp_kelvin")); kelvin && *kelvin > 0) {
    set(said, "color_temp", Value(static_cast<std::int64_t>(std::lround(1e6 / *kelvin))));
  }
  const Value* name = find(said, "color_name");
  const auto named = name != nullptr && name->as_text() != nullptr ? wire::named_color(*name->as_text())
                                                                   : std::optional<wire::Rgb>();
  if (named) set(said, "rgb_color", list_of({named->r, named->g, named->b}, true));
}

// A colour in the other way when only that has an action.
void fit_light(Variables& said, const HasAction& has) {
  const auto rgb = numbers(find(said, "rgb_color"), 3);
  const bool hs_only = has("set_hs") || has("set_color");
  if (!rgb.empty() && !has("set_rgb") && hs_only && find(said, "hs_color") == nullptr) {
    const wire::Hs hs = wire::to_hs({rgb[0], rgb[1], rgb[2]});
    set(said, "hs_color", list_of({hs.hue, hs.saturation}, false));
  }
  const auto hs = numbers(find(said, "hs_color"), 2);
  if (!hs.empty() && !hs_only && has("set_rgb") && rgb.empty()) {
    const wire::Rgb other = wire::to_rgb(wire::Hs{hs[0], hs[1]});
    set(said, "rgb_color", list_of({other.r, other.g, other.b}, true));
  }
}

// "rgb" and its parts "r", "g", "b".
void name_parts(Variables& said, std::string_view parameter, std::string_view whole,
                std::initializer_list<std::string_view> parts) {
  const Value* value = find(said, parameter);
  const auto given = numbers(value, parts.size());
  if (given.empty()) return;
  set(said, whole, Value(*value));
  std::size_t at = 0;
  for (const std::string_view part : parts) set(said, part, Value(static_cast<std::int64_t>(given[at++])));
}

// The first whose parameter is said and which the entity has, as Home Assistant looks for them; else turn_on.
std::string_view action_of_light(const Variables& said, const HasAction& has) {
  struct Choice {
    std::string_view parameter, action;
  };
  constexpr Choice kChoices[] = {{"color_temp_kelvin", "set_temperature"},
                                 {"effect", "set_effect"},
                                 {"hs_color", "set_hs"},
                                 {"hs_color", "set_color"},
                                 {"rgbww_color", "set_rgbww"},
                                 {"rgbw_color", "set_rgbw"},
                                 {"rgb_color", "set_rgb"},
                                 {"white_value", "set_white_value"},
                                 {"brightness", "set_level"}};
  for (const Choice& choice : kChoices) {
    if (find(said, choice.parameter) != nullptr && has(choice.action)) return choice.action;
  }
  return "turn_on";
}

EntityAction turn_on_light(const Value& data, const HasAction& has) {
  Variables said = said_with(data);
  unify_light(said);
  const auto level = number(find(said, "brightness"));
  if (level && *level <= 0) return {"turn_off", std::move(said), "off"};
  fit_light(said, has);
  name_parts(said, "hs_color", "hs", {"h", "s"});
  name_parts(said, "rgb_color", "rgb", {"r", "g", "b"});
  name_parts(said, "rgbw_color", "rgbw", {"r", "g", "b", "w"});
  name_parts(said, "rgbww_color", "rgbww", {"r", "g", "b", "cw", "ww"});
  return {action_of_light(said, has), std::move(said), "on"};
}

// ── the others ──

// A fan that is switched on with a speed runs the speed's action, too.
std::vector<EntityAction> turn_on_fan(const Value& data, const HasAction& has) {
  const Variables said = said_with(data);
  std::vector<EntityAction> out{{"turn_on", said, "on"}};
  const std::string_view more = find(said, "preset_mode") != nullptr  ? "set_preset_mode"
                                : find(said, "percentage") != nullptr ? "set_percentage"
                                                                      : "";
  if (!more.empty() && has(more)) out.push_back({more, said, "on"});
  return out;
}

// A cover that only takes positions is opened and closed by them.
EntityAction move_cover(std::string_view service, const Value& data, const HasAction& has) {
  EntityAction out{service, said_with(data), {}};
  const bool opens = service.starts_with("open");
  if (service == "open_cover" || service == "close_cover") {
    out.state = opens ? "open" : "closed";
    if (has(service)) return out;
    out.name = "set_cover_position";
    set(out.variables, "position", Value(static_cast<std::int64_t>(opens ? 100 : 0)));
  } else if (service == "set_cover_position") {
    if (const auto position = number(find(out.variables, "position")))
      out.state = *position > 0 ? "open" : "closed";
  } else if (service.ends_with("_tilt")) {
    out.name = "set_cover_tilt_position";
    set(out.variables, "tilt", Value(static_cast<std::int64_t>(opens ? 100 : 0)));
  } else if (const Value* tilt = find(out.variables, "tilt_position")) {
    set(out.variables, "tilt", Value(*tilt));
  }
  return out;
}

std::string_view without_toggle(std::string_view domain, std::string_view service, std::string_view state) {
  if (service != "toggle") return service;
  if (domain == "cover") return state == "open" || state == "opening" ? "close_cover" : "open_cover";
  return state == "on" ? "turn_off" : "turn_on";
}

EntityAction plain(std::string_view domain, std::string_view service, const Value& data) {
  EntityAction out{service, said_with(data), {}};
  for (const Named& named : kNamed) {
    if (named.domain == domain && named.service == service) out.name = named.action;
  }
  for (const auto& [action, leads_to] : kLeads) {
    if (action == out.name) out.state = leads_to;
  }
  for (const std::string_view parameter : {"value", "option"}) {
    if (const Value* value = field(data, parameter); value != nullptr && out.state.empty())
      out.state = jinja::str(*value);
  }
  return out;
}

}  // namespace

std::vector<EntityAction> actions_for(std::string_view domain, std::string_view service,
                                      std::string_view state, const Value& data, const HasAction& has) {
  const std::string_view wanted = without_toggle(domain, service, state);
  std::vector<EntityAction> out;
  if (domain == "light" && wanted == "turn_on")
    out.push_back(turn_on_light(data, has));
  else if (domain == "fan" && wanted == "turn_on")
    out = turn_on_fan(data, has);
  else if (domain == "cover")
    out.push_back(move_cover(wanted, data, has));
  else
    out.push_back(plain(domain, wanted, data));
  std::erase_if(out, [&has](const EntityAction& action) { return !has(action.name); });
  return out;
}

}  // namespace gable::rules
