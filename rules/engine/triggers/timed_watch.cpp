#include "engine/triggers/timed_watch.hpp"

#include "wire/json.hpp"

namespace gable::rules {

namespace {
// Above the number of every moment.
constexpr std::size_t kMissedCookie = 1'000'000;
constexpr std::chrono::hours kRecheck{24};
}  // namespace

void TimedWatch::begin(Instant now) {
  moments_.resize(slots());
  listen(Subject::registry);
  if (!board().started) listen(Subject::resume);
  schedule_all(now);
}

void TimedWatch::end() {
  for (Moment& moment : moments_) {
    if (moment.timer) board().timers().cancel(*moment.timer);
    moment.timer.reset();
  }
  if (keeps_rows()) surroundings().save(RowKind::hold, row_key(), {});
  Watch::end();
}

void TimedWatch::schedule(std::size_t slot, Instant after) {
  Moment& moment = moments_[slot];
  if (moment.timer) board().timers().cancel(*moment.timer);
  const std::optional<Instant> due = next(slot, after);
  moment.timer.reset();
  moment.recheck = !due;
  if (due || looks_again()) moment.timer = wake(due.value_or(after + kRecheck), slot);
}

void TimedWatch::schedule_all(Instant after) {
  for (std::size_t slot = 0; slot < moments_.size(); ++slot) {
    // What is due already is about to fire.
    const std::optional<Timers::Key>& timer = moments_[slot].timer;
    if (!timer || timer->due > after) schedule(slot, after);
  }
  save_next();
}

void TimedWatch::on_registry(Instant now) { schedule_all(now); }

void TimedWatch::on_due(std::size_t cookie, Instant due, Instant now) {
  const bool was_missed = cookie == kMissedCookie;
  const std::size_t slot = was_missed ? missed_slot_ : cookie;
  const bool fires = was_missed || !moments_[slot].recheck;
  // Before it fires: whoever is told may take this trigger out of force.
  if (!was_missed) {
    moments_[slot].timer.reset();
    schedule(slot, now);
    save_next();
  }
  if (!fires) return;
  if (const Fields what = described(slot, due)) fire(what, {}, now);
}

bool TimedWatch::keeps_rows() const { return options().run_missed_once && seat().holder->attachment.durable; }

std::string TimedWatch::row_key() const {
  return seat().holder->attachment.name + "/" + std::to_string(seat().index) + "/~next";
}

// The earliest moment that is to come. Not before the rows of the past have been read.
void TimedWatch::save_next() const {
  if (!keeps_rows() || !board().started) return;
  std::size_t first = moments_.size();
  for (std::size_t slot = 0; slot < moments_.size(); ++slot) {
    if (moments_[slot].recheck || !moments_[slot].timer) continue;
    if (first == moments_.size() || moments_[slot].timer->due < moments_[first].timer->due) first = slot;
  }
  if (first == moments_.size()) return surroundings().save(RowKind::hold, row_key(), {});
  const wire::Object row{{"name", seat().holder->attachment.name},
                         {"index", static_cast<std::int64_t>(seat().index)},
                         {"next", moments_[first].timer->due.time_since_epoch().count()},
                         {"slot", static_cast<std::int64_t>(first)}};
  surroundings().save(RowKind::hold, row_key(), wire::to_json(row));
}

bool TimedWatch::restore(const std::string& /*key*/, const wire::Object& row) {
  const wire::Value* next = row.find("next");
  const wire::Value* slot = row.find("slot");
  if (!keeps_rows() || next == nullptr || next->as_int() == nullptr) return false;
  missed_ = Instant(std::chrono::microseconds(*next->as_int()));
  const std::int64_t number = slot != nullptr && slot->as_int() != nullptr ? *slot->as_int() : 0;
  missed_slot_ = number >= 0 && static_cast<std::size_t>(number) < moments_.size()
                     ? static_cast<std::size_t>(number)
                     : 0;
  return true;
}

void TimedWatch::on_resume(Instant now) {
  schedule_all(now);
  if (missed_ && *missed_ < now && !moments_.empty()) wake(*missed_, kMissedCookie);
  missed_.reset();
}

}  // namespace gable::rules
