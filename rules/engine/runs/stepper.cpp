#include "engine/runs/stepper.hpp"

#include <algorithm>

#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

std::uint64_t Numbers::next(Instant now) {
  const auto micros = now.time_since_epoch().count();
  last_ = std::max(last_ + 1, static_cast<std::uint64_t>(std::max<decltype(micros)>(micros, 0)));
  return last_;
}

void Numbers::seen(std::uint64_t number) { last_ = std::max(last_, number); }

namespace {

struct KindName {
  std::string_view operator()(const ServiceAction&) const { return "service"; }
  std::string_view operator()(const DelayAction&) const { return "delay"; }
  std::string_view operator()(const WaitTemplateAction&) const { return "wait_template"; }
  std::string_view operator()(const WaitForTriggerAction&) const { return "wait_for_trigger"; }
  std::string_view operator()(const ChooseAction&) const { return "choose"; }
  std::string_view operator()(const IfAction&) const { return "if"; }
  std::string_view operator()(const RepeatAction&) const { return "repeat"; }
  std::string_view operator()(const ParallelAction&) const { return "parallel"; }
  std::string_view operator()(const SequenceAction&) const { return "sequence"; }
  std::string_view operator()(const VariablesAction&) const { return "variables"; }
  std::string_view operator()(const StopAction&) const { return "stop"; }
  std::string_view operator()(const EventAction&) const { return "event"; }
  std::string_view operator()(const ConditionAction&) const { return "condition"; }
  std::string_view operator()(const DeviceAction&) const { return "device"; }
  std::string_view operator()(const ConversationResponseAction&) const { return "set_conversation_response"; }
};

}  // namespace

struct Stepper::Visit {
  Stepper& stepper;

  void operator()(const ServiceAction& step) const { stepper.service(step); }
  void operator()(const DelayAction& step) const { stepper.delay(step); }
  void operator()(const WaitTemplateAction& step) const { stepper.wait_template(step); }
  void operator()(const WaitForTriggerAction& step) const { stepper.wait_for_trigger(step); }
  void operator()(const ChooseAction& step) const { stepper.choose(step); }
  void operator()(const IfAction& step) const { stepper.if_then(step); }
  void operator()(const RepeatAction& step) const { stepper.repeat(step); }
  void operator()(const ParallelAction& step) const { stepper.parallel(step); }
  void operator()(const SequenceAction&) const { stepper.enter(Frame::Kind::block); }
  void operator()(const VariablesAction& step) const { stepper.variables(step); }
  void operator()(const StopAction& step) const { stepper.stop(step); }
  void operator()(const EventAction& step) const { stepper.event(step); }
  void operator()(const ConditionAction& step) const { stepper.condition(step); }
  void operator()(const DeviceAction& step) const { stepper.device(step); }
  void operator()(const ConversationResponseAction& step) const { stepper.conversation(step); }
};

const Action& Stepper::step() const {
  const Frame& frame = strand_.frames.back();
  return (*frame.sequence)[frame.index];
}

void Stepper::go() {
  run_.changed = true;
  const Frame& frame = strand_.frames.back();
  // What a template's value does to a C++ caller is an error of the step like any other.
  try {
    if (frame.index >= frame.sequence->size()) {
      finish_sequence();
    } else {
      begin_step(step());
    }
  } catch (const jinja::EvaluationError& error) {
    fail(error.text());
  }
}

void Stepper::begin_step(const Action& step) {
  wire::Object entry{
      {"path", path_of(run_, strand_)}, {"step", std::visit(KindName{}, step.kind)}, {"at", time_text(now_)}};
  if (!step.alias.empty()) entry.set("alias", brief_text(step.alias));
  strand_.entry = run_.log.add(std::move(entry));
  if (++run_.steps > kMaxStepsWithoutWait) {
    fail("more than " + std::to_string(kMaxStepsWithoutWait) +
         " steps without a wait: this looks like a loop that does not end");
    return;
  }
  if (step.enabled) {
    const Rendered enabled = render_.native(*step.enabled, scope());
    if (!enabled.ok()) return fail("enabled: " + enabled.error);
    if (!jinja::truth(enabled.value)) {
      note("result", "disabled");
      return advance();
    }
  }
  std::visit(Visit{*this}, step.kind);
}

