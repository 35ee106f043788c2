#include "node/backoff.hpp"

#include <algorithm>

namespace gable::node {

Backoff::Backoff(std::chrono::milliseconds min, std::chrono::milliseconds max, std::uint32_t seed)
    : min_(min), max_(max), base_(min), random_(seed) {}

std::chrono::milliseconds Backoff::next() {
  const std::chrono::milliseconds base = base_;
  base_ = std::min(base_ * 2, max_);
  ++attempts_;
  std::uniform_real_distribution<double> jitter(0.8, 1.2);
  return std::chrono::milliseconds(
      static_cast<std::chrono::milliseconds::rep>(static_cast<double>(base.count()) * jitter(random_)));
}

void Backoff::reset() {
  base_ = min_;
  attempts_ = 0;
}

}  // namespace gable::node
