// Periods: how long `for:` holds and `delay:` waits, in every spelling.
#include <array>
#include <charconv>
#include <cmath>

#include "engine/scope.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;
using Micros = std::chrono::microseconds;

constexpr double kMicros = 1e6;
// A hundred years: longer is a mistake, and would not fit a deadline.
constexpr double kLongest = 100.0 * 366 * 24 * 3600;

std::optional<Micros> from_seconds(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongest) return std::nullopt;
  return Micros(std::llround(seconds * kMicros));
}

// "hh:mm", "hh:mm:ss" or "hh:mm:ss.f"; hours may be any number.
std::optional<Micros> from_clock(std::string_view text) {
  std::array<double, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (part.empty()) return std::nullopt;
    const auto read =
        std::from_chars(part.data(), part.data() + part.size(), parts[count], std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != part.data() + part.size() || parts[count] < 0)
      return std::nullopt;
    ++count;
    if (colon == text.npos) break;
    text.remove_prefix(colon + 1);
    if (count == parts.size()) return std::nullopt;
  }
  if (count < 2 || parts[1] >= 60 || parts[2] >= 60) return std::nullopt;
  return from_seconds(parts[0] * 3600 + parts[1] * 60 + parts[2]);
}

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array kUnits{Unit{"days", 86400},  Unit{"hours", 3600},        Unit{"minutes", 60},
                            Unit{"seconds", 1},   Unit{"milliseconds", 1e-3}, Unit{"microseconds", 1e-6},
                            Unit{"weeks", 604800}};

std::optional<Micros> from_map(const jinja::Dict& dict) {
  double seconds = 0;
  for (const jinja::Dict::Entry& entry : dict.entries()) {
    const std::string* name = entry.key.as_text();
    const std::optional<double> amount = jinja::to_real(entry.value);
    if (name == nullptr || !amount) return std::nullopt;
    bool known = false;
    for (const Unit& unit : kUnits) {
      if (unit.name != *name) continue;
      seconds += *amount * unit.seconds;
      known = true;
    }
    if (!known) return std::nullopt;
  }
  return dict.size() == 0 ? std::nullopt : from_seconds(seconds);
}

}  // namespace

std::optional<Micros> period_of(const Value& value) {
  if (const jinja::Dict* dict = value.as_dict()) return from_map(*dict);
  if (const std::string* text = value.as_text(); text != nullptr && text->find(':') != text->npos)
    return from_clock(*text);
  if (const auto* delta = value.as<jinja::Timedelta>()) {
    return from_seconds(delta->total_seconds());
  }
  if (value.is(Value::Kind::boolean)) return std::nullopt;
  const std::optional<double> seconds = jinja::to_real(value);
  return seconds ? from_seconds(*seconds) : std::nullopt;
}

}  // namespace gable::rules
