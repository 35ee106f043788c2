// Lengths of time and what Python calculates with them.

#include "template/time/timedelta.hpp"

#include <array>
#include <cmath>

#include "template/time/civil.hpp"
#include "template/time/text.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

using Wide = Timedelta::Wide;

constexpr std::int64_t kMaxDays = 999'999'999;

Wide floor_wide(Wide a, Wide b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

// a / b to the nearest, halves to the even one.
Wide round_wide(Wide a, Wide b) {
  const Wide quotient = floor_wide(a, b);
  const Wide twice = (a - quotient * b) * 2 * (b < 0 ? -1 : 1);
  const Wide size = b < 0 ? -b : b;
  return twice > size || (twice == size && quotient % 2 != 0) ? quotient + 1 : quotient;
}

[[noreturn]] void throw_overflow() {
  throw_error(ErrorClass::overflow_error, "Python int too large to convert to C int");
}

[[noreturn]] void throw_zero_division() {
  throw_error(ErrorClass::zero_division_error, "integer division or modulo by zero");
}

// A float as mantissa · 2^exponent, exactly.
struct Binary {
  std::int64_t mantissa = 0;
  int exponent = 0;
};

Binary binary_of(double number) {
  if (std::isnan(number)) throw_value_error("cannot convert NaN to integer ratio");
  if (std::isinf(number)) {
    throw_error(ErrorClass::overflow_error, "cannot convert Infinity to integer ratio");
  }
  Binary binary;
  binary.mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(number, &binary.exponent), 53));
  binary.exponent -= 53;
  while (binary.mantissa != 0 && binary.mantissa % 2 == 0) {
    binary.mantissa /= 2;
    ++binary.exponent;
  }
  return binary;
}

int bits_of(Wide number) {
  int bits = 0;
  for (; number != 0; number /= 2) ++bits;
  return bits;
}

// micros · mantissa · 2^exponent, rounded.
Wide scaled(Wide micros, std::int64_t mantissa, int exponent) {
  const Wide product = micros * mantissa;  // < 2^67 · 2^53
  if (product == 0) return 0;
  if (exponent >= 0) {
    if (bits_of(product) + exponent > 80) throw_overflow();
    return product << exponent;
  }
  return exponent < -124 ? Wide{0} : round_wide(product, Wide{1} << -exponent);
}

// micros / (mantissa · 2^exponent), rounded.
Wide divided(Wide micros, const Binary& by) {
  if (by.mantissa == 0) throw_zero_division();
  if (by.exponent >= 0) {
    return by.exponent + bits_of(by.mantissa) > 124 ? Wide{0}
                                                    : round_wide(micros, Wide{by.mantissa} << by.exponent);
  }
  if (bits_of(micros) - by.exponent <= 124) return round_wide(micros << -by.exponent, by.mantissa);
  const long double quotient =
      static_cast<long double>(micros) / std::ldexp(static_cast<long double>(by.mantissa), by.exponent);
  if (std::fabs(quotient) > 1e24L) throw_overflow();
  return static_cast<Wide>(std::nearbyint(quotient));
}

// Sums up the parts: whole microseconds exactly, what is less than one as Python's C code does.
class Sum {
 public:
  void add(const Value* part, Wide unit, std::string_view name) {
    if (part == nullptr) return;
    std::int64_t integer = 0;
    if (small_integer(*part, integer)) {
      total_ += unit * integer;
    } else if (const double* real = part->as_real()) {
      add_real(*real, unit);
    } else if (part->is(Value::Kind::big_integer)) {
      throw_overflow();
    } else {
      throw_type_error("unsupported type for timedelta " + std::string(name) +
                       " component: " + std::string(type_name(*part)));
    }
  }

  [[nodiscard]] Wide total() const {
    if (fraction_ == 0) return total_;
    double whole = std::round(fraction_);
    if (std::fabs(whole - fraction_) == 0.5) {
      const double odd = total_ % 2 != 0 ? 1.0 : 0.0;  // a half goes to the even total
      whole = 2.0 * std::round((fraction_ + odd) * 0.5) - odd;
    }
    return total_ + static_cast<Wide>(whole);
  }

 private:
  void add_real(double number, Wide unit) {
    if (std::isnan(number)) throw_value_error("cannot convert float NaN to integer");
    if (std::isinf(number)) {
      throw_error(ErrorClass::overflow_error, "cannot convert float infinity to integer");
    }
    double whole = 0;
    double rest = std::modf(number, &whole);
    if (std::fabs(whole) > 1e20) throw_overflow();
    total_ += static_cast<Wide>(whole) * unit;
    rest = std::modf(rest * static_cast<double>(unit), &whole);
    total_ += static_cast<Wide>(whole);
    fraction_ += rest;
  }

  Wide total_ = 0;
  double fraction_ = 0;
};

std::optional<Value> with_timedelta(Operator op, Wide a, Wide b) {
  switch (op) {
    case Operator::add:
      return make_timedelta(a + b);
    case Operator::subtract:
      return make_timedelta(a - b);
    case Operator::divide:
      if (b == 0) throw_error(ErrorClass::zero_division_error, "division by zero");
      return Value(static_cast<double>(static_cast<long double>(a) / static_cast<long double>(b)));
    case Operator::floor_divide: {
      if (b == 0) throw_zero_division();
      const Wide quotient = floor_wide(a, b);
      if (quotient > INT64_MAX || quotient < INT64_MIN) throw_overflow();
      return Value(static_cast<std::int64_t>(quotient));
    }
    case Operator::modulo:
      if (b == 0) throw_zero_division();
      return make_timedelta(a - floor_wide(a, b) * b);
    default:
      return std::nullopt;
  }
}

