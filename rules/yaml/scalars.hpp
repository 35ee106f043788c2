#pragma once
// What PyYAML's safe loader (YAML 1.1) makes of a scalar: its kind, its number, and what Python's str()
// prints of it. Knows nothing of trees.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gable::rules::yaml {

enum class Kind : std::uint8_t { null, boolean, integer, real, text, timestamp, list, map };

// "null", "boolean", "integer", "number", "text", "timestamp", "list", "map": for messages to people.
std::string_view to_string(Kind kind);

// What a plain scalar (neither quoted nor tagged) is taken for.
enum class Plain : std::uint8_t {
  null,
  boolean,
  integer,
  real,
  text,
  timestamp,
  merge,  // <<
  equals  // =, which YAML 1.1 reserves: a text as a key, else nothing
};
Plain resolve_plain(std::string_view text);

// Python's own limit for the digits of an integer; a longer one is refused.
inline constexpr std::size_t kIntegerDigits = 4300;

// yes no on off true false, in any case: which cases are read without a tag, resolve_plain knows.
std::optional<bool> boolean_of(std::string_view text);

// Any text that resolve_plain takes for an integer: decimal, 0b, 0x, octal with a leading 0, base 60. Nothing
// where PyYAML fails (0x_) or there are too many digits; nothing for int64 when it does not fit.
std::optional<std::int64_t> integer_of(std::string_view text);
// The same in decimal digits, of any size.
std::optional<std::string> decimal_of(std::string_view text);

// Any text that resolve_plain takes for a real, or a decimal number as Python's float() reads it; infinities
// and nan as .inf and .nan.
std::optional<double> real_of(std::string_view text);
// As Python prints a float: 21.5, 1e+16, inf, nan.
std::string real_text(double number);

// True for the form of a date or datetime, though its day may be on no calendar.
bool is_timestamp(std::string_view text);
// As Python prints the date or datetime: 2026-01-02, 2026-01-02 03:04:05.500000+01:00. Nothing for a text
// that is none, or a day that no calendar has.
std::optional<std::string> timestamp_text(std::string_view text);

}  // namespace gable::rules::yaml
