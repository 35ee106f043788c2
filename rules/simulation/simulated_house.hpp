#pragma once
// SimulatedHouse: a house in simulated time around the engine of the rules. Devices and helpers obey service
// calls, timers run, the sun rises, groups follow their members; everything that happens is recorded. For
// tests of rules, and for running recorded days through them. One thread; nothing happens but while one of
// its functions runs.

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "astronomy/solar.hpp"
#include "engine/engine.hpp"
#include "simulation/entities.hpp"
#include "simulation/obedience.hpp"
#include "simulation/record.hpp"

namespace gable::rules::simulation {

// What a service answers that the house itself does not have.
struct ServiceAnswer {
  jinja::Value response;  // None: it has none
  std::string error;      // empty: it works
};

struct HouseSettings {
  Instant now{};
  const jinja::TimeZone* zone = nullptr;  // outlives the house; null: UTC
  std::optional<Observer> place;          // nothing: no sun
  const jinja::Library* macros = nullptr;
  bool restarts = true;  // restart() may be called; without it, time goes by faster
};

class SimulatedHouse final : public Surroundings {
 public:
  explicit SimulatedHouse(HouseSettings settings);
  ~SimulatedHouse() override;

  // Before start(): an entity as it is. `since`: how long it has been so; zero: it has just come.
  void place_entity(const std::string& id, std::string state, wire::Object attributes,
                    std::chrono::microseconds since = {});
  [[nodiscard]] Entities& entities() { return entities_; }
  [[nodiscard]] const Entities& entities() const { return entities_; }
  // "telegram_bot.send_message"; a service of the house's own is replaced.
  void offer(const std::string& service, ServiceAnswer answer) { offers_[service] = std::move(answer); }

  // Puts the rules in force; then the house is complete.
  LoadReport start(RuleSet rules);
  // As if the hub had been killed and started again: what rules remember comes from their rows.
  void restart(RuleSet rules, std::chrono::microseconds down = {});
  // The house is shut down.
  void stop();

  // What happens from outside. `attributes`: nothing keeps those that it has.
  void set(const std::string& id, std::string state, std::optional<wire::Object> attributes = {});
  void remove(const std::string& id);
  void fire_from_outside(BusEvent event);
  void receive(const MqttMessage& message);
  // A service call by somebody who is no rule.
  ServiceOutcome command(const std::string& service, jinja::Value target, jinja::Value data);

  // Time goes by; everything that is due on the way happens in its order.
  void advance(Instant to);
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const Record& record() const { return record_; }
  // What was recorded since the last time; record() begins anew.
  Record take_record() { return std::exchange(record_, {}); }
  // One of the rules' own entities.
  [[nodiscard]] bool owns(const std::string& id) const { return engine_->owns(id); }
  // Numbers of records so far: what has a higher one is newer.
  [[nodiscard]] std::uint64_t mark() const { return number_; }

  // Surroundings.
  [[nodiscard]] const jinja::House& house() const override { return entities_; }
  [[nodiscard]] const jinja::TimeZone& zone() const override;
  [[nodiscard]] jinja::RandomSource& random() override;
  [[nodiscard]] const jinja::Library* macros() const override { return settings_.macros; }
  [[nodiscard]] std::optional<StateSnapshot> snapshot(std::string_view entity) const override;
  [[nodiscard]] std::optional<Instant> next_sun(bool rises, Instant after) const override;
  ServiceOutcome call(const ServiceCall& call) override;
  void abandon(std::uint64_t call) override;
  void fire(const BusEvent& event) override;
  void subscribe(const std::string& filter) override;
  void unsubscribe(const std::string& filter) override;
  [[nodiscard]] Context context_below(const Context& cause) override;
  void save(RowKind kind, const std::string& key, const std::string& json) override;
  [[nodiscard]] bool keeps_rows() const override { return settings_.restarts; }
  void declare(const OwnEntity& entity) override;
  void withdraw(const std::string& entity) override;
  void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
            const Context& context) override;
  void trace(Trace trace) override;
  void problem(const std::string& id, const std::string& text) override;
  void log(std::string_view level, const std::string& text) override;

 private:
  // A device that has been told something and has not done it yet.
  struct Errand {
    std::string entity, service;
    wire::Object data;
    Context context;
    std::uint64_t call = 0;  // somebody waits for it; 0: nobody
  };
  struct Randomness;

  Stamp stamp() { return {now_, ++number_}; }
  void happen(Happening happening);
  void drain();
  // Services (services.cpp).
  ServiceOutcome carry_out(const ServiceCall& call, RecordedCall& recorded);
  ServiceOutcome call_entities(const ServiceCall& call, RecordedCall& recorded);
  std::optional<ServiceOutcome> call_house(const ServiceCall& call);
  ServiceOutcome set_group(const ServiceCall& call);
  ServiceOutcome publish(const ServiceCall& call);
  ServiceOutcome order(const ServiceCall& call, const std::string& entity);
  ServiceOutcome send_off(const ServiceCall& call, const std::string& entity, wire::Object data);
  wire::Result<bool> make_obey(const Errand& errand);
  void run_errand(const Errand& errand);
  // States (states.cpp).
  void apply(const std::string& id, Change change, const Context& context);
  void become(const std::string& id, std::string state, wire::Object attributes, const Context& context);
  void update_groups(const std::string& member, const Context& context);
  void update_zones(const Context& context);
  void refresh_sun();
  void start_sun();
  // Time (simulated_house.cpp).
  [[nodiscard]] std::optional<Instant> next_due() const;
  void run_due();
  void finish_due_timers();

  HouseSettings settings_;
  Entities entities_;
  Record record_;
  std::unique_ptr<Randomness> random_;
  std::map<std::string, ServiceAnswer> offers_;
  std::map<std::string, OwnEntity> own_;
  std::map<std::pair<RowKind, std::string>, std::string> rows_;
  std::multimap<Instant, Errand> errands_;
  std::map<std::uint64_t, std::size_t> waiting_;  // calls that somebody waits for, and for how many devices
  std::map<std::string, Instant> timers_;
  std::optional<Instant> sun_;  // rises or sets then
  std::deque<Happening> queue_;
  std::unique_ptr<Engine> engine_;
  Instant now_{};
  std::uint64_t number_ = 0, contexts_ = 0, last_call_ = 0;
  bool draining_ = false, started_ = false;
  bool from_outside_ = false;  // the next call that is recorded
};

}  // namespace gable::rules::simulation
