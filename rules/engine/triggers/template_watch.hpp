#pragma once
// The template trigger (rules.md, section 8): fires when the result becomes true. Rendered when something
// that it read last time changes, and at each minute if it read the clock.

#include "engine/triggers/holding_watch.hpp"
#include "template/evaluate/reads.hpp"

namespace gable::rules {

class TemplateWatch final : public HoldingWatch {
 public:
  TemplateWatch(Board& board, Seat seat, const TemplateTrigger& asked)
      : HoldingWatch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void end() override;
  void on_state(const StateChanged& change, Instant now) override { refresh(&change, now); }
  void on_registry(Instant now) override { refresh(nullptr, now); }
  void on_due(std::size_t cookie, Instant due, Instant now) override;
  void on_resume(Instant now) override;

 protected:
  [[nodiscard]] bool still_stands(const Hold& hold, Instant now) override;
  [[nodiscard]] bool concerns(const std::string& entity) const override { return entity.empty(); }

 private:
  // By what is there now: what is true already does not fire.
  void arm(Instant now);
  // `change`: what made it render; null: the time or the registry.
  void refresh(const StateChanged* change, Instant now);
  // Keeps the result; true if it is another one.
  bool render(Instant now);
  void listen_to(jinja::Reads reads, Instant now);
  void become_true(const StateChanged* change, Instant now);

  const TemplateTrigger& asked_;  // part of the trigger
  bool armed_ = false;            // it was false since it last fired
  std::optional<Rendered> last_;
  jinja::Reads reads_;
  std::optional<Timers::Key> minute_;
};

}  // namespace gable::rules
