#pragma once
// The ids of messages that were taken lately. MQTT delivers a message of QoS 1 at least once: after a lost
// connection the broker sends again what it has no answer to.

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_set>
#include <utility>

namespace gable::hub {

class RecentIds {
 public:
  // `limit`: how many are remembered, ≥ 1.
  explicit RecentIds(std::size_t limit) : limit_(limit) {}

  // True if it is among the last ones; else remembers it.
  bool seen(std::string id) {
    if (!known_.insert(id).second) return true;
    order_.push_back(std::move(id));
    if (order_.size() > limit_) {
      known_.erase(order_.front());
      order_.pop_front();
    }
    return false;
  }

 private:
  std::size_t limit_;
  std::deque<std::string> order_;  // oldest first
  std::unordered_set<std::string> known_;
};

}  // namespace gable::hub
