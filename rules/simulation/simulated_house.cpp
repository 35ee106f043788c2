#include "simulation/simulated_house.hpp"

#include <algorithm>
#include <utility>

#include "simulation/values.hpp"
#include "template/value/dict.hpp"

namespace gable::rules::simulation {

namespace {

class Utc final : public jinja::TimeZone {
 public:
  [[nodiscard]] std::chrono::seconds offset(Instant) const override { return {}; }
  [[nodiscard]] std::string abbreviation(Instant) const override { return "UTC"; }
  [[nodiscard]] std::string_view name() const override { return "UTC"; }
};

// Deadlines at one and the same moment. Beyond that something goes round in circles.
constexpr int kMostAtOnce = 10'000;

}  // namespace

// The same numbers in every run. Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014).
struct SimulatedHouse::Randomness final : jinja::RandomSource {
  std::uint64_t below(std::uint64_t bound) override {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31)) % bound;
  }
  std::uint64_t state = 1;
};

SimulatedHouse::SimulatedHouse(HouseSettings settings)
    : settings_(settings),
      random_(std::make_unique<Randomness>()),
      engine_(std::make_unique<Engine>(*this)),
      now_(settings.now) {
  if (!settings_.place) return;
  entities_.set_place({settings_.place->latitude, settings_.place->longitude});
  place_entity("zone.home", "0",
               {{"friendly_name", "Home"},
                {"latitude", settings_.place->latitude},
                {"longitude", settings_.place->longitude},
                {"radius", 100}});
  start_sun();
}

SimulatedHouse::~SimulatedHouse() = default;

LoadReport SimulatedHouse::start(RuleSet rules) {
  for (const auto& [id, entity] : entities_.of_domain("group")) update_groups(id, {});
  update_zones({});
  LoadReport report = engine_->load(std::move(rules), now_);
  // Nobody listened to what came into being until now.
  queue_.clear();
  started_ = true;
  happen(HouseStarted{});
  return report;
}

void SimulatedHouse::restart(RuleSet rules, std::chrono::microseconds down) {
  started_ = false;
  queue_.clear();
  waiting_.clear();
  now_ += down;
  engine_ = std::make_unique<Engine>(*this);
  const auto rows = rows_;
  engine_->load(std::move(rules), now_);
  for (const RowKind kind : {RowKind::rule, RowKind::run, RowKind::hold, RowKind::timer}) {
    for (const auto& [key, json] : rows) {
      if (key.first == kind) engine_->restore(kind, key.second, json);
    }
  }
  queue_.clear();
  started_ = true;
  happen(HouseStarted{});
}

void SimulatedHouse::stop() { happen(HouseStops{}); }

void SimulatedHouse::fire_from_outside(BusEvent event) {
  if (event.context.id.empty()) event.context = context_below({});
  record_.events.push_back({stamp(), event});
  happen(std::move(event));
}

void SimulatedHouse::receive(const MqttMessage& message) { happen(message); }

ServiceOutcome SimulatedHouse::command(const std::string& service, jinja::Value target, jinja::Value data) {
  ServiceCall call;
  const std::size_t dot = service.find('.');
  // Far from the numbers that the engine gives.
  call.id = (std::uint64_t{1} << 62) + ++last_call_;
  call.domain = service.substr(0, dot);
  call.service = dot == service.npos ? std::string() : service.substr(dot + 1);
  call.target = std::move(target);
  call.data = data.is_none() ? jinja::Value(std::make_shared<jinja::Dict>()) : std::move(data);
  call.context = context_below({});
  draining_ = true;
  from_outside_ = true;
  ServiceOutcome outcome =
      engine_->offers(call.domain, call.service) ? engine_->call(call, now_) : this->call(call);
  draining_ = false;
  drain();
  return outcome;
}

void SimulatedHouse::happen(Happening happening) {
  queue_.push_back(std::move(happening));
  drain();
}

