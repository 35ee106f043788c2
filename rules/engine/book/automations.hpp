#pragma once
// The automations in force: what happens between a trigger and a run (rules.md, section 8, "Order of a run"),
// on and off, and the services automation.*.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/book/desks.hpp"
#include "engine/book/loop_guard.hpp"
#include "engine/engine.hpp"

namespace gable::rules {

class AutomationDesk {
 public:
  explicit AutomationDesk(BookParts parts) : p_(parts) {}

  // `kept`: stays though `rules` does not have it.
  void load(std::vector<Automation> rules, const Enforcing& enforcing, const std::set<std::string>& kept,
            LoadReport& report);
  // A row of ours; before attach_all().
  void restore(const std::string& entity, const wire::Object& row);
  // Puts the triggers of all that are on in force. Once, after restore().
  void attach_all();

  // Its holds in the store belong to another rule of the same name.
  [[nodiscard]] bool changed_while_down(const std::string& entity) const;

  // False when the owner is none of ours.
  bool on_fired(const Fired& fired);
  // True if it was a run of ours.
  bool on_end(const RunEnd& end);
  ServiceOutcome call(const ServiceCall& call);
  [[nodiscard]] bool owns(const std::string& entity) const { return entries_.contains(entity); }
  [[nodiscard]] std::optional<Runnable> runnable(const std::string& entity) const;

 private:
  struct Entry {
    std::unique_ptr<const Automation> rule;
    std::string entity;
    bool on = true;
    bool shadow = false;
    std::optional<Instant> last_triggered;
    TriggerOwner owner = 0;                    // 0: its triggers are not in force
    std::unique_ptr<Scope> trigger_variables;  // null: nobody looks
    bool starting = false;           // a run of it is being started: shown once, when that has been done
    std::optional<Context> unshown;  // runs began or ended since it was shown, the last one in this context
    bool as_stored = false;          // the store's row was written by this very rule

    // What a shadow began, nobody goes on with in earnest: it counts as another rule.
    [[nodiscard]] std::uint64_t fingerprint() const { return rule->fingerprint ^ (shadow ? 1U : 0U); }
  };

  void put(Automation rule, const Enforcing& enforcing, LoadReport& report);
  void remove(const std::string& entity);
  [[nodiscard]] std::unique_ptr<Scope> scope_of_triggers(const Entry& entry) const;
  void attach(Entry& entry);
  void detach(Entry& entry);
  void turn(Entry& entry, bool on, bool stop_runs);
  void run(Entry& entry, const Fired& fired);
  [[nodiscard]] ConditionResult judge_conditions(const Entry& entry, const Fired& fired,
                                                 const Scope& scope) const;
  void start(Entry& entry, RunDesk::Start start, const std::string& source);
  ServiceOutcome trigger_by_hand(Entry& entry, const ServiceCall& call);
  // Renders what the rule defines into the scope; an error's text.
  std::string define_variables(const Entry& entry, const Fired& fired, Scope& scope) const;
  void show(Entry& entry, const Context& context) const;
  // Saved and shown once what its runs want done has left.
  void show_afterwards(Entry& entry, const Context& context);
  void save(const Entry& entry) const;
  void trace(const Entry& entry, std::string_view verdict, Begun begun) const;
  [[nodiscard]] jinja::Value this_of(const Entry& entry) const;

  BookParts p_;
  std::map<std::string, Entry> entries_;  // by entity id; addresses stay
  std::unordered_map<TriggerOwner, Entry*> owners_;
  LoopGuard guard_;
  bool attached_ = false;
};

}  // namespace gable::rules
