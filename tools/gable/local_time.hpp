#pragma once
// Times as people on this machine read them. Stateless.

#include <string>
#include <string_view>

#include "wire/time.hpp"

namespace gable::cli {

// "17:05:30.118", in this machine's time zone.
std::string clock_text(wire::Time time);
// "today 17:05:30", or "2026-11-22 17:05:30".
std::string moment_text(wire::Time time, wire::Time now);
// "3 min ago" of an RFC 3339 text; empty when there is none.
std::string ago(std::string_view time, wire::Time now);
// moment_text() of an RFC 3339 text; the text itself when it cannot be read.
std::string moment_of(std::string_view time, wire::Time now);
wire::Time wall_clock();

}  // namespace gable::cli
