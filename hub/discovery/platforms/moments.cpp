#include "discovery/platforms/moments.hpp"

#include <algorithm>

#include "discovery/platforms/platform.hpp"
#include "wire/date_text.hpp"
#include "wire/time.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr std::string_view kDigits = "0123456789";

bool two_digits(std::string_view text) {
  return text.size() == 2 && text.find_first_not_of(kDigits) == std::string_view::npos;
}

// "+HH:MM" of what stands behind the time: Z, ±HH, ±HHMM, ±HH:MM.
std::optional<std::string> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return "+00:00";
  if (text.size() < 3 || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const std::string_view hours = text.substr(1, 2);
  std::string_view minutes = text.substr(3);
  if (minutes.starts_with(':')) minutes.remove_prefix(1);
  if (text.size() == 3) minutes = "00";
  if (!two_digits(hours) || !two_digits(minutes)) return std::nullopt;
  return std::string(text.substr(0, 1)) + std::string(hours) + ":" + std::string(minutes);
}

struct Moment {
  std::string date;    // "2026-11-22"
  std::string time;    // "07:30:00"
  std::string offset;  // "+01:00"; empty: none is said
};

// The time of day in front of an offset or at the end: "7:30", "07:30:00", "07:30:00.25".
std::optional<std::string> clock_of(std::string_view text) {
  std::string clock(text.substr(0, text.find_first_of(".,")));
  if (clock.size() < text.size()) {
    const std::string_view fraction = text.substr(clock.size() + 1);
    if (fraction.empty() || fraction.find_first_not_of(kDigits) != std::string_view::npos)
      return std::nullopt;
  }
  if (clock.find(':') == 1) clock.insert(0, "0");
  return wire::full_time(clock);
}

std::optional<Moment> moment_of(std::string_view text) {
  text = stripped(text);
  if (!wire::is_date(text.substr(0, 10))) return std::nullopt;
  Moment moment;
  moment.date = text.substr(0, 10);
  moment.time = "00:00:00";
  if (text.size() == 10) return moment;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  std::string_view rest = text.substr(11);
  const auto end = std::min(rest.find_first_of("Zz+-"), rest.size());
  const auto clock = clock_of(stripped(rest.substr(0, end)));
  if (!clock) return std::nullopt;
  moment.time = *clock;
  if (end == rest.size()) return moment;
  const auto offset = offset_of(rest.substr(end));
  if (!offset) return std::nullopt;
  moment.offset = *offset;
  return moment;
}

std::optional<std::string> in_utc(const Moment& moment) {
  const auto time = wire::parse_time(moment.date + "T" + moment.time + moment.offset);
  if (!time) return std::nullopt;
  return wire::format_time(*time).substr(0, 19) + "+00:00";
}

}  // namespace

std::optional<std::string> date_text(std::string_view text) {
  const auto moment = moment_of(text);
  return moment ? std::optional(moment->date) : std::nullopt;
}

std::optional<std::string> time_text(std::string_view text) {
  text = stripped(text);
  if (auto clock = clock_of(text)) return clock;
  const auto moment = moment_of(text);
  return moment && text.size() > 10 ? std::optional(moment->time) : std::nullopt;
}

std::optional<std::string> utc_text(std::string_view text) {
  const auto moment = moment_of(text);
  return moment && !moment->offset.empty() ? in_utc(*moment) : std::nullopt;
}

std::optional<std::string> utc_text_or_naive(std::string_view text) {
  auto moment = moment_of(text);
  if (!moment) return std::nullopt;
  if (moment->offset.empty()) moment->offset = "+00:00";
  return in_utc(*moment);
}

std::optional<std::string> iso_text(std::string_view text) {
  const auto moment = moment_of(text);
  if (!moment) return std::nullopt;
  return moment->date + "T" + moment->time + moment->offset;
}

bool lacks_offset(std::string_view text) {
  const auto moment = moment_of(text);
  return moment && moment->offset.empty();
}

}  // namespace gable::discovery::platforms
