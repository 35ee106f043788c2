#include "core/rules/rules_desk.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/helpers/solar.hpp"
#include "core/rules/own_entities.hpp"
#include "core/rules/withheld.hpp"
#include "engine/scope.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

// Events of a start that wait for the rules; each is at most as long as a message.
constexpr std::size_t kEarlyEvents = 256;

constexpr std::string_view kRows[] = {"run/", "hold/", "rule/", "timer/"};

rules::Instant instant(Time time) { return rules::Instant(time.time_since_epoch()); }

rules::Context rule_context(const Entity& entity, const Context& context) {
  const bool person = context.by.starts_with("client:") || context.by == "mqtt";
  std::string id = context.run;
  if (id.empty()) id = entity.id.text() + "@" + std::to_string(entity.state.seq);
  return {std::move(id), context.parent, person ? context.by : std::string()};
}

rules::StateSnapshot snapshot_of(const Entity& entity) {
  rules::StateSnapshot out;
  out.state = entity.composed_state();
  out.attributes = std::make_shared<const wire::Object>(composed_attributes(entity));
  out.last_changed = instant(entity.availability == Availability::offline
                                 ? std::max(entity.availability_since, entity.state.last_changed)
                                 : entity.state.last_changed);
  out.last_updated = std::max(out.last_changed, instant(entity.state.last_updated));
  out.last_reported = std::max(out.last_changed, instant(entity.state.last_reported));
  out.context = rule_context(entity, *entity.state.context);
  return out;
}

// As it was before the step. Compares, for all who listen, like the composed entity that it is.
std::optional<rules::StateSnapshot> snapshot_before(const Entity& entity, const StateStep& step) {
  // A new entity has had no state at all: `to` alone fires when it is created.
  const EntityState& state = step.before_state != nullptr ? *step.before_state : entity.state;
  if (!state.known && state.seq == 0 && step.before_availability != Availability::offline)
    return std::nullopt;
  Entity former;
  former.id = entity.id;
  former.description = entity.description;
  former.overrides = entity.overrides;
  former.name = entity.name;
  former.state = state;
  former.availability = step.before_availability;
  former.availability_since = entity.availability_since;
  return snapshot_of(former);
}

}  // namespace

