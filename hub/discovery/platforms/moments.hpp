#pragma once
// Dates and times as devices write them (ISO 8601), as texts in the form that Home Assistant's states have.

#include <optional>
#include <string>
#include <string_view>

namespace gable::discovery::platforms {

// "2026-11-22", of a date or of the date in a date and time.
std::optional<std::string> date_text(std::string_view text);
// "07:30:00", of "7:30", "07:30:00.5" or of the time in a date and time (its offset is not looked at).
std::optional<std::string> time_text(std::string_view text);
// "2026-11-22T06:30:00+00:00": whole seconds in UTC, of a date and time with an offset.
std::optional<std::string> utc_text(std::string_view text);
// The same, where a text without an offset is UTC.
std::optional<std::string> utc_text_or_naive(std::string_view text);
// A date and time, with or without an offset, as Python prints it in ISO form: a date alone is its midnight.
std::optional<std::string> iso_text(std::string_view text);
// A date and time (or a date) that says no offset.
bool lacks_offset(std::string_view text);

}  // namespace gable::discovery::platforms
