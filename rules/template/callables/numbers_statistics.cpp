// Averages of many numbers.

#include <algorithm>
#include <cmath>

#include "template/callables/lists.hpp"
#include "template/callables/numbers.hpp"
#include "template/callables/sorting.hpp"
#include "template/value/dict.hpp"

namespace gable::rules::jinja {
namespace {

// The sum of all that was added, as if calculated exactly and rounded once (Python's math.fsum). The partial
// sums do not overlap, the smallest first.
class ExactSum {
 public:
  void add(double number) {
    const double given = number;
    std::size_t kept = 0;
    for (double partial : partials_) {
      if (std::abs(number) < std::abs(partial)) std::swap(number, partial);
      const double high = number + partial;
      const double low = partial - (high - number);
      if (low != 0) partials_[kept++] = low;
      number = high;
    }
    partials_.resize(kept);
    if (std::isfinite(number)) {
      partials_.push_back(number);
      return;
    }
    if (std::isfinite(given)) throw_error(ErrorClass::overflow_error, "intermediate overflow in fsum");
    special_ += given;
    if (std::isinf(given)) infinite_ += given;
    partials_.clear();
  }

  [[nodiscard]] double total() const {
    if (special_ != 0) {
      if (std::isnan(infinite_)) throw_value_error("-inf + inf in fsum");
      return special_;
    }
    if (partials_.empty()) return 0;
    std::size_t i = partials_.size() - 1;
    double high = partials_[i];
    double low = 0;
    while (i > 0 && low == 0) {
      const double x = high;
      const double y = partials_[--i];
      high = x + y;
      low = y - (high - x);
    }
    return half_to_even(high, low, i) + 0.0;  // a zero is never negative, as in Python
  }

 private:
  // What is below `low` may decide which way a half is rounded.
  [[nodiscard]] double half_to_even(double high, double low, std::size_t i) const {
    if (i == 0) return high;
    const bool same_way = (low < 0 && partials_[i - 1] < 0) || (low > 0 && partials_[i - 1] > 0);
    if (!same_way) return high;
    const double twice = low * 2;
    const double next = high + twice;
    return twice == next - high ? next : high;
  }

  std::vector<double> partials_;
  double special_ = 0;   // infinities and nan
  double infinite_ = 0;  // infinities: nan when they are of both signs
};

double summand(const Value& value) {
  if (value.is_number()) return *to_real(value);
  require_defined(value);
  throw_type_error("must be real number, not " + std::string(type_name(value)));
}

// statistics.fmean; nothing for no data.
std::optional<Value> mean(Evaluation& evaluation, const Values& values) {
  evaluation.budget().work(values.size());
  ExactSum sum;
  for (const Value& value : values) sum.add(summand(value));
  const double total = sum.total();
  if (values.empty()) return std::nullopt;
  return total / static_cast<double>(values.size());
}

std::optional<Value> middle(Evaluation& evaluation, const Values& values) {
  std::vector<Sortable> sortables;
  sortables.reserve(values.size());
  for (const Value& value : values) sortables.push_back({value, {}});
  sort_stable(evaluation, sortables, {});
  if (sortables.empty()) return std::nullopt;
  const std::size_t half = sortables.size() / 2;
  if (sortables.size() % 2 == 1) return sortables[half].key;
  const Value sum = arithmetic(evaluation, Operator::add, sortables[half - 1].key, sortables[half].key);
  return arithmetic(evaluation, Operator::divide, sum, 2);
}

// The first of those that are there most often.
std::optional<Value> commonest(Evaluation& evaluation, const Values& values) {
  evaluation.budget().work(values.size());
  Dict counts;
  for (const Value& value : values) {
    const Value* count = counts.find(value);
    counts.set(value, count != nullptr ? *count->as_int() + 1 : std::int64_t{1});
  }
  const auto best = std::ranges::max_element(counts.entries(), {},
                                             [](const Dict::Entry& entry) { return *entry.value.as_int(); });
  if (best == counts.entries().end()) return std::nullopt;
  return best->key;
}

// What is averaged: the items of the first argument or all arguments. A second argument behind a list is the
// default, which Home Assistant takes by position too.
struct Data {
  const Value* list = nullptr;  // null: all positional arguments
  const Value* fallback = nullptr;
};

Data data_of(Evaluation& evaluation, const Bound& arguments) {
  Data data;
  if (arguments.has(1)) data.fallback = &arguments[1];
  if (!arguments.has(0) || !is_iterable(evaluation, arguments[0])) return data;
  if (arguments.rest().empty()) {
    data.list = &arguments[0];
  } else if (arguments.rest().size() == 1 && data.fallback == nullptr && !arguments[0].is_undefined() &&
             !arguments[0].is(Value::Kind::text)) {
    data.list = &arguments[0];
    data.fallback = &arguments.rest()[0];
  }
  return data;
}

using Statistic = std::optional<Value> (*)(Evaluation& evaluation, const Values& values);

Value calculated(Evaluation& evaluation, const Bound& arguments, Statistic statistic, std::string_view name) {
  const Data data = data_of(evaluation, arguments);
  try {
    const Values values = data.list != nullptr ? items(evaluation, *data.list) : all_positional(arguments);
    if (std::optional<Value> result = statistic(evaluation, values)) return *std::move(result);
  } catch (const EvaluationError& error) {
    if (error.error_class() != ErrorClass::type_error) throw;
  }
  if (data.fallback != nullptr) return *data.fallback;
  return default_or_refuse(arguments, 1, name);
}

}  // namespace

Value average(Evaluation& evaluation, const Bound& arguments) {
  return calculated(evaluation, arguments, mean, "average");
}

Value median(Evaluation& evaluation, const Bound& arguments) {
  return calculated(evaluation, arguments, middle, "median");
}

Value statistical_mode(Evaluation& evaluation, const Bound& arguments) {
  return calculated(evaluation, arguments, commonest, "statistical_mode");
}

}  // namespace gable::rules::jinja