// The engine's way out while it works; a visit within a visit goes to the same turn.
class RulesDesk::Visit {
 public:
  Visit(RulesDesk& desk, Turn& turn) : desk_(desk), former_(std::exchange(desk.turn_, &turn)) {
    if (former_ != nullptr) return;
    desk_.house_ = std::make_unique<TemplateHouse>(desk_.p_.registry);
    desk_.random_.stir(static_cast<std::uint64_t>(turn.now.time_since_epoch().count()));
  }
  ~Visit() {
    desk_.turn_ = former_;
    if (former_ == nullptr) desk_.arm();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  RulesDesk& desk_;
  Turn* former_;
};

RulesDesk::RulesDesk(Parts parts)
    : p_(std::move(parts)),
      zone_(p_.zone),
      random_(std::hash<std::string>{}(p_.session)),
      house_(std::make_unique<TemplateHouse>(p_.registry)),
      engine_(*this) {}

RulesDesk::~RulesDesk() = default;

void RulesDesk::arm() {
  const auto next = engine_.next_deadline();
  if (!next) return p_.deadlines.clear(DeadlineKind::rules, 0);
  p_.deadlines.set(DeadlineKind::rules, 0, std::chrono::ceil<std::chrono::milliseconds>(*next));
}

void RulesDesk::load(Turn& turn, const RulesChanged& changed) {
  const Visit visit(*this, turn);
  if (changed.macros != nullptr) macros_ = changed.macros;
  tell_findings(*changed.rules, changed.reports);
  enforcing_.house_wide = changed.house_wide;
  RuleListing listing(*changed.rules, enforcing_, changed.reports);
  const std::set<std::string> kept = listing.keep_unread(listing_, *changed.rules);
  listing_ = std::move(listing);
  const bool whole = changed.rules->unreadable.empty();
  last_load_ = engine_.load(std::move(*changed.rules), instant(turn.now), enforcing_, kept);
  // What a file says that cannot be read is not known: its rules are not gone.
  if (whole) sweep();
  const bool again = loaded_;
  restore_rows(whole);
  if (again) tell_reloaded(turn.now);
}

// Home Assistant's events of a reload; rules that prepare something at a start listen to them as well. Here
// all files are read together.
void RulesDesk::tell_reloaded(Time now) {
  for (const auto* type : {"automation_reloaded", "scene_reloaded", "event_template_reloaded"}) {
    const rules::BusEvent event{type, {}, {}};
    fire(event);
    engine_.handle(event, instant(now));
  }
}

// The rows of the store go to their rules at the first load. Those of rules whose file could not be read then
// wait for it, so that one that somebody has switched off stays off; runs and holds are not waited with.
void RulesDesk::restore_rows(bool whole) {
  const bool first = !std::exchange(loaded_, true);
  std::vector<std::pair<std::string, std::string>> waiting;
  for (auto& [key, json] : std::exchange(rows_, {})) {
    for (const auto kind : {rules::RowKind::rule, rules::RowKind::run, rules::RowKind::hold}) {
      const std::string_view prefix = kRows[static_cast<std::size_t>(kind)];
      if (!key.starts_with(prefix)) continue;
      const std::string own = key.substr(prefix.size());
      const bool of_rule = kind == rules::RowKind::rule;
      if (!whole && of_rule && !engine_.owns(own)) {
        waiting.emplace_back(key, json);
      } else if (first || (of_rule && engine_.owns(own))) {
        engine_.restore(kind, own, json);
      }
    }
  }
  rows_ = std::move(waiting);
}

// Entities of rules that were taken out of the files while the hub was down.
void RulesDesk::sweep() {
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
    const Entity& entity = p_.registry.entity(index);
    if (entity.forgotten || entity.origin != Origin::rule) continue;
    const std::string id = entity.id.text();
    // A scene that a rule made is in rows that are read later.
    if (!engine_.owns(id) && entity.id.domain() != "scene") withdraw(id);
  }
}

