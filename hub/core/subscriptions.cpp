#include "core/subscriptions.hpp"

namespace gable::hub {

void Subscriptions::add(Turn& turn, std::string_view filter, int qos) {
  const auto found = wanted_.find(filter);
  if (found == wanted_.end())
    wanted_.emplace(filter, 1);
  else
    ++found->second;
  // Asked for again when somebody joins: he too wants what is retained there.
  turn.out.subscribes.push_back({.filter = std::string(filter), .qos = qos});
}

void Subscriptions::drop(Turn& turn, std::string_view filter) {
  const auto found = wanted_.find(filter);
  if (found == wanted_.end() || --found->second > 0) return;
  wanted_.erase(found);
  turn.out.unsubscribes.emplace_back(filter);
}

}  // namespace gable::hub
