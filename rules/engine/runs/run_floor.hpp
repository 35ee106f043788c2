#pragma once
// RunDesk::Parts: all runs, and what is to be done with them. Whatever is asked while a step is being carried
// out goes into the inbox; the outermost call works until nothing is left that can go on.

#include <deque>
#include <map>
#include <set>
#include <unordered_map>
#include <variant>

#include "engine/runs/stepper.hpp"

namespace gable::rules {

// In one outermost call, over all runs: rules that start each other without end are stopped.
inline constexpr std::uint32_t kMaxStepsAtOnce = 20'000;
inline constexpr std::size_t kMaxRunsOfOne = 1'000;

struct RunDesk::Parts {
  Parts(Surroundings& surroundings_given, TriggerDesk& triggers_given, OnEnd on_end_given)
      : surroundings(surroundings_given),
        workshop{surroundings_given, triggers_given, waits, numbers},
        on_end(std::move(on_end_given)) {}

  struct Go {
    StrandRef who;
  };
  struct End {
    RunId run;
  };
  struct TimePasses {};
  // A row that fits no more.
  struct Dropped {
    std::string key;
    Runnable runnable;
    std::string why;
  };
  struct Task {
    std::variant<Go, End, Fired, ServiceDone, StateChanged, TimePasses> what;
    Instant now;
  };

  // Modes: run_desk.cpp.
  [[nodiscard]] std::string refusal(const Runnable& runnable, const std::vector<std::string>& chain) const;
  void refuse(const Runnable& runnable, Start&& start, const std::string& why);
  Run& enroll(const Runnable& runnable, Start&& start, Instant now);
  [[nodiscard]] const std::vector<RunId>& runs_of(const std::string& entity) const;

  // Work: run_floor.cpp.
  void ask(Task task);
  void work();
  void carry_out(const Task& task);
  void step(StrandRef who);
  // A strand that waited goes on; `wake` is told to its stepper.
  template <typename Wake>
  void wake(StrandRef who, const Wake& wake);
  void after(Run& run, const std::vector<StrandId>& woken, StrandId itself);
  [[nodiscard]] const Strand* find(StrandRef who) const;
  [[nodiscard]] bool any_reads(std::string_view entity) const;
  void state_changed(const StateChanged& changed);
  void time_passed();
  void end(Run& run, RunEnd::Kind kind, Halt halt);
  void start_next(const std::string& entity);
  // The last that is told of the run; takes its steps and how it began.
  void emit_trace(Run& run, std::string_view verdict, const Halt& halt);
  void save_changed();
  void stop_runaways();
  // After a restart: resume.cpp.
  void resume(StrandRef who);
  void tell_dropped();

  Surroundings& surroundings;
  Waits waits;
  Numbers numbers;
  Workshop workshop;
  OnEnd on_end;
  std::map<RunId, std::unique_ptr<Run>> runs;
  std::unordered_map<std::string, std::vector<RunId>> by_entity;  // in the order of their start
  std::vector<RunId> restored;                                    // until resume()
  std::vector<Dropped> dropped;                                   // until resume()
  std::deque<Task> inbox;
  std::deque<StrandRef> ready;
  std::vector<StrandRef> woken;  // go before those that were ready
  std::set<RunId> changed;       // since the work began
  Instant now{};
  std::uint32_t steps_at_once = 0;
  bool working = false;
};

// A trace of which only the beginning is known.
Trace trace_of(const Runnable& runnable, Begun begun, std::string_view verdict, Instant at);

}  // namespace gable::rules
