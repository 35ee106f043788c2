#pragma once
// Puts reports and verdicts in force and sees to what follows: store, journal, the broker's copy, the command
// that the change answers, and whoever listens (groups, later the rules).

#include <functional>
#include <vector>

#include "core/command_desk.hpp"
#include "core/deadlines.hpp"
#include "core/publisher.hpp"
#include "core/sources.hpp"
#include "core/states.hpp"

namespace gable::hub {

// One step of the composed entity as rules see it (design section 4).
struct StateStep {
  EntityIndex entity = kNone;
  std::string before;  // composed state until now
  bool initial = false;
  // The reported state and the availability until now; borrowed for the step. No state: it is as it was.
  const EntityState* before_state = nullptr;
  Availability before_availability = Availability::unknown;
};

class StateDesk {
 public:
  StateDesk(Registry& registry, Publisher& publisher, Deadlines& deadlines)
      : registry_(registry), publisher_(publisher), deadlines_(deadlines) {}

  // The two are made of each other; set once while wiring.
  void set_command_desk(CommandDesk& desk) { desk_ = &desk; }
  void on_step(std::function<void(Turn&, const StateStep&)> listener) {
    listeners_.push_back(std::move(listener));
  }

  // A report of one entity. Its context is taken from the outstanding command that it answers, if there is
  // one.
  void report(Turn& turn, EntityIndex entity, Report report);
  // The entity's availability is now this.
  void judge(Turn& turn, EntityIndex entity, Verdict verdict);

 private:
  void step(Turn& turn, const StateStep& step);

  Registry& registry_;
  Publisher& publisher_;
  Deadlines& deadlines_;
  CommandDesk* desk_ = nullptr;
  std::vector<std::function<void(Turn&, const StateStep&)>> listeners_;
};

}  // namespace gable::hub