// What the engine does while it handles one thing waits until it is done with that.
void SimulatedHouse::drain() {
  if (draining_ || !started_) return;
  draining_ = true;
  while (!queue_.empty()) {
    Happening next = std::move(queue_.front());
    queue_.pop_front();
    engine_->handle(std::move(next), now_);
  }
  draining_ = false;
}

std::optional<Instant> SimulatedHouse::next_due() const {
  std::optional<Instant> next = engine_->next_deadline();
  const auto sooner = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
  if (!errands_.empty()) sooner(errands_.begin()->first);
  for (const auto& [id, at] : timers_) sooner(at);
  if (sun_) sooner(*sun_);
  return next;
}

void SimulatedHouse::advance(Instant to) {
  int at_once = 0;
  while (const std::optional<Instant> due = next_due()) {
    if (*due > to) break;
    at_once = *due > now_ ? 0 : at_once + 1;
    if (at_once > kMostAtOnce) {
      problem("time", "time stands still: one deadline follows another at the same moment");
      break;
    }
    now_ = std::max(now_, *due);
    run_due();
  }
  now_ = std::max(now_, to);
}

void SimulatedHouse::run_due() {
  while (!errands_.empty() && errands_.begin()->first <= now_) {
    const Errand errand = std::move(errands_.begin()->second);
    errands_.erase(errands_.begin());
    run_errand(errand);
  }
  finish_due_timers();
  if (sun_ && *sun_ <= now_) start_sun();
  happen(TimePassed{});
}

void SimulatedHouse::finish_due_timers() {
  std::vector<std::string> due;
  for (const auto& [id, at] : timers_) {
    if (at <= now_) due.push_back(id);
  }
  for (const std::string& id : due) {
    timers_.erase(id);
    if (const Entities::Entity* timer = entities_.find(id)) apply(id, finish_timer(*timer), {});
  }
}

const jinja::TimeZone& SimulatedHouse::zone() const {
  static const Utc kUtc;
  return settings_.zone != nullptr ? *settings_.zone : kUtc;
}

jinja::RandomSource& SimulatedHouse::random() { return *random_; }

void SimulatedHouse::fire(const BusEvent& event) {
  if (event.type != "call_service") {
    record_.events.push_back({stamp(), event});
    return;
  }
  // A service of the rules' own, which never comes out to call().
  RecordedCall call{
      stamp(), text_part(event.data, "domain") + "." + text_part(event.data, "service"), {}, {}, {}, {}, {}};
  if (const jinja::Value* data = part(event.data, "service_data")) call.data = *data;
  call.entities = texts_part(call.data, "entity_id");
  call.from_outside = std::exchange(from_outside_, false);
  record_.calls.push_back(std::move(call));
}

void SimulatedHouse::subscribe(const std::string& /*filter*/) {}
void SimulatedHouse::unsubscribe(const std::string& /*filter*/) {}

Context SimulatedHouse::context_below(const Context& cause) {
  return {"c" + std::to_string(++contexts_), cause.id, cause.user};
}

void SimulatedHouse::save(RowKind kind, const std::string& key, const std::string& json) {
  if (json.empty()) {
    rows_.erase({kind, key});
  } else {
    rows_[{kind, key}] = json;
  }
}

void SimulatedHouse::declare(const OwnEntity& entity) { own_[entity.entity] = entity; }

void SimulatedHouse::withdraw(const std::string& entity) {
  own_.erase(entity);
  remove(entity);
}

void SimulatedHouse::trace(Trace trace) { record_.traces.push_back({stamp(), std::move(trace).line()}); }

void SimulatedHouse::problem(const std::string& id, const std::string& text) {
  if (!text.empty()) record_.texts.push_back({stamp(), "problem", id + ": " + text});
}

void SimulatedHouse::log(std::string_view level, const std::string& text) {
  record_.texts.push_back({stamp(), std::string(level), text});
}

}  // namespace gable::rules::simulation
