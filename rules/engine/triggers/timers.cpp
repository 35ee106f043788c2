#include "engine/triggers/timers.hpp"

namespace gable::rules {

Timers::Key Timers::set(Instant due, const FiringOrder& order, Timer timer) {
  const Key key{due, order, ++last_};
  timers_.emplace(key, std::move(timer));
  return key;
}

std::optional<Timers::Due> Timers::take(Instant now) {
  const auto first = timers_.begin();
  if (first == timers_.end() || first->first.due > now) return std::nullopt;
  Due due{first->first.due, std::move(first->second)};
  timers_.erase(first);
  return due;
}

std::optional<Instant> Timers::next() const {
  return timers_.empty() ? std::nullopt : std::optional(timers_.begin()->first.due);
}

}  // namespace gable::rules
