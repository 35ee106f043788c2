#include "engine/book/scripts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

constexpr std::string_view kCallPrefix = "call/";

// Nothing if the text, of a store that may hold anything, is none.
std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// An abort (a wait's timeout, `stop` with `error: true`) goes through all levels of its own run and ends
// there: for who called the script it has run. Only what failed fails the caller.
std::string error_for_caller(const RunEnd& end) {
  return end.kind == RunEnd::Kind::failed ? end.error : std::string();
}

}  // namespace

void ScriptDesk::load(std::vector<Script> scripts, const Enforcing& enforcing,
                      const std::set<std::string>& kept, LoadReport& report) {
  std::set<std::string> present = kept;
  for (Script& script : scripts) {
    present.insert("script." + script.id);
    put(std::move(script), enforcing, report);
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

void ScriptDesk::put(Script script, const Enforcing& enforcing, LoadReport& report) {
  const std::string entity = "script." + script.id;
  const auto found = entries_.find(entity);
  const Enforcement enforcement = enforcing.of(entity, script.options.enforcement);
  if (script.refused() || enforcement == Enforcement::off) {
    if (found != entries_.end()) remove(entity);
    if (script.refused()) report.refused.push_back(entity);
    return;
  }
  const bool shadow = enforcement == Enforcement::shadow;
  if (found != entries_.end() && found->second.script->fingerprint == script.fingerprint &&
      found->second.shadow == shadow) {
    ++report.unchanged;
    return;
  }
  (found == entries_.end() ? report.added : report.changed).push_back(entity);
  if (found != entries_.end()) p_.runs.stop(entity, p_.now);
  Entry& entry = entries_[entity];
  entry.shadow = shadow;
  entry.script = std::make_unique<const Script>(std::move(script));
  p_.around.declare({entity, {}, entry.script->alias, entry.script->icon, {}});
  show(entity, entry);
}

void ScriptDesk::remove(const std::string& entity) {
  p_.runs.stop(entity, p_.now);
  p_.around.withdraw(entity);
  p_.around.save(RowKind::rule, entity, {});
  entries_.erase(entity);
}

void ScriptDesk::restore(const std::string& key, const wire::Object& row) {
  const wire::Value* run = row.find("run");
  if (key.starts_with(kCallPrefix) && run != nullptr && run->as_int() != nullptr) {
    if (const auto call = number_of(std::string_view(key).substr(kCallPrefix.size())))
      calls_[static_cast<RunId>(*run->as_int())] = *call;
    return;
  }
  const auto found = entries_.find(key);
  const wire::Value* last = row.find("last_triggered");
  if (found != entries_.end() && last != nullptr && last->as_int() != nullptr) {
    found->second.last_triggered = Instant(std::chrono::microseconds(*last->as_int()));
  }
}

void ScriptDesk::show_all() const {
  for (const auto& [entity, entry] : entries_) show(entity, entry);
}

// As in Home Assistant, `required` is for its form and stops nothing: many scripts say so and have a default
// in a template. Who calls without it may still want to know.
void ScriptDesk::mention_missing(const std::string& entity, const Script& script,
                                 const std::vector<std::pair<std::string, Value>>& given) const {
  for (const ScriptField& field : script.fields) {
    const auto same = [&field](const auto& variable) { return variable.first == field.name; };
    if (!field.required || field.fallback || std::any_of(given.begin(), given.end(), same)) continue;
    p_.around.log("warning", entity + " was called without '" + field.name + "', which its fields require");
  }
}

ScriptDesk::Started ScriptDesk::start(const std::string& entity, const ServiceCall& call,
                                      const Value& fields) {
  Entry& entry = entries_.at(entity);
  RunDesk::Start start;
  start.variables = variables_of(fields);
  start.chain = p_.runs.chain_of(call.run);
  start.context = call.context;
  start.begun.others.set("called_by", call.rule);
  mention_missing(entity, *entry.script, start.variables);
  Scope scope;
  for (const auto& [name, value] : start.variables) scope.define(name, value);
  const Renderer renderer(p_.around, p_.now);
  for (const auto& [name, value] : entry.script->variables) {
    if (scope.find(name) != nullptr)
      continue;  // the caller's counts: the script's variables are what it has without
    Rendered rendered = renderer.native(value, scope);
    if (!rendered.ok()) return {{}, "variables: " + name + ": " + rendered.error};
    scope.define(name, std::move(rendered.value));
  }
  if (const auto state = p_.around.snapshot(entity)) scope.define("this", state_object(entity, *state));
  start.variables = scope.own();
  const std::optional<Instant> before = std::exchange(entry.last_triggered, p_.now);
  auto data = std::make_shared<jinja::Dict>();
  data->set("name", entry.script->alias);
  data->set("entity_id", entity);
  const auto run = p_.runs.start(*runnable(entity), std::move(start), p_.now);
  const auto still = entries_.find(entity);
  if (still == entries_.end()) return {run, {}};
  if (!run) still->second.last_triggered = before;
  if (run) p_.around.fire({"script_started", jinja::DictPtr(std::move(data)), call.context});
  if (run) {
    const wire::Object row{{"last_triggered", p_.now.time_since_epoch().count()}};
    p_.around.save(RowKind::rule, entity, wire::to_json(row));
  }
  show(entity, still->second);
  return {run, {}};
}

ServiceOutcome ScriptDesk::run_and_wait(const std::string& entity, const ServiceCall& call) {
  if (call.again) return call_again(call);
  const Started started = start(entity, call, call.data);
  if (!started.error.empty()) return refused(entity + ": " + started.error);
  // Dropped by its mode: for the caller it is as if it had run.
  if (!started.run) return {};
  // Called from outside of a run, it may have ended already.
  if (ended_ && ended_->run == *started.run) return outcome_of(*ended_);
  remember_call(*started.run, call.id);
  return {ServiceOutcome::Status::pending, {}, {}};
}

// The row of the call is written and erased together with what the call changes: without it the script has
// ended, and what it answered is lost.
ServiceOutcome ScriptDesk::call_again(const ServiceCall& call) {
  const auto same = [&call](const auto& known) { return known.second == call.id; };
  if (std::any_of(calls_.begin(), calls_.end(), same)) return {ServiceOutcome::Status::pending, {}, {}};
  return {ServiceOutcome::Status::unknown, "the script's end was not stored", {}};
}

void ScriptDesk::remember_call(RunId run, std::uint64_t call) {
  calls_[run] = call;
  const wire::Object row{{"run", static_cast<std::int64_t>(run)}};
  p_.around.save(RowKind::rule, std::string(kCallPrefix) + std::to_string(call), wire::to_json(row));
}

ServiceOutcome ScriptDesk::call(const ServiceCall& call) {
  if (const std::string entity = "script." + call.service; entries_.contains(entity)) {
    return run_and_wait(entity, call);
  }
  std::vector<std::string> own;
  for (const auto& [entity, entry] : entries_) own.push_back(entity);
  if (call.service != "turn_on" && call.service != "turn_off" && call.service != "toggle" &&
      call.service != "reload") {
    return refused("there is no script." + call.service);
  }
  const Value* variables = field(call.data, "variables");
  for (const std::string& entity : own_targets(call, own)) {
    const bool running = p_.runs.current(entity) > 0;
    if (call.service == "turn_off" || (call.service == "toggle" && running)) {
      p_.runs.stop(entity, p_.now);
    } else {
      const Started started = start(entity, call, variables != nullptr ? *variables : Value());
      if (!started.error.empty()) return refused(entity + ": " + started.error);
    }
  }
  return {};
}

void ScriptDesk::abandon(std::uint64_t call) {
  for (const auto& [run, waiting] : calls_) {
    if (waiting != call) continue;
    const RunId child = run;
    p_.runs.stop_run(child, p_.now);
    return;
  }
}

ServiceOutcome ScriptDesk::outcome_of(const RunEnd& end) {
  if (const std::string error = error_for_caller(end); !error.empty())
    return {ServiceOutcome::Status::failed, error, {}};
  return {ServiceOutcome::Status::done, {}, end.response};
}

bool ScriptDesk::on_end(const RunEnd& end) {
  const auto found = entries_.find(end.entity);
  if (const auto waiting = calls_.find(end.run); waiting != calls_.end()) {
    const std::uint64_t call = waiting->second;
    calls_.erase(waiting);
    p_.around.save(RowKind::rule, std::string(kCallPrefix) + std::to_string(call), {});
    done_({call, error_for_caller(end), end.response});
  } else {
    ended_ = end;
  }
  if (found != entries_.end()) show(end.entity, found->second);
  return found != entries_.end();
}

std::optional<Runnable> ScriptDesk::runnable(const std::string& entity) const {
  const auto found = entries_.find(entity);
  if (found == entries_.end()) return std::nullopt;
  const Script& script = *found->second.script;
  return Runnable{entity,        script.alias,         &script.sequence,
                  script.limits, found->second.shadow, script.fingerprint ^ (found->second.shadow ? 1U : 0U)};
}

void ScriptDesk::show(const std::string& entity, const Entry& entry) const {
  static constexpr std::string_view kModes[] = {"single", "restart", "queued", "parallel"};
  const RunLimits& limits = entry.script->limits;
  const std::uint32_t current = p_.runs.current(entity);
  wire::Object attributes{{"last_triggered", shown_time(entry.last_triggered)},
                          {"mode", kModes[static_cast<std::size_t>(limits.mode)]},
                          {"current", static_cast<std::int64_t>(current)}};
  if (limits.mode == RunMode::queued || limits.mode == RunMode::parallel) {
    attributes.set("max", static_cast<std::int64_t>(limits.max));
  }
  attributes.set("enforce", entry.shadow ? "shadow" : "live");
  p_.around.show(entity, current > 0 ? "on" : "off", attributes, {});
}

}  // namespace gable::rules
