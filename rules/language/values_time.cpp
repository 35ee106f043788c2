// Periods, offsets, times of day, weekdays.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "language/values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

// A hundred years: longer is a mistake, and would not fit a deadline.
constexpr double kLongest = 100.0 * 366 * 24 * 3600;
constexpr std::string_view kPeriodForms =
    "expected seconds, \"hh:mm:ss\", or a map of days, hours, minutes, seconds, milliseconds";

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array kUnits{Unit{"days", 86400}, Unit{"hours", 3600}, Unit{"minutes", 60}, Unit{"seconds", 1},
                            Unit{"milliseconds", 1e-3}};
constexpr std::array<std::string_view, 5> kUnitNames{"days", "hours", "minutes", "seconds", "milliseconds"};

std::optional<double> unit_seconds(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.seconds;
  }
  return std::nullopt;
}

// A part of a clock's text as Python's int() reads it, without a sign.
std::optional<int> whole(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.front() == '-' || read.ec != std::errc() || read.ptr != text.data() + text.size())
    return std::nullopt;
  return number;
}

struct Clock {
  std::string_view hours, minutes, seconds;  // seconds may be absent
};

std::optional<Clock> clock_parts(std::string_view text) {
  const std::size_t first = text.find(':');
  if (first == text.npos) return std::nullopt;
  const std::size_t second = text.find(':', first + 1);
  if (second == text.npos) return Clock{text.substr(0, first), text.substr(first + 1), {}};
  if (text.find(':', second + 1) != text.npos) return std::nullopt;
  return Clock{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

// "hh:mm", "hh:mm:ss", "hh:mm:ss.f", with a sign. Minutes and seconds beyond 59 count as Home Assistant
// counts them: "00:90:00" is an hour and a half.
std::optional<double> clock_seconds(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::optional<Clock> clock = clock_parts(text);
  if (!clock) return std::nullopt;
  const std::optional<int> hours = whole(clock->hours);
  const std::optional<int> minutes = whole(clock->minutes);
  const bool bare = clock->seconds.empty() && !text.ends_with(':');
  const std::optional<double> seconds =
      bare ? std::optional<double>(0) : jinja::to_real(Value(clock->seconds));
  if (!hours || !minutes || !seconds) return std::nullopt;
  const double total = *hours * 3600.0 + *minutes * 60.0 + *seconds;
  return negative ? -total : total;
}

std::optional<double> scalar_seconds(const Value& value) {
  if (value.is(Value::Kind::boolean)) return std::nullopt;
  const std::string* text = value.as_text();
  const auto seconds =
      text != nullptr && text->find(':') != text->npos ? clock_seconds(*text) : jinja::to_real(value);
  if (!seconds || !std::isfinite(*seconds) || std::abs(*seconds) > kLongest) return std::nullopt;
  return seconds;
}

// Base 60 has made a number of 10:00: of seconds, where hours and minutes were meant.
void warn_of_base_60(Reading& reading, yaml::Node node, std::string_view what) {
  if (node.kind() != yaml::Kind::integer) return;
  const std::string_view written = node.written();
  if (std::count(written.begin(), written.end(), ':') != 1) return;
  reading.warn(node, "quote_time",
               std::string(what) + ": " + shown(node) + " without quotes is the number " +
                   yaml::text_of(node) + ", so many seconds",
               "\"" + std::string(written) + "\"");
}

void check_units(Reading& reading, yaml::Node map, std::string_view what) {
  for (const yaml::Entry& entry : map.entries()) {
    const std::string name = yaml::text_of(entry.key);
    if (unit_seconds(name)) continue;
    const std::string_view near = wire::nearest(name, kUnitNames);
    reading.error(entry.key, "unknown_key",
                  std::string(what) + " has no unit '" + name +
                      "'; expected days, hours, minutes, seconds or milliseconds",
                  std::string(near));
  }
  if (map.empty()) reading.error(map, "bad_period", std::string(what) + ": " + std::string(kPeriodForms));
}

// The sum of a map's units; nothing, after an error, when one is no number.
std::optional<double> map_seconds(Reading& reading, yaml::Node map, std::string_view what) {
  double total = 0;
  for (const yaml::Entry& entry : map.entries()) {
    const Value value = plain_value(reading, entry.value);
    const std::optional<double> amount =
        value.is(Value::Kind::boolean) ? std::nullopt : jinja::to_real(value);
    const std::string name = yaml::text_of(entry.key);
    if (!amount || !std::isfinite(*amount)) {
      reading.error(entry.value, "bad_period",
                    std::string(what) + ": expected a number of " + name + ", got " + shown(entry.value));
      return std::nullopt;
    }
    total += *amount * unit_seconds(name).value_or(0);
  }
  if (std::abs(total) <= kLongest) return total;
  reading.error(map, "bad_period", std::string(what) + ": that is more than a hundred years");
  return std::nullopt;
}

// Whole seconds stay integers, as people wrote them.
Value seconds_value(double seconds) {
  if (std::floor(seconds) == seconds) return static_cast<std::int64_t>(seconds);
  return seconds;
}

// Of a map in which some units are templates: the others must be numbers.
void check_literal_units(Reading& reading, yaml::Node map, std::string_view what, const Templated& period) {
  if (period.kind() != Templated::Kind::map) return;
  std::size_t place = 0;
  for (const yaml::Entry& entry : map.entries()) {
    const Templated& amount = period.entries()[place++].second;
    if (!amount.is_literal() || jinja::to_real(amount.literal())) continue;
    reading.error(entry.value, "bad_period",
                  std::string(what) + ": expected a number of " + yaml::text_of(entry.key) + ", got " +
                      shown(entry.value));
  }
}

// Seconds of a period without templates; nothing after an error.
std::optional<double> literal_seconds(Reading& reading, yaml::Node node, std::string_view what) {
  if (node.is_map()) return map_seconds(reading, node, what);
  const std::optional<double> seconds =
      node.is_scalar() ? scalar_seconds(plain_value(reading, node)) : std::nullopt;
  if (!seconds) {
    reading.error(node, "bad_period",
                  std::string(what) + ": " + shown(node) + " is no period; " + std::string(kPeriodForms));
    return std::nullopt;
  }
  warn_of_base_60(reading, node, what);
  return seconds;
}

}  // namespace

Period read_period(Reading& reading, yaml::Node node, std::string_view what) {
  const std::size_t before = reading.errors();
  if (node.is_map()) check_units(reading, node, what);
  Templated period = templated_value(reading, node);
  if (reading.errors() != before) return period;
  if (!period.is_literal()) {
    check_literal_units(reading, node, what, period);
    return period;
  }
  const std::optional<double> seconds = literal_seconds(reading, node, what);
  if (!seconds) return period;
  if (*seconds < 0)
    reading.error(node, "bad_period", std::string(what) + ": expected a period, got a negative one");
  Period result{seconds_value(*seconds)};
  result.place = period.place;
  return result;
}

std::chrono::seconds read_offset(Reading& reading, yaml::Node node, std::string_view what) {
  const std::size_t before = reading.errors();
  if (node.is_map()) check_units(reading, node, what);
  if (reading.errors() != before) return {};
  const std::optional<double> seconds = literal_seconds(reading, node, what);
  return std::chrono::seconds(std::llround(seconds.value_or(0)));
}

std::optional<std::chrono::seconds> read_time_of_day(Reading& reading, yaml::Node node,
                                                     std::string_view what) {
  if (node.kind() == yaml::Kind::integer) {
    const std::string quoted = "\"" + std::string(node.written()) + "\"";
    reading.error(node, "quote_time",
                  std::string(what) + ": without quotes " + shown(node) + " is the number " +
                      yaml::text_of(node) + "; write it as " + quoted,
                  quoted);
    return std::nullopt;
  }
  const std::string text = node.is_text() ? yaml::text_of(node) : std::string();
  const std::optional<Clock> clock = clock_parts(text);
  const std::optional<int> hours = clock ? whole(clock->hours) : std::nullopt;
  const std::optional<int> minutes = clock ? whole(clock->minutes) : std::nullopt;
  const bool bare = clock && clock->seconds.empty() && !text.ends_with(':');
  const std::optional<int> seconds = bare    ? std::optional<int>(0)
                                     : clock ? whole(clock->seconds)
                                             : std::nullopt;
  if (hours && minutes && seconds && *hours < 24 && *minutes < 60 && *seconds < 60)
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
  reading.error(
      node, "bad_time",
      std::string(what) + ": expected a time of day like \"07:30\" or \"07:30:00\", got " + shown(node));
  return std::nullopt;
}

Weekdays read_weekdays(Reading& reading, yaml::Node node) {
  const std::initializer_list<std::string_view> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  Weekdays days = 0;
  const auto add = [&](yaml::Node day) {
    const std::string name = read_choice(reading, day, "weekday", kDays);
    std::size_t number = 0;
    for (const std::string_view known : kDays) {
      if (known == name) days = static_cast<Weekdays>(days | (1U << number));
      ++number;
    }
  };
  if (node.is_list()) {
    for (const yaml::Node day : node.items()) add(day);
  } else {
    add(node);
  }
  return days;
}

}  // namespace gable::rules
