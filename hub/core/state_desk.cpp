#include "core/state_desk.hpp"

#include "wire/json.hpp"

namespace gable::hub {

namespace {

bool worse(Availability from, Availability to) {
  return from == Availability::online && to != Availability::online;
}

}  // namespace

void StateDesk::report(Turn& turn, EntityIndex index, Report report) {
  Entity& entity = registry_.entity(index);
  if (entity.disabled()) return;
  if (report.context->cause.empty()) {
    if (auto context = desk_->cause_of(entity, report, turn.now)) report.context = std::move(*context);
  }
  const std::string before(entity.composed_state());
  const auto change = apply_report(entity, index, std::move(report), turn.now);
  if (const auto limit = stale_at(entity); limit && !deadlines_.armed(DeadlineKind::stale, index)) {
    deadlines_.set(DeadlineKind::stale, index, *limit);
  }
  if (change) {
    turn.save(Table::state, entity.id.text(), wire::to_json(state_row(entity.state)));
    turn.out.journal.emplace_back(journal_line(*change, entity, turn.now));
    publisher_.mark(index, Part::state);
    step(turn, {.entity = index,
                .before = before,
                .initial = change->initial,
                .before_state = &change->before,
                .before_availability = entity.availability});
  }
  desk_->on_state(turn, entity);
}

void StateDesk::judge(Turn& turn, EntityIndex index, Verdict verdict) {
  Entity& entity = registry_.entity(index);
  if (entity.forgotten) return;
  if (entity.availability == verdict.status && entity.availability_reason == verdict.reason) return;
  const std::string before(entity.composed_state());
  const Availability old = entity.availability;
  if (old != verdict.status || entity.availability_since == Time{}) entity.availability_since = turn.now;
  entity.availability = verdict.status;
  entity.availability_reason = std::move(verdict.reason);
  publisher_.mark(index, Part::availability);
  if (worse(old, verdict.status)) publisher_.mark(index, Part::worse);
  if (old == verdict.status) return;
  wire::Object line;
  line.append("t", wire::format_time(turn.now));
  line.append("k", "availability");
  line.append("e", entity.id.text());
  line.append("to", wire::to_string(verdict.status));
  if (!entity.availability_reason.empty()) line.append("reason", entity.availability_reason);
  turn.out.journal.emplace_back(wire::to_json(line));
  if (before != entity.composed_state()) {
    step(turn, {.entity = index, .before = before, .before_availability = old});
  }
}

void StateDesk::step(Turn& turn, const StateStep& step) {
  for (const auto& listener : listeners_) listener(turn, step);
}

}  // namespace gable::hub
