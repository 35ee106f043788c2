#pragma once
// strftime: dates as text by Python's directives, in the C locale, with the flags (-, _, 0, ^, #) and widths
// that people know from glibc: "%-d. %B", "%H:%M". Pure.

#include <string>
#include <string_view>

#include "template/time/zone.hpp"

namespace gable::rules::jinja {

struct StrftimeInput {
  WallTime wall;
  Zone zone;   // for %z and %Z; none: these are empty
  Zone house;  // for %s, which takes what the clocks show as the house's time
};

// What is no directive is copied. Text that would be longer than Python makes it is empty, as there.
[[nodiscard]] std::string strftime(std::string_view format, const StrftimeInput& input);

}  // namespace gable::rules::jinja
