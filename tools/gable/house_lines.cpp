#include "gable/house_lines.hpp"

#include <algorithm>

#include "gable/playback.hpp"

namespace gable::cli {

namespace {

std::string_view take_word(std::string_view& rest) {
  const auto begin = rest.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return rest = {};
  rest.remove_prefix(begin);
  const auto end = std::min(rest.find_first_of(" \t"), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::string HouseEvent::key() const { return std::string(area).append(" ").append(sensor); }
std::string HouseEvent::name() const { return lower(area) + "_" + lower(sensor); }

wire::Result<HouseEvent> parse_house_line(std::string_view line) {
  const std::string_view date = take_word(line), time = take_word(line);
  const auto at = wire::parse_time(std::string(date) + "T" + std::string(time) + "Z");
  if (!at) return wire::Error{wire::ErrorCode::malformed, "it does not begin with date and time", ""};
  HouseEvent event{.at = *at, .area = take_word(line), .sensor = take_word(line)};
  const std::string_view value = take_word(line);
  event.door = value == "OPEN" || value == "CLOSE";
  event.on = value == "ON" || value == "OPEN";
  if (!event.on && value != "OFF" && value != "CLOSE")
    return wire::Error{wire::ErrorCode::malformed,
                       "'" + std::string(value) + "' is not ON, OFF, OPEN or CLOSE", ""};
  return event;
}

bool is_house_line(std::string_view line) { return parse_house_line(line).has_value(); }

bool is_light(std::string_view sensor) { return lower(sensor).ends_with("light"); }

std::string_view device_class_of(std::string_view sensor, bool door) {
  return door ? "door" : is_light(sensor) ? "light" : "motion";
}

}  // namespace gable::cli
