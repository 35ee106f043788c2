#include "engine/book/loop_guard.hpp"

#include <utility>

namespace gable::rules {

namespace {
constexpr std::size_t kGeneration = 4096;  // contexts
}

void LoopGuard::started(const Context& context) {
  if (young_.size() >= kGeneration) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_[context.id] = true;
}

bool LoopGuard::by_rule(const Context& cause) const {
  const auto known = [this](const std::string& id) {
    return !id.empty() && (young_.contains(id) || old_.contains(id));
  };
  return known(cause.id) || known(cause.parent);
}

bool LoopGuard::allow(const std::string& rule, const Context& cause, Instant now) {
  if (!by_rule(cause)) return true;
  Count& count = counts_[rule];
  if (now - count.since >= kWindow || now < count.since) count = Count{now, 0, false};
  if (++count.starts <= kMost) return true;
  held_[rule] = now;
  return false;
}

bool LoopGuard::is_over(const std::string& rule, Instant now) {
  const auto found = held_.find(rule);
  if (found == held_.end() || now - found->second < kOver) return false;
  held_.erase(found);
  return true;
}

bool LoopGuard::forget(const std::string& rule) {
  counts_.erase(rule);
  return held_.erase(rule) > 0;
}

bool LoopGuard::should_tell(const std::string& rule) {
  Count& count = counts_[rule];
  return !std::exchange(count.told, true);
}

}  // namespace gable::rules
