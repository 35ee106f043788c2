#include "discovery/homie/words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

#include "discovery/homie/formats.hpp"

namespace gable::discovery::homie {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 10> kPlatforms{{{"bulb", "light"},
                                           {"bulbs", "light"},
                                           {"fan", "fan"},
                                           {"fans", "fan"},
                                           {"lamp", "light"},
                                           {"lamps", "light"},
                                           {"led", "light"},
                                           {"leds", "light"},
                                           {"lights", "light"},
                                           {"light", "light"}}};
// As they are written, without white space.
constexpr std::array<Pair, 25> kUnits{
    {{"°C", "temperature"},   {"°F", "temperature"}, {"K", "temperature"},  {"Pa", "pressure"},
     {"hPa", "pressure"},     {"kPa", "pressure"},   {"mbar", "pressure"},  {"bar", "pressure"},
     {"psi", "pressure"},     {"W", "power"},        {"kW", "power"},       {"Wh", "energy"},
     {"kWh", "energy"},       {"MWh", "energy"},     {"V", "voltage"},      {"mV", "voltage"},
     {"A", "current"},        {"mA", "current"},     {"Hz", "frequency"},   {"kHz", "frequency"},
     {"MHz", "frequency"},    {"GHz", "frequency"},  {"lx", "illuminance"}, {"dBm", "signal_strength"},
     {"VA", "apparent_power"}}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

// "power-on_behaviour" → "Power On Behaviour"
std::string label(std::string_view id) {
  std::string out;
  bool begins = true;
  for (const char c : id) {
    if (c == '-' || c == '_') {
      begins = true;
      continue;
    }
    if (begins && !out.empty()) out += ' ';
    out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return out;
}

std::string_view look_up(std::span<const Pair> table, std::string_view key) {
  const auto found = std::ranges::find(table, key, &Pair::first);
  return found == table.end() ? std::string_view() : found->second;
}

}  // namespace

std::string_view platform_word(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size() && is_word(text[end])) ++end;
      const std::string_view platform = look_up(kPlatforms, lowered(text.substr(begin, end - begin)));
      if (!platform.empty()) return platform;
      begin = end + 1;
    }
  }
  return {};
}

std::string_view boolean_platform(const Node& node, const Property& property) {
  const std::string_view own = platform_word({property.id, property.name});
  if (!own.empty()) return own;
  const std::string_view nodes = platform_word({node.type, node.id, node.name});
  return nodes.empty() ? "switch" : nodes;
}

std::string display_name(const Node& node, const Property& property) {
  const std::string of_node(trimmed(node.name));
  const std::string said(trimmed(property.name));
  if (property.id == "state" && !of_node.empty()) return of_node;
  const std::string own = said.empty() ? label(property.id) : said;
  if (of_node.empty()) return said.empty() ? label(node.id) + " " + own : own;
  return of_node == said ? own : of_node + " " + own;
}

std::string_view class_of_unit(const Node& node, const Property& property) {
  if (property.unit != "%") return look_up(kUnits, property.unit);
  for (const std::string& text : {property.id, property.name, node.id, node.name, node.type}) {
    const std::string low = lowered(text);
    if (low.find("humidity") != std::string::npos) return "humidity";
    if (low.find("battery") != std::string::npos) return "battery";
  }
  return {};
}

}  // namespace gable::discovery::homie
