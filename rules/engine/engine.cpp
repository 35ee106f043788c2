#include "engine/engine.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/book/automations.hpp"
#include "engine/book/inside.hpp"
#include "engine/book/scenes.hpp"
#include "engine/book/scripts.hpp"
#include "engine/book/template_entities.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

using jinja::Value;

namespace {

// Happenings that one happening may bring about, all in the same instant. Beyond that something goes round in
// circles that the guard of the automations does not see.
constexpr std::size_t kMostAtOnce = 100'000;

}  // namespace

struct Engine::Parts {
  explicit Parts(Surroundings& surroundings)
      : outside(surroundings),
        inside(surroundings, {[this](const ServiceCall& call) { return call_own(call); },
                              [this](std::uint64_t call) { scripts.abandon(call); },
                              [this](const BusEvent& event) { push(event); }}),
        triggers(inside, [this](const Fired& fired) { on_fired(fired); }),
        runs(inside, triggers, [this](const RunEnd& end) { on_end(end); }),
        automations({inside, triggers, runs, now, afterwards}),
        scripts({inside, triggers, runs, now, afterwards},
                [this](ServiceDone done) { push(std::move(done)); }),
        scenes({inside, triggers, runs, now, afterwards}),
        templates({inside, triggers, runs, now, afterwards}) {}

  void push(Happening happening) { queue.push_back(std::move(happening)); }
  void drain() { drain(!outside.settles()); }
  void drain(bool settle);
  void handle_queue();
  bool do_afterwards();
  void dispatch(const Happening& happening);
  void on_fired(const Fired& fired);
  void on_end(const RunEnd& end);
  void on_started();
  std::optional<ServiceOutcome> call_own(const ServiceCall& call);
  std::optional<ServiceOutcome> call_template_entities(const ServiceCall& call);
  void tell_of(const ServiceCall& call);
  [[nodiscard]] std::optional<Runnable> runnable(const std::string& entity) const;
  void restore_run(const std::string& key, const std::string& json);

  Surroundings& outside;
  Inside inside;
  Instant now{};
  std::deque<std::function<void()>> afterwards;
  TriggerDesk triggers;
  RunDesk runs;
  AutomationDesk automations;
  ScriptDesk scripts;
  SceneDesk scenes;
  TemplateEntityDesk templates;
  std::deque<Happening> queue;
  std::vector<std::pair<std::string, std::string>> holds;  // rows, until the triggers are in force
  bool draining = false;
  bool attached = false;
};

Engine::Engine(Surroundings& surroundings) : parts_(std::make_unique<Parts>(surroundings)) {}
Engine::~Engine() = default;

LoadReport Engine::load(RuleSet rules, Instant now, const Enforcing& enforcing,
                        const std::set<std::string>& kept) {
  parts_->now = now;
  LoadReport report;
  parts_->automations.load(std::move(rules.automations), enforcing, kept, report);
  parts_->scripts.load(std::move(rules.scripts), enforcing, kept, report);
  parts_->scenes.load(std::move(rules.scenes), kept, report);
  parts_->templates.set_shadow(enforcing.withholds_all());
  parts_->templates.load(std::move(rules.template_groups), std::move(rules.template_entities), kept, report);
  parts_->drain();
  return report;
}

void Engine::restore(RowKind kind, const std::string& key, const std::string& json) {
  Parts& parts = *parts_;
  if (kind == RowKind::run) return parts.restore_run(key, json);
  if (kind == RowKind::hold) return void(parts.holds.emplace_back(key, json));
  const wire::Object row = parse_row(json);
  if (key.starts_with("automation.")) return parts.automations.restore(key, row);
  if (key.starts_with("scene.")) return parts.scenes.restore(key, row);
  if (parts.templates.owns(key)) return parts.templates.restore(key, row);
  parts.scripts.restore(key, row);
}

void Engine::Parts::restore_run(const std::string& key, const std::string& json) {
  const wire::Object row = parse_row(json);
  const wire::Value* entity = row.find("entity");
  const std::string* name = entity != nullptr ? entity->as_string() : nullptr;
  const auto what = name != nullptr ? runnable(*name) : std::nullopt;
  if (!what) {
    // Its rule is gone: nothing is left to go on with.
    inside.save(RowKind::run, key, {});
    return;
  }
  runs.restore(key, json, *what);
}

std::optional<Runnable> Engine::Parts::runnable(const std::string& entity) const {
  if (automations.owns(entity)) return automations.runnable(entity);
  if (scripts.owns(entity)) return scripts.runnable(entity);
  return templates.runnable(entity);
}

void Engine::handle(Happening happening, Instant now) {
  if (parts_->draining) return parts_->push(std::move(happening));
  parts_->now = now;
  // What is due comes before what happens now.
  const auto due = next_deadline();
  if (due && *due <= now && !std::holds_alternative<TimePassed>(happening)) parts_->push(TimePassed{});
  parts_->push(std::move(happening));
  parts_->drain();
}

void Engine::settle(Instant now) {
  parts_->now = now;
  parts_->drain(true);
}

bool Engine::settled() const { return parts_->afterwards.empty(); }

void Engine::Parts::drain(bool settle) {
  if (draining) return;
  draining = true;
  do {
    handle_queue();
  } while (settle && do_afterwards());
  draining = false;
}

// False when there was nothing to do.
bool Engine::Parts::do_afterwards() {
  const bool any = !afterwards.empty();
  for (const auto& work : std::exchange(afterwards, {})) work();
  return any;
}

