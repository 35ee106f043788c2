#pragma once
// The door of the engine: rules that have been read come to life here. It hears one happening after another
// and acts through Surroundings. Knows no MQTT and no clock, so it runs in the hub, in a bridge and in tests
// alike. One thread.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/enforcing.hpp"
#include "engine/surroundings.hpp"
#include "language/rule.hpp"

namespace gable::rules {

// What load() did, in entity ids.
struct LoadReport {
  std::vector<std::string> added, changed, removed, refused;
  std::size_t unchanged = 0;
};

class Engine {
 public:
  // `surroundings` outlives the engine.
  explicit Engine(Surroundings& surroundings);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Puts the rules in force. Rules that did not change keep their runs and holds; changed ones are stopped
  // and made anew; those that are gone end. `enforcing` overrules their own `enforce:`; a rule that it
  // moves is stopped and made anew. `kept`: entities of rules that go on as they are though `rules` does not
  // have them, since their file cannot be read at present.
  LoadReport load(RuleSet rules, Instant now, const Enforcing& enforcing = {},
                  const std::set<std::string>& kept = {});

  // At start, after the first load() and before anything else: the rows that save() was given.
  void restore(RowKind kind, const std::string& key, const std::string& json);

  // HouseStarted comes once, when the house is complete: then what was going on before goes on.
  void handle(Happening happening, Instant now);
  // Does what nobody waits for and handle() put off, so that commands leave first: the automations that were
  // triggered are shown and announced on the bus. Where Surroundings::settles() is false, handle() does it.
  void settle(Instant now);
  [[nodiscard]] bool settled() const;

  // A change of any other entity need not be told.
  [[nodiscard]] bool listens_to(std::string_view entity) const;
  // The earliest moment at which handle(TimePassed) has something to do.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

  // script.*, automation.*, scene.* and the actions of template entities ("switch.turn_on" of a template
  // switch): what the engine itself offers, to whoever calls from outside. `refused` for all others.
  ServiceOutcome call(const ServiceCall& call, Instant now);
  [[nodiscard]] bool offers(std::string_view domain, std::string_view service) const;
  // True if this entity is one of the rules' own.
  [[nodiscard]] bool owns(std::string_view entity) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gable::rules
