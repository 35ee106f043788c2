// Functions and filters that bring a number into a range.

#include <algorithm>
#include <cmath>

#include "template/callables/numbers.hpp"

namespace gable::rules::jinja {
namespace {

// Python's floor modulo of floats.
double modulo(Evaluation& evaluation, double a, double b) {
  return *arithmetic(evaluation, Operator::modulo, a, b).as_real();
}

// The parameters of remap, in the order of its signature.
constexpr std::size_t kValue = 0;
constexpr std::size_t kInMin = 1;
constexpr std::size_t kInMax = 2;
constexpr std::size_t kOutMin = 3;
constexpr std::size_t kOutMax = 4;
constexpr std::size_t kSteps = 5;
constexpr std::size_t kEdges = 6;

struct Span {
  double low;
  double high;
};

// Brings what is outside of the span back into it.
double at_edges(Evaluation& evaluation, double value, Span span, const Value& edges) {
  const std::string* mode = edges.as_text();
  if (mode == nullptr) return value;
  if (*mode == "clamp") return std::max(span.low, std::min(span.high, value));
  const bool mirror = *mode == "mirror";
  if (!mirror && *mode != "wrap") return value;
  const double size = span.high - span.low;
  if (size == 0) throw_value_error("in_min must not equal in_max");
  if (!mirror) return modulo(evaluation, value - span.low, size) + span.low;
  const double offset = value - span.low;
  const double period = std::floor(offset / size);
  double within = offset - period * size;
  if (period < 0 || std::fmod(period, 2) != 0) within = size - within;
  return span.low + within;
}

// With steps or edges: everything is a float.
Value remap_in_steps(Evaluation& evaluation, const Bound& arguments) {
  static const Value kNoSteps = 0;
  static const Value kNoEdges = "none";
  const Span in{float_of(arguments[kInMin]), float_of(arguments[kInMax])};
  const Span out{float_of(arguments[kOutMin]), float_of(arguments[kOutMax])};
  const double value = at_edges(evaluation, float_of(arguments[kValue]), in, arguments.get(kEdges, kNoEdges));
  const double steps = std::max(0.0, float_of(arguments.get(kSteps, kNoSteps)));
  if (steps == 0 && in.low == out.low && in.high == out.high) return value;
  double share = *arithmetic(evaluation, Operator::divide, value - in.low, in.high - in.low).as_real();
  if (steps != 0) share = std::nearbyint(share * steps) / steps;
  return out.low + share * (out.high - out.low);
}

}  // namespace

Value clamp(Evaluation& evaluation, const Bound& arguments) {
  const Value& value = arguments[0];
  const Value& low = arguments[1];
  const Value& high = arguments[2];
  const Value& below = compare(evaluation, Operator::less, value, high) ? value : high;
  return compare(evaluation, Operator::greater, below, low) ? below : low;
}

Value wrap(Evaluation& evaluation, const Bound& arguments) {
  const double value = float_of(arguments[0]);
  const double low = float_of(arguments[1]);
  const double size = float_of(arguments[2]) - low;
  // An empty range has but one number.
  if (size == 0) return low;
  return modulo(evaluation, value - low, size) + low;
}

Value remap(Evaluation& evaluation, const Bound& arguments) {
  if (arguments.has(kSteps) || arguments.has(kEdges)) return remap_in_steps(evaluation, arguments);
  const auto calculate = [&](Operator op, const Value& a, const Value& b) {
    return arithmetic(evaluation, op, a, b);
  };
  const Value distance = calculate(Operator::subtract, float_of(arguments[kValue]), arguments[kInMin]);
  const Value out_size = calculate(Operator::subtract, arguments[kOutMax], arguments[kOutMin]);
  const Value scaled = calculate(Operator::multiply, distance, out_size);
  const Value in_size = calculate(Operator::subtract, arguments[kInMax], arguments[kInMin]);
  return calculate(Operator::add, arguments[kOutMin], calculate(Operator::divide, scaled, in_size));
}

}  // namespace gable::rules::jinja
