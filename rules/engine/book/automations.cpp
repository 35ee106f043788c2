#include "engine/book/automations.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/book/at_trigger.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

std::string_view to_text(RunMode mode) {
  switch (mode) {
    case RunMode::single:
      return "single";
    case RunMode::restart:
      return "restart";
    case RunMode::queued:
      return "queued";
    case RunMode::parallel:
      return "parallel";
  }
  return "single";
}

std::vector<std::pair<std::string, Value>> own_variables(const Scope& scope) { return scope.own(); }

// The problem of a rule that sets itself off.
std::string loop_of(const std::string& entity) { return "loop_" + entity.substr(entity.find('.') + 1); }

// Of a run that is yet to begin, or does not: only what caused it.
wire::Object cause_row(const Fired& fired) { return {{"parent", fired.cause.id}}; }

}  // namespace

void AutomationDesk::load(std::vector<Automation> rules, const Enforcing& enforcing,
                          const std::set<std::string>& kept, LoadReport& report) {
  std::set<std::string> present = kept;
  for (Automation& rule : rules) {
    present.insert("automation." + rule.id);
    put(std::move(rule), enforcing, report);
  }
  std::vector<std::string> gone;
  for (const auto& [entity, entry] : entries_) {
    if (!present.contains(entity)) gone.push_back(entity);
  }
  for (const std::string& entity : gone) {
    remove(entity);
    report.removed.push_back(entity);
  }
}

void AutomationDesk::put(Automation rule, const Enforcing& enforcing, LoadReport& report) {
  const std::string entity = "automation." + rule.id;
  const auto found = entries_.find(entity);
  const Enforcement enforcement = enforcing.of(entity, rule.options.enforcement);
  if (rule.refused() || enforcement == Enforcement::off) {
    // What ran until now must not go on as if it were still meant.
    if (found != entries_.end()) remove(entity);
    if (rule.refused()) report.refused.push_back(entity);
    return;
  }
  const bool shadow = enforcement == Enforcement::shadow;
  if (found != entries_.end() && found->second.rule->fingerprint == rule.fingerprint &&
      found->second.shadow == shadow) {
    ++report.unchanged;
    return;
  }
  (found == entries_.end() ? report.added : report.changed).push_back(entity);
  if (found != entries_.end()) {
    p_.runs.stop(entity, p_.now);
    detach(found->second);
  }
  Entry& entry = entries_[entity];
  entry.entity = entity;
  entry.shadow = shadow;
  entry.rule = std::make_unique<const Automation>(std::move(rule));
  if (entry.rule->initial_state) entry.on = *entry.rule->initial_state;
  OwnEntity own{entity, entry.rule->unique_id, entry.rule->alias, {}, {}};
  p_.around.declare(own);
  if (attached_ && entry.on) attach(entry);
  if (attached_) save(entry);
  show(entry, {});
}

void AutomationDesk::remove(const std::string& entity) {
  const auto found = entries_.find(entity);
  if (found == entries_.end()) return;
  p_.runs.stop(entity, p_.now);
  detach(found->second);
  p_.around.withdraw(entity);
  p_.around.save(RowKind::rule, entity, {});
  entries_.erase(found);
}

void AutomationDesk::restore(const std::string& entity, const wire::Object& row) {
  const auto found = entries_.find(entity);
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  const wire::Value* on = row.find("on");
  // initial_state wins over what was stored.
  if (on != nullptr && on->as_bool() != nullptr && !entry.rule->initial_state) {
    // In force already: its file could not be read when the others were.
    if (attached_ && entry.on != *on->as_bool()) turn(entry, *on->as_bool(), false);
    entry.on = *on->as_bool();
  }
  const wire::Value* last = row.find("last_triggered");
  if (last != nullptr && last->as_int() != nullptr) {
    entry.last_triggered = Instant(std::chrono::microseconds(*last->as_int()));
  }
  const wire::Value* stored = row.find("fingerprint");
  entry.as_stored = stored != nullptr && stored->string_or("") == std::to_string(entry.fingerprint());
}

