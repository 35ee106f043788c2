// Dates as templates know them: functions, filters and tests. What has the time of this rendering in it says
// so: reads().time().

#include <algorithm>
#include <array>
#include <cmath>

#include "template/callables/date_arguments.hpp"
#include "template/time/date.hpp"
#include "template/time/duration.hpp"
#include "template/time/strftime.hpp"
#include "template/time/text.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

Zone house(Evaluation& evaluation) { return Zone::local(evaluation.clock()); }

std::int64_t present(Evaluation& evaluation) {
  evaluation.reads().time();
  return evaluation.clock().now.time_since_epoch().count();
}

Value now(Evaluation& evaluation, const Bound&) {
  return datetime_at(present(evaluation), house(evaluation));
}

Value utcnow(Evaluation& evaluation, const Bound&) { return datetime_at(present(evaluation), Zone::utc()); }

// "7:30" and "7:30:00", which fromisoformat() does not take but Home Assistant does.
std::optional<std::int64_t> plain_time(std::string_view text) {
  std::array<std::int64_t, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::optional<Value> number = to_integer(Value(text.substr(0, colon)));
    if (!number || !small_integer(*number, parts[count++])) return std::nullopt;
    text.remove_prefix(colon);
    if (text.empty()) break;
    text.remove_prefix(1);
    if (count == parts.size()) return std::nullopt;
  }
  const auto within = [](std::int64_t n, std::int64_t most) { return n >= 0 && n <= most; };
  if (count < 2 || !within(parts[0], 23) || !within(parts[1], 59) || !within(parts[2], 59)) {
    return std::nullopt;
  }
  return parts[0] * kHour + parts[1] * kMinute + parts[2] * kSecond;
}

Value today_at(Evaluation& evaluation, const Bound& arguments) {
  const Zone zone = house(evaluation);
  const std::int64_t day = floor_divide(wall_time(zone, present(evaluation)).local, kDay) * kDay;
  if (!arguments.has(0) || !truth(arguments[0])) return make_datetime({day, false}, zone);
  const std::string_view text = text_argument(arguments[0], "fromisoformat");
  if (const std::optional<ParsedTime> parsed = parse_iso_time(text)) {
    const DayTime& time = parsed->time;
    check_time(time.hour, time.minute, time.second, time.microsecond);
    return make_datetime({day + micros_of(time), false}, zone);
  }
  const std::optional<std::int64_t> time = plain_time(text);
  if (!time) throw_value_error("could not convert str to datetime: '" + std::string(text) + "'");
  return make_datetime({day + *time, false}, zone);
}

// ---------------------------------------------------------------- conversions

// fromisoformat(), for which "Z" is another way to write "+00:00".
std::optional<Value> datetime_of_text(std::string_view text) {
  std::string iso;
  for (const char c : text) {
    if (c == 'Z') {
      iso += "+00:00";
    } else {
      iso += c;
    }
  }
  try {
    return datetime_from_iso(iso);
  } catch (const EvaluationError& error) {
    if (error.error_class() != ErrorClass::value_error) throw;
    return std::nullopt;
  }
}

// An instant in seconds; nothing where Python has a ValueError or an OverflowError.
std::optional<Value> datetime_of_seconds(double seconds, const Zone& zone) {
  try {
    return datetime_at_seconds(seconds, zone);
  } catch (const EvaluationError& error) {
    if (error.error_class() == ErrorClass::os_error) throw;
    return std::nullopt;
  }
}

// A datetime, or nothing where as_datetime() takes its default.
std::optional<Value> to_datetime(const Value& value) {
  require_defined(value);
  if (value.as<DateTime>() != nullptr) return value;
  if (const auto* const date = value.as<Date>()) {
    return make_datetime({date->days() * kDay, false}, Zone::utc());
  }
  if (const std::optional<double> seconds = to_real(value)) {
    if (auto when = datetime_of_seconds(*seconds, Zone::utc())) return when;
  }
  const std::string* text = value.as_text();
  return text == nullptr ? std::nullopt : datetime_of_text(*text);
}

