#include "core/subscriptions.hpp"

namespace gable::hub {

namespace {

bool wild(std::string_view filter) { return filter.find_first_of("+#") != std::string_view::npos; }

}  // namespace

void Subscriptions::add(Turn& turn, std::string_view filter, int qos) {
  const auto found = wanted_.find(filter);
  if (found == wanted_.end()) {
    wanted_.emplace(filter, Wanted{.count = 1, .qos = qos});
    filters_.add(filter, {});
    wildcards_ += wild(filter) ? 1 : 0;
  } else {
    ++found->second.count;
    found->second.qos = qos;
  }
  // Asked for again when somebody joins: he too wants what is retained there.
  turn.out.subscribes.push_back({.filter = std::string(filter), .qos = qos});
}

void Subscriptions::read(Turn& turn, std::string_view filter) {
  if (!wanted_.contains(filter)) {
    wanted_.emplace(filter, Wanted{});
    filters_.add(filter, {});
    wildcards_ += wild(filter) ? 1 : 0;
  }
  turn.out.subscribes.push_back({.filter = std::string(filter), .qos = 0});
}

void Subscriptions::confirm(Turn& turn) const {
  for (const auto& [filter, wanted] : wanted_)
    turn.out.subscribes.push_back({.filter = filter, .qos = wanted.qos, .if_new = true});
}

void Subscriptions::refresh(Turn& turn, std::string_view filter) const {
  const auto found = wanted_.find(filter);
  if (found == wanted_.end()) return;
  turn.out.subscribes.push_back({.filter = std::string(filter), .qos = found->second.qos});
}

void Subscriptions::listen(Turn& turn, std::string_view filter) {
  if (const auto found = wanted_.find(filter); found != wanted_.end()) found->second.qos = 1;
  turn.out.subscribes.push_back({.filter = std::string(filter), .qos = 1, .stored = false});
}

void Subscriptions::drop(Turn& turn, std::string_view filter) {
  const auto found = wanted_.find(filter);
  if (found == wanted_.end() || --found->second.count > 0) return;
  wanted_.erase(found);
  filters_.remove(filter, 0);
  wildcards_ -= wild(filter) ? 1 : 0;
  // Several messages may share a turn's effects, in which unsubscribing comes first.
  std::erase_if(turn.out.subscribes, [&](const Subscribe& wish) { return wish.filter == filter; });
  turn.out.unsubscribes.emplace_back(filter);
}

// Copies come one after the other. Two equal messages that somebody really sent come as two such groups.
bool Subscriptions::is_copy(const MessageIn& message) {
  if (wildcards_ == 0 || message.retained) return false;
  matching_.clear();
  filters_.find(message.topic, matching_);
  if (matching_.size() < 2) {
    copies_ = 0;
    return false;
  }
  const std::hash<std::string_view> hash;
  const std::size_t fingerprint = hash(message.topic) * 31 + hash(message.payload);
  if (copies_ > 0 && fingerprint == fingerprint_) {
    --copies_;
    return true;
  }
  fingerprint_ = fingerprint;
  copies_ = matching_.size() - 1;
  return false;
}

}  // namespace gable::hub
