#pragma once
// Judges one life by the definitions of the reliability page: the hub's state is the devices' state, no event
// is lost or invented, each command ends once and acts at most once, timers fire once.

#include <map>
#include <string>
#include <vector>

#include "node/mqtt_port.hpp"
#include "world/disk.hpp"
#include "world/history.hpp"
#include "world/nature.hpp"
#include "world/plan.hpp"

namespace gable::sim {

class Checker {
 public:
  // All outlive it.
  Checker(const History& history, const Nature& nature, const Plan& plan)
      : history_(history), nature_(nature), plan_(plan) {}

  using Retained = std::map<std::string, node::Message>;
  // Now, while nothing is wrong any more: the tree and the store say what the devices are.
  void check_agreement(const Retained& retained, const Disk& disk);
  // When all that was begun must have ended.
  void check_history(const Disk& disk);
  // What was wrong, as sentences.
  std::vector<std::string> take() { return std::move(broken_); }

 private:
  void broken(std::string text) { broken_.push_back(std::move(text)); }
  void check_thing(const Thing& thing, const Retained& retained);
  void check_leftovers(const Retained& retained, const Disk& disk);
  void check_presses();
  void check_invention();
  void check_commands();
  void check_actuations();
  void check_wishes();
  void check_counters(const Disk& disk);
  void check_ticks(std::int64_t ticks);
  [[nodiscard]] bool hub_lost_session_near(Steady when,
                                           std::chrono::seconds after = std::chrono::seconds(5)) const;
  [[nodiscard]] bool store_lost_something() const;
  [[nodiscard]] bool too_late_for_hub(Steady pressed) const;
  [[nodiscard]] bool struck(std::initializer_list<FaultKind> kinds) const;

  const History& history_;
  const Nature& nature_;
  const Plan& plan_;
  std::vector<std::string> broken_;
};

}  // namespace gable::sim
