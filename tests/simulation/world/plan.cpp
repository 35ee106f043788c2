#include "world/plan.hpp"

#include <algorithm>
#include <array>

namespace gable::sim {

namespace {

constexpr Span kLifeBegins{20'000};
constexpr Span kLifeEnds = Plan::kQuiet - Span{20'000};

constexpr std::array kBridges = {"zw", "mb"};
constexpr std::array kClients = {"gable-hub", "gable-hub", "gable-bridge-zw", "gable-bridge-mb", "z2m"};

const char* other(bool on) { return on ? "on" : "off"; }

// A contact that opens and closes, sometimes for longer than the rules hold.
void contact(Plan& plan, Random& random, const std::string& id, Span longest) {
  Span at = kLifeBegins;
  bool on = false;
  for (;;) {
    at += random.span(Span{500}, longest);
    if (at > kLifeEnds) return;
    on = !on;
    plan.life.push_back({at, LifeEvent::Kind::change, id, other(on)});
  }
}

// Readings that never come twice, so that one of them says when it was made.
void meter(Plan& plan, Random& random, const std::string& id) {
  Span at = kLifeBegins;
  for (int value = 1001;; ++value) {
    at += random.span(Span{200}, Span{180'000});
    if (at > kLifeEnds) return;
    plan.life.push_back({at, LifeEvent::Kind::change, id, std::to_string(value)});
  }
}

void presses(Plan& plan, Random& random, const std::string& id, Span longest) {
  Span at = kLifeBegins;
  for (;;) {
    at += random.span(Span{50}, longest);
    if (at > kLifeEnds) return;
    plan.life.push_back({at, LifeEvent::Kind::press, id, {}});
    // Twice in a row, as people press.
    if (random.chance(20)) {
      plan.life.push_back({at + random.span(Span{0}, Span{300}), LifeEvent::Kind::press, id, {}});
    }
  }
}

void wishes(Plan& plan, Random& random) {
  struct Wish {
    const char *who, *what;
  };
  constexpr std::array kWishes = {
      Wish{"light/lamp", "toggle"},    Wish{"light/lamp", "turn_on"}, Wish{"switch/plug", "turn_on"},
      Wish{"switch/plug", "turn_off"}, Wish{"switch/plug", "toggle"}, Wish{"lock/latch", "lock"},
      Wish{"switch/pump", "turn_off"}, Wish{"switch/bulb", "toggle"}, Wish{"switch/nowhere", "turn_on"}};
  Span at = kLifeBegins;
  for (;;) {
    at += random.span(Span{20}, Span{120'000});
    if (at > kLifeEnds) return;
    const auto& wish = kWishes[random.below(kWishes.size())];
    plan.life.push_back({at, LifeEvent::Kind::wish, wish.who, wish.what});
  }
}

std::int64_t size_of(FaultKind kind, Random& random) {
  switch (kind) {
    case FaultKind::hub_crash_write:
    case FaultKind::bridge_crash_write:
      return random.between(0, 40);
    case FaultKind::slow_link:
      return random.between(1, 2'000);
    case FaultKind::clock_jump:
      return random.chance(50) ? random.between(-5'000, 5'000) : random.between(-60'000, 3'600'000);
    case FaultKind::power_loss:
      return random.chance(50) ? 100 : random.between(100, 5'000);  // how slow the disk syncs
    default:
      return random.chance(70) ? random.between(1, 10'000) : random.between(10'000, 90'000);
  }
}

Fault make_fault(FaultKind kind, Random& random) {
  Fault fault{random.span(Span{5'000}, Plan::kQuiet - Span{1'000}), kind, {}, size_of(kind, random)};
  if (kind <= FaultKind::duplicate) fault.who = kClients[random.below(kClients.size())];
  if (kind >= FaultKind::bridge_crash && kind <= FaultKind::bridge_freeze) {
    fault.who = kBridges[random.below(kBridges.size())];
  }
  return fault;
}

void faults(Plan& plan, Random& random) {
  std::vector<FaultKind> kinds;
  const unsigned share = static_cast<unsigned>(random.between(5, 50));
  for (std::size_t i = 0; i < kFaultKinds; ++i) {
    if (random.chance(share)) kinds.push_back(static_cast<FaultKind>(i));
  }
  if (kinds.empty()) kinds.push_back(static_cast<FaultKind>(random.below(kFaultKinds)));
  const auto count = random.between(1, 14);
  for (std::int64_t i = 0; i < count; ++i) {
    plan.faults.push_back(make_fault(kinds[random.below(kinds.size())], random));
    // Troubles come in company: another one within a second.
    if (!random.chance(25)) continue;
    Fault second = make_fault(kinds[random.below(kinds.size())], random);
    second.at = plan.faults.back().at + random.span(Span{0}, Span{1'000});
    if (second.at < Plan::kQuiet) plan.faults.push_back(second);
  }
}

template <class Item>
void sort(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.at < b.at; });
}

}  // namespace

const char* to_string(FaultKind kind) {
  constexpr std::array kNames = {"lose_connection",    "freeze_link",     "slow_link",       "duplicate",
                                 "broker_restart",     "broker_forgets",  "broker_restores", "broker_wiped",
                                 "hub_crash",          "hub_crash_write", "hub_freeze",      "bridge_crash",
                                 "bridge_crash_write", "bridge_freeze",   "announcer_crash", "clock_jump",
                                 "disk_full",          "disk_full_crash", "power_loss"};
  static_assert(kNames.size() == kFaultKinds);
  return kNames[static_cast<std::size_t>(kind)];
}

std::string text_of(const Fault& fault) {
  return std::to_string(fault.at.count()) + " ms " + to_string(fault.kind) +
         (fault.who.empty() ? "" : " " + fault.who) + " " + std::to_string(fault.size);
}

Plan make_plan(std::uint64_t seed) {
  Random random(seed * 2 + 1);
  Plan plan;
  plan.announcer_keeps = random.chance(50) ? 1 : 0;
  contact(plan, random, "door", Span{150'000});
  contact(plan, random, "motion", Span{120'000});
  contact(plan, random, "window", Span{400'000});
  meter(plan, random, "heat");
  meter(plan, random, "frost");
  presses(plan, random, "remote", Span{120'000});
  presses(plan, random, "dial", Span{300'000});
  wishes(plan, random);
  faults(plan, random);
  sort(plan.life);
  sort(plan.faults);
  return plan;
}

}  // namespace gable::sim
