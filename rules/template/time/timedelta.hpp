#pragma once
// Timedelta: Python's datetime.timedelta, a length of time in microseconds of up to 999,999,999 days. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "template/value/object.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Timedelta final : public Object {
 public:
  // More microseconds than 64 bits hold.
  __extension__ using Wide = __int128;

  explicit Timedelta(Wide micros) : micros_(micros) {}

  [[nodiscard]] Wide micros() const { return micros_; }
  // As Python keeps them: -1 µs is -1 day and 86,399,999,999 µs.
  [[nodiscard]] std::int64_t days() const;
  [[nodiscard]] std::int64_t micros_of_day() const;
  [[nodiscard]] double total_seconds() const;

  [[nodiscard]] std::string_view type_name() const override { return "timedelta"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::string str() const override;
  [[nodiscard]] bool truth() const override { return micros_ != 0; }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;
  [[nodiscard]] std::optional<Value> arithmetic(Operator op, const Value& other,
                                                bool reflected) const override;
  [[nodiscard]] std::optional<Value> negated() const override;

 private:
  Wide micros_;
};

// OverflowError beyond ±999,999,999 days.
[[nodiscard]] Value make_timedelta(Timedelta::Wide micros);
// timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks) with Python's rounding of
// fractions; a null pointer is a part that was not given.
struct TimedeltaParts {
  const Value* days = nullptr;
  const Value* seconds = nullptr;
  const Value* microseconds = nullptr;
  const Value* milliseconds = nullptr;
  const Value* minutes = nullptr;
  const Value* hours = nullptr;
  const Value* weeks = nullptr;
};
[[nodiscard]] Value make_timedelta(const TimedeltaParts& parts);

}  // namespace gable::rules::jinja
