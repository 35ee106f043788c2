#pragma once
// The world of one seed: everything, and the one loop that lets time pass. What happens is decided by the
// seed alone, so that a run can be repeated to the byte.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "world/bridge_host.hpp"
#include "world/client_host.hpp"
#include "world/hub_host.hpp"
#include "world/plan.hpp"

namespace gable::sim {

struct WorldOptions {
  std::uint64_t seed = 1;
  Sabotage sabotage;
  bool without_faults = false;
  std::function<void(const std::string&)> log;  // each line; may be empty
};

class World {
 public:
  explicit World(const WorldOptions& options);

  // Lives until Plan::kEnd. Gives what was wrong; empty: nothing.
  std::vector<std::string> live();
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }

 private:
  static constexpr std::size_t kActors = 6;

  void plan_life();
  void save_broker();
  void happen(const LifeEvent& event);
  void live_until(Span end);
  bool settle();
  bool act(std::size_t actor);
  [[nodiscard]] std::optional<Steady> next_moment() const;

  // world_faults.cpp
  void strike(const Fault& fault);
  void strike_link(const Fault& fault);
  void strike_broker(const Fault& fault);
  void strike_hub(const Fault& fault);
  void strike_bridge(const Fault& fault);
  void crash(std::size_t actor, const std::string& where);
  void restart_later(std::size_t actor, Span delay);
  void kill_hub(const std::string& why, Span until_restart);
  void end_all_faults();
  [[nodiscard]] BridgeHost& bridge(const std::string& id) { return id == "zw" ? zw_ : mb_; }

  WorldOptions options_;
  Random random_;
  Plan plan_;
  WorldTime time_;
  History history_;
  Schedule schedule_;
  Nature nature_;
  HostClock broker_clock_;
  gable::test::MemoryBroker broker_;
  HubHost hub_;
  BridgeHost zw_, mb_;
  Announcer z2m_;
  Person anna_;
  bool quiet_ = false;
  std::size_t disk_full_until_ = 0;  // counts the strokes, so that the last one ends it
};

}  // namespace gable::sim
