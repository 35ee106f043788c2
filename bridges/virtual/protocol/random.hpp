#pragma once
// Chance from a seed: the same seed gives the same sequence on every machine and library (the standard
// distributions do not promise that). Each device has its own, so that one more device changes no other.
// Pure.

#include <cstdint>
#include <string_view>

#include "protocol/values.hpp"

namespace gable::virtual_house {

// A well-mixed number from a seed and a name or number.
std::uint64_t mix(std::uint64_t seed, std::string_view name);
std::uint64_t mix(std::uint64_t seed, std::uint64_t number);

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  // [0, 1)
  double unit();
  double between(double low, double high);
  Span between(Span low, Span high);
  // [0, count); `count` is at least 1.
  std::size_t pick(std::size_t count);
  bool chance(double probability);

 private:
  std::uint64_t state_;
};

// A smooth curve through random points, −1 to 1: the same for the same seed and moment, whatever came before.
// `period` is the distance of the points.
double smooth_noise(std::uint64_t seed, Moment moment, Span period);

}  // namespace gable::virtual_house