void Engine::Parts::handle_queue() {
  std::size_t handled = 0;
  while (!queue.empty()) {
    const Happening next = std::move(queue.front());
    queue.pop_front();
    dispatch(next);
    if (++handled < kMostAtOnce) continue;
    outside.problem("rules_in_circles", "rules set each other off more than " + std::to_string(kMostAtOnce) +
                                            " times in one instant; " + std::to_string(queue.size()) +
                                            " events were dropped");
    queue.clear();
  }
}

void Engine::Parts::dispatch(const Happening& happening) {
  if (std::holds_alternative<HouseStarted>(happening)) on_started();
  const auto* step = std::get_if<StateChanged>(&happening);
  if (step == nullptr || !step->initial) triggers.handle(happening, now);
  if (const auto* changed = std::get_if<StateChanged>(&happening)) {
    runs.on_state(*changed, now);
    templates.on_state(changed->entity);
  } else if (const auto* done = std::get_if<ServiceDone>(&happening)) {
    runs.on_service_done(*done, now);
  } else if (std::holds_alternative<TimePassed>(happening)) {
    runs.on_time(now);
    templates.on_time();
  } else if (std::holds_alternative<RegistryChanged>(happening)) {
    templates.on_registry();
  }
}

// Home Assistant attaches triggers before "started": state changes of the start do not fire, the start does.
void Engine::Parts::on_started() {
  if (attached) return;
  attached = true;
  templates.start();
  automations.attach_all();
  scripts.show_all();
  runs.resume(now);
  for (const auto& [key, json] : holds) {
    // A hold of a rule that was changed while nobody ran it is forgotten with the old rule.
    if (automations.changed_while_down(key.substr(0, key.find('/')))) {
      inside.save(RowKind::hold, key, {});
    } else {
      triggers.restore_hold(key, json);
    }
  }
  holds.clear();
}

void Engine::Parts::on_fired(const Fired& fired) {
  if (automations.on_fired(fired) || templates.on_fired(fired)) return;
  runs.on_fired(fired, now);
}

void Engine::Parts::on_end(const RunEnd& end) {
  if (automations.on_end(end) || templates.on_end(end)) return;
  scripts.on_end(end);
}

std::optional<ServiceOutcome> Engine::Parts::call_own(const ServiceCall& call) {
  if (!call.again) tell_of(call);
  if (call.domain == "script") return scripts.call(call);
  if (call.domain == "automation") return automations.call(call);
  if (call.domain == "scene") return scenes.call(call);
  return call_template_entities(call);
}

// light.turn_on for a template light and a real one: ours is run here, the real one goes on.
std::optional<ServiceOutcome> Engine::Parts::call_template_entities(const ServiceCall& call) {
  const std::vector<std::string> wanted = texts_of(field(call.target, "entity_id"));
  const auto own = [this](const std::string& id) { return templates.owns(id); };
  if (std::none_of(wanted.begin(), wanted.end(), own)) return std::nullopt;
  ServiceOutcome ours = templates.call(call);
  if (std::all_of(wanted.begin(), wanted.end(), own)) return ours;
  jinja::Values rest;
  for (const std::string& id : wanted) {
    if (!own(id)) rest.emplace_back(id);
  }
  auto target = std::make_shared<jinja::Dict>();
  for (const auto& [key, value] : call.target.as_dict()->entries()) target->set(key, value);
  target->set("entity_id", Value::list(std::move(rest)));
  ServiceCall others = call;
  others.target = jinja::DictPtr(std::move(target));
  ServiceOutcome theirs = outside.call(others);
  return theirs.status == ServiceOutcome::Status::done ? ours : theirs;
}

// Event triggers may wait for call_service. Of what the rules offer themselves nobody outside would know.
void Engine::Parts::tell_of(const ServiceCall& call) {
  const bool own = call.domain == "script" || call.domain == "automation" || call.domain == "scene";
  if (!own && !triggers.listens_to_event("call_service")) return;
  auto data = std::make_shared<jinja::Dict>();
  data->set("domain", call.domain);
  data->set("service", call.service);
  auto service_data = std::make_shared<jinja::Dict>();
  for (const Value* part : {&call.target, &call.data}) {
    const jinja::Dict* dict = part->as_dict();
    if (dict == nullptr) continue;
    for (const auto& [key, value] : dict->entries()) service_data->set(key, value);
  }
  data->set("service_data", jinja::DictPtr(std::move(service_data)));
  BusEvent event{"call_service", jinja::DictPtr(std::move(data)), call.context};
  if (own) outside.fire(event);
  push(std::move(event));
}

bool Engine::listens_to(std::string_view entity) const {
  return parts_->triggers.listens_to(entity) || parts_->runs.listens_to(entity) ||
         parts_->templates.listens_to(std::string(entity));
}

std::optional<Instant> Engine::next_deadline() const {
  std::optional<Instant> next;
  for (const auto& one :
       {parts_->triggers.next_deadline(), parts_->runs.next_deadline(), parts_->templates.next_deadline()}) {
    if (one && (!next || *one < *next)) next = one;
  }
  return next;
}

ServiceOutcome Engine::call(const ServiceCall& call, Instant now) {
  parts_->now = now;
  std::optional<ServiceOutcome> outcome = parts_->call_own(call);
  parts_->drain();
  return outcome ? std::move(*outcome) : refused("there is no " + call.domain + "." + call.service + " here");
}

bool Engine::offers(std::string_view domain, std::string_view /*service*/) const {
  return domain == "script" || domain == "automation" || domain == "scene";
}

bool Engine::owns(std::string_view entity) const {
  const std::string id(entity);
  return parts_->automations.owns(id) || parts_->scripts.owns(id) || parts_->scenes.owns(id) ||
         parts_->templates.owns(id);
}

}  // namespace gable::rules
