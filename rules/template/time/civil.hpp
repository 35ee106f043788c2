#pragma once
// The civil calendar: days, dates, times of day and ISO weeks, as Python's datetime counts them (years 1 to
// 9999, no leap seconds). Numbers only; pure.

#include <array>
#include <cstdint>
#include <string_view>

namespace gable::rules::jinja {

inline constexpr std::int64_t kSecond = 1'000'000;  // all lengths of time are microseconds
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

// Days are counted from 1970-01-01.
inline constexpr std::int64_t kFirstDay = -719'162;  // 0001-01-01
inline constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31

// In English, whatever the house speaks: Python's C locale.
inline constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                           "Friday", "Saturday", "Sunday"};
inline constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
};

struct DayTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int microsecond = 0;
};

struct IsoWeek {
  int year = 1970;
  int week = 1;
  int weekday = 4;  // Monday is 1
};

[[nodiscard]] constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

// Of a date that exists.
[[nodiscard]] std::int64_t days_of(const CivilDate& date);
[[nodiscard]] CivilDate date_of(std::int64_t days);
// Of 0 ≤ micros < kDay.
[[nodiscard]] DayTime day_time_of(std::int64_t micros);
[[nodiscard]] std::int64_t micros_of(const DayTime& time);

[[nodiscard]] bool is_leap(int year);
[[nodiscard]] int days_in_month(int year, int month);
[[nodiscard]] int weekday_of(std::int64_t days);   // Monday is 0
[[nodiscard]] int day_of_year(std::int64_t days);  // from 1
[[nodiscard]] IsoWeek iso_week_of(std::int64_t days);

// ValueError, worded as Python's.
void check_date(std::int64_t year, std::int64_t month, std::int64_t day);
void check_time(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t microsecond);
// ValueError for a week or day that the year does not have.
[[nodiscard]] std::int64_t days_of(const IsoWeek& week);

}  // namespace gable::rules::jinja
