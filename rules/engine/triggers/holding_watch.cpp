#include "engine/triggers/holding_watch.hpp"

#include <algorithm>

#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

std::string text_of(const wire::Object& row, std::string_view key) {
  const wire::Value* found = row.find(key);
  return found != nullptr ? std::string(found->string_or("")) : std::string();
}

jinja::Value value_at(const wire::Object& row, std::string_view key) {
  const wire::Value* found = row.find(key);
  return found != nullptr ? from_row(*found) : jinja::Value();
}

}  // namespace

void HoldingWatch::match(const Rare<Period>& period, Hold hold, Instant now) {
  hold.fields->set("for", jinja::Value());
  if (!period) return fire(hold.fields, hold.cause, now);
  Scope scope(&variables());
  scope.define("trigger", jinja::DictPtr(hold.fields));
  const Rendered rendered = Renderer(surroundings(), now).native(*period, scope);
  if (!rendered.ok()) return complain("error", "for: " + rendered.error);
  const auto length = period_of(rendered.value);
  if (!length)
    return complain("error", "for: expected a period (seconds, \"hh:mm:ss\" or a map), got " +
                                 jinja::repr(rendered.value));
  hold.fields->set("for", period_value(*length));
  if (length->count() == 0) return fire(hold.fields, hold.cause, now);
  begin_hold(std::move(hold), *length, now);
}

void HoldingWatch::begin_hold(Hold hold, std::chrono::microseconds period, Instant now) {
  hold.deadline = now + period;
  hold.cookie = ++last_cookie_;
  hold.timer = wake(hold.deadline, hold.cookie);
  if (seat().holder->attachment.durable) save(hold);
  holds_.push_back(std::move(hold));
}

void HoldingWatch::on_due(std::size_t cookie, Instant /*due*/, Instant now) {
  const auto found = std::find_if(holds_.begin(), holds_.end(),
                                  [cookie](const Hold& each) { return each.cookie == cookie; });
  if (found == holds_.end()) return;
  const Hold hold = std::move(*found);
  holds_.erase(found);
  forget_row(hold);
  fire(hold.fields, hold.cause, now);
}

void HoldingWatch::cancel(Holds::iterator hold) {
  if (hold->timer) board().timers().cancel(*hold->timer);
  forget_row(*hold);
  holds_.erase(hold);
}

void HoldingWatch::end() {
  cancel_holds([](const Hold&) { return true; });
  Watch::end();
}

void HoldingWatch::forget_row(const Hold& hold) const {
  if (!hold.row.empty()) surroundings().save(RowKind::hold, hold.row, {});
}

// "<name>/<index>/<entity>"; several holds on one entity are possible (from: without to:) and are numbered.
std::string HoldingWatch::free_key(const std::string& entity) const {
  const std::string first =
      seat().holder->attachment.name + "/" + std::to_string(seat().index) + "/" + entity;
  std::string key = first;
  const auto taken = [&key](const Hold& hold) { return hold.row == key; };
  for (int number = 2; std::any_of(holds_.begin(), holds_.end(), taken); ++number) {
    key = first + "/" + std::to_string(number);
  }
  return key;
}

void HoldingWatch::save(Hold& hold) const {
  hold.row = free_key(hold.entity);
  const wire::Object row{
      {"name", seat().holder->attachment.name},
      {"index", static_cast<std::int64_t>(seat().index)},
      {"entity", hold.entity},
      {"deadline", hold.deadline.time_since_epoch().count()},
      {"before", to_row(hold.before)},
      {"after", to_row(hold.after)},
      {"trigger", to_row(jinja::DictPtr(hold.fields))},
      {"id", hold.cause.id},
      {"parent", hold.cause.parent},
      {"user", hold.cause.user},
  };
  surroundings().save(RowKind::hold, hold.row, wire::to_json(row));
}

bool HoldingWatch::restore(const std::string& key, const wire::Object& row) {
  const wire::Value* deadline = row.find("deadline");
  const jinja::Value variable = value_at(row, "trigger");
  Hold hold;
  hold.entity = text_of(row, "entity");
  if (deadline == nullptr || deadline->as_int() == nullptr || variable.as_dict() == nullptr) return false;
  if (!concerns(hold.entity)) return false;
  hold.deadline = Instant(std::chrono::microseconds(*deadline->as_int()));
  hold.before = value_at(row, "before");
  hold.after = value_at(row, "after");
  hold.fields = std::make_shared<jinja::Dict>(*variable.as_dict());
  hold.cause = {text_of(row, "id"), text_of(row, "parent"), text_of(row, "user")};
  hold.cookie = ++last_cookie_;
  hold.row = key;
  holds_.push_back(std::move(hold));
  listen(Subject::resume);
  return true;
}

// Only now is every state there that the store knew.
void HoldingWatch::on_resume(Instant now) {
  cancel_holds([&](const Hold& hold) { return !hold.timer && !still_stands(hold, now); });
  for (Hold& hold : holds_) {
    if (!hold.timer) hold.timer = wake(hold.deadline, hold.cookie);
  }
}

}  // namespace gable::rules
