#pragma once
// The numeric_state trigger (rules.md, section 8): fires when a value comes within its bounds, having been
// outside.

#include <set>

#include "engine/conditions.hpp"
#include "engine/triggers/holding_watch.hpp"

namespace gable::rules {

class NumericWatch final : public HoldingWatch {
 public:
  NumericWatch(Board& board, Seat seat, const NumericStateTrigger& asked)
      : HoldingWatch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;
  void on_known(const std::string& entity, const StateSnapshot& state, Instant now) override;
  void on_resume(Instant now) override;
  [[nodiscard]] bool ignores_trips() const override { return options().ignore_unavailable; }

 protected:
  [[nodiscard]] bool still_stands(const Hold& hold, Instant now) override;
  [[nodiscard]] bool concerns(const std::string& entity) const override;

 private:
  // By what is there now: what is within its bounds already does not fire.
  void arm(Instant now);
  struct Answer {
    Verdict verdict = Verdict::no;
    std::string error;
  };
  [[nodiscard]] Answer judge(const std::string& entity, const StateSnapshot& state, Instant now) const;
  [[nodiscard]] Answer compare(double number) const;
  [[nodiscard]] Rendered value(const std::string& entity, const StateSnapshot& state, Instant now) const;
  [[nodiscard]] Fields own_fields(const std::string& entity) const;

  const NumericStateTrigger& asked_;  // part of the trigger
  std::set<std::string> armed_;       // entities that were outside since they last fired
};

}  // namespace gable::rules
