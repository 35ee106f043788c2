// Steps that decide what comes next: choose, if, repeat, parallel, condition, stop.
#include <algorithm>

#include "engine/runs/stepper.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

using jinja::Value;

void Stepper::choose(const ChooseAction& step) {
  for (std::size_t i = 0; i < step.options.size(); ++i) {
    if (test(step.options[i].conditions, "choose/" + std::to_string(i)) != Verdict::yes) continue;
    note("choice", static_cast<std::int64_t>(i));
    return enter(Frame::Kind::option, i);
  }
  if (!step.otherwise) {
    note("choice", "none");
    return advance();
  }
  note("choice", "default");
  enter(Frame::Kind::fallback);
}

void Stepper::if_then(const IfAction& step) {
  const bool met = test(step.conditions, "if") == Verdict::yes;
  note("choice", met ? "then" : step.otherwise ? "else" : "none");
  if (met) return enter(Frame::Kind::then);
  if (!step.otherwise) return advance();
  enter(Frame::Kind::otherwise);
}

bool Stepper::read_rounds(const RepeatAction& step, Loop& loop) {
  if (step.count) {
    const Rendered count = render_.native(*step.count, scope());
    if (!count.ok()) return abort("repeat: count: " + count.error), false;
    const std::optional<Value> whole = jinja::to_integer(count.value);
    const std::int64_t* number = whole ? whole->as_int() : nullptr;
    if (number == nullptr) {
      abort("repeat: count is '" + brief_text(jinja::str(count.value)) + "', expected a whole number");
      return false;
    }
    loop.rounds = static_cast<std::uint64_t>(std::max<std::int64_t>(*number, 0));
  }
  if (!step.for_each) return true;
  const Rendered items = render_.native(*step.for_each, scope());
  if (!items.ok()) return abort("repeat: for_each: " + items.error), false;
  const jinja::Values* list = items.value.as_list();
  if (list == nullptr) {
    abort("repeat: for_each is '" + brief_text(jinja::str(items.value)) + "', expected a list");
    return false;
  }
  loop.items = *list;
  loop.rounds = list->size();
  return true;
}

void Stepper::repeat(const RepeatAction& step) {
  Loop loop;
  loop.entry = strand_.entry;
  if (!read_rounds(step, loop)) return;
  auto own = std::make_unique<Scope>(&scope());
  const std::size_t depth = strand_.frames.size();
  enter(Frame::Kind::loop);
  if (strand_.frames.size() == depth) return;
  Frame& frame = strand_.frames.back();
  frame.scope = std::move(own);
  frame.loop = std::move(loop);
  next_round();
}

void Stepper::end_loop() {
  note("rounds", static_cast<std::int64_t>(strand_.frames.back().loop->round));
  strand_.frames.pop_back();
  advance();
}

bool Stepper::round_allowed(const RepeatAction& step) {
  Loop& loop = *strand_.frames.back().loop;
  if (loop.rounds) {
    // A loop without steps must come to an end, too.
    if (!step.sequence.empty() || ++run_.steps <= kMaxStepsWithoutWait) return true;
    strand_.frames.pop_back();
    fail("more than " + std::to_string(kMaxStepsWithoutWait) + " rounds without a step in them");
    return false;
  }
  const std::string of = step.while_ ? "while" : "until";
  if (loop.round == kWarnRounds) {
    log("warning", "repeat: " + of + " has gone round " + std::to_string(kWarnRounds) + " times at " +
                       path_of(run_, strand_));
  }
  if (loop.round < kMaxRounds) return true;
  strand_.frames.pop_back();
  abort("repeat: " + of + " went round " + std::to_string(kMaxRounds) +
        " times: this looks like a loop that does not end");
  return false;
}

void Stepper::next_round() {
  Loop& loop = *strand_.frames.back().loop;
  strand_.entry = loop.entry;
  const Frame& below = *(strand_.frames.end() - 2);
  const auto& step = std::get<RepeatAction>((*below.sequence)[below.index].kind);
  // An until that cannot be judged ends the loop as well.
  if (loop.round > 0 && step.until && test(*step.until, "until") != Verdict::no) return end_loop();
  if (loop.rounds && loop.round >= *loop.rounds) return end_loop();
  if (!round_allowed(step)) return;
  ++loop.round;
  auto fields = std::make_shared<jinja::Dict>();
  fields->set("first", loop.round == 1);
  fields->set("index", static_cast<std::int64_t>(loop.round));
  if (loop.rounds) fields->set("last", loop.round == *loop.rounds);
  if (step.for_each && !loop.items[loop.round - 1].is_none()) fields->set("item", loop.items[loop.round - 1]);
  Frame& frame = strand_.frames.back();
  frame.scope->define("repeat", jinja::DictPtr(std::move(fields)));
  frame.index = 0;
  if (!step.while_ || test(*step.while_, "while") == Verdict::yes) return;
  --loop.round;
  end_loop();
}

void Stepper::parallel(const ParallelAction& step) {
  if (step.branches.empty()) return advance();
  for (std::size_t i = 0; i < step.branches.size(); ++i) {
    auto branch = std::make_unique<Strand>();
    branch->id = ++run_.last_strand;
    branch->parent = strand_.id;
    Frame frame;
    frame.kind = Frame::Kind::branch;
    frame.pick = i;
    frame.sequence = &step.branches[i];
    frame.scope = std::make_unique<Scope>(&scope());
    branch->frames.push_back(std::move(frame));
    woken_.push_back(branch->id);
    run_.strands.push_back(std::move(branch));
  }
  Wait wait;
  wait.kind = Wait::Kind::branches;
  this->wait(std::move(wait));
}

// All have ended: what the first of them that went wrong raised is raised here, in the order of the branches.
void Stepper::branches_ended() {
  leave();
  for (const auto& branch : run_.strands) {
    if (branch->parent != strand_.id || branch->halt.kind <= Halt::Kind::condition) continue;
    return raise(branch->halt);
  }
  advance();
}

void Stepper::condition(const ConditionAction& step) {
  if (test({&*step.condition, 1}, "condition") == Verdict::yes) {
    note("result", true);
    return advance();
  }
  note("result", false);
  finish_sequence(true);
}

void Stepper::stop(const StopAction& step) {
  const Rendered reason = render_.text(step.reason, scope());
  const std::string text = reason.ok() ? jinja::str(reason.value) : std::string("stopped");
  note("reason", brief_text(text));
  if (step.error) return abort(text);
  Halt halt;
  halt.kind = Halt::Kind::stop;
  if (!step.response_variable.empty()) {
    const Value* response = scope().find(step.response_variable);
    if (response == nullptr) {
      return abort("stop: there is no variable '" + step.response_variable + "' to respond with");
    }
    halt.response = *response;
    note("response", brief(*response));
  }
  raise(std::move(halt));
}

}  // namespace gable::rules
