#pragma once
// Dates and times as text: ISO 8601 as Python's isoformat() and fromisoformat() have it. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/time/civil.hpp"
#include "template/time/zone.hpp"

namespace gable::rules::jinja {

// With leading zeros up to `width`; number ≥ 0.
void append_number(std::int64_t number, int width, std::string& out);

// "2026-01-15"
[[nodiscard]] std::string iso_date(const CivilDate& date);
// "12:34:56.789000"; `timespec` as in Python: "auto", "hours", "minutes", "seconds", "milliseconds",
// "microseconds". ValueError for others.
[[nodiscard]] std::string iso_time(const DayTime& time, std::string_view timespec);

struct ParsedTime {
  DayTime time;  // not checked
  std::optional<std::int64_t> offset;
};

struct ParsedDateTime {
  std::int64_t days = 0;
  ParsedTime time;
};

// Of fromisoformat(): nothing when the text is no ISO date or time. Throws ValueError where Python has
// another text for it (a day that the month does not have).
[[nodiscard]] std::optional<std::int64_t> parse_iso_date(std::string_view text);
[[nodiscard]] std::optional<ParsedTime> parse_iso_time(std::string_view text);
[[nodiscard]] std::optional<ParsedDateTime> parse_iso_datetime(std::string_view text);

}  // namespace gable::rules::jinja
