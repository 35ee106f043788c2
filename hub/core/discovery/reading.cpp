// What the broker holds for discovery when the hub connects: asked for in parts that it hands out whole
// (decision 0014), and what follows when all of it has been read.

#include <algorithm>
#include <utility>

#include "core/discovery/discovery_desk.hpp"

namespace gable::hub {

namespace {

constexpr std::size_t kPortion = 250;  // topics that are subscribed together, each with its retained message

// What is announced while the house runs has so long to say its state; programs are not asked for all of
// theirs more often than that; of more than so many some will be silent if any is.
constexpr Duration kSilence{3'000};
constexpr Duration kBetweenGreetings{60'000};
constexpr std::size_t kMostLate = 1'000;

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

void DiscoveryDesk::refresh(Turn& turn) {
  if (!discovery_) return;
  for (const auto& filter : filters()) p_.subscriptions.refresh(turn, filter);
  for (const std::string_view topic : discovery_->topics()) p_.subscriptions.refresh(turn, topic);
  // The broker keeps nothing of QoS 0 for those who are away, though it keeps their session.
  greet(turn);
}

// Programs whose states are not retained send them again when they hear this (zigbee2mqtt, 30 s later). Where
// Home Assistant says it, nobody else does.
void DiscoveryDesk::greet(Turn& turn) {
  if (!options_.homeassistant || online_elsewhere_) return;
  if (turn.now >= greeted_ && turn.now < greeted_ + kBetweenGreetings) {
    greeting_due_ = true;
    return p_.deadlines.set(DeadlineKind::silent, 0, greeted_ + kBetweenGreetings);
  }
  greeted_ = turn.now;
  greeting_due_ = false;
  // At QoS 1: a broker that does not allow it says so, where at QoS 0 mosquitto ends the connection.
  turn.out.publishes.push_back({.topic = options_.prefix + "/status", .payload = "online"});
}

// Whoever announces a device and says its state at once is not heard by those who first have to subscribe.
void DiscoveryDesk::note_late(EntityIndex entity) {
  if (late_.empty()) {
    late_since_ = turn_->now;
    p_.deadlines.set(DeadlineKind::silent, 0, turn_->now + kSilence);
  }
  if (late_.size() < kMostLate) late_.push_back(entity);
}

void DiscoveryDesk::greet_for_silent(Turn& turn) {
  const std::vector<EntityIndex> late = std::exchange(late_, {});
  const bool silent = std::any_of(late.begin(), late.end(), [this](EntityIndex index) {
    const Entity& entity = p_.registry.entity(index);
    return !entity.forgotten && entity.state.last_reported < late_since_;
  });
  if (silent || greeting_due_) greet(turn);
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
    Turn* const former = std::exchange(turn_, &turn);
    for (const auto& question : maps_->start()) ask(question);
    turn_ = former;
  }
  for (const auto& [index, verdict] : std::exchange(verdicts_, {})) {
    p_.states.judge(turn, index,
                    {verdict.available ? Availability::online : Availability::offline, verdict.reason});
  }
  // The same filters at QoS 1, without a second burst on MQTT 5.
  for (const auto& filter : filters()) p_.subscriptions.listen(turn, filter);
  raise_ghosts(turn);
  neighbours_.settle(turn);
  if (first) greet(turn);
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
