#pragma once
// strptime: text as a date by a format, as Python's _strptime reads it. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "template/evaluate/budget.hpp"
#include "template/time/zone.hpp"

namespace gable::rules::jinja {

struct ParsedMoment {
  WallTime wall;
  Zone zone;  // of %z; none without it
};

struct StrptimeInput {
  std::string_view text;
  std::string_view format;
  // What %Z accepts besides UTC and GMT: what the house's clocks are called.
  std::vector<std::string> zone_names;
};

// ValueError, worded as Python's. Charges the budget for what is tried.
[[nodiscard]] ParsedMoment strptime(Budget& budget, const StrptimeInput& input);

}  // namespace gable::rules::jinja
