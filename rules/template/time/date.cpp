// Dates and times of day: printing, comparing, calculating.

#include "template/time/date.hpp"

#include "template/time/strftime.hpp"
#include "template/time/text.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

std::string Date::repr() const {
  const CivilDate date = date_of(days_);
  return "datetime.date(" + std::to_string(date.year) + ", " + std::to_string(date.month) + ", " +
         std::to_string(date.day) + ")";
}

std::string Date::str() const { return iso_date(date_of(days_)); }

std::optional<Value> Date::attribute(Evaluation&, std::string_view name) {
  const CivilDate date = date_of(days_);
  if (name == "year") return Value(date.year);
  if (name == "month") return Value(date.month);
  if (name == "day") return Value(date.day);
  if (name == "min") return make_date(kFirstDay);
  if (name == "max") return make_date(kLastDay);
  if (name == "resolution") return make_timedelta(kDay);
  return std::nullopt;
}

bool Date::equals(const Value& other) const {
  const auto* const that = other.as<Date>();
  return that != nullptr && that->days_ == days_;
}

std::size_t Date::hash() const { return std::hash<std::int64_t>()(days_) ^ 0x9E3779B9U; }

std::optional<bool> Date::less(const Value& other) const {
  const auto* const that = other.as<Date>();
  return that == nullptr ? std::nullopt : std::optional(days_ < that->days_);
}

std::optional<Value> Date::arithmetic(Operator op, const Value& other, bool reflected) const {
  if (const auto* const length = other.as<Timedelta>()) {
    // Only its whole days count.
    if (op == Operator::add) return make_date(days_ + length->days());
    if (op == Operator::subtract && !reflected) return make_date(days_ - length->days());
    return std::nullopt;
  }
  const auto* const that = other.as<Date>();
  if (that == nullptr || op != Operator::subtract || reflected) return std::nullopt;
  return make_timedelta(Timedelta::Wide{days_ - that->days_} * kDay);
}

std::optional<std::int64_t> TimeOfDay::offset() const {
  return zone_.kind == Zone::Kind::fixed ? std::optional(zone_.offset) : std::nullopt;
}

std::string TimeOfDay::isoformat(std::string_view timespec) const {
  std::string text = iso_time(day_time_of(micros()), timespec);
  if (const auto zone_offset = offset()) text += offset_text(*zone_offset, ":");
  return text;
}

std::string TimeOfDay::repr() const {
  const DayTime time = day_time_of(micros());
  std::string text = "datetime.time(" + std::to_string(time.hour) + ", " + std::to_string(time.minute);
  if (time.second != 0 || time.microsecond != 0) text += ", " + std::to_string(time.second);
  if (time.microsecond != 0) text += ", " + std::to_string(time.microsecond);
  if (zone_.aware()) text += ", tzinfo=" + zone_repr(zone_);
  if (wall_.fold) text += ", fold=1";
  return text + ")";
}

std::optional<Value> TimeOfDay::attribute(Evaluation&, std::string_view name) {
  const DayTime time = day_time_of(micros());
  if (name == "hour") return Value(time.hour);
  if (name == "minute") return Value(time.minute);
  if (name == "second") return Value(time.second);
  if (name == "microsecond") return Value(time.microsecond);
  if (name == "tzinfo") return zone_value(zone_);
  if (name == "fold") return Value(wall_.fold ? 1 : 0);
  if (name == "min") return make_time({}, {});
  if (name == "max") return make_time({kDay - 1, false}, {});
  if (name == "resolution") return make_timedelta(1);
  return std::nullopt;
}

bool TimeOfDay::equals(const Value& other) const {
  const auto* const that = other.as<TimeOfDay>();
  if (that == nullptr || offset().has_value() != that->offset().has_value()) return false;
  return micros() - offset().value_or(0) == that->micros() - that->offset().value_or(0);
}

std::size_t TimeOfDay::hash() const { return std::hash<std::int64_t>()(micros() - offset().value_or(0)); }

std::optional<bool> TimeOfDay::less(const Value& other) const {
  const auto* const that = other.as<TimeOfDay>();
  if (that == nullptr) return std::nullopt;
  if (offset().has_value() != that->offset().has_value()) {
    throw_type_error("can't compare offset-naive and offset-aware times");
  }
  return micros() - offset().value_or(0) < that->micros() - that->offset().value_or(0);
}

std::optional<std::string> Date::formatted(std::string_view spec) const {
  return strftime(spec, {{days_ * kDay, false}, {}, Zone::utc()});
}

std::optional<std::string> TimeOfDay::formatted(std::string_view spec) const {
  return strftime(spec, strftime_input(Zone::utc()));
}

StrftimeInput TimeOfDay::strftime_input(const Zone& house) const {
  const std::int64_t day = days_of(CivilDate{1900, 1, 1}) * kDay;
  return {{day + micros(), wall_.fold}, offset() ? zone_ : Zone{}, house};
}

Value make_date(std::int64_t days) {
  if (days < kFirstDay || days > kLastDay) {
    throw_error(ErrorClass::overflow_error, "date value out of range");
  }
  return ObjectPtr(std::make_shared<Date>(days));
}

Value make_time(const WallTime& wall, const Zone& zone) {
  return ObjectPtr(std::make_shared<TimeOfDay>(wall, zone));
}

}  // namespace gable::rules::jinja