std::optional<Value> with_integer(Operator op, Wide a, std::int64_t b) {
  if (op == Operator::multiply) {
    if (bits_of(a) + bits_of(b) > 120) throw_overflow();
    return make_timedelta(a * b);
  }
  if (op != Operator::divide && op != Operator::floor_divide) return std::nullopt;
  if (b == 0) throw_zero_division();
  return make_timedelta(op == Operator::divide ? round_wide(a, b) : floor_wide(a, b));
}

std::optional<Value> with_real(Operator op, Wide a, double b) {
  if (op == Operator::multiply) {
    const Binary factor = binary_of(b);
    return make_timedelta(scaled(a, factor.mantissa, factor.exponent));
  }
  if (op != Operator::divide) return std::nullopt;
  return make_timedelta(divided(a, binary_of(b)));
}

}  // namespace

std::int64_t Timedelta::days() const { return static_cast<std::int64_t>(floor_wide(micros_, kDay)); }

std::int64_t Timedelta::micros_of_day() const {
  return static_cast<std::int64_t>(micros_ - floor_wide(micros_, kDay) * kDay);
}

double Timedelta::total_seconds() const {
  return static_cast<double>(static_cast<long double>(micros_) / 1'000'000.0L);
}

std::string Timedelta::repr() const {
  const std::int64_t seconds = micros_of_day() / kSecond;
  const std::int64_t micros = micros_of_day() % kSecond;
  std::string parts;
  const auto add = [&parts](std::string_view name, std::int64_t number) {
    if (number == 0) return;
    if (!parts.empty()) parts += ", ";
    parts.append(name) += '=' + std::to_string(number);
  };
  add("days", days());
  add("seconds", seconds);
  add("microseconds", micros);
  return "datetime.timedelta(" + (parts.empty() ? "0" : parts) + ")";
}

std::string Timedelta::str() const {
  std::string text;
  if (days() != 0) {
    text = std::to_string(days()) + (days() == 1 || days() == -1 ? " day, " : " days, ");
  }
  const DayTime time = day_time_of(micros_of_day());
  text += std::to_string(time.hour);
  append_number(time.minute, 2, text += ':');
  append_number(time.second, 2, text += ':');
  if (time.microsecond != 0) append_number(time.microsecond, 6, text += '.');
  return text;
}

std::optional<Value> Timedelta::attribute(Evaluation&, std::string_view name) {
  if (name == "days") return Value(days());
  if (name == "seconds") return Value(micros_of_day() / kSecond);
  if (name == "microseconds") return Value(micros_of_day() % kSecond);
  if (name == "min") return make_timedelta(-Wide{kMaxDays} * kDay);
  if (name == "max") return make_timedelta(Wide{kMaxDays + 1} * kDay - 1);
  if (name == "resolution") return make_timedelta(1);
  return std::nullopt;
}

bool Timedelta::equals(const Value& other) const {
  const auto* const that = other.as<Timedelta>();
  return that != nullptr && that->micros_ == micros_;
}

std::size_t Timedelta::hash() const {
  return std::hash<std::int64_t>()(days()) * 31 + std::hash<std::int64_t>()(micros_of_day());
}

std::optional<bool> Timedelta::less(const Value& other) const {
  const auto* const that = other.as<Timedelta>();
  return that == nullptr ? std::nullopt : std::optional(micros_ < that->micros_);
}

std::optional<Value> Timedelta::arithmetic(Operator op, const Value& other, bool reflected) const {
  if (const auto* const that = other.as<Timedelta>()) {
    return reflected ? with_timedelta(op, that->micros_, micros_)
                     : with_timedelta(op, micros_, that->micros_);
  }
  if (reflected && op != Operator::multiply) return std::nullopt;  // 2 / timedelta
  std::int64_t integer = 0;
  if (small_integer(other, integer)) return with_integer(op, micros_, integer);
  if (const double* real = other.as_real()) return with_real(op, micros_, *real);
  if (other.is(Value::Kind::big_integer) && op == Operator::multiply) {
    if (micros_ == 0) return make_timedelta(0);
    throw_overflow();
  }
  return std::nullopt;
}

std::optional<Value> Timedelta::negated() const { return make_timedelta(-micros_); }

Value make_timedelta(Timedelta::Wide micros) {
  const Wide days = floor_wide(micros, kDay);
  if (days > kMaxDays || days < -kMaxDays) {
    const Wide shown = days > INT64_MAX ? INT64_MAX : days < INT64_MIN ? INT64_MIN : days;
    throw_error(ErrorClass::overflow_error, "days=" + std::to_string(static_cast<std::int64_t>(shown)) +
                                                "; must have magnitude <= 999999999");
  }
  return ObjectPtr(std::make_shared<Timedelta>(micros));
}

Value make_timedelta(const TimedeltaParts& parts) {
  Sum sum;  // in Python's order: it decides how fractions are rounded
  sum.add(parts.microseconds, 1, "microseconds");
  sum.add(parts.milliseconds, 1000, "milliseconds");
  sum.add(parts.seconds, kSecond, "seconds");
  sum.add(parts.minutes, kMinute, "minutes");
  sum.add(parts.hours, kHour, "hours");
  sum.add(parts.days, kDay, "days");
  sum.add(parts.weeks, 7 * kDay, "weeks");
  return make_timedelta(sum.total());
}

}  // namespace gable::rules::jinja
