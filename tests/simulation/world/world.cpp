#include "world/world.hpp"

#include <algorithm>
#include <utility>

#include "wire/json.hpp"
#include "world/checker.hpp"

namespace gable::sim {

namespace {

constexpr std::uint64_t kStepLimit = 2'000'000;  // of one seed; only a loop of messages needs so many

enum Actor : std::size_t { broker, hub, zw, mb, z2m, anna };

}  // namespace

void History::note(const std::string& text) {
  ++lines;
  for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  digest = (digest ^ static_cast<std::uint64_t>(time_.age().count())) * 1099511628211ULL;
  if (listener) listener(std::to_string(time_.age().count()) + " " + text);
}

World::World(const WorldOptions& options)
    : options_(options),
      random_(options.seed * 2),
      plan_(make_plan(options.seed)),
      history_(time_),
      schedule_(time_),
      nature_(schedule_, history_, random_),
      broker_clock_(time_),
      broker_(broker_clock_, gable::test::MemoryBrokerOptions::house()),
      hub_(time_, broker_, history_),
      zw_("zw", time_, broker_, nature_, history_),
      mb_("mb", time_, broker_, nature_, history_),
      z2m_(time_, broker_, nature_, history_, plan_.announcer_keeps != 0),
      anna_(time_, broker_, history_) {
  history_.listener = options_.log;
  hub_.sabotage = zw_.sabotage = mb_.sabotage = options_.sabotage;
  if (options_.sabotage == "forget a write") hub_.disk().forget_commit(200);
  if (options_.without_faults) plan_.faults.clear();
}

std::vector<std::string> World::live() {
  for (const std::size_t actor : {anna, zw, mb, z2m, hub})
    restart_later(actor, random_.span(Span{0}, Span{2'000}));
  plan_life();
  live_until(Plan::kQuiet);
  end_all_faults();
  live_until(Plan::kJudged);
  Checker checker(history_, nature_, plan_);
  checker.check_agreement(broker_.retained(), hub_.disk());
  live_until(Plan::kEnd);
  checker.check_agreement(broker_.retained(), hub_.disk());
  checker.check_history(hub_.disk());
  return checker.take();
}

void World::plan_life() {
  save_broker();
  const auto begin = schedule_.now();
  for (const auto& event : plan_.life) schedule_.at(begin + event.at, [this, &event] { happen(event); });
  for (const auto& fault : plan_.faults) {
    schedule_.at(begin + fault.at, [this, &fault] {
      ++history_.faults[to_string(fault.kind)];
      history_.note("fault " + text_of(fault));
      strike(fault);
    });
  }
}

void World::save_broker() {
  constexpr Span kAgain{30'000};
  if (broker_.running()) broker_.save();
  schedule_.after(kAgain, [this] { save_broker(); });
}

void World::happen(const LifeEvent& event) {
  switch (event.kind) {
    case LifeEvent::Kind::press:
      return nature_.press(event.who);
    case LifeEvent::Kind::wish:
      return anna_.want(event.who, event.what);
    case LifeEvent::Kind::change: {
      wire::Value value;
      if (!wire::parse_scalar(event.what, value)) value = event.what;
      return nature_.change(event.who, {{"state", value}});
    }
  }
}

std::optional<Steady> World::next_moment() const {
  std::optional<Steady> first;
  const auto consider = [&first](std::optional<Steady> when) {
    if (when) first = std::min(first.value_or(*when), *when);
  };
  consider(schedule_.next());
  consider(broker_.next_due());
  consider(hub_.next_timer());
  for (const auto* one : {&zw_, &mb_}) consider(one->next_timer());
  consider(z2m_.next_timer());
  consider(anna_.next_timer());
  return first;
}

void World::live_until(Span end) {
  const Steady last = WorldTime::kBeginning + end;
  std::uint64_t steps = 0;
  for (;;) {
    while (settle()) {
      if (++steps > kStepLimit) throw std::runtime_error("the world does not come to rest");
    }
    const auto next = next_moment();
    if (!next || *next > last) break;
    if (*next <= time_.now() && ++steps > kStepLimit) throw std::runtime_error("time does not go on");
    time_.advance_to(*next);
  }
  time_.advance_to(last);
}

// Everybody in an order that the seed chooses; true when somebody had something to do.
bool World::settle() {
  bool any = schedule_.run_one();
  std::array<std::size_t, kActors> order{broker, hub, zw, mb, z2m, anna};
  for (std::size_t i = kActors - 1; i > 0; --i) std::swap(order[i], order[random_.below(i + 1)]);
  for (const std::size_t actor : order) {
    try {
      any = act(actor) || any;
    } catch (const Crash& death) {
      crash(actor, death.where);
      any = true;
    }
  }
  return any;
}

bool World::act(std::size_t actor) {
  switch (actor) {
    case broker: {
      bool any = false;
      for (auto packets = random_.between(1, 12); packets > 0 && broker_.deliver_one(); --packets) any = true;
      return any;
    }
    case hub:
      return hub_.run();
    case zw:
      return zw_.run();
    case mb:
      return mb_.run();
    case z2m:
      return z2m_.run();
    default:
      return anna_.run();
  }
}

}  // namespace gable::sim
