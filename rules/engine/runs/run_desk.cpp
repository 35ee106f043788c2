#include "engine/runs/run_desk.hpp"

#include <algorithm>
#include <utility>

#include "engine/runs/run_floor.hpp"
#include "engine/runs/run_row.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace gable::rules {

using jinja::Value;

RunDesk::RunDesk(Surroundings& surroundings, TriggerDesk& triggers, OnEnd on_end)
    : parts_(std::make_unique<Parts>(surroundings, triggers, std::move(on_end))) {}
RunDesk::~RunDesk() = default;

const std::vector<RunId>& RunDesk::Parts::runs_of(const std::string& entity) const {
  static const std::vector<RunId> kNone;
  const auto found = by_entity.find(entity);
  return found == by_entity.end() ? kNone : found->second;
}

// Empty: it may start. Only scripts wait for those that they call, so only they can wait for themselves.
std::string RunDesk::Parts::refusal(const Runnable& runnable, const std::vector<std::string>& chain) const {
  const RunMode mode = runnable.limits.mode;
  const bool waits_for_itself = (mode == RunMode::restart || mode == RunMode::queued) &&
                                runnable.entity.starts_with("script.") &&
                                std::find(chain.begin(), chain.end(), runnable.entity) != chain.end();
  if (waits_for_itself) {
    return "it calls itself in mode " + std::string(mode == RunMode::restart ? "restart" : "queued") +
           ", and would wait for itself for ever";
  }
  const std::size_t count = runs_of(runnable.entity).size();
  if (mode == RunMode::single && count > 0) return "already running (mode single)";
  const bool limited = mode == RunMode::queued || mode == RunMode::parallel;
  if (limited && count >= runnable.limits.max)
    return "as many runs as its `max` allows: " + std::to_string(count);
  return count >= kMaxRunsOfOne ? "as many runs as there may be of one rule: " + std::to_string(count) : "";
}

void RunDesk::Parts::refuse(const Runnable& runnable, Start&& start, const std::string& why) {
  Trace trace = trace_of(runnable, std::move(start.begun), "refused", now);
  trace.error = why;
  surroundings.trace(std::move(trace));
  const bool recursion = why.starts_with("it calls itself");
  const std::string& level = runnable.limits.max_exceeded;
  if (recursion || level != "silent") {
    surroundings.log(recursion ? "error" : level, runnable.entity + ": not started: " + why);
  }
}

namespace {

Value context_value(const Context& context) {
  const auto text = [](const std::string& id) { return id.empty() ? Value() : Value(id); };
  auto fields = std::make_shared<jinja::Dict>();
  fields->set("id", text(context.id));
  fields->set("parent_id", text(context.parent));
  fields->set("user_id", text(context.user));
  return jinja::DictPtr(std::move(fields));
}

}  // namespace

Run& RunDesk::Parts::enroll(const Runnable& runnable, Start&& start, Instant at) {
  auto run = std::make_unique<Run>();
  run->id = numbers.next(at);
  run->runnable = runnable;
  run->context = std::move(start.context);
  run->chain = std::move(start.chain);
  run->chain.push_back(runnable.entity);
  run->began = at;
  run->begun = std::move(start.begun);
  auto strand = std::make_unique<Strand>();
  strand->id = 1;
  Frame frame;
  frame.sequence = runnable.sequence;
  frame.scope = std::make_unique<Scope>();
  for (auto& [name, value] : start.variables) frame.scope->define(name, std::move(value));
  if (frame.scope->find("context") == nullptr) frame.scope->define("context", context_value(run->context));
  strand->frames.push_back(std::move(frame));
  run->strands.push_back(std::move(strand));
  by_entity[runnable.entity].push_back(run->id);
  return *(runs[run->id] = std::move(run));
}

std::optional<RunId> RunDesk::start(const Runnable& runnable, Start start, Instant now) {
  Parts& parts = *parts_;
  if (!parts.working) parts.now = now;
  const std::string refusal = parts.refusal(runnable, start.chain);
  if (!refusal.empty()) {
    parts.refuse(runnable, std::move(start), refusal);
    return std::nullopt;
  }
  const std::vector<RunId> before = parts.runs_of(runnable.entity);
  Run& run = parts.enroll(runnable, std::move(start), now);
  const RunId id = run.id;
  const bool restart = runnable.limits.mode == RunMode::restart;
  run.queued = runnable.limits.mode == RunMode::queued && !before.empty();
  if (run.queued) {
    parts.changed.insert(id);
    if (!parts.working) parts.save_changed();
    return id;
  }
  // The new one is there before the others go, so that nobody finds none.
  for (const RunId other : restart ? before : std::vector<RunId>()) {
    parts.inbox.push_back({Parts::End{other}, now});
  }
  parts.ask({Parts::Go{{id, 1}}, now});
  return id;
}

void RunDesk::stop(const std::string& entity, Instant now) {
  // The last first, so that none of a queue moves up.
  std::vector<RunId> runs = parts_->runs_of(entity);
  std::reverse(runs.begin(), runs.end());
  for (const RunId run : runs) parts_->inbox.push_back({Parts::End{run}, now});
  if (!parts_->working) parts_->work();
}

void RunDesk::stop_run(RunId run, Instant now) {
  if (!parts_->runs.contains(run)) return;
  parts_->inbox.push_back({Parts::End{run}, now});
  if (!parts_->working) parts_->work();
}

std::uint32_t RunDesk::current(const std::string& entity) const {
  return static_cast<std::uint32_t>(parts_->runs_of(entity).size());
}

std::vector<std::string> RunDesk::chain_of(RunId run) const {
  const auto found = parts_->runs.find(run);
  return found == parts_->runs.end() ? std::vector<std::string>() : found->second->chain;
}

void RunDesk::restore(const std::string& key, const std::string& json, const Runnable& runnable) {
  auto run = run_of(json, runnable);
  if (!run) {
    parts_->dropped.push_back({key, runnable, run.error().text});
    return;
  }
  const RunId id = (*run)->id;
  parts_->numbers.seen(id);
  for (const auto& strand : (*run)->strands) parts_->numbers.seen(strand->wait.call.id);
  parts_->restored.push_back(id);
  parts_->by_entity[runnable.entity].push_back(id);
  parts_->runs[id] = std::move(*run);
}

bool RunDesk::on_fired(const Fired& fired, Instant now) {
  if (!parts_->waits.of_trigger(fired.owner)) return false;
  parts_->ask({fired, now});
  return true;
}

void RunDesk::on_service_done(const ServiceDone& done, Instant now) {
  // Also of a call that is still being made: its step will wait for it when the inbox is read.
  if (parts_->working || parts_->waits.of_call(done.call)) parts_->ask({done, now});
}

void RunDesk::on_state(const StateChanged& changed, Instant now) {
  if (parts_->working || !parts_->waits.conditions().empty()) parts_->ask({changed, now});
}

bool RunDesk::listens_to(std::string_view entity) const { return parts_->any_reads(entity); }

void RunDesk::on_time(Instant now) {
  if (parts_->working || parts_->waits.due(now)) parts_->ask({Parts::TimePasses{}, now});
}

std::optional<Instant> RunDesk::next_deadline() const { return parts_->waits.next_deadline(); }

}  // namespace gable::rules