namespace {

std::string place_text(const rules::RuleSet& rules, const rules::Place& place) {
  std::string file = place.file < rules.files.size() ? rules.files[place.file] : std::string("rules");
  if (place.line == 0) return file;
  return file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string sentence(const rules::RuleSet& rules, const rules::Finding& finding) {
  return place_text(rules, finding.place) + ": " + finding.message;
}

}  // namespace

// Every rule that is refused, or that cannot do what it says, is a problem of the house; warnings are a line
// in the log.
void RulesDesk::tell_findings(const rules::RuleSet& rules, const std::vector<rules::RuleReport>& reports) {
  p_.problems.solve_all(*turn_, "rules.file_");
  std::size_t number = 0;
  std::set<std::string> told;
  const auto tell = [&](const rules::Findings& findings, const std::string& name) {
    for (const rules::Finding& finding : findings) {
      const std::string text = (name.empty() ? "" : name + ": ") + sentence(rules, finding);
      if (!told.insert(text).second) continue;
      if (finding.severity == rules::Severity::warning) {
        log("warning", text);
        continue;
      }
      p_.problems.raise(*turn_, problem_id({"rules", "file_" + std::to_string(++number)}),
                        {.severity = wire::Severity::error,
                         .text = text,
                         .help = finding.code == "unreadable"
                                     ? "What was read from it before stays in force until it can be read."
                                     : "gable check shows all that is wrong with the rules."});
    }
  };
  tell(rules.findings, {});
  for (const auto& rule : rules.automations) tell(rule.findings, "automation." + rule.id);
  for (const auto& rule : rules.scripts) tell(rule.findings, "script." + rule.id);
  for (const auto& rule : rules.scenes) tell(rule.findings, "scene." + rule.id);
  for (const auto& rule : rules.template_entities) tell(rule.findings, rule.domain + "." + rule.id);
  for (const rules::RuleReport& report : reports) {
    rules::Findings errors;
    for (const rules::Finding& finding : report.problems) {
      if (finding.severity == rules::Severity::error) errors.push_back(finding);
    }
    tell(errors, report.id);
  }
}

void RulesDesk::house_started(Turn& turn) {
  if (std::exchange(started_, true)) return;
  handle(turn, rules::HouseStarted{});
  for (const rules::BusEvent& event : std::exchange(early_, {})) handle(turn, event);
}

void RulesDesk::handle(Turn& turn, rules::Happening happening) {
  const Visit visit(*this, turn);
  engine_.handle(std::move(happening), instant(turn.now));
}

void RulesDesk::on_step(Turn& turn, const StateStep& step) {
  if (!started_) return;
  const Entity& entity = p_.registry.entity(step.entity);
  if (entity.disabled() || !engine_.listens_to(entity.id.text())) return;
  rules::StateChanged changed;
  changed.entity = entity.id.text();
  changed.initial = step.initial;
  changed.before = snapshot_before(entity, step);
  if (!entity.forgotten) changed.after = snapshot_of(entity);
  handle(turn, std::move(changed));
}

void RulesDesk::on_event(Turn& turn, const rules::BusEvent& event) {
  if (started_) return handle(turn, event);
  // A press that comes while the house is still being read: rules hear of it once they listen.
  if (early_.size() < kEarlyEvents) return early_.push_back(event);
  turn.log(LogLevel::warning, "more than " + std::to_string(kEarlyEvents) +
                                  " events before the rules were in force: " + event.type +
                                  " is not told to them");
}

bool RulesDesk::on_message(Turn& turn, const MessageIn& message) {
  // Which trigger, if any, it is for, the engine finds by its index of topics.
  if (filters_.empty()) return false;
  handle(turn, rules::MqttMessage{message.topic, message.payload, 0, message.retained});
  return true;
}

void RulesDesk::on_done(Turn& turn, const rules::ServiceDone& done) { handle(turn, done); }
void RulesDesk::on_deadline(Turn& turn) { handle(turn, rules::TimePassed{}); }
void RulesDesk::on_registry(Turn& turn) {
  if (started_) handle(turn, rules::RegistryChanged{});
}

void RulesDesk::settle(Turn& turn) {
  if (engine_.settled()) return;
  const Visit visit(*this, turn);
  engine_.settle(instant(turn.now));
}

rules::ServiceOutcome RulesDesk::call(Turn& turn, const rules::ServiceCall& call) {
  const Visit visit(*this, turn);
  return engine_.call(call, instant(turn.now));
}

wire::Result<bool> RulesDesk::act(Turn& turn, const Entity& entity, const wire::Command& command,
                                  const Context& context) {
  const rules::Context below{context.run.empty() ? context.cause : context.run, context.parent, context.by};
  const rules::ServiceOutcome outcome = call(turn, call_of(entity.id, command, below));
  using Status = rules::ServiceOutcome::Status;
  if (outcome.status == Status::failed || outcome.status == Status::refused) {
    return wire::Error{wire::ErrorCode::failed, outcome.error, ""};
  }
  return true;
}

std::optional<rules::StateSnapshot> RulesDesk::snapshot(std::string_view entity) const {
  const Entity* found = p_.registry.find(entity);
  if (found == nullptr || found->disabled()) return std::nullopt;
  return snapshot_of(*found);
}

std::optional<rules::Instant> RulesDesk::next_sun(bool rises, rules::Instant after) const {
  const HouseInfo& info = p_.registry.house().info;
  if (!info.location) return std::nullopt;
  const auto next =
      next_solar_event(*info.location, info.elevation, rises ? SolarEvent::rising : SolarEvent::setting,
                       std::chrono::floor<std::chrono::milliseconds>(after));
  return next ? std::optional(instant(*next)) : std::nullopt;
}

rules::ServiceOutcome RulesDesk::call(const rules::ServiceCall& call) { return services_.call(*turn_, call); }
void RulesDesk::abandon(std::uint64_t call) { services_.abandon(call); }

void RulesDesk::fire(const rules::BusEvent& event) {
  turn_->out.journal.emplace_back(JournalLine::Later([event, now = turn_->now] {
    return wire::Object{{"t", wire::format_time(now)},
                        {"k", "bus"},
                        {"type", event.type},
                        {"data", rules::to_row(event.data)}};
  }));
}

void RulesDesk::subscribe(const std::string& filter) {
  filters_.push_back(filter);
  p_.subscriptions.add(*turn_, filter);
}

void RulesDesk::unsubscribe(const std::string& filter) {
  std::erase(filters_, filter);
  p_.subscriptions.drop(*turn_, filter);
}

rules::Context RulesDesk::context_below(const rules::Context& cause) {
  return {p_.session + "-r" + std::to_string(next_context_++), cause.id, cause.user};
}

void RulesDesk::save(rules::RowKind kind, const std::string& key, const std::string& json) {
  turn_->save(Table::rule, std::string(kRows[static_cast<std::size_t>(kind)]) + key, json);
}

void RulesDesk::declare(const rules::OwnEntity& own) {
  const auto id = EntityId::parse(own.entity);
  auto description = id ? describe_own(*id, own) : wire::Result<wire::EntityDescription>(id.error());
  Entity* entity = description ? p_.registry.add_helper(*id, std::move(*description), Origin::rule) : nullptr;
  if (entity == nullptr) {
    const std::string why =
        description ? "a device or helper has this id already" : description.error().message();
    return problem("entity_" + own.entity, "The rules define " + own.entity + ", which cannot be: " + why);
  }
  const EntityIndex index = p_.registry.index_of(*entity);
  turn_->save(Table::entity, own.entity, wire::to_json(p_.registry.row(*entity)));
  p_.publisher.mark(index, Part::meta);
  p_.states.judge(*turn_, index, {Availability::online, ""});
}

void RulesDesk::withdraw(const std::string& own) {
  const auto id = EntityId::parse(own);
  Entity* entity = id ? p_.registry.find(*id) : nullptr;
  if (entity == nullptr || entity->origin != Origin::rule) return;
  p_.publisher.retract(*turn_, *id, entity->overrides->plain);
  turn_->save(Table::entity, own, "");
  turn_->save(Table::state, own, "");
  turn_->save(Table::tombstone, own, R"({"t":")" + wire::format_time(turn_->now) + R"("})");
  p_.registry.forget(*entity);
}

void RulesDesk::show(const std::string& own, const std::string& state, const wire::Object& attributes,
                     const rules::Context& context) {
  const Entity* entity = p_.registry.find(own);
  if (entity == nullptr) return;
  const EntityIndex index = p_.registry.index_of(*entity);
  const bool gone = state == "unavailable";
  if (!gone) {
    Report report;
    if (state != "unknown") report.text = state;
    report.attributes = attributes;
    report.context = Context{"rules", {}, context.id, context.parent};
    p_.states.report(*turn_, index, std::move(report));
  }
  p_.states.judge(
      *turn_, index,
      gone ? Verdict{Availability::offline, "its template says so"} : Verdict{Availability::online, ""});
}

namespace {

wire::Object journal_trace(rules::Trace trace, Time now) {
  wire::Object out{{"t", wire::format_time(now)}, {"k", "trace"}};
  wire::Object line = std::move(trace).line();
  for (auto& [key, value] : line) out.append(std::move(key), std::move(value));
  return out;
}

}  // namespace

void RulesDesk::trace(rules::Trace trace) {
  // What a rule in shadow would have done is judged by the house as it is now.
  if (trace.shadow && trace.ran) trace.ran->steps = with_expectations(p_.registry, trace.ran->steps);
  turn_->out.journal.emplace_back(JournalLine::Later([trace = std::move(trace), now = turn_->now]() mutable {
    return journal_trace(std::move(trace), now);
  }));
}

void RulesDesk::problem(const std::string& id, const std::string& text) {
  const std::string full = problem_id({"rules", id});
  if (text.empty()) return p_.problems.solve(*turn_, full);
  p_.problems.raise(*turn_, full,
                    {.severity = wire::Severity::error, .text = text, .help = "gable trace shows the runs."});
}

void RulesDesk::log(std::string_view level, const std::string& text) {
  LogLevel severity = LogLevel::info;
  if (level == "debug") severity = LogLevel::debug;
  if (level == "warning") severity = LogLevel::warning;
  if (level == "error" || level == "critical" || level == "fatal") severity = LogLevel::error;
  turn_->log(severity, text);
}

}  // namespace gable::hub
