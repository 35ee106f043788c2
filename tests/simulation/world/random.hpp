#pragma once
// Chance from a seed (SplitMix64, public domain algorithm): the same numbers on every machine, which those of
// <random>'s distributions are not.

#include <chrono>
#include <cstdint>

namespace gable::sim {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // 0 to n − 1; n ≥ 1.
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  // Both ends included.
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(to - from) + 1));
  }
  std::chrono::milliseconds span(std::chrono::milliseconds from, std::chrono::milliseconds to) {
    return std::chrono::milliseconds(between(from.count(), to.count()));
  }
  // In so many of a hundred cases.
  bool chance(unsigned percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

}  // namespace gable::sim
