#include "engine/local_time.hpp"

#include <charconv>

namespace gable::rules {

LocalTime local_time(jinja::Instant when, const jinja::TimeZone& zone) {
  return LocalTime(when.time_since_epoch() + zone.offset(when));
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  // A fraction of a second does not move a trigger.
  text = text.substr(0, text.find('.'));
  int parts[3] = {0, 0, 0};
  std::size_t count = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (count == 3 || part.empty() || part.size() > 2) return std::nullopt;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), parts[count]);
    if (read.ec != std::errc() || read.ptr != part.data() + part.size()) return std::nullopt;
    ++count;
    if (colon == text.npos) break;
    text.remove_prefix(colon + 1);
  }
  if (count < 2 || parts[0] < 0 || parts[0] > 23 || parts[1] < 0 || parts[1] > 59 || parts[2] < 0 ||
      parts[2] > 59) {
    return std::nullopt;
  }
  return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(parts[2]);
}

unsigned weekday(LocalTime when) {
  return std::chrono::weekday(std::chrono::floor<std::chrono::days>(when)).iso_encoding() - 1;
}

std::chrono::microseconds since_midnight(LocalTime when) {
  return when - std::chrono::floor<std::chrono::days>(when);
}

}  // namespace gable::rules
