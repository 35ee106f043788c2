// The methods of dates, times of day and lengths of time.

#include <array>

#include "template/callables/date_arguments.hpp"
#include "template/time/date.hpp"
#include "template/time/named_tuple.hpp"
#include "template/time/strftime.hpp"
#include "template/time/text.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

std::int64_t days(const Bound& arguments) { return arguments[0].as<Date>()->days(); }

const TimeOfDay& time_of(const Bound& arguments) { return *arguments[0].as<TimeOfDay>(); }

Value date_isoformat(Evaluation&, const Bound& arguments) { return iso_date(date_of(days(arguments))); }

Value date_strftime(Evaluation& evaluation, const Bound& arguments) {
  std::string text = strftime(text_argument(arguments[1], "strftime"),
                              {{days(arguments) * kDay, false}, {}, Zone::local(evaluation.clock())});
  evaluation.budget().text(text.size());
  return text;
}

Value date_weekday(Evaluation&, const Bound& arguments) { return weekday_of(days(arguments)); }

Value date_isoweekday(Evaluation&, const Bound& arguments) { return weekday_of(days(arguments)) + 1; }

Value date_isocalendar(Evaluation&, const Bound& arguments) { return iso_calendar(days(arguments)); }

Value date_toordinal(Evaluation&, const Bound& arguments) { return days(arguments) - kFirstDay + 1; }

Value date_timetuple(Evaluation&, const Bound& arguments) { return struct_time(days(arguments) * kDay, -1); }

Value date_ctime(Evaluation&, const Bound& arguments) {
  return strftime("%a %b %e %H:%M:%S %04Y", {{days(arguments) * kDay, false}, {}, {}});
}

Value date_replace(Evaluation&, const Bound& arguments) {
  const CivilDate date = date_of(days(arguments));
  const std::int64_t year = arguments.has(1) ? integer_argument(arguments[1]) : date.year;
  const std::int64_t month = arguments.has(2) ? integer_argument(arguments[2]) : date.month;
  const std::int64_t day = arguments.has(3) ? integer_argument(arguments[3]) : date.day;
  check_date(year, month, day);
  return make_date(
      days_of(CivilDate{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)}));
}

Value date_today(Evaluation& evaluation, const Bound&) {
  evaluation.reads().time();
  const WallTime wall =
      wall_time(Zone::local(evaluation.clock()), evaluation.clock().now.time_since_epoch().count());
  return make_date(floor_divide(wall.local, kDay));
}

Value date_fromtimestamp(Evaluation& evaluation, const Bound& arguments) {
  const Value when = datetime_at_seconds(seconds_argument(arguments[1]), Zone::local(evaluation.clock()));
  return make_date(when.as<DateTime>()->days());
}

Value date_fromisoformat(Evaluation&, const Bound& arguments) {
  const std::string_view text = text_argument(arguments[1], "fromisoformat");
  const std::optional<std::int64_t> found = parse_iso_date(text);
  if (!found) throw_value_error("Invalid isoformat string: " + repr(arguments[1]));
  return make_date(*found);
}

Value date_fromordinal(Evaluation&, const Bound& arguments) {
  const std::int64_t ordinal = integer_argument(arguments[1]);
  if (ordinal < 1) throw_value_error("ordinal must be >= 1");
  if (ordinal > kLastDay - kFirstDay + 1) throw_value_error("year is out of range");
  return make_date(ordinal - 1 + kFirstDay);
}

constexpr std::array kDateMethods{
    Callable{"ctime", "self", date_ctime},
    Callable{"fromisoformat", "self, date_string, /", date_fromisoformat},
    Callable{"fromordinal", "self, ordinal, /", date_fromordinal},
    Callable{"fromtimestamp", "self, timestamp, /", date_fromtimestamp},
    Callable{"isocalendar", "self", date_isocalendar},
    Callable{"isoformat", "self", date_isoformat},
    Callable{"isoweekday", "self", date_isoweekday},
    Callable{"replace", "self, year?, month?, day?", date_replace},
    Callable{"strftime", "self, format", date_strftime},
    Callable{"timetuple", "self", date_timetuple},
    Callable{"today", "self", date_today},
    Callable{"toordinal", "self", date_toordinal},
    Callable{"weekday", "self", date_weekday},
};