bool AutomationDesk::changed_while_down(const std::string& entity) const {
  const auto found = entries_.find(entity);
  return found != entries_.end() && !found->second.as_stored;
}

void AutomationDesk::attach_all() {
  attached_ = true;
  for (auto& [entity, entry] : entries_) {
    if (entry.on) attach(entry);
    if (!entry.as_stored) save(entry);
    show(entry, {});
  }
}

// What templates in triggers see; most rules have none, and then it is not kept either.
std::unique_ptr<Scope> AutomationDesk::scope_of_triggers(const Entry& entry) const {
  if (!entry.rule->triggers_have_templates && entry.rule->trigger_variables.empty()) return nullptr;
  auto scope = std::make_unique<Scope>();
  scope->define("this", this_of(entry));
  const Renderer renderer(p_.around, p_.now);
  for (const auto& [name, value] : entry.rule->trigger_variables) {
    Rendered rendered = renderer.native(value, *scope);
    if (!rendered.ok()) {
      p_.around.log("error", entry.entity + ": trigger_variables: " + name + ": " + rendered.error);
      rendered.value = Value();
    }
    scope->define(name, std::move(rendered.value));
  }
  return scope;
}

void AutomationDesk::attach(Entry& entry) {
  if (entry.owner != 0) return;
  entry.trigger_variables = scope_of_triggers(entry);
  entry.owner = p_.triggers.new_owner();
  owners_[entry.owner] = &entry;
  p_.triggers.attach(
      entry.owner,
      {&entry.rule->triggers, entry.trigger_variables.get(), entry.entity, entry.rule->options, true},
      p_.now);
}

void AutomationDesk::detach(Entry& entry) {
  // Changed, removed or off: whatever it did, it no longer does.
  if (guard_.forget(entry.entity)) p_.around.problem(loop_of(entry.entity), {});
  if (entry.owner == 0) return;
  p_.triggers.detach(entry.owner);
  owners_.erase(entry.owner);
  entry.owner = 0;
}

bool AutomationDesk::on_fired(const Fired& fired) {
  const auto found = owners_.find(fired.owner);
  if (found == owners_.end()) return false;
  run(*found->second, fired);
  return true;
}

std::string AutomationDesk::define_variables(const Entry& entry, const Fired& fired, Scope& scope) const {
  const Renderer renderer(p_.around, p_.now);
  // What the trigger or the caller says of a variable wins: the rule's own is its default.
  const auto said = [&fired](const std::string& name) {
    return std::any_of(fired.variables.begin(), fired.variables.end(),
                       [&name](const auto& one) { return one.first == name; });
  };
  const auto define = [&](const Variables& variables) -> std::string {
    for (const auto& [name, value] : variables) {
      if (said(name)) continue;
      Rendered rendered = renderer.native(value, scope);
      if (!rendered.ok()) return name + ": " + rendered.error;
      scope.define(name, std::move(rendered.value));
    }
    return {};
  };
  if (entry.trigger_variables != nullptr) {
    for (const auto& [name, value] : entry.trigger_variables->own()) scope.define(name, value);
  }
  scope.define("this", this_of(entry));
  scope.define("trigger", fired.trigger);
  for (const auto& [name, value] : fired.variables) scope.define(name, value);
  return define(entry.rule->variables);
}

ConditionResult AutomationDesk::judge_conditions(const Entry& entry, const Fired& fired,
                                                 const Scope& scope) const {
  const Value* state = field(fired.trigger, "to_state");
  const auto* then = state != nullptr ? state->as<SnapshotObject>() : nullptr;
  if (!entry.rule->options.snapshot_conditions || then == nullptr) {
    return judge(entry.rule->conditions, scope, Renderer(p_.around, p_.now));
  }
  AtTrigger around(p_.around, *then);
  return judge(entry.rule->conditions, scope, Renderer(around, p_.now));
}

