#pragma once
// The triggers mqtt, zone and homeassistant.

#include <optional>
#include <string>

#include "engine/triggers/watch.hpp"

namespace gable::rules {

class MqttWatch final : public Watch {
 public:
  MqttWatch(Board& board, Seat seat, const MqttTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_message(const MqttMessage& message, Instant now) override;

 private:
  // After the value template; nothing when it fails.
  [[nodiscard]] std::optional<std::string> compared(const MqttMessage& message, Instant now) const;

  const MqttTrigger& asked_;           // part of the trigger
  std::optional<std::string> wanted_;  // payload, rendered once
};

class ZoneWatch final : public Watch {
 public:
  ZoneWatch(Board& board, Seat seat, const ZoneTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;
  [[nodiscard]] bool ignores_trips() const override { return options().ignore_unavailable; }

 private:
  // Nothing: it does not say where it is.
  [[nodiscard]] std::optional<bool> is_within(const std::optional<StateSnapshot>& state,
                                              const StateSnapshot& zone) const;

  const ZoneTrigger& asked_;  // part of the trigger
};

class HouseWatch final : public Watch {
 public:
  HouseWatch(Board& board, Seat seat, const HomeassistantTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_start(Instant now) override { report("start", "Home Assistant starting", now); }
  void on_stop(Instant now) override { report("shutdown", "Home Assistant stopping", now); }

 private:
  void report(const char* event, const char* description, Instant now);

  const HomeassistantTrigger& asked_;  // part of the trigger
};

}  // namespace gable::rules
