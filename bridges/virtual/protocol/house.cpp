#include "protocol/house.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <utility>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

struct DelayedOrder {
  Moment at;
  Order order;
  bool lost = false;  // it never arrives; at `at` the sender stops waiting
};

// After this a radio gives up waiting for a device that does not answer.
constexpr Span kPatience = std::chrono::seconds(10);

Outcome no_device(std::string_view device) {
  return {Verdict::rejected, "there is no device '" + std::string(device) + "'"};
}

}  // namespace

struct House::Place {
  Place(std::unique_ptr<SimDevice> made, std::uint64_t seed)
      : device(std::move(made)), condition(device->spec(), mix(seed, "link")) {}

  std::unique_ptr<SimDevice> device;
  Condition condition;
  std::deque<DelayedOrder> delayed;
  std::vector<std::pair<std::string, Fields>> reported;  // entity → what was last reported
  bool said_online = true;
  Seat seat = 0;
};

// What people do, carried to the devices.
class House::Steps final : public Footsteps {
 public:
  explicit Steps(House& house) : house_(house) {}
  void walk(std::string_view area) override {
    for (auto& place : house_.places_) {
      house_.turn(*place, [&](Turn& turn) { place->device->on_walk(area, turn); });
    }
  }
  void pass(std::string_view door) override {
    if (Place* place = house_.place_of(door)) {
      house_.turn(*place, [&](Turn& turn) { place->device->on_passage(turn); });
    }
  }
  void shower(std::string_view area) override {
    if (Room* room = house_.rooms_.find(area)) room->steam = 8;
  }
  void settle(std::string_view from, std::string_view to) override {
    if (Room* room = house_.rooms_.find(from)) room->people = std::max(0, room->people - 1);
    if (Room* room = house_.rooms_.find(to)) ++room->people;
  }

 private:
  House& house_;
};

House::House(HouseSpec spec, Moment start)
    : weather_(spec.climate, mix(spec.seed, "weather")),
      rooms_(std::move(spec.areas)),
      now_(start),
      next_room_step_(std::chrono::ceil<std::chrono::minutes>(start + Span(1))) {
  rooms_.settle(weather_, start);
  for (auto& person : spec.people) {
    const std::uint64_t seed = mix(spec.seed, "person " + person.name);
    people_.emplace_back(std::move(person), seed);
  }
  for (auto& device : spec.devices) {
    const KindSpec* kind = find_kind(device.kind);
    if (kind == nullptr) throw std::invalid_argument("unknown kind of device: " + device.kind);
    const std::uint64_t seed = mix(spec.seed, device.id);
    auto place = std::make_unique<Place>(kind->make(std::move(device), seed), seed);
    place->seat = 1 + people_.size() + places_.size();
    if (!by_id_.emplace(place->device->spec().id, places_.size()).second) {
      throw std::invalid_argument("two devices are called " + place->device->spec().id);
    }
    places_.push_back(std::move(place));
  }
  seated_.assign(1 + people_.size() + places_.size(), kNever);
  for (auto& place : places_) {
    place->condition.start(place->device->spec().fault, start);
    turn(*place, [&](Turn& turn) { place->device->start(turn); });
  }
  Steps steps(*this);
  for (auto& person : people_) person.start(start, steps);
  for (Seat seat = 0; seat < seated_.size(); ++seat) reseat(seat);
}

House::~House() = default;

std::vector<const SimDevice*> House::devices() const {
  std::vector<const SimDevice*> out;
  for (const auto& place : places_) out.push_back(place->device.get());
  return out;
}

House::Place* House::place_of(std::string_view device) {
  const auto found = by_id_.find(device);
  return found == by_id_.end() ? nullptr : places_.at(found->second).get();
}

const SimDevice* House::find(std::string_view device) const {
  const auto found = by_id_.find(device);
  return found == by_id_.end() ? nullptr : places_.at(found->second)->device.get();
}

bool House::online(std::string_view device) const {
  const auto found = by_id_.find(device);
  return found != by_id_.end() && places_.at(found->second)->condition.online();
}

Moment House::due(Seat seat) const {
  if (seat == 0) return next_room_step_;
  if (seat <= people_.size()) return people_.at(seat - 1).due();
  const Place& place = *places_.at(seat - 1 - people_.size());
  const Moment delayed = place.delayed.empty() ? kNever : place.delayed.front().at;
  return std::min({place.device->due(), place.condition.due(), delayed});
}

void House::reseat(Seat seat) {
  const Moment next = due(seat);
  Moment& seated = seated_.at(seat);
  if (next == seated) return;
  if (seated != kNever) agenda_.erase({seated, seat});
  if (next != kNever) agenda_.insert({next, seat});
  seated = next;
}

std::vector<Output> House::take() { return std::exchange(outputs_, {}); }

Moment House::next_due() const { return agenda_.empty() ? kNever : agenda_.begin()->first; }

void House::advance(Moment now) {
  while (!agenda_.empty() && agenda_.begin()->first <= now) {
    const auto [moment, seat] = *agenda_.begin();
    now_ = std::max(now_, moment);
    run(seat);
    reseat(seat);
  }
  now_ = std::max(now_, now);
}

void House::run(Seat seat) {
  if (seat == 0) {
    rooms_.step(weather_, next_room_step_);
    next_room_step_ += Rooms::kStep;
  } else if (seat <= people_.size()) {
    Steps steps(*this);
    people_.at(seat - 1).advance(now_, steps);
  } else {
    run_place(*places_.at(seat - 1 - people_.size()));
  }
}

