#include "engine/runs/waits.hpp"

#include <algorithm>

namespace gable::rules {

namespace {

std::optional<Instant> moment_of(const Wait& wait) {
  if (!wait.until || !wait.minute) return wait.until ? wait.until : wait.minute;
  return std::min(*wait.until, *wait.minute);
}

template <typename Key>
std::optional<StrandRef> look_up(const std::map<Key, StrandRef>& map, Key key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

void Waits::add(StrandRef who, const Wait& wait) {
  if (const auto moment = moment_of(wait)) moments_.emplace(*moment, who);
  if (wait.kind == Wait::Kind::condition) conditions_.insert(who);
  if (wait.kind == Wait::Kind::trigger) triggers_[wait.owner] = who;
  if (wait.kind == Wait::Kind::call) calls_[wait.call.id] = who;
}

void Waits::remove(StrandRef who, const Wait& wait) {
  if (const auto moment = moment_of(wait)) moments_.erase({*moment, who});
  if (wait.kind == Wait::Kind::condition) conditions_.erase(who);
  if (wait.kind == Wait::Kind::trigger) triggers_.erase(wait.owner);
  if (wait.kind == Wait::Kind::call) calls_.erase(wait.call.id);
}

std::optional<Instant> Waits::next_deadline() const {
  return moments_.empty() ? std::nullopt : std::optional(moments_.begin()->first);
}

std::optional<StrandRef> Waits::due(Instant now) const {
  if (moments_.empty() || moments_.begin()->first > now) return std::nullopt;
  return moments_.begin()->second;
}

std::optional<StrandRef> Waits::of_trigger(TriggerOwner owner) const { return look_up(triggers_, owner); }
std::optional<StrandRef> Waits::of_call(std::uint64_t call) const { return look_up(calls_, call); }

}  // namespace gable::rules
