#pragma once
// Triggers of the clock: time, time_pattern, sun. Each may have several moments to wait for; those that went
// by while the hub was down are made up for where the rule says so (missed: run_once).

#include <string>
#include <vector>

#include "engine/triggers/watch.hpp"

namespace gable::rules {

class TimedWatch : public Watch {
 public:
  using Watch::Watch;

  void begin(Instant now) override;
  void end() override;
  void on_due(std::size_t cookie, Instant due, Instant now) override;
  void on_resume(Instant now) override;
  // The zone or the place of the house may be another.
  void on_registry(Instant now) override;
  bool restore(const std::string& key, const wire::Object& row) override;

 protected:
  // How many moments there are to wait for.
  [[nodiscard]] virtual std::size_t slots() const { return 1; }
  // The next moment after `after`; nothing: none in sight.
  [[nodiscard]] virtual std::optional<Instant> next(std::size_t slot, Instant after) = 0;
  // Whether it is worth to ask every day for a moment when there is none.
  [[nodiscard]] virtual bool looks_again() const { return false; }
  // The variable `trigger` for it; null: it does not count after all.
  [[nodiscard]] virtual Fields described(std::size_t slot, Instant due) const = 0;

  void schedule(std::size_t slot, Instant after);
  void schedule_all(Instant after);
  // To the store, for those that make up for what they missed.
  void save_next() const;

 private:
  struct Moment {
    std::optional<Timers::Key> timer;
    bool recheck = false;  // nothing to fire: only to look again
  };
  [[nodiscard]] bool keeps_rows() const;
  [[nodiscard]] std::string row_key() const;

  std::vector<Moment> moments_;
  std::optional<Instant> missed_;  // out of the store: what would have been next
  std::size_t missed_slot_ = 0;
};

}  // namespace gable::rules
