// Tuples with names.

#include "template/time/named_tuple.hpp"

#include <array>

#include "template/time/civil.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::array<std::string_view, 3> kIsoFields{"year", "week", "weekday"};
constexpr std::array<std::string_view, 9> kTimeFields{"tm_year", "tm_mon",  "tm_mday", "tm_hour", "tm_min",
                                                      "tm_sec",  "tm_wday", "tm_yday", "tm_isdst"};

}  // namespace

std::string_view NamedTuple::type_name() const { return name_.substr(name_.rfind('.') + 1); }

std::string NamedTuple::repr() const {
  std::string text(name_);
  text += '(';
  const Values& items = *tuple_.as_tuple();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ", ";
    text.append(fields_[i]) += '=' + jinja::repr(items[i]);
  }
  return text + ")";
}

std::optional<Value> NamedTuple::attribute(Evaluation&, std::string_view name) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i] == name) return (*tuple_.as_tuple())[i];
  }
  return std::nullopt;
}

std::optional<Value> NamedTuple::item(Evaluation& evaluation, const Value& key) {
  Value found = jinja::item(evaluation, tuple_, key);
  return found.is_undefined() ? std::nullopt : std::optional(std::move(found));
}

std::optional<Value> NamedTuple::sliced(Evaluation& evaluation, const Slice& slice) {
  return jinja::slice(evaluation, tuple_, slice);
}

IteratorPtr NamedTuple::iterate(Evaluation& evaluation) { return jinja::iterate(evaluation, tuple_); }

Value NamedTuple::plain(const Value& other) {
  const auto* const named = other.as<NamedTuple>();
  return named == nullptr ? other : named->tuple_;
}

bool NamedTuple::equals(const Value& other) const { return jinja::equals(tuple_, plain(other)); }

std::size_t NamedTuple::hash() const { return jinja::hash(tuple_); }

std::optional<bool> NamedTuple::less(const Value& other) const { return jinja::less(tuple_, plain(other)); }

Value iso_calendar(std::int64_t days) {
  const IsoWeek week = iso_week_of(days);
  return ObjectPtr(std::make_shared<NamedTuple>("datetime.IsoCalendarDate", kIsoFields,
                                                Values{week.year, week.week, week.weekday}));
}

Value struct_time(std::int64_t local, int summer) {
  const std::int64_t days = floor_divide(local, kDay);
  const CivilDate date = date_of(days);
  const DayTime time = day_time_of(local - days * kDay);
  Values items{date.year,   date.month,       date.day,          time.hour, time.minute,
               time.second, weekday_of(days), day_of_year(days), summer};
  return ObjectPtr(std::make_shared<NamedTuple>("time.struct_time", kTimeFields, std::move(items)));
}

}  // namespace gable::rules::jinja
