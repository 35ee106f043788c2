#pragma once
// Range: Python's range(start, stop, step), of at most 100,000 numbers as in Jinja's sandbox.

#include <cstdint>
#include <optional>
#include <string>

#include "template/value/object.hpp"

namespace gable::rules::jinja {

class Range final : public Object {
 public:
  static constexpr std::int64_t kMost = 100'000;
  // Beyond this (either sign) an OverflowError: positions can then be calculated with.
  static constexpr std::int64_t kFarthest = std::int64_t{1} << 60;

  // `step` is not 0; none is beyond kFarthest.
  Range(std::int64_t start, std::int64_t stop, std::int64_t step);
  // The function range(): one to three integers.
  static Value make(const Arguments& arguments);

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] std::int64_t at(std::int64_t position) const { return start_ + position * step_; }
  // Where a number is in it; nothing when it is not.
  [[nodiscard]] std::optional<std::int64_t> position(const Value& number) const;
  // All numbers, from the last to the first.
  [[nodiscard]] Values reversed() const;

  [[nodiscard]] std::string_view type_name() const override { return "range"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<std::size_t> length() const override { return static_cast<std::size_t>(size_); }
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] std::optional<Value> item(Evaluation& evaluation, const Value& key) override;
  [[nodiscard]] std::optional<Value> sliced(Evaluation& evaluation, const Slice& slice) override;
  [[nodiscard]] IteratorPtr iterate(Evaluation& evaluation) override;
  [[nodiscard]] bool equals(const Value& other) const override;
  [[nodiscard]] std::size_t hash() const override;
  [[nodiscard]] std::optional<bool> contains(const Value& item) const override;

 private:
  std::int64_t start_;
  std::int64_t stop_;
  std::int64_t step_;
  std::int64_t size_ = 0;
};

}  // namespace gable::rules::jinja
