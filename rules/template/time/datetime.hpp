#pragma once
// DateTime: Python's datetime.datetime: a day, a time of day and perhaps a time zone. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/time/civil.hpp"
#include "template/time/clock.hpp"
#include "template/time/zone.hpp"
#include "template/value/object.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class DateTime final : public Object {
 public:
  DateTime(const WallTime& wall, const Zone& zone) : wall_(wall), zone_(zone) {}

  [[nodiscard]] const WallTime& wall() const { return wall_; }
  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] bool aware() const { return zone_.aware(); }
  [[nodiscard]] std::int64_t days() const { return floor_divide(wall_.local, kDay); }
  [[nodiscard]] std::int64_t micros_of_day() const { return wall_.local - days() * kDay; }
  [[nodiscard]] std::optional<std::int64_t> offset() const { return utc_offset(zone_, wall_); }
  // Microseconds since 1970, UTC; of a naive one, as if it were UTC.
  [[nodiscard]] std::int64_t utc() const { return wall_.local - offset().value_or(0); }
  // The same in `house` where it is naive.
  [[nodiscard]] std::int64_t utc(const Zone& house) const;
  [[nodiscard]] std::string isoformat(std::string_view separator, std::string_view timespec = "auto") const;

  [[nodiscard]] std::string_view type_name() const override { return "datetime"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::string str() const override { return isoformat(" "); }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override;
  [[nodiscard]] std::optional<std::string> formatted(std::string_view spec) const override;

 private:
  WallTime wall_;
  Zone zone_;
};

// OverflowError "date value out of range" beyond the years 1 to 9999.
[[nodiscard]] Value make_datetime(const WallTime& wall, const Zone& zone);
// What the clocks of an aware zone show at that instant.
[[nodiscard]] Value datetime_at(std::int64_t utc, const Zone& zone);
[[nodiscard]] inline Value datetime_at(Instant when, const Zone& zone) {
  return datetime_at(when.time_since_epoch().count(), zone);
}
// Python's datetime.fromtimestamp(): seconds since 1970, rounded to microseconds, halves to the even one.
// ValueError for NaN and years out of range, OverflowError for infinity.
[[nodiscard]] Value datetime_at_seconds(double seconds, const Zone& zone);

// Python's datetime.fromisoformat(). ValueError.
[[nodiscard]] Value datetime_from_iso(std::string_view text);
// Of a datetime: float seconds since 1970; a naive one is taken as the house's time.
[[nodiscard]] double timestamp_of(const DateTime& when, const Zone& house);

}  // namespace gable::rules::jinja
