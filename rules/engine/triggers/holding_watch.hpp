#pragma once
// HoldingWatch: a trigger with `for:`. A hold begins with a match and fires when its period is over, unless
// something cancels it before. Holds are in the store and go on after a restart: those that ended meanwhile
// fire late, once.

#include <list>
#include <optional>
#include <string>

#include "engine/triggers/watch.hpp"

namespace gable::rules {

class HoldingWatch : public Watch {
 public:
  using Watch::Watch;

  void end() override;
  void on_due(std::size_t cookie, Instant due, Instant now) override;
  void on_resume(Instant now) override;
  bool restore(const std::string& key, const wire::Object& row) override;

 protected:
  struct Hold {
    std::string entity;          // empty: of none
    jinja::Value before, after;  // the values that it began with
    Fields fields;               // the variable `trigger`
    Context cause;
    Instant deadline{};
    std::size_t cookie = 0;
    std::string row;  // key in the store; empty: not there
    std::optional<Timers::Key> timer;
  };

  // The match as it is: fires at once, or begins a hold when there is a period that is not 0.
  void match(const Rare<Period>& period, Hold hold, Instant now);
  template <typename Predicate>
  void cancel_holds(const Predicate& predicate) {
    for (auto hold = holds_.begin(); hold != holds_.end();) {
      const auto next = std::next(hold);
      if (predicate(*hold)) cancel(hold);
      hold = next;
    }
  }
  // Of a hold out of the store: do things at start still stand as it needs them?
  [[nodiscard]] virtual bool still_stands(const Hold& hold, Instant now) = 0;
  // Does a row with this entity belong to the trigger?
  [[nodiscard]] virtual bool concerns(const std::string& entity) const = 0;

 private:
  using Holds = std::list<Hold>;

  void begin_hold(Hold hold, std::chrono::microseconds period, Instant now);
  void cancel(Holds::iterator hold);
  void forget_row(const Hold& hold) const;
  void save(Hold& hold) const;
  [[nodiscard]] std::string free_key(const std::string& entity) const;
  // The first hold's cookie; smaller ones are free for others.
  static constexpr std::size_t kFirstCookie = 1000;

  Holds holds_;
  std::size_t last_cookie_ = kFirstCookie;
};

}  // namespace gable::rules
