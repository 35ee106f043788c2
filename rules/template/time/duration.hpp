#pragma once
// Lengths of time as people write and read them. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/time/timedelta.hpp"

namespace gable::rules::jinja {

// "1 day, 02:03:04.5", "-5:00", "90", ISO 8601 "P1DT2H3M4S", "3 days 04:05:06": what Home Assistant's
// as_timedelta() takes. Nothing for other text.
[[nodiscard]] std::optional<Timedelta::Wide> parse_duration(std::string_view text);

// "2 hours 5 minutes": the `precision` largest units, the last one rounded; 0: all of them. seconds ≥ 0.
[[nodiscard]] std::string duration_text(double seconds, std::int64_t precision);

}  // namespace gable::rules::jinja
