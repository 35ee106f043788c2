// From fields to a moment.

#include "template/time/date_fields.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "template/time/civil.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

int number_of(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<int> number(const FieldTexts& fields, char directive) {
  return fields.has(directive) ? std::optional(number_of(fields[directive])) : std::nullopt;
}

template <typename Names>
int index_of(std::string_view text, const Names& names) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  for (std::size_t i = 0; i < names.size(); ++i) {
    // The abbreviations begin as the names do, and no two alike.
    if (std::equal(text.begin(), text.begin() + 3, names[i].begin(), same)) return static_cast<int>(i);
  }
  return 0;
}

// Monday is 0.
std::optional<int> weekday(const FieldTexts& fields) {
  switch (const char directive = fields.last_of("Aawu")) {
    case 'A':
    case 'a':
      return index_of(fields[directive], kWeekdays);
    case 'w':  // Sunday is 0
      return (number_of(fields['w']) + 6) % 7;
    case 'u':
      return number_of(fields['u']) - 1;
    default:
      return std::nullopt;
  }
}

int month(const FieldTexts& fields) {
  const char directive = fields.last_of("mBb");
  if (directive == '\0') return 1;
  return directive == 'm' ? number_of(fields['m']) : index_of(fields[directive], kMonths) + 1;
}

int hour(const FieldTexts& fields) {
  const char directive = fields.last_of("HI");
  if (directive != 'I') return number(fields, 'H').value_or(0);
  const bool afternoon = fields.has('p') && (fields['p'].front() | 0x20) == 'p';
  return number_of(fields['I']) % 12 + (afternoon ? 12 : 0);
}

int microsecond(std::string_view digits) {
  int number = number_of(digits);
  for (std::size_t i = digits.size(); i < 6; ++i) number *= 10;
  return number;
}

std::optional<int> year(const FieldTexts& fields) {
  const char directive = fields.last_of("Yy");
  if (directive == '\0') return std::nullopt;
  const int year = number_of(fields[directive]);
  if (directive == 'Y') return year;
  return year + (year <= 68 ? 2000 : 1900);
}

void check_iso_fields(const FieldTexts& fields, bool has_year) {
  constexpr std::string_view kWeekdayHint = "a weekday directive ('%A', '%a', '%w', or '%u').";
  const bool has_weekday = weekday(fields).has_value();
  if (!has_year && fields.has('G')) {
    if (!fields.has('V') || !has_weekday) {
      throw_value_error("ISO year directive '%G' must be used with the ISO week directive '%V' and " +
                        std::string(kWeekdayHint));
    }
    if (fields.has('j')) {
      throw_value_error(
          "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.");
    }
  } else if (!fields.has('U') && !fields.has('W') && fields.has('V')) {
    if (!has_weekday) {
      throw_value_error("ISO week directive '%V' must be used with the ISO year directive '%G' and " +
                        std::string(kWeekdayHint));
    }
    throw_value_error(
        "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' "
        "instead.");
  }
}

void check_year(std::int64_t year) {
  if (year < 1 || year > 9999) throw_value_error("year " + std::to_string(year) + " is out of range");
}

// The day of week number `week` (%U: weeks begin on Sunday, %W: on Monday); week 0 is before the first.
std::int64_t day_of_week_number(int year, const FieldTexts& fields, int weekday) {
  check_year(year);
  const char directive = fields.last_of("UW");
  const int shift = directive == 'W' ? 0 : 1;
  const int week = number_of(fields[directive]);
  const std::int64_t january_1 = days_of(CivilDate{year, 1, 1});
  const int first = (weekday_of(january_1) + shift) % 7;
  const int day = (weekday + shift) % 7;
  if (week == 0) return january_1 + day - first;
  return january_1 + (7 - first) % 7 + 7 * (week - 1) + day;
}

// By the day of the year, where the fields say one in one way or the other.
std::optional<std::int64_t> day_by_year(const FieldTexts& fields, int year) {
  if (const auto j = number(fields, 'j')) {
    check_year(year);
    return days_of(CivilDate{year, 1, 1}) + *j - 1;
  }
  const auto day = weekday(fields);
  if (!day) return std::nullopt;
  if (fields.has('U') || fields.has('W')) return day_of_week_number(year, fields, *day);
  if (!fields.has('G') || !fields.has('V')) return std::nullopt;
  const int iso_year = number_of(fields['G']);
  check_year(iso_year);
  const std::int64_t january_4 = days_of(CivilDate{iso_year, 1, 4});
  return january_4 - weekday_of(january_4) + 7 * (number_of(fields['V']) - 1) + *day;
}

std::int64_t day_of(const FieldTexts& fields) {
  const std::optional<int> given = year(fields);
  check_iso_fields(fields, given.has_value());
  const int day = number(fields, 'd').value_or(1);
  const int year = given.value_or(1900);
  if (const auto found = day_by_year(fields, year)) {
    check_year(*found < kFirstDay ? 0 : *found > kLastDay ? 10'000 : 1);
    return *found;
  }
  check_date(year, month(fields), day);
  return days_of(CivilDate{year, month(fields), day});
}

Zone zone_of_text(std::string_view text) {
  if (text == "Z") return Zone::utc();
  std::string digits;
  const bool colon = text[3] == ':';
  if (colon && text.size() > 6 && text[6] != ':') {
    throw_value_error("Inconsistent use of : in " + std::string(text));
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  for (const char c : text.substr(0, point)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const std::string_view parts(digits);
  const std::int64_t seconds =
      number_of(parts.substr(0, 2)) * 3600 + number_of(parts.substr(2, 2)) * 60 + number_of(parts.substr(4));
  std::int64_t offset = seconds * kSecond;
  if (point < text.size()) offset += microsecond(text.substr(point + 1));
  return Zone::fixed(text[0] == '-' ? -offset : offset);
}

}  // namespace

ParsedMoment moment_of(const FieldTexts& fields) {
  DayTime time;
  time.hour = hour(fields);
  time.minute = number(fields, 'M').value_or(0);
  time.second = number(fields, 'S').value_or(0);
  if (fields.has('f')) time.microsecond = microsecond(fields['f']);
  const std::int64_t day = day_of(fields);
  const Zone zone = fields.has('z') ? zone_of_text(fields['z']) : Zone{};
  check_time(time.hour, time.minute, time.second, time.microsecond);
  return {{day * kDay + micros_of(time), false}, zone};
}

}  // namespace gable::rules::jinja
