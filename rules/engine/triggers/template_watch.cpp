#include "engine/triggers/template_watch.hpp"

#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;
using Names = std::vector<std::string>;

constexpr std::size_t kMinuteCookie = 1;

bool has(const Names& sorted, const std::string& name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

}  // namespace

void TemplateWatch::begin(Instant now) {
  if (asked_.condition.is_literal()) return;  // always the same, so it never becomes true
  if (!board().started) listen(Subject::resume);
  arm(now);
}

void TemplateWatch::on_resume(Instant now) {
  if (asked_.condition.is_literal()) return;
  arm(now);
  HoldingWatch::on_resume(now);
}

void TemplateWatch::arm(Instant now) {
  render(now);
  armed_ = last_->ok() && !counts_as_true(last_->value);
}

void TemplateWatch::end() {
  if (minute_) board().timers().cancel(*minute_);
  minute_.reset();
  HoldingWatch::end();
}

bool TemplateWatch::render(Instant now) {
  jinja::Reads reads;
  Rendered rendered = Renderer(surroundings(), now).native(asked_.condition, variables(), &reads);
  listen_to(std::move(reads), now);
  const bool same = last_ && rendered.ok() == last_->ok() &&
                    (!rendered.ok() || jinja::equals(rendered.value, last_->value));
  if (!rendered.ok() && !same) complain("warning", rendered.error);
  last_ = std::move(rendered);
  return !same;
}

void TemplateWatch::listen_to(jinja::Reads reads, Instant now) {
  const auto follow = [this](Subject subject, const Names& before, const Names& after) {
    if (before == after) return;
    for (const std::string& name : before) {
      if (!has(after, name)) unlisten(subject, name);
    }
    for (const std::string& name : after) {
      if (!has(before, name)) listen(subject, name);
    }
  };
  const auto follow_one = [this](Subject subject, bool before, bool after) {
    if (before && !after) unlisten(subject);
    if (after && !before) listen(subject);
  };
  follow(Subject::entity, reads_.entities(), reads.entities());
  follow(Subject::domain, reads_.domains(), reads.domains());
  follow_one(Subject::states, reads_.reads_all(), reads.reads_all());
  follow_one(Subject::registry, reads_.reads_registry(), reads.reads_registry());
  reads_ = std::move(reads);
  if (!reads_.reads_time()) {
    if (minute_) board().timers().cancel(*minute_);
    minute_.reset();
  } else if (!minute_) {
    minute_ = wake(std::chrono::floor<std::chrono::minutes>(now) + std::chrono::minutes(1), kMinuteCookie);
  }
}

void TemplateWatch::on_due(std::size_t cookie, Instant due, Instant now) {
  if (cookie != kMinuteCookie) return HoldingWatch::on_due(cookie, due, now);
  minute_.reset();
  refresh(nullptr, now);
}

void TemplateWatch::refresh(const StateChanged* change, Instant now) {
  // An error leaves things as they are: no hold ends, nothing is armed.
  if (!render(now) || !last_->ok()) return;
  cancel_holds([](const Hold&) { return true; });
  if (!counts_as_true(last_->value)) {
    armed_ = true;
  } else if (armed_) {
    armed_ = false;
    become_true(change, now);
  }
}

void TemplateWatch::become_true(const StateChanged* change, Instant now) {
  Hold hold;
  if (change != nullptr) {
    hold.fields = fields({{"entity_id", Value(change->entity)},
                          {"from_state", state_or_none(change->entity, change->before)},
                          {"to_state", state_or_none(change->entity, change->after)},
                          {"description", Value(change->entity + " via template")}});
    if (change->after) hold.cause = change->after->context;
  } else {
    hold.fields = fields({{"entity_id", Value()},
                          {"from_state", Value()},
                          {"to_state", Value()},
                          {"description", Value("time change or manual update via template")}});
  }
  match(asked_.hold, std::move(hold), now);
}

bool TemplateWatch::still_stands(const Hold& /*hold*/, Instant /*now*/) {
  return last_ && last_->ok() && counts_as_true(last_->value);
}

}  // namespace gable::rules
