#pragma once
// Date and TimeOfDay: Python's datetime.date and datetime.time. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/time/civil.hpp"
#include "template/time/strftime.hpp"
#include "template/time/zone.hpp"
#include "template/value/object.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Date final : public Object {
 public:
  explicit Date(std::int64_t days) : days_(days) {}

  [[nodiscard]] std::int64_t days() const { return days_; }

  [[nodiscard]] std::string_view type_name() const override { return "date"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::string str() const override;
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override;
  [[nodiscard]] std::optional<std::string> formatted(std::string_view spec) const override;

 private:
  std::int64_t days_;
};

class TimeOfDay final : public Object {
 public:
  // 0 ≤ wall.local < kDay
  TimeOfDay(const WallTime& wall, const Zone& zone) : wall_(wall), zone_(zone) {}

  [[nodiscard]] const WallTime& wall() const { return wall_; }
  [[nodiscard]] std::int64_t micros() const { return wall_.local; }
  [[nodiscard]] const Zone& zone() const { return zone_; }
  // Only of a fixed one: which it is in a zone with summer time depends on the day.
  [[nodiscard]] std::optional<std::int64_t> offset() const;
  [[nodiscard]] std::string isoformat(std::string_view timespec) const;
  // Python prints the day as 1900-01-01.
  [[nodiscard]] StrftimeInput strftime_input(const Zone& house) const;

  [[nodiscard]] std::string_view type_name() const override { return "time"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::string str() const override { return isoformat("auto"); }
  [[nodiscard]] bool truth() const override { return true; }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;
  [[nodiscard]] std::optional<std::string> formatted(std::string_view spec) const override;

 private:
  WallTime wall_;
  Zone zone_;
};

// OverflowError beyond the years 1 to 9999.
[[nodiscard]] Value make_date(std::int64_t days);
[[nodiscard]] Value make_time(const WallTime& wall, const Zone& zone);

}  // namespace gable::rules::jinja
