#pragma once
// Replay: what was recorded of a house runs past today's rules, and what they decide is held against what
// really happened. Entities of the recording are what it says, whatever the rules tell them; those that are
// to obey do what the rules say as well, and people still switch them when they did. One thread, no clock.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulation/simulated_house.hpp"

namespace gable::rules::simulation {

// One thing of a recording: an entity's new state, else a message, else an event.
struct Observed {
  Instant at{};
  std::string entity;
  std::optional<std::string> state;  // of the entity; nothing: it is gone
  wire::Object attributes;           // those that changed; null: taken away
  std::string by;                    // who did it, where the recording knows
  std::optional<MqttMessage> message;
  std::optional<BusEvent> event;
};

enum class Agreement : std::uint8_t {
  agreed,       // somebody did the same, about then
  already,      // it was so already
  differs,      // nobody did that
  not_compared  // nothing of it can be seen in the recording
};
std::string_view to_string(Agreement agreement);

// One call of a rule, and one entity that it was for.
struct ReplayDecision {
  Instant at{};
  std::string rule;
  std::uint64_t run = 0;
  std::string service, entity;  // no entity: the call was for none that the house has
  wire::Object wanted;          // {"state":"on","brightness":204}; without an entity the call's data
  std::string error;            // what the house had against the call
  Agreement agreement = Agreement::not_compared;
  std::string by;                                    // who did the same
  std::optional<std::chrono::microseconds> apart{};  // so much after the rule; negative: before it
  std::string found;                                 // the state then
};

// What somebody did with an entity, and no rule decided.
struct OthersChange {
  Instant at{};
  std::string entity, from, to, by;
};

struct RuleTally {
  std::uint64_t triggered = 0, ran = 0, calls = 0;
  std::uint64_t agreed = 0, already = 0, differing = 0, not_compared = 0;
};

struct EntityTally {
  bool obeys = false;
  std::uint64_t decisions = 0;
  std::uint64_t changes = 0, same = 0;  // recorded; and those of them that a rule decided, too
  // How long it was on: in the recording, with the rules, both at once. The latter two only if it obeys.
  std::chrono::microseconds on_then{}, on_now{}, on_both{};
};

struct ReplayReport {
  Instant from{}, to{};
  std::uint64_t observed = 0;
  std::vector<ReplayDecision> decisions;
  std::vector<OthersChange> others;               // of entities that rules decided about, or that obey
  std::map<std::string, RuleTally> rules;         // every automation, and scripts that called something
  std::map<std::string, EntityTally> entities;    // of the recording, that take commands
  std::map<std::uint64_t, wire::Object> traces;   // of runs that decided something and have ended
  std::vector<std::string> refused;               // rules
  std::map<std::string, std::uint64_t> problems;  // texts, and how often
};

struct ReplaySettings {
  HouseSettings house;          // now: where the stretch begins
  std::set<std::string> obeys;  // entities
  // So long before and after a decision others may do the same.
  std::chrono::microseconds before = std::chrono::seconds(2), after = std::chrono::seconds(10);
};

class Replay {
 public:
  explicit Replay(ReplaySettings settings);
  ~Replay();

  // Before start(): what was so when the stretch begins, and for how long.
  void know(const std::string& entity, std::string state, wire::Object attributes,
            std::chrono::microseconds since = {});
  void start(RuleSet rules);
  // In the order of their times.
  void observe(Observed one);
  // Once. Time goes on to `to`.
  ReplayReport finish(Instant to);

 private:
  struct Timeline;
  void change(Observed& one);
  void keep(const Observed& one);
  void take_in();
  void take_call(const RecordedCall& call, const std::vector<RecordedWish>& wishes);
  void take_trace(const wire::Object& line);
  void judge(ReplayDecision& decision);
  void judge_others();

  ReplaySettings settings_;
  SimulatedHouse house_;
  std::map<std::string, Timeline, std::less<>> lines_;
  std::set<std::uint64_t> deciding_;  // runs
  ReplayReport report_;
};

}  // namespace gable::rules::simulation