void AutomationDesk::run(Entry& entry, const Fired& fired) {
  const std::string source = [&] {
    const Value* description = field(fired.trigger, "description");
    return description != nullptr ? jinja::str(*description) : std::string();
  }();
  if (guard_.is_over(entry.entity, p_.now)) p_.around.problem(loop_of(entry.entity), {});
  if (!guard_.allow(entry.entity, fired.cause, p_.now)) {
    if (!guard_.should_tell(entry.entity)) return;
    trace(entry, "guard", {jinja::Value(source), {{"context", cause_row(fired)}}});
    p_.around.problem(loop_of(entry.entity), entry.entity +
                                                 " set itself off, alone or through other rules, more than " +
                                                 std::to_string(LoopGuard::kMost) + " times in 10 s by " +
                                                 source + "; it is held back until that ends");
    return;
  }
  Scope scope;
  RunDesk::Start start;
  start.begun.trigger = fired.trigger;
  start.begun.others.set("context", cause_row(fired));
  if (std::string error = define_variables(entry, fired, scope); !error.empty()) {
    p_.around.log("error", entry.entity + ": variables: " + error);
    start.begun.others.set("error", "variables: " + error);
    return trace(entry, "error", std::move(start.begun));
  }
  ConditionResult judged = judge_conditions(entry, fired, scope);
  if (!entry.rule->conditions.empty()) start.begun.others.set("conditions", std::move(judged.trace));
  if (judged.verdict == Verdict::error)
    p_.around.log("warning", entry.entity + ": a condition cannot be decided");
  if (judged.verdict != Verdict::yes) return trace(entry, "conditions", std::move(start.begun));
  start.context = p_.around.context_below(fired.cause);
  start.variables = own_variables(scope);
  this->start(entry, std::move(start), source);
}

void AutomationDesk::start(Entry& entry, RunDesk::Start start, const std::string& source) {
  const Context context = start.context;
  guard_.started(context);
  const auto begun = p_.now;
  // Before the first step: a step may look at it, or start the rule anew.
  const std::optional<Instant> before = std::exchange(entry.last_triggered, begun);
  const std::string entity = entry.entity;
  entry.starting = true;
  const auto run = p_.runs.start(*runnable(entity), std::move(start), p_.now);
  const auto still = entries_.find(entity);
  if (still == entries_.end()) return;  // the run reloaded the rules, and this one is gone
  still->second.starting = false;
  if (!run) {
    still->second.last_triggered = before;
    return;
  }
  p_.afterwards.emplace_back([this, name = still->second.rule->alias, entity, source, context] {
    auto data = std::make_shared<jinja::Dict>();
    data->set("name", name);
    data->set("entity_id", entity);
    data->set("source", source);
    p_.around.fire({"automation_triggered", jinja::DictPtr(std::move(data)), context});
  });
  show_afterwards(still->second, context);
}

bool AutomationDesk::on_end(const RunEnd& end) {
  const auto found = entries_.find(end.entity);
  if (found == entries_.end()) return false;
  if (!found->second.starting) show_afterwards(found->second, {});
  return true;
}

std::optional<Runnable> AutomationDesk::runnable(const std::string& entity) const {
  const auto found = entries_.find(entity);
  if (found == entries_.end()) return std::nullopt;
  const Automation& rule = *found->second.rule;
  return Runnable{entity,      rule.alias,           &rule.actions,
                  rule.limits, found->second.shadow, found->second.fingerprint()};
}

ServiceOutcome AutomationDesk::call(const ServiceCall& call) {
  std::vector<std::string> own;
  for (const auto& [entity, entry] : entries_) own.push_back(entity);
  const Value* stop = field(call.data, "stop_actions");
  const bool stop_runs = stop == nullptr || jinja::truth(*stop);
  for (const std::string& entity : own_targets(call, own)) {
    const auto found = entries_.find(entity);
    if (found == entries_.end()) continue;
    Entry& entry = found->second;
    if (call.service == "turn_on") turn(entry, true, stop_runs);
    if (call.service == "turn_off") turn(entry, false, stop_runs);
    if (call.service == "toggle") turn(entry, !entry.on, stop_runs);
    if (call.service != "trigger") continue;
    if (ServiceOutcome outcome = trigger_by_hand(entry, call);
        outcome.status != ServiceOutcome::Status::done) {
      return outcome;
    }
  }
  return {};
}