Value as_datetime(Evaluation&, const Bound& arguments) {
  if (std::optional<Value> when = to_datetime(arguments[0])) return *std::move(when);
  if (arguments.has(1)) return arguments[1];
  // Text was always None, before there was a default.
  if (arguments[0].as_text() == nullptr) throw_no_default("as_datetime", arguments[0]);
  return None{};
}

Value as_timestamp(Evaluation& evaluation, const Bound& arguments) {
  if (const std::optional<Value> when = to_datetime(arguments[0])) {
    return timestamp_of(*when->as<DateTime>(), house(evaluation));
  }
  if (!arguments.has(1)) throw_no_default("as_timestamp", arguments[0]);
  return arguments[1];
}

Value as_local(Evaluation& evaluation, const Bound& arguments) {
  require_defined(arguments[0]);
  const auto* const when = arguments[0].as<DateTime>();
  if (when == nullptr) {
    throw_error(ErrorClass::attribute_error,
                "'" + std::string(type_name(arguments[0])) + "' object has no attribute 'tzinfo'");
  }
  const Zone zone = house(evaluation);
  if (!when->aware()) return make_datetime(when->wall(), zone);
  return when->zone() == zone ? arguments[0] : datetime_at(when->utc(), zone);
}

Value as_timedelta(Evaluation&, const Bound& arguments) {
  if (!truth(arguments[0])) return None{};
  const std::string* text = arguments[0].as_text();
  if (text == nullptr) {
    throw_type_error("expected string or bytes-like object, got '" + std::string(type_name(arguments[0])) +
                     "'");
  }
  const auto micros = parse_duration(*text);
  return micros ? make_timedelta(*micros) : Value(None{});
}

Value parse_time(Evaluation& evaluation, const Bound& arguments) {
  try {
    return parse_by_format(evaluation, text_argument(arguments[0], "strptime"),
                           text_argument(arguments[1], "strptime"));
  } catch (const EvaluationError& error) {
    const ErrorClass error_class = error.error_class();
    if (error_class != ErrorClass::value_error && error_class != ErrorClass::type_error) throw;
    if (!arguments.has(2)) throw_no_default("strptime", arguments[0]);
    return arguments[2];
  }
}

Value timedelta(Evaluation&, const Bound& arguments) {
  const auto part = [&arguments](std::size_t i) { return arguments.has(i) ? &arguments[i] : nullptr; };
  return make_timedelta({part(0), part(1), part(2), part(3), part(4), part(5), part(6)});
}

// ---------------------------------------------------------------- timestamps as text

std::optional<Value> datetime_of_number(const Value& value, const Zone& zone) {
  require_defined(value);
  const std::optional<double> seconds = to_real(value);
  return seconds ? datetime_of_seconds(*seconds, zone) : std::nullopt;
}

Value timestamp_custom(Evaluation& evaluation, const Bound& arguments) {
  const Zone zone = arguments.flag(2, true) ? house(evaluation) : Zone::utc();
  const std::optional<Value> when = datetime_of_number(arguments[0], zone);
  const std::string* format = arguments.has(1) ? arguments[1].as_text() : nullptr;
  if (!when || (arguments.has(1) && format == nullptr)) {
    if (!arguments.has(3)) throw_no_default("timestamp_custom", arguments[0]);
    return arguments[3];
  }
  const DateTime& datetime = *when->as<DateTime>();
  const std::string_view wanted = format == nullptr ? std::string_view("%Y-%m-%d %H:%M:%S") : *format;
  std::string text = strftime(wanted, {datetime.wall(), zone, house(evaluation)});
  evaluation.budget().text(text.size());
  return text;
}

Value timestamp_iso(std::string_view name, const Zone& zone, const Bound& arguments) {
  const std::optional<Value> when = datetime_of_number(arguments[0], zone);
  if (when) return when->as<DateTime>()->isoformat("T");
  if (!arguments.has(1)) throw_no_default(name, arguments[0]);
  return arguments[1];
}

