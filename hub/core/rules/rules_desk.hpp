#pragma once
// The rules in the hub: gives the engine its surroundings (states, registry, services, store, broker) and the
// hub what the engine does. Owned by the core.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/event.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/problems.hpp"
#include "core/rules/rule_listing.hpp"
#include "core/rules/template_zone.hpp"
#include "core/state_desk.hpp"
#include "core/subscriptions.hpp"
#include "core/template_house.hpp"
#include "engine/engine.hpp"

namespace gable::hub {

class RulesDesk final : private rules::Surroundings {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    StateDesk& states;
    Publisher& publisher;
    Deadlines& deadlines;
    Problems& problems;
    const ZoneRules& zone;
    std::string session;  // part of context ids, so that none comes twice
    Subscriptions& subscriptions;
  };
  // What the hub does for rules; set once while wiring.
  struct Services {
    std::function<rules::ServiceOutcome(Turn&, const rules::ServiceCall&)> call;
    std::function<void(std::uint64_t)> abandon;
  };

  explicit RulesDesk(Parts parts);
  ~RulesDesk() override;
  RulesDesk(const RulesDesk&) = delete;
  RulesDesk& operator=(const RulesDesk&) = delete;

  void set_services(Services services) { services_ = std::move(services); }

  // Rows of Table::rule; kept until the first load().
  void restore(const std::string& key, const std::string& json);
  void load(Turn& turn, const RulesChanged& changed);
  // The house is complete. Only the first call does something.
  void house_started(Turn& turn);

  void on_step(Turn& turn, const StateStep& step);
  void on_event(Turn& turn, const rules::BusEvent& event);
  // Whatever the broker sends, while triggers wait for topics; true: the engine was told.
  bool on_message(Turn& turn, const MessageIn& message);
  void on_done(Turn& turn, const rules::ServiceDone& done);
  void on_deadline(Turn& turn);
  void on_registry(Turn& turn);
  // What the rules put off until their commands have left.
  void settle(Turn& turn);

  // script.*, automation.*, scene.*, by whoever calls.
  rules::ServiceOutcome call(Turn& turn, const rules::ServiceCall& call);
  // A command to an entity of the rules' own: set/automation/night_light.
  wire::Result<bool> act(Turn& turn, const Entity& entity, const wire::Command& command,
                         const Context& context);
  [[nodiscard]] bool owns(const Entity& entity) const { return entity.origin == Origin::rule; }

  // hub/request/<method> about rules: rules, trace, shadow, enforce. Nothing: the edges answer, with these
  // arguments.
  [[nodiscard]] static bool is_request(std::string_view method);
  std::optional<wire::Result<wire::Value>> request(Turn& turn, std::string_view method,
                                                   wire::Object& arguments);
  [[nodiscard]] const RuleListing& listing() const { return listing_; }
  [[nodiscard]] const rules::LoadReport& last_load() const { return last_load_; }

 private:
  // One visit of the engine: what it does goes to this turn.
  class Visit;

  [[nodiscard]] const rules::jinja::House& house() const override { return *house_; }
  [[nodiscard]] const rules::jinja::TimeZone& zone() const override { return zone_; }
  [[nodiscard]] rules::jinja::RandomSource& random() override { return random_; }
  [[nodiscard]] std::optional<rules::StateSnapshot> snapshot(std::string_view entity) const override;
  [[nodiscard]] std::optional<rules::Instant> next_sun(bool rises, rules::Instant after) const override;
  rules::ServiceOutcome call(const rules::ServiceCall& call) override;
  void abandon(std::uint64_t call) override;
  void fire(const rules::BusEvent& event) override;
  void subscribe(const std::string& filter) override;
  void unsubscribe(const std::string& filter) override;
  [[nodiscard]] rules::Context context_below(const rules::Context& cause) override;
  void save(rules::RowKind kind, const std::string& key, const std::string& json) override;
  [[nodiscard]] bool settles() const override { return true; }
  void declare(const rules::OwnEntity& entity) override;
  void withdraw(const std::string& entity) override;
  void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
            const rules::Context& context) override;
  void trace(rules::Trace trace) override;
  void problem(const std::string& id, const std::string& text) override;
  void log(std::string_view level, const std::string& text) override;

  [[nodiscard]] const rules::jinja::Library* macros() const override { return macros_.get(); }
  // Keys of the rows about rules that were moved by request: enforce/automation.x.
  static constexpr std::string_view kEnforceRows = "enforce/";
  [[nodiscard]] wire::Result<wire::Value> list(const wire::Object& arguments) const;
  std::optional<wire::Result<wire::Value>> enforce(Turn& turn, const std::string& rule,
                                                   const std::string& mode);
  void restore_rows(bool whole);
  void tell_reloaded(Time now);
  void sweep();
  void tell_findings(const rules::RuleSet& rules, const std::vector<rules::RuleReport>& reports);
  void handle(Turn& turn, rules::Happening happening);
  void arm();

  Parts p_;
  Services services_;
  TemplateZone zone_;
  SplitMix random_;
  std::unique_ptr<TemplateHouse> house_;  // made anew for every visit
  Turn* turn_ = nullptr;                  // of the present visit
  std::uint64_t next_context_ = 1;
  std::vector<std::pair<std::string, std::string>> rows_;
  bool loaded_ = false, started_ = false;
  std::vector<rules::BusEvent> early_;  // what happened before the rules were in force
  std::vector<std::string> filters_;    // topic filters that triggers wait for
  std::shared_ptr<const rules::jinja::Library> macros_;
  rules::Enforcing enforcing_;
  RuleListing listing_;
  rules::LoadReport last_load_;
  rules::Engine engine_;  // last: it uses all of the others
};

}  // namespace gable::hub
