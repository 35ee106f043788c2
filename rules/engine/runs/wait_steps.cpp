// Steps that wait: delay, wait_template, wait_for_trigger; and what wakes them.
#include <algorithm>
#include <array>

#include "engine/runs/stepper.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

std::string lower_text(const Value& value) {
  std::string text = jinja::str(value);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// As a template trigger has it: wider than what a condition takes.
bool counts_as_true(const std::string& text) {
  constexpr std::array<std::string_view, 4> kWords{"true", "yes", "on", "enable"};
  if (std::find(kWords.begin(), kWords.end(), text) != kWords.end()) return true;
  const std::optional<double> number = jinja::to_real(Value(text));
  return number && *number != 0;
}

Instant next_minute(Instant now) {
  return std::chrono::floor<std::chrono::minutes>(now) + std::chrono::minutes(1);
}

double seconds_between(Instant from, Instant to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace

void Stepper::wait(Wait wait) {
  wait.since = now_;
  strand_.wait = std::move(wait);
  workshop_.waits.add(ref(), strand_.wait);
}

void Stepper::leave() {
  Wait& wait = strand_.wait;
  workshop_.waits.remove(ref(), wait);
  if (wait.kind == Wait::Kind::trigger && wait.owner != 0) workshop_.triggers.detach(wait.owner);
  if (wait.kind != Wait::Kind::none) {
    note("waited", std::chrono::duration<double>(now_ - wait.since).count());
    run_.steps = 0;
    run_.changed = true;
  }
  wait = Wait();
}

void Stepper::delay(const DelayAction& step) {
  const Rendered rendered = render_.native(step.period, scope());
  if (!rendered.ok()) return abort("delay: " + rendered.error);
  const auto period = period_of(rendered.value);
  if (!period) {
    return abort("delay: '" + brief_text(jinja::str(rendered.value)) +
                 "' is no period: expected seconds, \"hh:mm:ss\" or a map of hours, minutes, seconds");
  }
  note("delay", std::chrono::duration<double>(*period).count());
  if (period->count() == 0) return advance();
  Wait wait;
  wait.kind = Wait::Kind::delay;
  wait.until = now_ + *period;
  this->wait(std::move(wait));
}

bool Stepper::read_timeout(const Rare<Period>& timeout, std::optional<Instant>& until) {
  if (!timeout) return true;
  const Rendered rendered = render_.native(*timeout, scope());
  if (!rendered.ok()) {
    abort("timeout: " + rendered.error);
    return false;
  }
  const auto period = period_of(rendered.value);
  if (!period) {
    abort("timeout: '" + brief_text(jinja::str(rendered.value)) +
          "' is no period: expected seconds, \"hh:mm:ss\" or a map of hours, minutes, seconds");
    return false;
  }
  until = now_ + *period;
  return true;
}

// `wait` belongs to the branch of a `parallel`, or to the whole run (rules.md, section 8).
void Stepper::set_wait_variable(bool completed, const Value* trigger) {
  const Wait& wait = strand_.wait;
  auto fields = std::make_shared<jinja::Dict>();
  fields->set("completed", completed);
  fields->set("remaining", wait.until ? Value(seconds_between(now_, *wait.until)) : Value());
  const bool of_trigger = std::holds_alternative<WaitForTriggerAction>(step().kind);
  if (of_trigger) fields->set("trigger", trigger != nullptr ? *trigger : Value());
  strand_.frames.front().scope->define("wait", jinja::DictPtr(std::move(fields)));
  note("completed", completed);
  if (trigger != nullptr) note("trigger", brief(*trigger));
}

void Stepper::timed_out() {
  set_wait_variable(false, nullptr);
  leave();
  note("timeout", true);
  const Action& step = this->step();
  const auto* by_template = std::get_if<WaitTemplateAction>(&step.kind);
  const auto* by_trigger = std::get_if<WaitForTriggerAction>(&step.kind);
  const bool goes_on = (by_template != nullptr && by_template->continue_on_timeout) ||
                       (by_trigger != nullptr && by_trigger->continue_on_timeout);
  if (goes_on) return advance();
  abort("the wait ended by its timeout");
}

std::optional<Stepper::Standing> Stepper::look(const WaitTemplateAction& step, Wait& wait,
                                               std::string& error) {
  jinja::Reads reads;
  const Rendered rendered = render_.text(step.condition, scope(), &reads);
  wait.reads = std::move(reads);
  wait.minute = wait.reads.reads_time() ? std::optional(next_minute(now_)) : std::nullopt;
  if (!rendered.ok()) {
    error = rendered.error;
    return std::nullopt;
  }
  const std::string text = lower_text(rendered.value);
  return Standing{text == "true", counts_as_true(text)};
}

void Stepper::wait_template(const WaitTemplateAction& step) {
  Wait wait;
  wait.kind = Wait::Kind::condition;
  if (!read_timeout(step.timeout, wait.until)) return;
  std::string error;
  const std::optional<Standing> standing = look(step, wait, error);
  // The first look is a condition, whose error ends the run; later ones are only logged.
  if (!standing) return fail("wait_template: " + error);
  wait.was_true = standing->loosely;
  const bool no_time = wait.until && *wait.until <= now_;
  this->wait(std::move(wait));
  if (standing->strictly) {
    set_wait_variable(true, nullptr);
    leave();
    return advance();
  }
  if (no_time) timed_out();
}

void Stepper::on_change() {
  const auto* step = std::get_if<WaitTemplateAction>(&this->step().kind);
  if (step == nullptr) return;
  Wait& wait = strand_.wait;
  workshop_.waits.remove(ref(), wait);
  std::string error;
  const std::optional<Standing> standing = look(*step, wait, error);
  workshop_.waits.add(ref(), wait);
  if (!standing) {
    note("error", brief_text(error));
    log("error", "wait_template at " + path_of(run_, strand_) + ": " + error);
  }
  const bool loosely = standing && standing->loosely;
  const bool completes = loosely && (!wait.was_true || standing->strictly);
  if (wait.was_true != loosely) run_.changed = true;
  wait.was_true = loosely;
  if (!completes) return;
  set_wait_variable(true, nullptr);
  leave();
  advance();
}

void Stepper::attach(const WaitForTriggerAction& step) {
  Wait& wait = strand_.wait;
  wait.owner = workshop_.triggers.new_owner();
  wait.variables = std::make_unique<Scope>();
  for (const jinja::Variable& variable : scope().visible()) {
    wait.variables->define(variable.name, variable.value);
  }
  TriggerDesk::Attachment attachment;
  attachment.triggers = &step.triggers;
  attachment.variables = wait.variables.get();
  // The same after a restart, so that its holds are found again.
  attachment.name = run_.runnable.entity + "#" + std::to_string(run_.id) + "." + std::to_string(strand_.id);
  workshop_.waits.add(ref(), wait);
  workshop_.triggers.attach(wait.owner, attachment, now_);
}

void Stepper::wait_for_trigger(const WaitForTriggerAction& step) {
  Wait wait;
  wait.kind = Wait::Kind::trigger;
  wait.since = now_;
  if (!read_timeout(step.timeout, wait.until)) return;
  const bool no_time = wait.until && *wait.until <= now_;
  strand_.wait = std::move(wait);
  if (no_time) return timed_out();
  attach(step);
}

void Stepper::on_fired(const Fired& fired) {
  set_wait_variable(true, &fired.trigger);
  leave();
  advance();
}

void Stepper::on_moment() {
  const Wait& wait = strand_.wait;
  if (wait.until && *wait.until <= now_) {
    if (wait.kind != Wait::Kind::delay) return timed_out();
    leave();
    return advance();
  }
  on_change();
}

void Stepper::resume() {
  Wait& wait = strand_.wait;
  switch (wait.kind) {
    case Wait::Kind::none:
    case Wait::Kind::branches:
      return;
    case Wait::Kind::delay:
      return workshop_.waits.add(ref(), wait);
    case Wait::Kind::condition:
      workshop_.waits.add(ref(), wait);
      return on_change();
    case Wait::Kind::trigger:
      if (const auto* step = std::get_if<WaitForTriggerAction>(&this->step().kind)) attach(*step);
      return;
    case Wait::Kind::call: {
      ServiceCall call = std::move(wait.call);
      wait = Wait();
      call.again = true;
      note("again", true);
      const ServiceOutcome outcome = workshop_.surroundings.call(call);
      return take(outcome, std::move(call));
    }
  }
}

}  // namespace gable::rules
