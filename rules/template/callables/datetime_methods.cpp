// The methods of datetimes. Those that Python has on the class are here too: a template reaches them through
// any datetime, as in now().fromisoformat(…).

#include <array>

#include "template/callables/date_arguments.hpp"
#include "template/time/date.hpp"
#include "template/time/named_tuple.hpp"
#include "template/time/strftime.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

const DateTime& self(const Bound& arguments) { return *arguments[0].as<DateTime>(); }

Zone house(Evaluation& evaluation) { return Zone::local(evaluation.clock()); }

// What the house's clocks show, without saying so.
Value naive(std::int64_t utc, const Zone& zone) { return make_datetime(wall_time(zone, utc), {}); }

std::int64_t present(Evaluation& evaluation) {
  evaluation.reads().time();
  return evaluation.clock().now.time_since_epoch().count();
}

Value date_method(Evaluation&, const Bound& arguments) { return make_date(self(arguments).days()); }

Value time_method(Evaluation&, const Bound& arguments) {
  const DateTime& when = self(arguments);
  return make_time({when.micros_of_day(), when.wall().fold}, {});
}

Value timetz_method(Evaluation&, const Bound& arguments) {
  const DateTime& when = self(arguments);
  return make_time({when.micros_of_day(), when.wall().fold}, when.zone());
}

Value timestamp_method(Evaluation& evaluation, const Bound& arguments) {
  return timestamp_of(self(arguments), house(evaluation));
}

Value isoformat_method(Evaluation&, const Bound& arguments) {
  const Value separator = arguments.get(1, "T");
  const Value timespec = arguments.get(2, "auto");
  const std::string_view text = text_argument(separator, "isoformat");
  if (text.empty() || (text.size() > 1 && *length(separator) != 1)) {
    throw_type_error("isoformat() argument 1 must be a unicode character, not str");
  }
  return self(arguments).isoformat(text, text_argument(timespec, "isoformat"));
}

Value strftime_method(Evaluation& evaluation, const Bound& arguments) {
  const DateTime& when = self(arguments);
  std::string text =
      strftime(text_argument(arguments[1], "strftime"), {when.wall(), when.zone(), house(evaluation)});
  evaluation.budget().text(text.size());
  return text;
}

Value weekday_method(Evaluation&, const Bound& arguments) { return weekday_of(self(arguments).days()); }

Value isoweekday_method(Evaluation&, const Bound& arguments) {
  return weekday_of(self(arguments).days()) + 1;
}

Value isocalendar_method(Evaluation&, const Bound& arguments) { return iso_calendar(self(arguments).days()); }

Value toordinal_method(Evaluation&, const Bound& arguments) { return self(arguments).days() - kFirstDay + 1; }

Value replace_method(Evaluation&, const Bound& arguments) {
  const DateTime& when = self(arguments);
  const auto part = [&arguments](std::size_t i, int old) {
    return arguments.has(i) ? integer_argument(arguments[i]) : std::int64_t{old};
  };
  const CivilDate date = date_of(when.days());
  const DayTime time = day_time_of(when.micros_of_day());
  const std::int64_t year = part(1, date.year);
  const std::int64_t month = part(2, date.month);
  const std::int64_t day = part(3, date.day);
  const std::int64_t hour = part(4, time.hour);
  const std::int64_t minute = part(5, time.minute);
  const std::int64_t second = part(6, time.second);
  const std::int64_t microsecond = part(7, time.microsecond);
  const std::int64_t fold = part(9, when.wall().fold ? 1 : 0);
  const Zone zone = arguments.has(8) ? zone_of(arguments[8]) : when.zone();
  check_date(year, month, day);
  check_time(hour, minute, second, microsecond);
  if (fold != 0 && fold != 1) throw_value_error("fold must be either 0 or 1");
  const std::int64_t days =
      days_of(CivilDate{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)});
  const std::int64_t micros = hour * kHour + minute * kMinute + second * kSecond + microsecond;
  return make_datetime({days * kDay + micros, fold == 1}, zone);
}

Value astimezone_method(Evaluation& evaluation, const Bound& arguments) {
  const DateTime& when = self(arguments);
  const Zone local = house(evaluation);
  const Zone zone = arguments.has(1) && !arguments[1].is_none() ? zone_of(arguments[1]) : local;
  if (zone == when.zone()) return arguments[0];
  return datetime_at(when.utc(local), zone);
}

Value timetuple_method(Evaluation&, const Bound& arguments) {
  const DateTime& when = self(arguments);
  const auto summer = saving(when.zone(), when.wall());
  return struct_time(when.wall().local, summer ? (*summer != 0 ? 1 : 0) : -1);
}

Value utctimetuple_method(Evaluation&, const Bound& arguments) {
  return struct_time(self(arguments).utc(), 0);
}

Value utcoffset_method(Evaluation&, const Bound& arguments) {
  const auto offset = self(arguments).offset();
  return offset ? make_timedelta(*offset) : Value(None{});
}

Value dst_method(Evaluation&, const Bound& arguments) {
  const auto summer = saving(self(arguments).zone(), self(arguments).wall());
  return summer ? make_timedelta(*summer) : Value(None{});
}

