#pragma once
// Values that the variable `trigger` is made of.

#include <chrono>
#include <optional>
#include <string_view>

#include "engine/scope.hpp"

namespace gable::rules {

jinja::Value period_value(std::chrono::microseconds period);
// What the clocks of the house show then.
jinja::Value date_value(Instant when, const jinja::TimeZone& zone);
// None where there is no state.
jinja::Value state_or_none(std::string_view entity, const std::optional<StateSnapshot>& state);
jinja::Value text_or_none(std::string_view text);
// What Home Assistant's template trigger takes as true: true, "yes", "on", "enable", "1", a number that is
// not 0.
bool counts_as_true(const jinja::Value& value);
// unavailable or unknown.
bool is_absent(std::string_view state);

}  // namespace gable::rules
