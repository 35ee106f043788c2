#include "core/deadlines.hpp"

namespace gable::hub {

void Deadlines::set(DeadlineKind kind, std::uint64_t id, wire::Time when) {
  clear(kind, id);
  times_.emplace(Key(kind, id), when);
  queue_.emplace(when, kind, id);
}

void Deadlines::clear(DeadlineKind kind, std::uint64_t id) {
  const auto found = times_.find({kind, id});
  if (found == times_.end()) return;
  queue_.erase({found->second, kind, id});
  times_.erase(found);
}

bool Deadlines::armed(DeadlineKind kind, std::uint64_t id) const { return times_.contains({kind, id}); }

std::optional<wire::Time> Deadlines::next() const {
  if (queue_.empty()) return std::nullopt;
  return std::get<0>(*queue_.begin());
}

std::optional<Deadline> Deadlines::pop(wire::Time now) {
  if (queue_.empty() || std::get<0>(*queue_.begin()) > now) return std::nullopt;
  const auto [when, kind, id] = *queue_.begin();
  queue_.erase(queue_.begin());
  times_.erase({kind, id});
  return Deadline{kind, id};
}

}  // namespace gable::hub
