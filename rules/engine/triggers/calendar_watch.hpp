#pragma once
// The trigger calendar: an event of a calendar begins or ends. A calendar's entity shows one event at a time,
// the present or else the next one, in Home Assistant's attributes (message, start_time, end_time, …).

#include <optional>
#include <string>

#include "engine/triggers/timed_watch.hpp"

namespace gable::rules {

class CalendarWatch final : public TimedWatch {
 public:
  CalendarWatch(Board& board, Seat seat, const CalendarTrigger& asked)
      : TimedWatch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;
  void on_due(std::size_t cookie, Instant due, Instant now) override;
  void on_resume(Instant now) override;

 protected:
  [[nodiscard]] std::size_t slots() const override { return 2; }
  [[nodiscard]] std::optional<Instant> next(std::size_t slot, Instant after) override;
  [[nodiscard]] Fields described(std::size_t slot, Instant due) const override;

 private:
  struct Event {
    std::string summary, description, location;
    bool all_day = false;
    Instant start, end;
    friend bool operator==(const Event&, const Event&) = default;
  };
  [[nodiscard]] std::optional<Event> event_of(const std::optional<StateSnapshot>& state) const;
  [[nodiscard]] std::optional<Instant> instant_in(const StateSnapshot& state, std::string_view key) const;
  [[nodiscard]] std::string shown(Instant when, bool all_day) const;
  void look(const std::optional<StateSnapshot>& state, Instant now);

  const CalendarTrigger& asked_;  // part of the trigger
  // By slots: what the entity shows, and what it showed before if that had begun: its end, or an offset after
  // that, is still to come when the next event is shown already.
  std::optional<Event> events_[2];
  std::optional<Instant> fired_;  // the last one: no moment counts twice
};

}  // namespace gable::rules
