#include "discovery/homie/words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "discovery/homie/formats.hpp"

namespace gable::discovery::homie {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// What people call a light or a fan, in the singular; an s at the end is taken off before looking.
constexpr std::array<Pair, 5> kPlatforms{
    {{"bulb", "light"}, {"fan", "fan"}, {"lamp", "light"}, {"led", "light"}, {"light", "light"}}};

// Units that belong to one of Home Assistant's sensor classes only (its developer documentation, "Sensor
// entity").
struct ClassUnits {
  std::string_view device_class;
  std::array<std::string_view, 7> units;  // the rest is empty
};
constexpr ClassUnits kUnits[] = {
    {"apparent_power", {{"VA", "kVA"}}},
    {"atmospheric_pressure", {{"inHg", "mmHg"}}},
    {"current", {{"A", "mA"}}},
    {"data_rate", {{"bit/s", "kbit/s", "Mbit/s", "Gbit/s"}}},
    {"energy", {{"J", "kJ", "MJ", "Wh", "kWh", "MWh"}}},
    {"frequency", {{"Hz", "kHz", "MHz", "GHz"}}},
    {"illuminance", {{"lx"}}},
    {"irradiance", {{"W/m²"}}},
    {"power", {{"mW", "W", "kW", "MW"}}},
    {"precipitation_intensity", {{"mm/h", "mm/d"}}},
    {"pressure", {{"Pa", "hPa", "kPa", "mbar", "cbar", "bar", "psi"}}},
    {"reactive_power", {{"var", "kvar"}}},
    {"signal_strength", {{"dBm"}}},
    {"speed", {{"m/s", "km/h", "mph", "kn"}}},
    {"temperature", {{"°C", "°F", "K"}}},
    {"voltage", {{"µV", "mV", "V", "kV"}}},
    {"volume_flow_rate", {{"m³/h", "L/min"}}},
    {"weight", {{"g", "kg", "mg", "lb", "oz"}}},
};

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

std::string_view platform_of(std::string word) {
  if (word.ends_with('s')) word.pop_back();
  const auto found = std::ranges::find(kPlatforms, word, &Pair::first);
  return found == kPlatforms.end() ? std::string_view() : found->second;
}

}  // namespace

std::string_view platform_word(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size() && is_word(text[end])) ++end;
      const std::string_view platform = platform_of(lowered(text.substr(begin, end - begin)));
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
  if (property.unit.empty()) return {};
  if (property.unit != "%") {
    for (const ClassUnits& entry : kUnits)
      if (std::ranges::find(entry.units, property.unit) != entry.units.end()) return entry.device_class;
    return {};
  }
  for (const std::string& text : {property.id, property.name, node.id, node.name, node.type}) {
    const std::string low = lowered(text);
    if (low.find("humidity") != std::string::npos) return "humidity";
    if (low.find("battery") != std::string::npos) return "battery";
  }
  return {};
}

}  // namespace gable::discovery::homie
