#include "simulation/scenario/run_scenario.hpp"

#include <algorithm>
#include <set>

#include "simulation/scenario/story.hpp"
#include "template/time/zone.hpp"
#include "wire/domains.hpp"

namespace gable::rules::simulation {

namespace {

// What the clocks show, as an instant. In the hour that comes twice: the first one.
Instant instant_of(LocalTime local, const jinja::TimeZone& zone) {
  const jinja::Zone rules{jinja::Zone::Kind::rules, 0, &zone};
  const std::int64_t wall = local.time_since_epoch().count();
  const std::int64_t offset = jinja::utc_offset(rules, {wall, false}).value_or(0);
  return Instant(microseconds(wall - offset));
}

Instant next_time(std::chrono::seconds of_day, Instant now, const jinja::TimeZone& zone) {
  const auto today = std::chrono::floor<std::chrono::days>(local_time(now, zone));
  for (int ahead = 0; ahead < 2; ++ahead) {
    const Instant when = instant_of(LocalTime(today + std::chrono::days(ahead)) + of_day, zone);
    if (when > now) return when;
  }
  return now;
}

std::string entity_of(const Automation& rule) { return "automation." + rule.id; }

class Runner {
 public:
  Runner(const Scenario& scenario, const ScenarioParts& parts, const jinja::TimeZone* zone)
      : scenario_(scenario),
        parts_(parts),
        house_({zone != nullptr ? instant_of(scenario.now, *zone) : Instant(scenario.now.time_since_epoch()),
                zone, scenario.location, parts.macros}) {}

  ScenarioOutcome run() {
    prepare();
    house_.start(rules());
    for (const Step& step : scenario_.steps) {
      take(step);
      if (!outcome_.ok()) break;
    }
    if (outcome_.ok()) check_for_failed_runs();
    if (!outcome_.ok() || parts_.always_tell) outcome_.story = story_of(house_);
    return std::move(outcome_);
  }

 private:
  void fail(const Place& place, std::string expected, std::string happened) {
    outcome_.failures.push_back({place, std::move(expected), std::move(happened)});
  }

  void prepare() {
    for (const GivenEntity& given : scenario_.given) {
      house_.place_entity(given.id, given.state, given.attributes, given.since);
      Entities::Entity& entity = *house_.entities().find(given.id);
      entity.area = given.area;
      entity.device = given.device;
      entity.labels = given.labels;
      entity.manners = given.manners;
      if (!given.device.empty()) house_.entities().add_device(given.device);
    }
    for (const auto& [service, answer] : scenario_.services) house_.offer(service, answer);
    for (const std::string& name : scenario_.rules) check_rule(name);
  }

  void check_rule(const std::string& name) {
    std::vector<std::string> names;
    for (const Automation& rule : parts_.rules.automations) names.push_back(entity_of(rule));
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    const std::vector<std::string_view> views(names.begin(), names.end());
    fail(scenario_.place, "the rule " + name, "there is no such rule" + wire::did_you_mean(name, views));
  }

  [[nodiscard]] bool in_force(const Automation& rule) const {
    const auto& wanted = scenario_.rules;
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), entity_of(rule)) != wanted.end();
  }

  // A copy: the engine keeps what it is given.
  [[nodiscard]] RuleSet rules() const {
    RuleSet out;
    std::copy_if(parts_.rules.automations.begin(), parts_.rules.automations.end(),
                 std::back_inserter(out.automations),
                 [this](const Automation& rule) { return in_force(rule); });
    out.scripts = parts_.rules.scripts;
    out.scenes = parts_.rules.scenes;
    out.template_groups = parts_.rules.template_groups;
    out.template_entities = parts_.rules.template_entities;
    return out;
  }

  void take(const Step& step) {
    if (step.after) house_.advance(house_.now() + *step.after);
    if (step.at) go_to(step, instant_of(*step.at, house_.zone()));
    if (step.next_time) house_.advance(next_time(*step.next_time, house_.now(), house_.zone()));
    for (const Deed& deed : step.deeds) std::visit([this, &step](const auto& one) { act(one, step); }, deed);
    if (!step.expect) return;
    for (const ExpectedRuns& runs : step.expect->runs) expected_runs_.insert(runs.rule);
    for (Failure& failure : check(*step.expect, house_, mark_))
      outcome_.failures.push_back(std::move(failure));
    mark_ = house_.mark();
  }

  void go_to(const Step& step, Instant when) {
    if (when < house_.now()) {
      return fail(step.place, "a time that comes",
                  "it is " + clock_text(house_.now(), house_.zone()) + " already");
    }
    house_.advance(when);
  }

  void act(const SetState& deed, const Step&) {
    const auto present = house_.snapshot(deed.entity);
    house_.set(deed.entity, deed.state.value_or(present ? present->state : "unknown"), deed.attributes);
  }
  void act(const RemoveEntity& deed, const Step&) { house_.remove(deed.entity); }
  void act(const FireEvent& deed, const Step&) { house_.fire_from_outside(deed.event); }
  void act(const ReceiveMessage& deed, const Step&) { house_.receive(deed.message); }
  void act(const RestartHub& deed, const Step&) { house_.restart(rules(), deed.down); }
  void act(const StopHub&, const Step&) { house_.stop(); }
  void act(const CallService& deed, const Step& step) {
    const ServiceOutcome outcome = house_.command(deed.service, deed.target, deed.data);
    using Status = ServiceOutcome::Status;
    if (outcome.status == Status::done || outcome.status == Status::pending) return;
    fail(step.place, "a call of " + deed.service, "it was refused: " + outcome.error);
  }

  // A rule that breaks is a mistake, unless the test says that it should.
  void check_for_failed_runs() {
    for (const RecordedTrace& trace : house_.record().traces) {
      const wire::Value* rule = trace.line.find("rule");
      const wire::Value* verdict = trace.line.find("verdict");
      if (rule == nullptr || verdict == nullptr) continue;
      const std::string name(rule->string_or("")), how(verdict->string_or(""));
      if ((how != "failed" && how != "error" && how != "guard") || expected_runs_.contains(name)) continue;
      const wire::Value* error = trace.line.find("error");
      std::string happened = name;
      happened.append(": ").append(how);
      if (error != nullptr) happened.append(": ").append(error->string_or(""));
      fail(scenario_.place, "no run that fails (say `runs:` where one should)", std::move(happened));
      return;
    }
  }

  const Scenario& scenario_;
  const ScenarioParts& parts_;
  SimulatedHouse house_;
  ScenarioOutcome outcome_;
  std::set<std::string> expected_runs_;
  std::uint64_t mark_ = 0;
};

}  // namespace

ScenarioOutcome run_scenario(const Scenario& scenario, const ScenarioParts& parts) {
  const jinja::TimeZone* zone = nullptr;
  if (!scenario.time_zone.empty()) {
    zone = parts.zones.find(scenario.time_zone);
    if (zone == nullptr) {
      return {{{scenario.place, "a time zone", "there is no time zone '" + scenario.time_zone + "'"}}, {}};
    }
  }
  return Runner(scenario, parts, zone).run();
}

}  // namespace gable::rules::simulation