// Skips the conditions unless told otherwise, works on a disabled automation, and has no trigger but that
// nobody triggered it.
ServiceOutcome AutomationDesk::trigger_by_hand(Entry& entry, const ServiceCall& call) {
  Fired fired;
  fired.index = entry.rule->triggers.size();
  if (const Value* given = field(call.data, "variables")) fired.variables = variables_of(*given);
  auto trigger = std::make_shared<jinja::Dict>();
  trigger->set("platform", Value());
  fired.trigger = jinja::DictPtr(std::move(trigger));
  Scope scope;
  if (std::string error = define_variables(entry, fired, scope); !error.empty()) {
    return {ServiceOutcome::Status::failed, entry.entity + ": variables: " + error, {}};
  }
  const Value* skip = field(call.data, "skip_condition");
  RunDesk::Start start;
  start.begun.trigger = Value("automation.trigger");
  if (skip != nullptr && !jinja::truth(*skip)) {
    ConditionResult judged = judge(entry.rule->conditions, scope, Renderer(p_.around, p_.now));
    start.begun.others.set("conditions", std::move(judged.trace));
    if (judged.verdict != Verdict::yes) {
      trace(entry, "conditions", std::move(start.begun));
      return {};
    }
  }
  start.context = p_.around.context_below(call.context);
  start.variables = own_variables(scope);
  this->start(entry, std::move(start), "automation.trigger");
  return {};
}

void AutomationDesk::turn(Entry& entry, bool on, bool stop_runs) {
  if (!on && stop_runs) p_.runs.stop(entry.entity, p_.now);
  if (entry.on == on) return;
  entry.on = on;
  if (on && attached_) attach(entry);
  if (!on) detach(entry);
  save(entry);
  show(entry, {});
}

void AutomationDesk::show_afterwards(Entry& entry, const Context& context) {
  const bool asked = entry.unshown.has_value();
  if (!asked || !context.id.empty()) entry.unshown = context;
  if (asked) return;
  p_.afterwards.emplace_back([this, entity = entry.entity] {
    const auto found = entries_.find(entity);
    if (found == entries_.end() || !found->second.unshown) return;
    const Context last = *found->second.unshown;
    save(found->second);
    show(found->second, last);
  });
}

void AutomationDesk::show(Entry& entry, const Context& context) const {
  entry.unshown.reset();
  const RunLimits& limits = entry.rule->limits;
  wire::Object attributes{{"last_triggered", shown_time(entry.last_triggered)},
                          {"mode", to_text(limits.mode)},
                          {"current", static_cast<std::int64_t>(p_.runs.current(entry.entity))}};
  if (!entry.rule->unique_id.empty()) attributes.set("id", entry.rule->unique_id);
  if (limits.mode == RunMode::queued || limits.mode == RunMode::parallel) {
    attributes.set("max", static_cast<std::int64_t>(limits.max));
  }
  attributes.set("enforce", entry.shadow ? "shadow" : "live");
  p_.around.show(entry.entity, entry.on ? "on" : "off", attributes, context);
}

void AutomationDesk::save(const Entry& entry) const {
  wire::Object row{{"on", entry.on}, {"fingerprint", std::to_string(entry.fingerprint())}};
  if (entry.last_triggered) row.set("last_triggered", entry.last_triggered->time_since_epoch().count());
  p_.around.save(RowKind::rule, entry.entity, wire::to_json(row));
}

void AutomationDesk::trace(const Entry& entry, std::string_view verdict, Begun begun) const {
  p_.around.trace({.entity = entry.entity,
                   .name = entry.rule->alias,
                   .verdict = std::string(verdict),
                   .shadow = entry.shadow,
                   .begun = std::move(begun),
                   .at = p_.now});
}

Value AutomationDesk::this_of(const Entry& entry) const {
  const std::optional<StateSnapshot> state = p_.around.snapshot(entry.entity);
  return state ? state_object(entry.entity, *state) : Value();
}

}  // namespace gable::rules
