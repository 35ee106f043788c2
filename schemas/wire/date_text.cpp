#include "wire/date_text.hpp"
// See the header.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kDigits = "0123456789";

// All of `text` as a number of one to `longest` digits.
std::optional<int> digits(std::string_view text, std::size_t longest) {
  if (text.empty() || text.size() > longest || text.find_first_not_of(kDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

bool two_digits_up_to(std::string_view text, int largest) {
  const auto number = digits(text, 2);
  return number && text.size() == 2 && *number <= largest;
}

// [±][H]H…:MM[:SS[.fff]]; the parts may be any size, "0:90" is an hour and a half.
std::optional<double> clock_seconds(std::string_view text) {
  const double sign = text.starts_with('-') ? -1 : 1;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  constexpr std::size_t kDigitsOfAPart = 6;
  double fraction = 0;
  const std::size_t dot = text.find('.');
  if (dot != std::string_view::npos) {
    const auto part = digits(text.substr(dot + 1), kDigitsOfAPart);
    if (!part) return std::nullopt;
    fraction = *part / std::pow(10.0, static_cast<double>(text.size() - dot - 1));
    text = text.substr(0, dot);
  }
  const auto colons = std::ranges::count(text, ':');
  if (colons < 1 || colons > 2 || (fraction > 0 && colons == 1)) return std::nullopt;
  double seconds = 0;
  for (double unit = 3600;; unit /= 60) {
    const std::size_t colon = text.find(':');
    const auto part = digits(text.substr(0, colon), kDigitsOfAPart);
    if (!part) return std::nullopt;
    seconds += *part * unit;
    if (colon == std::string_view::npos) return sign * (seconds + fraction);
    text.remove_prefix(colon + 1);
  }
}

std::optional<double> amount_of(const Value& value) {
  Value number = value;
  if (const std::string* text = value.as_string(); text != nullptr && !parse_scalar(*text, number))
    return std::nullopt;
  return number.is_number() ? std::optional<double>(number.number_or(0)) : std::nullopt;
}

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array kUnits{Unit{"weeks", 604'800},    Unit{"days", 86'400}, Unit{"hours", 3'600},
                            Unit{"minutes", 60},       Unit{"seconds", 1},   Unit{"milliseconds", 1e-3},
                            Unit{"microseconds", 1e-6}};

std::optional<double> sum_of(const Object& parts) {
  double seconds = 0;
  for (const Member& part : parts) {
    const auto unit = std::ranges::find(kUnits, part.key, &Unit::name);
    const auto amount = amount_of(part.value);
    if (unit == kUnits.end() || !amount) return std::nullopt;
    seconds += *amount * unit->seconds;
  }
  return parts.empty() ? std::nullopt : std::optional<double>(seconds);
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = digits(text.substr(0, 4), 4);
  const auto month = digits(text.substr(5, 2), 2);
  const auto day = digits(text.substr(8, 2), 2);
  if (!year || !month || !day) return false;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok();
}

std::optional<std::string> full_time(std::string_view text) {
  std::string out(text);
  if (out.size() > 1 && out[1] == ':') out.insert(0, "0");
  if (out.size() == 5) out += ":00";
  const std::string_view full = out;
  if (full.size() != 8 || full[2] != ':' || full[5] != ':') return std::nullopt;
  if (!two_digits_up_to(full.substr(0, 2), 23) || !two_digits_up_to(full.substr(3, 2), 59) ||
      !two_digits_up_to(full.substr(6, 2), 59))
    return std::nullopt;
  return out;
}

bool is_datetime(std::string_view text) {
  if (parse_time(text)) return true;
  if (text.size() < 16 || (text[10] != ' ' && text[10] != 'T')) return false;
  return is_date(text.substr(0, 10)) && full_time(text.substr(11)).has_value();
}

std::optional<double> signed_duration_seconds(const Value& value) {
  // A hundred years: longer is a mistake, and would not fit a deadline.
  constexpr double kLongest = 100.0 * 366 * 24 * 3600;
  const std::string* text = value.as_string();
  const Object* parts = value.as_object();
  const auto seconds = parts != nullptr                                          ? sum_of(*parts)
                       : text != nullptr && text->find(':') != std::string::npos ? clock_seconds(*text)
                                                                                 : amount_of(value);
  return seconds && std::fabs(*seconds) <= kLongest ? seconds : std::nullopt;
}

std::optional<double> duration_seconds(const Value& value) {
  const auto seconds = signed_duration_seconds(value);
  return seconds && *seconds >= 0 ? seconds : std::nullopt;
}

}  // namespace gable::wire