Value timestamp_local(Evaluation& evaluation, const Bound& arguments) {
  return timestamp_iso("timestamp_local", house(evaluation), arguments);
}

Value timestamp_utc(Evaluation&, const Bound& arguments) {
  return timestamp_iso("timestamp_utc", Zone::utc(), arguments);
}

// ---------------------------------------------------------------- how long ago

// Seconds from the datetime to the present, negative when it is in the future.
double age_of(Evaluation& evaluation, const DateTime& when) {
  const std::int64_t micros = evaluation.clock().now.time_since_epoch().count() - when.utc(house(evaluation));
  return static_cast<double>(micros) / 1e6;
}

std::int64_t precision(const Bound& arguments) {
  return arguments.has(1) ? integer_argument(arguments[1]) : 1;
}

Value age_text(Evaluation& evaluation, const Bound& arguments, double sign) {
  evaluation.reads().time();
  const auto* const when = arguments[0].as<DateTime>();
  if (when == nullptr) return arguments[0];
  const double age = sign * age_of(evaluation, *when);
  if (age < 0) return arguments[0];
  return duration_text(std::nearbyint(age), precision(arguments));
}

Value time_since(Evaluation& evaluation, const Bound& arguments) {
  return age_text(evaluation, arguments, 1);
}

Value time_until(Evaluation& evaluation, const Bound& arguments) {
  return age_text(evaluation, arguments, -1);
}

Value timedelta_string(Evaluation&, const Bound& arguments) {
  const auto* const length = arguments[0].as<Timedelta>();
  if (length == nullptr) return arguments[0];
  return duration_text(std::nearbyint(std::fabs(length->total_seconds())), precision(arguments));
}

Value is_datetime(Evaluation&, const Bound& arguments) { return arguments[0].as<DateTime>() != nullptr; }

constexpr Callable kAsDatetime{"as_datetime", "value, default?", as_datetime};
constexpr Callable kAsLocal{"as_local", "value", as_local};
constexpr Callable kAsTimedelta{"as_timedelta", "value", as_timedelta};
constexpr Callable kAsTimestamp{"as_timestamp", "value, default?", as_timestamp};
constexpr Callable kRelativeTime{"relative_time", "value", time_since};
constexpr Callable kTimeSince{"time_since", "value, precision?", time_since};
constexpr Callable kTimeUntil{"time_until", "value, precision?", time_until};
constexpr Callable kTimedeltaString{"timedelta_string", "value, precision?", timedelta_string};
constexpr Callable kTodayAt{"today_at", "time_str?", today_at};

constexpr std::array kFunctions{
    kAsDatetime,
    kAsLocal,
    kAsTimedelta,
    kAsTimestamp,
    Callable{"now", "", now},
    kRelativeTime,
    Callable{"strptime", "string, fmt, default?", parse_time},
    kTimeSince,
    kTimeUntil,
    Callable{"timedelta", "days?, seconds?, microseconds?, milliseconds?, minutes?, hours?, weeks?",
             timedelta},
    kTimedeltaString,
    kTodayAt,
    Callable{"utcnow", "", utcnow},
};

constexpr std::array kFilters{
    kAsDatetime,
    kAsLocal,
    kAsTimedelta,
    kAsTimestamp,
    kRelativeTime,
    kTimeSince,
    kTimeUntil,
    kTimedeltaString,
    Callable{"timestamp_custom", "value, date_format?, local?, default?", timestamp_custom},
    Callable{"timestamp_local", "value, default?", timestamp_local},
    Callable{"timestamp_utc", "value, default?", timestamp_utc},
    kTodayAt,
};

constexpr std::array kTests{Callable{"datetime", "value", is_datetime}};

}  // namespace

std::optional<Value> time_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable time_filters() { return kFilters; }
CallableTable time_functions() { return kFunctions; }
CallableTable time_tests() { return kTests; }

}  // namespace gable::rules::jinja