Value tzname_method(Evaluation&, const Bound& arguments) {
  const DateTime& when = self(arguments);
  return when.aware() ? Value(zone_name(when.zone(), when.wall())) : Value(None{});
}

Value ctime_method(Evaluation&, const Bound& arguments) {
  return strftime("%a %b %e %H:%M:%S ", {self(arguments).wall(), {}, {}}) +
         strftime("%04Y", {self(arguments).wall(), {}, {}});
}

Value now_method(Evaluation& evaluation, const Bound& arguments) {
  const std::int64_t utc = present(evaluation);
  if (!arguments.has(1) || arguments[1].is_none()) return naive(utc, house(evaluation));
  return datetime_at(utc, zone_of(arguments[1]));
}

Value utcnow_method(Evaluation& evaluation, const Bound&) {
  return make_datetime({present(evaluation), false}, {});
}

Value fromtimestamp_method(Evaluation& evaluation, const Bound& arguments) {
  const Value utc = datetime_at_seconds(seconds_argument(arguments[1]), Zone::utc());
  const std::int64_t instant = utc.as<DateTime>()->utc();
  if (!arguments.has(2) || arguments[2].is_none()) return naive(instant, house(evaluation));
  return datetime_at(instant, zone_of(arguments[2]));
}

Value utcfromtimestamp_method(Evaluation&, const Bound& arguments) {
  const Value utc = datetime_at_seconds(seconds_argument(arguments[1]), Zone::utc());
  return make_datetime({utc.as<DateTime>()->utc(), false}, {});
}

Value fromisoformat_method(Evaluation&, const Bound& arguments) {
  return datetime_from_iso(text_argument(arguments[1], "fromisoformat"));
}

Value fromordinal_method(Evaluation&, const Bound& arguments) {
  const std::int64_t ordinal = integer_argument(arguments[1]);
  if (ordinal < 1) throw_value_error("ordinal must be >= 1");
  if (ordinal > kLastDay - kFirstDay + 1) throw_value_error("year is out of range");
  return make_datetime({(ordinal - 1 + kFirstDay) * kDay, false}, {});
}

Value combine_method(Evaluation&, const Bound& arguments) {
  const auto* const date = arguments[1].as<Date>();
  const auto* const datetime = arguments[1].as<DateTime>();
  const auto* const time = arguments[2].as<TimeOfDay>();
  if (date == nullptr && datetime == nullptr) {
    throw_type_error("combine() argument 1 must be datetime.date, not " +
                     std::string(type_name(arguments[1])));
  }
  if (time == nullptr) {
    throw_type_error("combine() argument 2 must be datetime.time, not " +
                     std::string(type_name(arguments[2])));
  }
  const std::int64_t days = date != nullptr ? date->days() : datetime->days();
  const Zone zone = arguments.has(3) ? zone_of(arguments[3]) : time->zone();
  return make_datetime({days * kDay + time->micros(), time->wall().fold}, zone);
}

Value strptime_method(Evaluation& evaluation, const Bound& arguments) {
  return parse_by_format(evaluation, text_argument(arguments[1], "strptime"),
                         text_argument(arguments[2], "strptime"));
}

constexpr std::array kDatetimeMethods{
    Callable{"astimezone", "self, tz?", astimezone_method},
    Callable{"combine", "self, date, time, tzinfo?", combine_method},
    Callable{"ctime", "self", ctime_method},
    Callable{"date", "self", date_method},
    Callable{"dst", "self", dst_method},
    Callable{"fromisoformat", "self, date_string, /", fromisoformat_method},
    Callable{"fromordinal", "self, ordinal, /", fromordinal_method},
    Callable{"fromtimestamp", "self, timestamp, tz?", fromtimestamp_method},
    Callable{"isocalendar", "self", isocalendar_method},
    Callable{"isoformat", "self, sep?, timespec?", isoformat_method},
    Callable{"isoweekday", "self", isoweekday_method},
    Callable{"now", "self, tz?", now_method},
    Callable{"replace", "self, year?, month?, day?, hour?, minute?, second?, microsecond?, tzinfo?, *, fold?",
             replace_method},
    Callable{"strftime", "self, format", strftime_method},
    Callable{"strptime", "self, date_string, format, /", strptime_method},
    Callable{"time", "self", time_method},
    Callable{"timestamp", "self", timestamp_method},
    Callable{"timetuple", "self", timetuple_method},
    Callable{"timetz", "self", timetz_method},
    Callable{"today", "self", now_method},
    Callable{"toordinal", "self", toordinal_method},
    Callable{"tzname", "self", tzname_method},
    Callable{"utcfromtimestamp", "self, timestamp, /", utcfromtimestamp_method},
    Callable{"utcnow", "self", utcnow_method},
    Callable{"utcoffset", "self", utcoffset_method},
    Callable{"utctimetuple", "self", utctimetuple_method},
    Callable{"weekday", "self", weekday_method},
};

}  // namespace

CallableTable datetime_methods() { return kDatetimeMethods; }

}  // namespace gable::rules::jinja
