#include "template/callables/range.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "template/callables/callable.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

class RangeIterator final : public Iterator {
 public:
  explicit RangeIterator(std::shared_ptr<const Range> range) : range_(std::move(range)) {}
  std::optional<Value> next(Evaluation& /*evaluation*/) override {
    if (position_ == range_->size()) return std::nullopt;
    return range_->at(position_++);
  }
  [[nodiscard]] std::string_view type_name() const override { return "range_iterator"; }

 private:
  std::shared_ptr<const Range> range_;
  std::int64_t position_ = 0;
};

void require_integer(const Value& value) {
  if (value.is(Value::Kind::boolean) || value.is(Value::Kind::integer) ||
      value.is(Value::Kind::big_integer)) {
    return;
  }
  throw_type_error("'" + std::string(type_name(value)) + "' object cannot be interpreted as an integer");
}

std::int64_t limit(const Value& value) {
  std::int64_t number = 0;
  if (small_integer(value, number) && number <= Range::kFarthest && number >= -Range::kFarthest)
    return number;
  throw_error(ErrorClass::overflow_error, "Python int too large to convert to C ssize_t");
}

// An end of a slice as a position from `lowest` to `highest`.
std::int64_t end_of_slice(const Value& end, std::int64_t otherwise, std::int64_t size, bool backwards) {
  const std::int64_t lowest = backwards ? -1 : 0;
  const std::int64_t highest = backwards ? size - 1 : size;
  if (end.is_none()) return otherwise;
  std::int64_t position = 0;
  if (!small_integer(end, position)) {
    throw_type_error("slice indices must be integers or None or have an __index__ method");
  }
  if (position < 0) position = std::max<std::int64_t>(position, -size - 1) + size;
  return std::clamp(position, lowest, highest);
}

Value range_count(Evaluation& /*evaluation*/, const Bound& arguments) {
  return arguments[0].as<Range>()->position(arguments[1]) ? 1 : 0;
}

Value range_index(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const auto position = arguments[0].as<Range>()->position(arguments[1])) return *position;
  throw_value_error(repr(arguments[1]) + " is not in range");
}

constexpr std::array kMethods{Callable{"count", "self, value, /", range_count},
                              Callable{"index", "self, value, /", range_index}};

}  // namespace

Range::Range(std::int64_t start, std::int64_t stop, std::int64_t step)
    : start_(start), stop_(stop), step_(step) {
  if (step > 0 && start < stop) size_ = (stop - start - 1) / step + 1;
  if (step < 0 && start > stop) size_ = (start - stop - 1) / -step + 1;
}

Value Range::make(const Arguments& arguments) {
  const std::size_t given = arguments.positional.size();
  if (!arguments.keywords.empty()) throw_type_error("range() takes no keyword arguments");
  if (given == 0) throw_type_error("range expected at least 1 argument, got 0");
  if (given > 3) throw_type_error("range expected at most 3 arguments, got " + std::to_string(given));
  std::ranges::for_each(arguments.positional, require_integer);
  std::array<std::int64_t, 3> numbers{0, 0, 1};
  for (std::size_t i = 0; i < given; ++i) numbers[given == 1 ? 1 : i] = limit(arguments.positional[i]);
  if (numbers[2] == 0) throw_value_error("range() arg 3 must not be zero");
  auto range = std::make_shared<Range>(numbers[0], numbers[1], numbers[2]);
  if (range->size() > kMost) {
    throw_error(ErrorClass::overflow_error,
                "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
  }
  return ObjectPtr(std::move(range));
}

std::optional<std::int64_t> Range::position(const Value& number) const {
  std::int64_t integer = 0;
  if (const double* real = number.as_real()) {
    if (!(std::abs(*real) <= static_cast<double>(kFarthest)) || std::trunc(*real) != *real)
      return std::nullopt;
    integer = static_cast<std::int64_t>(*real);
  } else if (!small_integer(number, integer) || integer > kFarthest || integer < -kFarthest) {
    return std::nullopt;
  }
  const std::int64_t distance = integer - start_;
  const std::int64_t at_position = distance / step_;
  if (distance % step_ != 0 || at_position < 0 || at_position >= size_) return std::nullopt;
  return at_position;
}

Values Range::reversed() const {
  Values numbers;
  numbers.reserve(static_cast<std::size_t>(size_));
  for (std::int64_t i = size_; i > 0; --i) numbers.emplace_back(at(i - 1));
  return numbers;
}

std::string Range::repr() const {
  std::string text = "range(" + std::to_string(start_) + ", " + std::to_string(stop_);
  if (step_ != 1) text += ", " + std::to_string(step_);
  return text + ')';
}

std::optional<Value> Range::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "start") return start_;
  if (name == "stop") return stop_;
  if (name == "step") return step_;
  const auto* const method = std::ranges::find(kMethods, name, &Callable::name);
  if (method == kMethods.end()) return std::nullopt;
  return bound_method(*method, shared_from_this());
}

std::optional<Value> Range::item(Evaluation& /*evaluation*/, const Value& key) {
  std::int64_t index = 0;
  if (!small_integer(key, index)) return std::nullopt;
  if (index < 0) index += size_;
  if (index < 0 || index >= size_) return std::nullopt;
  return at(index);
}

std::optional<Value> Range::sliced(Evaluation& /*evaluation*/, const Slice& slice) {
  std::int64_t step = 1;
  if (!slice.step.is_none() && !small_integer(slice.step, step)) {
    throw_type_error("slice indices must be integers or None or have an __index__ method");
  }
  if (step == 0) throw_value_error("slice step cannot be zero");
  step = std::clamp(step, -kMost - 1, kMost + 1);  // farther than any end
  const bool backwards = step < 0;
  const std::int64_t start = end_of_slice(slice.start, backwards ? size_ - 1 : 0, size_, backwards);
  const std::int64_t stop = end_of_slice(slice.stop, backwards ? -1 : size_, size_, backwards);
  std::int64_t product = 0;
  if (__builtin_mul_overflow(step_, step, &product)) {
    throw_error(ErrorClass::overflow_error, "Python int too large to convert to C ssize_t");
  }
  return ObjectPtr(std::make_shared<Range>(at(start), at(stop), product));
}

IteratorPtr Range::iterate(Evaluation& /*evaluation*/) {
  return std::make_shared<RangeIterator>(std::static_pointer_cast<const Range>(shared_from_this()));
}

bool Range::equals(const Value& other) const {
  const auto* const range = other.as<Range>();
  if (range == nullptr || range->size_ != size_) return false;
  if (size_ == 0) return true;
  return range->start_ == start_ && (size_ == 1 || range->step_ == step_);
}

std::size_t Range::hash() const {
  const std::int64_t first = size_ > 0 ? start_ : 0;
  const std::int64_t step = size_ > 1 ? step_ : 0;
  return std::hash<std::int64_t>()(first * 31 + step * 7 + size_);
}

std::optional<bool> Range::contains(const Value& item) const { return position(item).has_value(); }

}  // namespace gable::rules::jinja