void Stepper::advance() { ++strand_.frames.back().index; }

void Stepper::enter(Frame::Kind kind, std::size_t pick) {
  if (strand_.frames.size() >= kMaxNesting) {
    return fail("sequences nested more than " + std::to_string(kMaxNesting) + " deep");
  }
  Frame frame;
  frame.kind = kind;
  frame.pick = pick;
  frame.sequence = sequence_below(step(), kind, pick);
  if (frame.sequence == nullptr) return advance();
  strand_.frames.push_back(std::move(frame));
}

void Stepper::finish_sequence(bool by_condition) {
  Frame& frame = strand_.frames.back();
  if (frame.loop) {
    frame.index = frame.sequence->size();
    return next_round();
  }
  if (strand_.frames.size() == 1) {
    Halt halt;
    if (by_condition) halt.kind = Halt::Kind::condition;
    return end_strand(std::move(halt));
  }
  strand_.frames.pop_back();
  advance();
}

void Stepper::raise(Halt halt) {
  // Conditions, stop and abort go through every level; so do errors that say that the rule is wrong.
  while (true) {
    const Frame& frame = strand_.frames.back();
    const Action* step = frame.index < frame.sequence->size() ? &(*frame.sequence)[frame.index] : nullptr;
    if (halt.kind == Halt::Kind::reported && step != nullptr && step->continue_on_error) {
      log("warning", "goes on after an error at " + path_of(run_, strand_) + ": " + halt.error);
      return advance();
    }
    if (strand_.frames.size() == 1) return end_strand(std::move(halt));
    strand_.frames.pop_back();
  }
}

void Stepper::fail(std::string error) {
  note("error", brief_text(error));
  raise({Halt::Kind::error, std::move(error), {}});
}

void Stepper::abort(std::string error) {
  note("error", brief_text(error));
  raise({Halt::Kind::abort, std::move(error), {}});
}

void Stepper::report(std::string error) {
  note("error", brief_text(error));
  raise({Halt::Kind::reported, std::move(error), {}});
}

void Stepper::end_strand(Halt halt) {
  strand_.ended = true;
  strand_.halt = std::move(halt);
  Strand* parent = run_.find(strand_.parent);
  if (parent == nullptr) {
    run_.over = strand_.halt;
    return;
  }
  const StrandId above = parent->id;
  const bool others_go_on = std::any_of(run_.strands.begin(), run_.strands.end(), [above](const auto& each) {
    return each->parent == above && !each->ended;
  });
  if (others_go_on) return;
  woken_.push_back(above);
  // From here on this strand may be gone.
  Stepper of_parent(workshop_, run_, *parent, now_);
  of_parent.branches_ended();
  woken_.insert(woken_.end(), of_parent.woken_.begin(), of_parent.woken_.end());
}

void Stepper::log(std::string_view level, const std::string& text) {
  workshop_.surroundings.log(level, run_.runnable.entity + ": " + text);
}

Verdict Stepper::test(std::span<const Condition> conditions, const std::string& what) {
  wire::List results;
  Verdict verdict = Verdict::yes;
  for (const Condition& condition : conditions) {
    ConditionResult result = judge(condition, scope(), render_);
    verdict = result.verdict;
    if (verdict == Verdict::error) {
      const wire::Value* error = result.trace.find("error");
      log("warning", "condition of " + what + " counts as not met: " +
                         std::string(error != nullptr ? error->string_or("error") : "error"));
    }
    results.push_back(brief(wire::Value(std::move(result.trace))));
    if (verdict != Verdict::yes) break;
  }
  note(what, std::move(results));
  return verdict;
}

}  // namespace gable::rules
