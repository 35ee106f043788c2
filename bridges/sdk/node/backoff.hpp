#pragma once
// Back-off with jitter: how long to wait before the next attempt at something that failed. A plain value;
// whoever tries owns it.

#include <chrono>
#include <cstdint>
#include <random>

namespace gable::node {

class Backoff {
 public:
  // 0 < min ≤ max. Equal seeds give equal delays.
  Backoff(std::chrono::milliseconds min, std::chrono::milliseconds max, std::uint32_t seed);

  // The delay before the next attempt: doubles from min to max, ± 20 % jitter, so that a house full of
  // bridges does not come back in one instant.
  std::chrono::milliseconds next();
  // It worked: begin at min again.
  void reset();
  // Delays given since the last reset.
  [[nodiscard]] unsigned attempts() const { return attempts_; }

 private:
  std::chrono::milliseconds min_, max_, base_;
  unsigned attempts_ = 0;
  std::minstd_rand random_;
};

}  // namespace gable::node
