// Datetimes: printing, comparing, calculating.

#include "template/time/datetime.hpp"

#include <cmath>

#include "template/time/strftime.hpp"
#include "template/time/text.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

// Of wall clock times and of instants: 0001-01-01 to the end of 9999-12-31.
constexpr std::int64_t kFirst = kFirstDay * kDay;
constexpr std::int64_t kEnd = (kLastDay + 1) * kDay;

// Beyond it the C library finds no year, which Python tells apart from a year out of range: no default is
// taken for it.
constexpr double kMaxSystemSeconds = 67'768'036'191'676'799.0;

// Would the clocks' other fold be at another offset? Then Python finds no datetime of another zone equal.
bool depends_on_fold(const DateTime& when) {
  return utc_offset(when.zone(), {when.wall().local, !when.wall().fold}) != when.offset();
}

[[noreturn]] void throw_mixed(std::string_view what) {
  throw_type_error("can't " + std::string(what) + " offset-naive and offset-aware datetimes");
}

}  // namespace

std::int64_t DateTime::utc(const Zone& house) const {
  return aware() ? utc() : wall_.local - utc_offset(house, wall_).value_or(0);
}

std::string DateTime::isoformat(std::string_view separator, std::string_view timespec) const {
  std::string text = iso_date(date_of(days()));
  text.append(separator) += iso_time(day_time_of(micros_of_day()), timespec);
  if (const auto zone_offset = offset()) text += offset_text(*zone_offset, ":");
  return text;
}

std::string DateTime::repr() const {
  const CivilDate date = date_of(days());
  const DayTime time = day_time_of(micros_of_day());
  std::string text = "datetime.datetime(" + std::to_string(date.year) + ", " + std::to_string(date.month) +
                     ", " + std::to_string(date.day) + ", " + std::to_string(time.hour) + ", " +
                     std::to_string(time.minute);
  if (time.second != 0 || time.microsecond != 0) text += ", " + std::to_string(time.second);
  if (time.microsecond != 0) text += ", " + std::to_string(time.microsecond);
  if (wall_.fold) text += ", fold=1";
  if (aware()) text += ", tzinfo=" + zone_repr(zone_);
  return text + ")";
}

std::optional<Value> DateTime::attribute(Evaluation&, std::string_view name) {
  const CivilDate date = date_of(days());
  const DayTime time = day_time_of(micros_of_day());
  if (name == "year") return Value(date.year);
  if (name == "month") return Value(date.month);
  if (name == "day") return Value(date.day);
  if (name == "hour") return Value(time.hour);
  if (name == "minute") return Value(time.minute);
  if (name == "second") return Value(time.second);
  if (name == "microsecond") return Value(time.microsecond);
  if (name == "tzinfo") return zone_value(zone_);
  if (name == "fold") return Value(wall_.fold ? 1 : 0);
  if (name == "min") return make_datetime({kFirst, false}, {});
  if (name == "max") return make_datetime({kEnd - 1, false}, {});
  if (name == "resolution") return make_timedelta(1);
  return std::nullopt;
}

bool DateTime::equals(const Value& other) const {
  const auto* const that = other.as<DateTime>();
  if (that == nullptr || aware() != that->aware()) return false;
  if (zone_ == that->zone_) return wall_.local == that->wall_.local;
  return utc() == that->utc() && !depends_on_fold(*this) && !depends_on_fold(*that);
}

std::size_t DateTime::hash() const {
  const std::int64_t offset = utc_offset(zone_, {wall_.local, false}).value_or(0);
  return std::hash<std::int64_t>()(wall_.local - offset);
}

std::optional<bool> DateTime::less(const Value& other) const {
  const auto* const that = other.as<DateTime>();
  if (that == nullptr) return std::nullopt;
  if (aware() != that->aware()) throw_mixed("compare");
  if (zone_ == that->zone_) return wall_.local < that->wall_.local;
  return utc() < that->utc();
}

std::optional<Value> DateTime::arithmetic(Operator op, const Value& other, bool reflected) const {
  if (const auto* const length = other.as<Timedelta>()) {
    if (op != Operator::add && (op != Operator::subtract || reflected)) return std::nullopt;
    const Timedelta::Wide sum = wall_.local + (op == Operator::add ? length->micros() : -length->micros());
    if (sum < kFirst || sum >= kEnd) throw_error(ErrorClass::overflow_error, "date value out of range");
    return make_datetime({static_cast<std::int64_t>(sum), false}, zone_);
  }
  const auto* const that = other.as<DateTime>();
  if (that == nullptr || op != Operator::subtract || reflected) return std::nullopt;
  if (aware() != that->aware()) throw_mixed("subtract");
  if (zone_ == that->zone_) return make_timedelta(wall_.local - that->wall_.local);
  return make_timedelta(utc() - that->utc());
}

// Without an evaluation there is no house to ask: %s takes UTC where the datetime has no zone with rules.
std::optional<std::string> DateTime::formatted(std::string_view spec) const {
  const Zone house = zone_.kind == Zone::Kind::rules ? zone_ : Zone::utc();
  return strftime(spec, {wall_, zone_, house});
}

Value make_datetime(const WallTime& wall, const Zone& zone) {
  if (wall.local < kFirst || wall.local >= kEnd) {
    throw_error(ErrorClass::overflow_error, "date value out of range");
  }
  return ObjectPtr(std::make_shared<DateTime>(wall, zone));
}

Value datetime_at(std::int64_t utc, const Zone& zone) { return make_datetime(wall_time(zone, utc), zone); }

Value datetime_at_seconds(double seconds, const Zone& zone) {
  if (std::isnan(seconds)) throw_value_error("cannot convert float NaN to integer");
  if (std::fabs(seconds) >= 9.3e18) {
    throw_error(ErrorClass::overflow_error, "timestamp out of range for platform time_t");
  }
  if (std::fabs(seconds) > kMaxSystemSeconds) {
    throw_error(ErrorClass::os_error, "[Errno 75] Value too large for defined data type");
  }
  double whole = 0;
  const double micros = std::nearbyint(std::modf(seconds, &whole) * 1e6);
  if (whole * 1e6 < static_cast<double>(kFirst) || whole * 1e6 >= static_cast<double>(kEnd)) {
    throw_value_error("year is out of range");
  }
  const std::int64_t utc = static_cast<std::int64_t>(whole) * kSecond + static_cast<std::int64_t>(micros);
  if (utc < kFirst || utc >= kEnd) throw_value_error("year is out of range");
  return datetime_at(utc, zone);
}

Value datetime_from_iso(std::string_view text) {
  const std::optional<ParsedDateTime> parsed = parse_iso_datetime(text);
  if (!parsed) throw_value_error("Invalid isoformat string: " + repr(Value(text)));
  const DayTime& time = parsed->time.time;
  check_time(time.hour, time.minute, time.second, time.microsecond);
  const Zone zone = parsed->time.offset ? Zone::fixed(*parsed->time.offset) : Zone{};
  return make_datetime({parsed->days * kDay + micros_of(time), false}, zone);
}

double timestamp_of(const DateTime& when, const Zone& house) {
  return static_cast<double>(static_cast<long double>(when.utc(house)) / 1'000'000.0L);
}

}  // namespace gable::rules::jinja
