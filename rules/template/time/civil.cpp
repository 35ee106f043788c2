// The civil calendar, on <chrono>'s.

#include "template/time/civil.hpp"

#include <chrono>
#include <string>

#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

namespace chr = std::chrono;

chr::year_month_day as_chrono(const CivilDate& date) {
  return {chr::year(date.year), chr::month(static_cast<unsigned>(date.month)),
          chr::day(static_cast<unsigned>(date.day))};
}

void check_range(std::int64_t number, std::int64_t most, std::string_view text) {
  if (number < 0 || number > most) throw_value_error(std::string(text));
}

// Monday of week 1: the week with the year's first Thursday.
std::int64_t first_monday(int year) {
  const std::int64_t january_4 = days_of(CivilDate{year, 1, 4});
  return january_4 - weekday_of(january_4);
}

}  // namespace

std::int64_t days_of(const CivilDate& date) {
  return chr::sys_days(as_chrono(date)).time_since_epoch().count();
}

CivilDate date_of(std::int64_t days) {
  const chr::year_month_day date(chr::sys_days(chr::days(static_cast<chr::days::rep>(days))));
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

DayTime day_time_of(std::int64_t micros) {
  return {static_cast<int>(micros / kHour), static_cast<int>(micros / kMinute % 60),
          static_cast<int>(micros / kSecond % 60), static_cast<int>(micros % kSecond)};
}

std::int64_t micros_of(const DayTime& time) {
  return time.hour * kHour + time.minute * kMinute + time.second * kSecond + time.microsecond;
}

bool is_leap(int year) { return chr::year(year).is_leap(); }

int days_in_month(int year, int month) {
  const chr::year_month_day_last last(chr::year(year),
                                      chr::month_day_last(chr::month(static_cast<unsigned>(month))));
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

int weekday_of(std::int64_t days) {
  const std::int64_t from_monday = days + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(from_monday - 7 * floor_divide(from_monday, 7));
}

int day_of_year(std::int64_t days) {
  return static_cast<int>(days - days_of(CivilDate{date_of(days).year, 1, 1})) + 1;
}

IsoWeek iso_week_of(std::int64_t days) {
  int year = date_of(days).year;
  std::int64_t first = first_monday(year);
  if (days < first) {
    first = first_monday(--year);
  } else if (const std::int64_t next = first_monday(year + 1); days >= next) {
    first = next;
    ++year;
  }
  return {year, static_cast<int>((days - first) / 7) + 1, weekday_of(days) + 1};
}

void check_date(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999) throw_value_error("year " + std::to_string(year) + " is out of range");
  if (month < 1 || month > 12) throw_value_error("month must be in 1..12");
  if (day < 1 || day > days_in_month(static_cast<int>(year), static_cast<int>(month))) {
    throw_value_error("day is out of range for month");
  }
}

void check_time(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t microsecond) {
  check_range(hour, 23, "hour must be in 0..23");
  check_range(minute, 59, "minute must be in 0..59");
  check_range(second, 59, "second must be in 0..59");
  check_range(microsecond, kSecond - 1, "microsecond must be in 0..999999");
}

std::int64_t days_of(const IsoWeek& week) {
  if (week.year < 1 || week.year > 9999) {
    throw_value_error("Year is out of range: " + std::to_string(week.year));
  }
  const std::int64_t first = first_monday(week.year);
  if (week.week < 1 || first + 7 * (week.week - 1) >= first_monday(week.year + 1)) {
    throw_value_error("Invalid week: " + std::to_string(week.week));
  }
  if (week.weekday < 1 || week.weekday > 7) {
    throw_value_error("Invalid weekday: " + std::to_string(week.weekday) + " (range is [1, 7])");
  }
  return first + 7 * (week.week - 1) + week.weekday - 1;
}

}  // namespace gable::rules::jinja
