// Dates and times of day, by the pattern of PyYAML's constructor and the limits of Python's datetime.

#include <array>
#include <cstdio>

#include "yaml/scalars.hpp"

namespace gable::rules::yaml {
namespace {

struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int microsecond = 0;
  int offset = 0;  // of the zone, in minutes
  bool has_time = false, has_zone = false;
};

// Takes `least` to `most` digits from the front.
bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& out) {
  std::size_t count = 0;
  out = 0;
  while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    out = out * 10 + (text[count++] - '0');
  }
  text.remove_prefix(count);
  return count >= least;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::size_t skip_blanks(std::string_view& text) {
  std::size_t count = text.find_first_not_of(" \t");
  if (count == std::string_view::npos) count = text.size();
  text.remove_prefix(count);
  return count;
}

bool take_clock(std::string_view& text, Moment& moment) {
  return take_number(text, 1, 2, moment.hour) && take(text, ':') && take_number(text, 2, 2, moment.minute) &&
         take(text, ':') && take_number(text, 2, 2, moment.second);
}

// Six digits count, further ones are dropped.
void take_fraction(std::string_view& text, Moment& moment) {
  int scale = 100'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    moment.microsecond += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
}

bool take_zone(std::string_view& text, Moment& moment) {
  skip_blanks(text);
  if (text.empty()) return false;
  moment.has_zone = true;
  if (take(text, 'Z')) return text.empty();
  const bool west = text.front() == '-';
  if (!take(text, '-') && !take(text, '+')) return false;
  int hours = 0, minutes = 0;
  if (!take_number(text, 1, 2, hours)) return false;
  if (take(text, ':') && !take_number(text, 2, 2, minutes)) return false;
  moment.offset = (hours * 60 + minutes) * (west ? -1 : 1);
  return text.empty();
}

std::optional<Moment> parse(std::string_view text) {
  Moment moment;
  if (!take_number(text, 4, 4, moment.year) || !take(text, '-') || !take_number(text, 1, 2, moment.month) ||
      !take(text, '-') || !take_number(text, 1, 2, moment.day)) {
    return std::nullopt;
  }
  if (text.empty()) return moment;
  moment.has_time = true;
  if (!take(text, 'T') && !take(text, 't') && skip_blanks(text) == 0) return std::nullopt;
  if (!take_clock(text, moment)) return std::nullopt;
  if (take(text, '.')) take_fraction(text, moment);
  if (!text.empty() && !take_zone(text, moment)) return std::nullopt;
  return moment;
}

int days_of(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

bool exists(const Moment& moment) {
  constexpr int kDayOfMinutes = 24 * 60;
  return moment.year >= 1 && moment.month >= 1 && moment.month <= 12 && moment.day >= 1 &&
         moment.day <= days_of(moment.year, moment.month) && moment.hour < 24 && moment.minute < 60 &&
         moment.second < 60 && moment.offset > -kDayOfMinutes && moment.offset < kDayOfMinutes;
}

template <class... Numbers>
std::string format(const char* form, Numbers... numbers) {
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), form, numbers...);
  return buffer.data();
}

}  // namespace

bool is_timestamp(std::string_view text) {
  // A bare date needs two digits for month and day; with a time of day one is enough.
  const auto moment = parse(text);
  constexpr std::size_t kBareDate = 10;
  return moment && (moment->has_time || text.size() == kBareDate);
}

std::optional<std::string> timestamp_text(std::string_view text) {
  const auto moment = parse(text);
  if (!moment || !exists(*moment)) return std::nullopt;
  std::string out = format("%04d-%02d-%02d", moment->year, moment->month, moment->day);
  if (!moment->has_time) return out;
  out += format(" %02d:%02d:%02d", moment->hour, moment->minute, moment->second);
  if (moment->microsecond != 0) out += format(".%06d", moment->microsecond);
  if (!moment->has_zone) return out;
  const int offset = moment->offset < 0 ? -moment->offset : moment->offset;
  return out + format("%c%02d:%02d", moment->offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

}  // namespace gable::rules::yaml