Value time_isoformat(Evaluation&, const Bound& arguments) {
  const Value timespec = arguments.get(1, "auto");
  return time_of(arguments).isoformat(text_argument(timespec, "isoformat"));
}

Value time_strftime(Evaluation& evaluation, const Bound& arguments) {
  const Zone house = Zone::local(evaluation.clock());
  std::string text =
      strftime(text_argument(arguments[1], "strftime"), time_of(arguments).strftime_input(house));
  evaluation.budget().text(text.size());
  return text;
}

Value time_replace(Evaluation&, const Bound& arguments) {
  const TimeOfDay& old = time_of(arguments);
  const DayTime time = day_time_of(old.micros());
  const std::int64_t hour = arguments.has(1) ? integer_argument(arguments[1]) : time.hour;
  const std::int64_t minute = arguments.has(2) ? integer_argument(arguments[2]) : time.minute;
  const std::int64_t second = arguments.has(3) ? integer_argument(arguments[3]) : time.second;
  const std::int64_t micros = arguments.has(4) ? integer_argument(arguments[4]) : time.microsecond;
  const Zone zone = arguments.has(5) ? zone_of(arguments[5]) : old.zone();
  const std::int64_t fold = arguments.has(6) ? integer_argument(arguments[6]) : old.wall().fold;
  check_time(hour, minute, second, micros);
  if (fold != 0 && fold != 1) throw_value_error("fold must be either 0 or 1");
  return make_time({hour * kHour + minute * kMinute + second * kSecond + micros, fold == 1}, zone);
}

Value time_utcoffset(Evaluation&, const Bound& arguments) {
  const auto offset = time_of(arguments).offset();
  return offset ? make_timedelta(*offset) : Value(None{});
}

Value time_dst(Evaluation&, const Bound&) { return None{}; }

Value time_tzname(Evaluation&, const Bound& arguments) {
  const TimeOfDay& time = time_of(arguments);
  return time.offset() ? Value(zone_name(time.zone(), {})) : Value(None{});
}

Value time_fromisoformat(Evaluation&, const Bound& arguments) {
  const auto parsed = parse_iso_time(text_argument(arguments[1], "fromisoformat"));
  if (!parsed) throw_value_error("Invalid isoformat string: " + repr(arguments[1]));
  const DayTime& time = parsed->time;
  check_time(time.hour, time.minute, time.second, time.microsecond);
  return make_time({micros_of(time), false}, parsed->offset ? Zone::fixed(*parsed->offset) : Zone{});
}

constexpr std::array kTimeMethods{
    Callable{"dst", "self", time_dst},
    Callable{"fromisoformat", "self, time_string, /", time_fromisoformat},
    Callable{"isoformat", "self, timespec?", time_isoformat},
    Callable{"replace", "self, hour?, minute?, second?, microsecond?, tzinfo?, *, fold?", time_replace},
    Callable{"strftime", "self, format", time_strftime},
    Callable{"tzname", "self", time_tzname},
    Callable{"utcoffset", "self", time_utcoffset},
};

Value total_seconds(Evaluation&, const Bound& arguments) {
  return arguments[0].as<Timedelta>()->total_seconds();
}

constexpr std::array kTimedeltaMethods{Callable{"total_seconds", "self", total_seconds}};

}  // namespace

CallableTable date_methods() { return kDateMethods; }
CallableTable time_methods() { return kTimeMethods; }
CallableTable timedelta_methods() { return kTimedeltaMethods; }

}  // namespace gable::rules::jinja
