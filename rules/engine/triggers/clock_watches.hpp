#pragma once
// The triggers time, time_pattern and sun (rules.md, section 8).

#include "engine/triggers/clock_times.hpp"
#include "engine/triggers/timed_watch.hpp"

namespace gable::rules {

class TimeWatch final : public TimedWatch {
 public:
  TimeWatch(Board& board, Seat seat, const TimeTrigger& asked)
      : TimedWatch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;
  void on_resume(Instant now) override;

 protected:
  [[nodiscard]] std::size_t slots() const override { return at_.size(); }
  [[nodiscard]] std::optional<Instant> next(std::size_t slot, Instant after) override;
  [[nodiscard]] Fields described(std::size_t slot, Instant due) const override;

 private:
  // Templates rendered, once.
  struct At {
    std::optional<std::chrono::seconds> time;
    std::string entity;
    std::chrono::seconds offset{};
  };
  [[nodiscard]] std::optional<At> resolved(const TimeAt& at, Instant now) const;
  [[nodiscard]] std::optional<Instant> daily(std::chrono::seconds time, Instant after) const;
  // Those that hang on the entity; on any when it is empty.
  void schedule_entities(std::string_view entity, Instant now);
  [[nodiscard]] std::optional<Instant> helper_time(const At& at, const StateSnapshot& state,
                                                   Instant after) const;
  [[nodiscard]] static std::optional<Instant> timestamp(const At& at, const StateSnapshot& state,
                                                        Instant after);
  [[nodiscard]] bool is_wanted_day(Instant when) const;

  const TimeTrigger& asked_;  // part of the trigger
  std::vector<At> at_;
};

class TimePatternWatch final : public TimedWatch {
 public:
  TimePatternWatch(Board& board, Seat seat, const TimePatternTrigger& asked)
      : TimedWatch(board, std::move(seat)), asked_(asked) {}

 protected:
  [[nodiscard]] std::optional<Instant> next(std::size_t slot, Instant after) override;
  [[nodiscard]] Fields described(std::size_t slot, Instant due) const override;

 private:
  const TimePatternTrigger& asked_;  // part of the trigger
};

class SunWatch final : public TimedWatch {
 public:
  SunWatch(Board& board, Seat seat, const SunTrigger& asked)
      : TimedWatch(board, std::move(seat)), asked_(asked) {}

 protected:
  [[nodiscard]] std::optional<Instant> next(std::size_t slot, Instant after) override;
  [[nodiscard]] Fields described(std::size_t slot, Instant due) const override;

 private:
  // Where it neither rises nor sets it does some day.
  [[nodiscard]] bool looks_again() const override { return true; }

  const SunTrigger& asked_;  // part of the trigger
};

}  // namespace gable::rules
