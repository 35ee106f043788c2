#include "node/redelivery.hpp"

#include <functional>

namespace gable::node {

namespace {

// More than a broker has on its way to us (max_inflight_messages; 20 as mosquitto is, 200 in our
// configuration).
constexpr std::size_t kKept = 512;

std::size_t hash_of(const Message& message) {
  const std::hash<std::string> hash;
  return hash(message.topic) * 31 + hash(message.payload);
}

}  // namespace

void Redelivery::connected(bool session_present) {
  if (!session_present) seen_.clear();
  expected_ = 0;
  repeating_ = !seen_.empty();
}

bool Redelivery::repeats(const Message& message) {
  if (message.packet == 0) return false;
  const Seen now{message.packet, hash_of(message)};
  for (std::size_t i = expected_; repeating_ && i < seen_.size(); ++i) {
    if (seen_[i].packet != now.packet || seen_[i].hash != now.hash) continue;
    expected_ = i + 1;
    return true;
  }
  repeating_ = false;
  seen_.push_back(now);
  if (seen_.size() > kKept) seen_.pop_front();
  return false;
}

}  // namespace gable::node
