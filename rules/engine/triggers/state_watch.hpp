#pragma once
// The state trigger (rules.md, section 8).

#include "engine/triggers/holding_watch.hpp"

namespace gable::rules {

class StateWatch final : public HoldingWatch {
 public:
  StateWatch(Board& board, Seat seat, const StateTrigger& asked);

  void begin(Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;
  void on_known(const std::string& entity, const StateSnapshot& state, Instant now) override;
  [[nodiscard]] bool ignores_trips() const override { return ignores_trips_; }

 protected:
  [[nodiscard]] bool still_stands(const Hold& hold, Instant now) override;
  [[nodiscard]] bool concerns(const std::string& entity) const override;

 private:
  // The state's text or the attribute; None without.
  [[nodiscard]] jinja::Value value_of(const std::optional<StateSnapshot>& state) const;
  [[nodiscard]] bool matches(const jinja::Value& before, const jinja::Value& after) const;
  [[nodiscard]] bool keeps(const Hold& hold, const std::optional<StateSnapshot>& state) const;

  const StateTrigger& asked_;  // part of the trigger
  bool every_change_;          // none of from, to, not_from, not_to: attributes count, too
  bool ignores_trips_;
};

}  // namespace gable::rules
