#pragma once
// Triggers of events on the bus: event itself, and webhook, tag and device triggers, which come as events.

#include <string>
#include <vector>

#include "engine/triggers/watch.hpp"

namespace gable::rules {

class EventWatch final : public Watch {
 public:
  EventWatch(Board& board, Seat seat, const EventTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_event(const BusEvent& event, Instant now) override;
  // state_changed is an event, too.
  void on_state(const StateChanged& change, Instant now) override;

 private:
  using Wanted = std::vector<std::pair<std::string, jinja::Value>>;
  bool render(const std::vector<std::pair<std::string, Templated>>& asked, Wanted& out, Instant now) const;

  const EventTrigger& asked_;  // part of the trigger
  Wanted data_, context_;      // rendered once
};

class WebhookWatch final : public Watch {
 public:
  WebhookWatch(Board& board, Seat seat, const WebhookTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_event(const BusEvent& event, Instant now) override;

 private:
  const WebhookTrigger& asked_;  // part of the trigger
};

class TagWatch final : public Watch {
 public:
  TagWatch(Board& board, Seat seat, const TagTrigger& asked) : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_event(const BusEvent& event, Instant now) override;

 private:
  const TagTrigger& asked_;  // part of the trigger
};

// trigger.event
jinja::Value event_value(const BusEvent& event, Instant now, const jinja::TimeZone& zone);

}  // namespace gable::rules
