// Floats of 16 bits: 1 of sign, 5 of exponent, 10 of mantissa.

#include "template/callables/half.hpp"

#include <cmath>
#include <limits>

namespace gable::rules::jinja {
namespace {

constexpr int kMantissaBits = 10;
constexpr int kLeastExponent = -14;
constexpr int kGreatestExponent = 15;
constexpr std::uint16_t kSign = 0x8000;
constexpr std::uint16_t kInfinity = 0x7C00;
constexpr std::uint16_t kNan = 0x7E00;
constexpr std::uint16_t kMantissa = 0x3FF;

}  // namespace

std::optional<std::uint16_t> half_bits(double number) {
  const std::uint16_t sign = std::signbit(number) ? kSign : 0;
  const double size = std::fabs(number);
  if (std::isnan(size)) return static_cast<std::uint16_t>(sign | kNan);
  if (std::isinf(size)) return static_cast<std::uint16_t>(sign | kInfinity);
  int exponent = size == 0 ? kLeastExponent : std::ilogb(size);
  if (exponent < kLeastExponent) exponent = kLeastExponent;
  if (exponent > kGreatestExponent) return std::nullopt;
  // In units of the last place; nearbyint rounds half to even. What rounds up to the next power of two
  // carries into the exponent by itself.
  const double units = std::nearbyint(std::ldexp(size, kMantissaBits - exponent));
  const int biased = exponent - kLeastExponent;
  const int bits = (biased << kMantissaBits) + static_cast<int>(units);
  if (bits >= kInfinity) return std::nullopt;
  return static_cast<std::uint16_t>(sign | bits);
}

double half_value(std::uint16_t bits) {
  const int exponent = (bits & ~kSign) >> kMantissaBits;
  const int mantissa = bits & kMantissa;
  const double sign = (bits & kSign) != 0 ? -1 : 1;
  if (exponent == kInfinity >> kMantissaBits) {
    return mantissa == 0 ? sign * std::numeric_limits<double>::infinity()
                         : std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
  }
  if (exponent == 0) return sign * std::ldexp(mantissa, kLeastExponent - kMantissaBits);
  return sign * std::ldexp(mantissa + (1 << kMantissaBits), exponent - 1 + kLeastExponent - kMantissaBits);
}

}  // namespace gable::rules::jinja