void House::run_place(Place& place) {
  if (now_ >= place.condition.due()) place.condition.advance(now_);
  run_delayed(place);
  turn(place, [&](Turn& turn) {
    if (now_ >= place.device->due()) place.device->advance(turn);
  });
}

void House::run_delayed(Place& place) {
  while (!place.delayed.empty() && place.delayed.front().at <= now_) {
    const DelayedOrder delayed = std::move(place.delayed.front());
    place.delayed.pop_front();
    const Outcome outcome =
        delayed.lost ? Outcome{Verdict::failed, "the device does not answer"} : obey(place, delayed.order);
    if (outcome.verdict == Verdict::under_way) continue;
    outputs_.push_back({now_, place.device->spec().id, Finished{delayed.order.id, outcome}});
  }
}

template <class Act>
void House::turn(Place& place, Act act) {
  Turn turn{now_, rooms_, weather_, {}, {}};
  act(turn);
  emit(place, turn);
  reseat(place.seat);
}

void House::emit(Place& place, Turn& turn) {
  emit_link(place);
  const DeviceSpec& spec = place.device->spec();
  if (place.condition.online() && !spec.one_way) {
    emit_states(place);
    for (auto& event : turn.events) outputs_.push_back({now_, spec.id, std::move(event)});
  }
  // A device that answers nothing has answered when the radio has sent (see obey).
  if (spec.one_way) return;
  for (auto& finished : turn.finished) {
    if (!place.condition.online()) finished.outcome = {Verdict::failed, "the connection was lost on the way"};
    outputs_.push_back({now_, spec.id, std::move(finished)});
  }
}

void House::emit_link(Place& place) {
  const bool online = place.condition.online();
  if (online == place.said_online) return;
  place.said_online = online;
  // State first when it comes back; whatever it was before, it is told again.
  if (online) {
    place.reported.clear();
    if (!place.device->spec().one_way) emit_states(place);
  }
  outputs_.push_back({now_, place.device->spec().id, Link{online, place.condition.reason()}});
}

void House::emit_states(Place& place) {
  if (place.reported.empty()) {
    for (const EntitySpec& entity : place.device->entities())
      place.reported.emplace_back(entity.key, Fields{});
  }
  for (auto& [entity, last] : place.reported) {
    Fields state = place.device->state(entity);
    if (state == last) continue;
    last = state;
    outputs_.push_back({now_, place.device->spec().id, Report{entity, std::move(state)}});
  }
}

Outcome House::obey(Place& place, const Order& order) {
  Outcome outcome;
  turn(place, [&](Turn& turn) {
    outcome = place.device->obey(order, turn);
    const auto answered = std::find_if(turn.finished.begin(), turn.finished.end(),
                                       [&](const Finished& finished) { return finished.order == order.id; });
    if (answered == turn.finished.end()) return;
    outcome = answered->outcome;
    turn.finished.erase(answered);
  });
  const bool silent = place.device->spec().one_way;
  return silent && outcome.verdict != Verdict::rejected ? Outcome{} : outcome;
}

Outcome House::order(std::string_view device, const Order& order, Moment now) {
  advance(now);
  Place* place = place_of(device);
  if (place == nullptr) return no_device(device);
  if (!place->condition.online()) return {Verdict::failed, "not reachable: " + place->condition.reason()};
  const FaultKind fault = place->condition.fault();
  if (fault == FaultKind::refuse) return {Verdict::failed, "the device refused (fault on request)"};
  if (fault != FaultKind::drop && fault != FaultKind::delay) return obey(*place, order);
  const bool lost = fault == FaultKind::drop;
  place->delayed.push_back({now_ + (lost ? kPatience : place->condition.delay()), order, lost});
  reseat(place->seat);
  return {Verdict::under_way, {}};
}

Outcome House::press(std::string_view device, std::string_view button, std::string_view kind, Moment now) {
  advance(now);
  Place* place = place_of(device);
  if (place == nullptr) return no_device(device);
  bool pressed = false;
  turn(*place, [&](Turn& turn) { pressed = place->device->press(button, kind, turn); });
  return pressed ? Outcome{} : Outcome{Verdict::rejected, "no such button, no such kind of press, or busy"};
}

Outcome House::set_sensor(std::string_view device, std::string_view entity, const Value& value, Span hold,
                          Moment now) {
  advance(now);
  Place* place = place_of(device);
  if (place == nullptr) return no_device(device);
  bool set = false;
  turn(*place, [&](Turn& turn) { set = place->device->set_sensor(entity, value, hold, turn); });
  return set ? Outcome{} : Outcome{Verdict::rejected, "this is no input that can show " + text_of(value)};
}

Outcome House::walk(std::string_view area, Moment now) {
  advance(now);
  if (rooms_.find(area) == nullptr)
    return {Verdict::rejected, "there is no area '" + std::string(area) + "'"};
  Steps(*this).walk(area);
  return {};
}

Outcome House::fault(std::string_view device, const FaultSpec& fault, Moment now) {
  advance(now);
  Place* place = place_of(device);
  if (place == nullptr) return no_device(device);
  place->condition.impose(fault, now_);
  turn(*place, [](Turn&) {});
  return {};
}

}  // namespace gable::virtual_house
