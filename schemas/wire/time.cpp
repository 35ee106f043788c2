// RFC 3339 times and durations for people. Pure; no clock, no time zone database.
#include "wire/time.hpp"

#include <array>
#include <charconv>
#include <cstdlib>

namespace gable::wire {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Takes pieces from the front of a text; once a piece is missing, `ok` stays false.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    if (rest_.size() < digits) return fail();
    int value = 0;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }

  // One character out of `any_of`; '\0' when it is another one.
  char take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
      ok_ = false;
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  [[nodiscard]] bool next_is_digit() const {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool ok() const { return ok_; }
  int fail() {
    ok_ = false;
    return 0;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

Duration take_fraction(Scanner& scanner) {
  if (!scanner.next_is('.')) return {};
  scanner.take(".");
  int value = 0;
  int count = 0;
  for (; scanner.next_is_digit(); ++count) {
    const int digit = scanner.number(1);
    if (count < 3) value = value * 10 + digit;
  }
  if (count == 0 || count > 9) scanner.fail();
  for (int i = count; i < 3; ++i) value *= 10;
  return Duration(value);
}

Duration take_time_of_day(Scanner& scanner) {
  const int hour = scanner.number(2);
  scanner.take(":");
  const int minute = scanner.number(2);
  scanner.take(":");
  const int second = scanner.number(2);
  // RFC 3339 writes a leap second as :60; here it is the same instant as the following :00.
  if (hour > 23 || minute > 59 || second > 60) scanner.fail();
  return hours(hour) + minutes(minute) + seconds(second) + take_fraction(scanner);
}

Duration take_offset(Scanner& scanner) {
  const char sign = scanner.take("Zz+-");
  if (sign != '+' && sign != '-') return {};
  const int hour = scanner.number(2);
  scanner.take(":");
  const int minute = scanner.number(2);
  if (hour > 23 || minute > 59) scanner.fail();
  const Duration offset = hours(hour) + minutes(minute);
  return sign == '-' ? -offset : offset;
}

constexpr Time first_time() { return std::chrono::sys_days{std::chrono::year{0} / std::chrono::January / 1}; }
constexpr Time end_time() {
  return std::chrono::sys_days{std::chrono::year{10000} / std::chrono::January / 1};
}

void write_digits(char* at, int width, unsigned value) {
  for (int i = width - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::string format_time(Time time) {
  // The four digits of RFC 3339 end here; a clock that is further off is wrong anyway.
  if (time < first_time()) time = first_time();
  if (time >= end_time()) time = end_time() - Duration(1);
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text = "0000-00-00T00:00:00.000Z";
  write_digits(text.data(), 4, static_cast<unsigned>(static_cast<int>(date.year())));
  write_digits(text.data() + 5, 2, static_cast<unsigned>(date.month()));
  write_digits(text.data() + 8, 2, static_cast<unsigned>(date.day()));
  write_digits(text.data() + 11, 2, static_cast<unsigned>(clock.hours().count()));
  write_digits(text.data() + 14, 2, static_cast<unsigned>(clock.minutes().count()));
  write_digits(text.data() + 17, 2, static_cast<unsigned>(clock.seconds().count()));
  write_digits(text.data() + 20, 3, static_cast<unsigned>(clock.subseconds().count()));
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.number(4);
  scanner.take("-");
  const int month = scanner.number(2);
  scanner.take("-");
  const int day = scanner.number(2);
  scanner.take("Tt ");
  const Duration time_of_day = take_time_of_day(scanner);
  const Duration offset = take_offset(scanner);
  if (!scanner.ok() || !scanner.at_end()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  const Time time = std::chrono::sys_days{date} + time_of_day - offset;
  if (time < first_time() || time >= end_time()) return std::nullopt;
  return time;
}

std::string format_duration(Duration duration) {
  const std::int64_t ms = std::abs(duration.count());
  const std::string sign = duration.count() < 0 ? "-" : "";
  struct Unit {
    std::int64_t below_ms;  // used for durations shorter than this
    std::int64_t ms;
    std::string_view name;
  };
  // Each unit serves until the next one says it well: 26 h is clearer than 1 day.
  constexpr std::array<Unit, 4> kUnits{{{1'000, 1, " ms"},
                                        {120'000, 1'000, " s"},
                                        {7'200'000, 60'000, " min"},
                                        {259'200'000, 3'600'000, " h"}}};
  for (const Unit& unit : kUnits) {
    if (ms < unit.below_ms) return sign + std::to_string((ms + unit.ms / 2) / unit.ms).append(unit.name);
  }
  constexpr std::int64_t kDay = 86'400'000;
  return sign + std::to_string(ms / kDay + (ms % kDay >= kDay / 2 ? 1 : 0)) + " days";
}

}  // namespace gable::wire
