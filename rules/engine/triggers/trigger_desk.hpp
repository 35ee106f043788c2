#pragma once
// TriggerDesk: knows which triggers are in force and who is to be told when one fires. Indexed by entity,
// event type, topic and time, so that a trigger costs nothing until something that it asked for happens.
// Owned by the engine; owner thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/scope.hpp"
#include "language/rule.hpp"

namespace gable::rules {

// Whoever put triggers in force: an automation, a waiting run, a template group. Numbers are never used
// again.
using TriggerOwner = std::uint64_t;

struct Fired {
  TriggerOwner owner = 0;
  std::size_t index = 0;  // among the owner's triggers
  jinja::Value
      trigger;  // the variable `trigger`: platform, id, idx, alias, entity_id, from_state, to_state, for …
  Context cause;
  // The trigger's own `variables:`, rendered with `trigger`: for the run beside it.
  std::vector<std::pair<std::string, jinja::Value>> variables;
};

class TriggerDesk {
 public:
  using OnFire = std::function<void(const Fired&)>;

  // Everything is borrowed and outlives the desk.
  TriggerDesk(Surroundings& surroundings, OnFire on_fire);
  ~TriggerDesk();

  struct Attachment {
    const std::vector<Trigger>* triggers = nullptr;  // borrowed until detached
    const Scope* variables =
        nullptr;          // for templates in triggers (trigger_variables, or a waiting run's); may be null
    std::string name;     // "automation.night_light": for traces, rows and logs
    Options options;      // ignore_unavailable, run_missed_once, dst_run_once
    bool durable = true;  // holds go to the store under `name` and the trigger's number
  };
  // A number that no owner has had since this desk was made.
  [[nodiscard]] TriggerOwner new_owner();
  // What is already true does not fire: templates and thresholds are armed by what they find now.
  void attach(TriggerOwner owner, const Attachment& attachment, Instant now);
  void detach(TriggerOwner owner);

  // Before the first happening, after attach(): a row of RowKind::hold. An expired hold fires late, once, at
  // start().
  void restore_hold(const std::string& key, const std::string& json);

  void handle(const Happening& happening, Instant now);
  // True if something listens to changes of this entity; a change of any other need not be told.
  [[nodiscard]] bool listens_to(std::string_view entity) const;
  [[nodiscard]] bool listens_to_event(std::string_view type) const;
  // The earliest moment at which handle(TimePassed) has something to do.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gable::rules
