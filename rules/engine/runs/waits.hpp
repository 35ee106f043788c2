#pragma once
// Waits: who is to be woken by a moment, a change, a trigger or the end of a call. An index over the strands
// that wait; they themselves know what for.

#include <map>
#include <set>

#include "engine/runs/run.hpp"

namespace gable::rules {

class Waits {
 public:
  // A strand has at most one wait; remove() takes it as it was added.
  void add(StrandRef who, const Wait& wait);
  void remove(StrandRef who, const Wait& wait);

  [[nodiscard]] std::optional<Instant> next_deadline() const;
  // The one that is due first, if it is by `now`.
  [[nodiscard]] std::optional<StrandRef> due(Instant now) const;
  // Those that wait for a condition.
  [[nodiscard]] const std::set<StrandRef>& conditions() const { return conditions_; }
  [[nodiscard]] std::optional<StrandRef> of_trigger(TriggerOwner owner) const;
  [[nodiscard]] std::optional<StrandRef> of_call(std::uint64_t call) const;

 private:
  std::set<std::pair<Instant, StrandRef>> moments_;
  std::set<StrandRef> conditions_;
  std::map<TriggerOwner, StrandRef> triggers_;
  std::map<std::uint64_t, StrandRef> calls_;
};

}  // namespace gable::rules
