#pragma once
// NamedTuple: a tuple whose items have names too: Python's time.struct_time (of timetuple()) and
// IsoCalendarDate (of isocalendar()). Pure.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "template/time/zone.hpp"
#include "template/value/object.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

class NamedTuple final : public Object {
 public:
  // `name` as it is printed, `fields` one for each item; both outlive the evaluation.
  NamedTuple(std::string_view name, std::span<const std::string_view> fields, Values items)
      : name_(name), fields_(fields), tuple_(Value::tuple(std::move(items))) {}

  [[nodiscard]] std::string_view type_name() const override;
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<std::size_t> length() const override { return fields_.size(); }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  std::optional<Value> item(Evaluation& evaluation, const Value& key) override;
  std::optional<Value> sliced(Evaluation& evaluation, const Slice& slice) override;
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> less(const Value& other) const override;

 private:
  [[nodiscard]] static Value plain(const Value& other);

  std::string_view name_;
  std::span<const std::string_view> fields_;
  Value tuple_;
};

[[nodiscard]] Value iso_calendar(std::int64_t days);
// `summer`: 1 or 0, -1 when it is not known.
[[nodiscard]] Value struct_time(std::int64_t local, int summer);

}  // namespace gable::rules::jinja
