#pragma once
// Stepper: carries out one step of one strand. Made for that step, and thrown away. What it cannot finish at
// once becomes the strand's wait.

#include <span>
#include <string>
#include <string_view>

#include "engine/runs/run.hpp"
#include "engine/runs/waits.hpp"

namespace gable::rules {

// Numbers of runs and calls: never twice, across restarts too, since they follow the clock.
class Numbers {
 public:
  std::uint64_t next(Instant now);
  // One that is in use.
  void seen(std::uint64_t number);

 private:
  std::uint64_t last_ = 0;
};

// What all steps share. Borrowed.
struct Workshop {
  Surroundings& surroundings;
  TriggerDesk& triggers;
  Waits& waits;
  Numbers& numbers;
};

class Stepper {
 public:
  Stepper(Workshop& workshop, Run& run, Strand& strand, Instant now)
      : workshop_(workshop), run_(run), strand_(strand), now_(now), render_(workshop.surroundings, now) {}

  // The next step, or the end of a sequence.
  void go();

  // What the strand waited for has happened; it goes on with the next step, or with what follows from an
  // error.
  void on_moment();  // of its wait: the end of a delay, a timeout, a minute
  void on_change();  // something that its condition read
  void on_fired(const Fired& fired);
  void on_done(const ServiceDone& done);
  // After a restart: looks again, listens again, calls again. Its `until` stays.
  void resume();
  // Nothing more comes of it. `wait` is left as none.
  void leave();

  // Strands that can go on besides this one, in order; the new branches, or the one that waited for them.
  [[nodiscard]] const std::vector<StrandId>& woken() const { return woken_; }

 private:
  struct Visit;  // by the kind of step

  // Of every step: stepper.cpp.
  void begin_step(const Action& step);
  [[nodiscard]] const Action& step() const;
  void advance();
  void finish_sequence(bool by_condition = false);
  void end_strand(Halt halt);
  // Ends sequence after sequence, until a step forgives it.
  void raise(Halt halt);
  void fail(std::string error);
  void abort(std::string error);
  void report(std::string error);
  void enter(Frame::Kind kind, std::size_t pick = 0);
  void note(std::string_view key, wire::Value value) { run_.log.note(strand_.entry, key, std::move(value)); }
  void log(std::string_view level, const std::string& text);
  [[nodiscard]] Scope& scope() const { return scope_of(run_, strand_); }
  [[nodiscard]] StrandRef ref() const { return {run_.id, strand_.id}; }
  // One after another; an error ends it and is logged. `what` is for the log and the trace: "choose 2".
  Verdict test(std::span<const Condition> conditions, const std::string& what);

  // Waits: wait_steps.cpp.
  void wait(Wait wait);
  void set_wait_variable(bool completed, const jinja::Value* trigger);
  void timed_out();
  void delay(const DelayAction& step);
  void wait_template(const WaitTemplateAction& step);
  void wait_for_trigger(const WaitForTriggerAction& step);
  void attach(const WaitForTriggerAction& step);
  // Nothing after an error, which has been raised.
  bool read_timeout(const Rare<Period>& timeout, std::optional<Instant>& until);
  // How the condition stands; nothing after a template's error.
  struct Standing {
    bool strictly = false;  // as a condition has it
    bool loosely = false;   // as a trigger has it
  };
  std::optional<Standing> look(const WaitTemplateAction& step, Wait& wait, std::string& error);

  // Choices and loops: flow_steps.cpp.
  void choose(const ChooseAction& step);
  void if_then(const IfAction& step);
  void repeat(const RepeatAction& step);
  void next_round();
  void end_loop();
  bool round_allowed(const RepeatAction& step);
  bool read_rounds(const RepeatAction& step, Loop& loop);
  void parallel(const ParallelAction& step);
  void branches_ended();
  void condition(const ConditionAction& step);
  void stop(const StopAction& step);

  // Effects: effect_steps.cpp.
  void service(const ServiceAction& step);
  void device(const DeviceAction& step);
  void call(ServiceCall call);
  void take(const ServiceOutcome& outcome, ServiceCall call);
  void respond(const jinja::Value& response);
  void variables(const VariablesAction& step);
  void event(const EventAction& step);
  void conversation(const ConversationResponseAction& step);
  bool withhold(wire::Object effect);

  Workshop& workshop_;
  Run& run_;
  Strand& strand_;
  Instant now_;
  Renderer render_;
  std::vector<StrandId> woken_;
};

// The service that a device's action of a generic domain is, and a parameter that it brings along unless the
// action says otherwise (none: `key` is empty).
struct DeviceService {
  std::string domain, service;
  std::string key;
  jinja::Value value;
};
DeviceService service_of(const DeviceAction& action);

}  // namespace gable::rules
