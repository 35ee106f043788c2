#pragma once
// RunDesk: the runs of automations and scripts: modes, steps, delays, waits, loops, branches; durable. Owned
// by the engine.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/conditions.hpp"
#include "engine/trace.hpp"
#include "engine/triggers/trigger_desk.hpp"
#include "language/rule.hpp"

namespace gable::rules {

using RunId = std::uint64_t;

// What is run: the sequence of an automation or script, borrowed until it is forgotten.
struct Runnable {
  std::string entity;  // "automation.night_light"
  std::string name;
  const Sequence* sequence = nullptr;
  RunLimits limits;
  bool shadow = false;  // decide and trace, withhold every effect
  std::uint64_t fingerprint = 0;
};

struct RunEnd {
  enum class Kind : std::uint8_t { finished, stopped, aborted, failed };
  RunId run = 0;
  std::string entity;
  Kind kind = Kind::finished;
  std::string error;
  jinja::Value response;
  std::vector<std::pair<std::string, jinja::Value>> variables;  // of the outermost scope, as it left them
};

// start(), stop() and the on_… may be called while a step is being carried out (a service step that starts a
// script does): they take effect when that step has returned, in order.
class RunDesk {
 public:
  using OnEnd = std::function<void(const RunEnd&)>;

  RunDesk(Surroundings& surroundings, TriggerDesk& triggers, OnEnd on_end);
  ~RunDesk();

  struct Start {
    std::vector<std::pair<std::string, jinja::Value>>
        variables;  // trigger, this, the rule's own, a script's fields
    Context context;
    Begun begun;
    std::vector<std::string> chain;  // entities of the scripts that called each other, outermost first
  };
  // Applies the mode: starts, queues, or refuses (nothing; the reason is in the trace and, by max_exceeded,
  // in the log).
  std::optional<RunId> start(const Runnable& runnable, Start start, Instant now);
  // Ends all runs of the entity at once (turn_off, reload of a changed rule).
  void stop(const std::string& entity, Instant now);
  // Ends one run (a script whose caller was stopped).
  void stop_run(RunId run, Instant now);
  [[nodiscard]] std::uint32_t current(const std::string& entity) const;
  // The scripts that led to this run, outermost first, itself last; empty when it has ended.
  [[nodiscard]] std::vector<std::string> chain_of(RunId run) const;

  // Rows of RowKind::run (each has the runnable's entity under "entity"), after every runnable is known: runs
  // go on where they were at start().
  void restore(const std::string& key, const std::string& json, const Runnable& runnable);
  void resume(Instant now);

  // Of a wait_for_trigger; false when the owner is none of ours.
  bool on_fired(const Fired& fired, Instant now);
  void on_service_done(const ServiceDone& done, Instant now);
  void on_state(const StateChanged& changed, Instant now);  // wait_template
  // True if a run waits for something about this entity (wait_template).
  [[nodiscard]] bool listens_to(std::string_view entity) const;
  void on_time(Instant now);
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gable::rules
