#pragma once
// The device trigger: the trigger of an entity, once it is known which one, or an event of the device. Looked
// for again whenever the registry changes; until then it waits.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/triggers/watch.hpp"

namespace gable::rules {

class DeviceWatch final : public Watch {
 public:
  DeviceWatch(Board& board, Seat seat, const DeviceTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void end() override;
  void on_registry(Instant now) override;
  bool restore(const std::string& key, const wire::Object& row) override;

 private:
  // The entity that is meant, or empty.
  [[nodiscard]] std::string find_entity() const;
  void listen_to_device(Instant now);
  void replace(const std::string& entity, Instant now);
  void restore_waiting(Instant now);

  const DeviceTrigger& asked_;  // part of the trigger
  std::string entity_;          // what `inner_` listens to
  Trigger inner_trigger_;       // outlives inner_'s being in force
  std::shared_ptr<Watch> inner_;
  // Rows of holds that came before the entity, with their keys.
  std::vector<std::pair<std::string, wire::Object>> waiting_;
};

// Button presses and the like: {"device_trigger": device_id, type, subtype} on the bus, or a change of an
// event entity of the device whose event_type is the subtype.
class DeviceEventWatch final : public Watch {
 public:
  DeviceEventWatch(Board& board, Seat seat, const DeviceTrigger& asked)
      : Watch(board, std::move(seat)), asked_(asked) {}

  void begin(Instant now) override;
  void on_registry(Instant now) override;
  void on_event(const BusEvent& event, Instant now) override;
  void on_state(const StateChanged& change, Instant now) override;

 private:
  // A button may be announced both as a device trigger and as an event entity; the way by which it was first
  // heard is the one that counts, until the house changes.
  enum class Way : std::uint8_t { none, announced, entity };

  [[nodiscard]] bool is_meant(const std::string& event_type) const;
  [[nodiscard]] bool by(Way way);

  const DeviceTrigger& asked_;         // part of the trigger
  std::string device_;                 // as the house calls it
  std::vector<std::string> entities_;  // event entities of the device
  Way way_ = Way::none;
};

}  // namespace gable::rules
