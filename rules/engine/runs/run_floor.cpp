#include "engine/runs/run_floor.hpp"

#include <algorithm>
#include <utility>

#include "engine/runs/run_row.hpp"

namespace gable::rules {

void RunDesk::Parts::ask(Task task) {
  inbox.push_back(std::move(task));
  if (!working) work();
}

void RunDesk::Parts::work() {
  working = true;
  steps_at_once = 0;
  while (!inbox.empty() || !ready.empty()) {
    // All that a step asked for takes effect before the next step, in order.
    while (!inbox.empty()) {
      const Task task = std::move(inbox.front());
      inbox.pop_front();
      now = task.now;
      carry_out(task);
    }
    ready.insert(ready.begin(), woken.begin(), woken.end());
    woken.clear();
    if (ready.empty()) continue;
    const StrandRef who = ready.front();
    ready.pop_front();
    if (++steps_at_once > kMaxStepsAtOnce) {
      ready.push_front(who);
      stop_runaways();
      continue;
    }
    step(who);
    ready.insert(ready.begin(), woken.begin(), woken.end());
    woken.clear();
  }
  save_changed();
  working = false;
}

void RunDesk::Parts::carry_out(const Task& task) {
  if (const auto* go = std::get_if<Go>(&task.what)) {
    const auto found = runs.find(go->who.run);
    if (found == runs.end()) return;
    found->second->queued = false;
    woken.push_back(go->who);
  } else if (const auto* ended = std::get_if<End>(&task.what)) {
    const auto found = runs.find(ended->run);
    if (found != runs.end()) end(*found->second, RunEnd::Kind::stopped, {});
  } else if (const auto* fired = std::get_if<Fired>(&task.what)) {
    const auto who = waits.of_trigger(fired->owner);
    if (who) wake(*who, [fired](Stepper& stepper) { stepper.on_fired(*fired); });
  } else if (const auto* done = std::get_if<ServiceDone>(&task.what)) {
    const auto who = waits.of_call(done->call);
    if (who) wake(*who, [done](Stepper& stepper) { stepper.on_done(*done); });
  } else if (const auto* state = std::get_if<StateChanged>(&task.what)) {
    state_changed(*state);
  } else {
    time_passed();
  }
}

void RunDesk::Parts::step(StrandRef who) {
  const auto found = runs.find(who.run);
  if (found == runs.end()) return;
  Run& run = *found->second;
  Strand* strand = run.find(who.strand);
  if (strand == nullptr || strand->ended || strand->wait.kind != Wait::Kind::none) return;
  Stepper stepper(workshop, run, *strand, now);
  stepper.go();
  after(run, stepper.woken(), who.strand);
}

template <typename Wake>
void RunDesk::Parts::wake(StrandRef who, const Wake& wake) {
  const auto found = runs.find(who.run);
  Strand* strand = found != runs.end() ? found->second->find(who.strand) : nullptr;
  if (strand == nullptr || strand->ended) return;
  Stepper stepper(workshop, *found->second, *strand, now);
  wake(stepper);
  after(*found->second, stepper.woken(), who.strand);
}

void RunDesk::Parts::resume(StrandRef who) {
  wake(who, [](Stepper& stepper) { stepper.resume(); });
}

void RunDesk::Parts::after(Run& run, const std::vector<StrandId>& others, StrandId itself) {
  if (run.changed) changed.insert(run.id);
  if (run.over) {
    Halt halt = std::move(*run.over);
    const bool finished = halt.kind == Halt::Kind::end || halt.kind == Halt::Kind::stop;
    const bool failed = halt.kind == Halt::Kind::error || halt.kind == Halt::Kind::reported;
    return end(run,
               finished ? RunEnd::Kind::finished
               : failed ? RunEnd::Kind::failed
                        : RunEnd::Kind::aborted,
               std::move(halt));
  }
  const auto can_go_on = [&run](StrandId id) {
    const Strand* strand = run.find(id);
    return strand != nullptr && !strand->ended && strand->wait.kind == Wait::Kind::none;
  };
  for (const StrandId id : others) {
    if (can_go_on(id)) woken.push_back({run.id, id});
  }
  const bool among_others = std::find(others.begin(), others.end(), itself) != others.end();
  if (can_go_on(itself) && !among_others) woken.push_back({run.id, itself});
  // Branches whose `parallel` has gone on.
  std::erase_if(run.strands, [&run](const auto& strand) {
    if (!strand->ended || strand->parent == 0) return false;
    const Strand* parent = run.find(strand->parent);
    return parent == nullptr || parent->wait.kind != Wait::Kind::branches;
  });
}

const Strand* RunDesk::Parts::find(StrandRef who) const {
  const auto found = runs.find(who.run);
  return found == runs.end() ? nullptr : found->second->find(who.strand);
}

bool RunDesk::Parts::any_reads(std::string_view entity) const {
  return std::any_of(waits.conditions().begin(), waits.conditions().end(), [&](StrandRef who) {
    const Strand* strand = find(who);
    return strand != nullptr && strand->wait.reads.touches(entity);
  });
}

void RunDesk::Parts::state_changed(const StateChanged& changed_state) {
  std::vector<StrandRef> concerned;
  for (const StrandRef who : waits.conditions()) {
    const Strand* strand = find(who);
    if (strand != nullptr && strand->wait.reads.touches(changed_state.entity)) concerned.push_back(who);
  }
  for (const StrandRef who : concerned) wake(who, [](Stepper& stepper) { stepper.on_change(); });
}

void RunDesk::Parts::time_passed() {
  while (const std::optional<StrandRef> who = waits.due(now)) {
    wake(*who, [](Stepper& stepper) { stepper.on_moment(); });
  }
}

void RunDesk::Parts::end(Run& run, RunEnd::Kind kind, Halt halt) {
  for (const auto& strand : run.strands) {
    if (strand->wait.kind == Wait::Kind::call) surroundings.abandon(strand->wait.call.id);
    Stepper(workshop, run, *strand, now).leave();
  }
  constexpr std::string_view kVerdicts[] = {"finished", "stopped", "aborted", "failed"};
  emit_trace(run, kVerdicts[static_cast<std::size_t>(kind)], halt);
  if (run.stored) surroundings.save(RowKind::run, std::to_string(run.id), "");
  if (kind == RunEnd::Kind::failed) {
    surroundings.log("error", run.runnable.entity + ": " + halt.error);
  } else if (kind == RunEnd::Kind::aborted && !halt.error.empty()) {
    surroundings.log("warning", run.runnable.entity + " was aborted: " + halt.error);
  }
  const bool was_queued = run.queued;
  RunEnd ended{run.id, run.runnable.entity, kind, std::move(halt.error), std::move(halt.response), {}};
  if (const auto& outermost = run.strands.front()->frames.front().scope) ended.variables = outermost->own();
  const auto others = by_entity.find(ended.entity);
  std::erase(others->second, ended.run);
  if (others->second.empty()) by_entity.erase(others);
  runs.erase(ended.run);
  if (on_end) on_end(ended);
  if (!was_queued) start_next(ended.entity);
}

void RunDesk::Parts::start_next(const std::string& entity) {
  const std::vector<RunId>& waiting = runs_of(entity);
  const auto queued = [this](RunId id) { return runs.at(id)->queued; };
  if (waiting.empty() || !std::all_of(waiting.begin(), waiting.end(), queued)) return;
  inbox.push_back({Go{{waiting.front(), 1}}, now});
}

void RunDesk::Parts::save_changed() {
  for (const RunId id : changed) {
    const auto found = runs.find(id);
    if (found == runs.end() || !surroundings.keeps_rows()) continue;
    Run& run = *found->second;
    surroundings.save(RowKind::run, std::to_string(id), row_of(run));
    run.stored = true;
    run.changed = false;
  }
  changed.clear();
}

void RunDesk::Parts::stop_runaways() {
  const std::deque<StrandRef> still_ready = std::move(ready);
  ready.clear();
  woken.clear();
  const std::string why = "stopped after " + std::to_string(kMaxStepsAtOnce) +
                          " steps at one moment: rules start each other without end";
  for (const StrandRef who : still_ready) {
    const auto found = runs.find(who.run);
    if (found != runs.end()) end(*found->second, RunEnd::Kind::failed, {Halt::Kind::error, why, {}});
  }
}

Trace trace_of(const Runnable& runnable, Begun begun, std::string_view verdict, Instant at) {
  return {.entity = runnable.entity,
          .name = runnable.name,
          .verdict = std::string(verdict),
          .shadow = runnable.shadow,
          .begun = std::move(begun),
          .at = at};
}

void RunDesk::Parts::emit_trace(Run& run, std::string_view verdict, const Halt& halt) {
  Trace trace = trace_of(run.runnable, std::move(run.begun), verdict, now);
  trace.ran = Trace::Ran{run.id, run.began, run.context, run.log.take_steps()};
  trace.error = halt.error;
  trace.response = halt.response;
  trace.spoken = run.spoken;
  surroundings.trace(std::move(trace));
}

}  // namespace gable::rules
