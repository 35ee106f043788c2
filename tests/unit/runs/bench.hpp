#pragma once
// A bench for runs: sequences in YAML, a house that answers service calls, time that goes by as the test
// says, and a restart at any moment. What the runs did is a list of lines.

#include <gtest/gtest.h>

#include <deque>
#include <set>

#include "../engine/fake_surroundings.hpp"
#include "engine/runs/run_desk.hpp"

namespace gable::rules::test {

class RunBench : public ::testing::Test {
 public:
  RunBench();

  // A rule with this sequence; its mode as given.
  Runnable& rule(const std::string& entity, const std::string& yaml, RunMode mode = RunMode::single);
  using Given = std::vector<std::pair<std::string, jinja::Value>>;
  std::optional<RunId> start(const std::string& entity, Given variables = {});
  // The same for an automation that is needed once.
  void run(const std::string& yaml, Given variables = {});

  // Time goes by; everything that is due on the way happens.
  void pass(std::chrono::microseconds time);
  void change(const std::string& entity, const std::string& state);
  void event(const std::string& type);
  // The end of a call of test.slow, the oldest first.
  void finish_call(const std::string& error = {}, jinja::Value response = {});
  // As after a kill -9: all that is known comes from the rows.
  void restart();

  // The lines since the last time, separated by "; ".
  std::string did();
  // "finished", "failed: why" of the runs that ended since the last time, separated by "; ".
  std::string ended();
  [[nodiscard]] std::string row() const;  // of the only stored run; empty: none is stored
  [[nodiscard]] const wire::Object& trace() const { return house.traces.back(); }
  // The trace's step with this path, as JSON.
  [[nodiscard]] std::string traced(const std::string& path) const;
  [[nodiscard]] bool logged(const std::string& part) const;
  // A variable of the outermost scope, as the last run that ended left it.
  [[nodiscard]] std::string variable(const std::string& name) const;

  FakeSurroundings house;
  Instant now = kNoon;
  bool restart_often = false;  // at each wait
  std::unique_ptr<TriggerDesk> triggers;
  std::unique_ptr<RunDesk> desk;
  std::vector<ServiceCall> pending, seen;
  std::map<std::string, Runnable> rules;

 private:
  ServiceOutcome answer(const ServiceCall& call);
  ServiceOutcome call_script(const ServiceCall& call);
  void on_end(const RunEnd& end);
  void boot();
  void settle() {
    if (restart_often) restart();
  }

  std::deque<Sequence> sequences_;
  std::vector<std::string> did_, ended_;
  std::map<RunId, std::uint64_t> callers_;  // run of a script → the call that waits for it
  Given last_variables_;
};

}  // namespace gable::rules::test
