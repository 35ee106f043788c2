// What the broker holds for discovery when the hub connects: asked for in parts that it hands out whole
// (decision 0014), and what follows when all of it has been read.

#include <algorithm>
#include <utility>

#include "core/discovery/discovery_desk.hpp"

namespace gable::hub {

namespace {

constexpr std::size_t kPortion = 250;  // topics that are subscribed together, each with its retained message

}  // namespace

std::vector<std::string> DiscoveryDesk::filters() const {
  std::vector<std::string> all = discovery_->filters();
  const auto take = [&all](const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  if (!all.empty()) take(Neighbours::filters());
  if (homie_) take(homie_->filters());
  if (maps_) take(maps_->filters());
  return all;
}

void DiscoveryDesk::begin_sync(Turn& turn) {
  settled_ = settled_ && !verdicts_.empty();
  if (!discovery_) return;
  reading_ = true;
  for (const auto& filter : filters()) p_.subscriptions.read(turn, filter);
  if (!options_.homeassistant) return;
  slices_.begin();
  turn.out.subscribes.push_back({.filter = options_.prefix + "/status", .qos = 0});
}

bool DiscoveryDesk::read_on(Turn& turn) {
  if (!discovery_ || !options_.homeassistant) return false;
  for (const auto& filter : slices_.present()) turn.out.unsubscribes.push_back(filter);
  for (auto& filter : slices_.next([this] { return discovery_->sources(); }))
    turn.out.subscribes.push_back({.filter = std::move(filter), .qos = 0});
  return !slices_.present().empty();
}

bool DiscoveryDesk::take_new_topics(Turn& turn) {
  take_waiting(turn);
  const auto portion = static_cast<std::ptrdiff_t>(std::min(wishes_.size(), kPortion));
  for (auto wish = wishes_.end() - portion; wish != wishes_.end(); ++wish)
    p_.subscriptions.add(turn, wish->filter, wish->qos);
  wishes_.erase(wishes_.end() - portion, wishes_.end());
  return portion > 0;
}

void DiscoveryDesk::refresh(Turn& turn) const {
  if (!discovery_) return;
  for (const auto& filter : filters()) p_.subscriptions.refresh(turn, filter);
  for (const std::string_view topic : discovery_->topics()) p_.subscriptions.refresh(turn, topic);
}

void DiscoveryDesk::settle(Turn& turn) {
  if (!discovery_) return;
  if (homie_) {
    Turn* const former = std::exchange(turn_, &turn);
    homie_->settle();
    take_homie();
    turn_ = former;
  }
  const bool first = !std::exchange(settled_, true);
  reading_ = false;
  for (const auto& wish : std::exchange(wishes_, {})) p_.subscriptions.add(turn, wish.filter, wish.qos);
  if (first && maps_) {
    for (auto& ask : maps_->start())
      turn.out.publishes.push_back({.topic = std::move(ask.topic), .payload = std::move(ask.payload)});
  }
  for (const auto& [index, verdict] : std::exchange(verdicts_, {})) {
    p_.states.judge(turn, index,
                    {verdict.available ? Availability::online : Availability::offline, verdict.reason});
  }
  // The same filters at QoS 1, without a second burst on MQTT 5.
  for (const auto& filter : filters()) p_.subscriptions.listen(turn, filter);
  raise_ghosts(turn);
  neighbours_.settle(turn);
  // Programs whose states are not retained send them again when they hear this (zigbee2mqtt, 30 s later).
  // Where Home Assistant says it, nobody else does.
  if (first && options_.homeassistant && !online_elsewhere_)
    turn.out.publishes.push_back({.topic = options_.prefix + "/status", .payload = "online", .qos = 0});
}

// Entities of the store that nobody announces any more.
void DiscoveryDesk::raise_ghosts(Turn& turn) {
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
    const Entity& entity = p_.registry.entity(index);
    if (entity.forgotten || !serves(entity) || handle_of(index) != kNone) continue;
    p_.states.judge(turn, index, {Availability::offline, "nobody announces it now"});
  }
}

}  // namespace gable::hub
