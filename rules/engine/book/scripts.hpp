#pragma once
// The scripts in force and the services script.*: calling one by its name waits for it, script.turn_on does
// not (rules.md, section 8, "Modes").

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/book/desks.hpp"
#include "engine/engine.hpp"

namespace gable::rules {

class ScriptDesk {
 public:
  // `done` is told when a call that was pending has ended.
  using OnDone = std::function<void(ServiceDone)>;
  ScriptDesk(BookParts parts, OnDone done) : p_(parts), done_(std::move(done)) {}

  // `kept`: stays though `scripts` does not have it.
  void load(std::vector<Script> scripts, const Enforcing& enforcing, const std::set<std::string>& kept,
            LoadReport& report);
  void restore(const std::string& key, const wire::Object& row);
  void show_all() const;

  bool on_end(const RunEnd& end);
  ServiceOutcome call(const ServiceCall& call);
  // Nobody waits for this call any more: its run ends.
  void abandon(std::uint64_t call);
  [[nodiscard]] bool owns(const std::string& entity) const { return entries_.contains(entity); }
  [[nodiscard]] std::optional<Runnable> runnable(const std::string& entity) const;

 private:
  struct Entry {
    std::unique_ptr<const Script> script;
    bool shadow = false;
    std::optional<Instant> last_triggered;
  };
  struct Started {
    std::optional<RunId> run;
    std::string error;
  };

  void put(Script script, const Enforcing& enforcing, LoadReport& report);
  void remove(const std::string& entity);
  Started start(const std::string& entity, const ServiceCall& call, const jinja::Value& fields);
  ServiceOutcome run_and_wait(const std::string& entity, const ServiceCall& call);
  ServiceOutcome call_again(const ServiceCall& call);
  void mention_missing(const std::string& entity, const Script& script,
                       const std::vector<std::pair<std::string, jinja::Value>>& given) const;
  void remember_call(RunId run, std::uint64_t call);
  static ServiceOutcome outcome_of(const RunEnd& end);
  void show(const std::string& entity, const Entry& entry) const;

  BookParts p_;
  OnDone done_;
  std::map<std::string, Entry> entries_;            // by entity id
  std::unordered_map<RunId, std::uint64_t> calls_;  // runs that somebody waits for
  std::optional<RunEnd> ended_;                     // the last one for which nobody waited
};

}  // namespace gable::rules
