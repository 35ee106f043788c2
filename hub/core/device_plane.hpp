#pragma once
// The hub's reading of the device plane: what bridges say of themselves and their devices becomes entities,
// states, events and availability. Whatever is wrong in a message is a problem that names bridge and device,
// and disturbs nothing else.

#include <functional>
#include <map>
#include <string>

#include "core/command_desk.hpp"
#include "core/problems.hpp"
#include "core/recent_ids.hpp"
#include "core/sources.hpp"
#include "core/state_desk.hpp"
#include "core/tombstones.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::hub {

class DevicePlane {
 public:
  // References to the parts that a message may concern; all outlive the plane.
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    StateDesk& states;
    CommandDesk& desk;
    Tombstones& tombstones;
  };
  explicit DevicePlane(Parts parts) : p_(parts) {}

  void on_message(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  // Below bridge/, but with a name that none can have.
  void on_bad_topic(Turn& turn, std::string_view topic);

  [[nodiscard]] const Bridge* find_bridge(std::string_view id) const;
  [[nodiscard]] const Bridge* bridge_of(const Entity& entity) const;
  [[nodiscard]] const std::map<std::string, Bridge, std::less<>>& bridges() const { return bridges_; }

  // A connection without a session: forget what bridges said of themselves, since it will be read anew.
  // Verdicts wait until settle().
  void begin_sync();
  // All that the broker holds has been read: judge everything. Bridges of which nothing was heard are
  // offline.
  void settle(Turn& turn);
  // Bridges that have devices, but of which nothing was heard even now, are offline.
  void give_up_on_silent(Turn& turn);
  // Every bridge that has devices has said how it is.
  [[nodiscard]] bool all_spoke() const;
  // Devices that an inventory names but that have not been described: the burst of retained messages was cut.
  [[nodiscard]] std::vector<std::string> incomplete_bridges() const;

  // The moment that stale_at() named.
  void on_stale(Turn& turn, EntityIndex entity, Deadlines& deadlines);
  void judge(Turn& turn, EntityIndex entity);

  // Deletes everything of an entity, device or bridge on request. Errors: unknown_entity, conflict (still
  // there).
  wire::Result<std::size_t> forget_device(Turn& turn, std::string_view bridge, std::string_view device,
                                          bool force);
  wire::Result<std::size_t> forget_bridge(Turn& turn, std::string_view bridge);
  void forget_entity(Turn& turn, Entity& entity);

  void save_entity(Turn& turn, EntityIndex entity) const;
  // A device row of the store.
  void restore_device(std::string_view key, const wire::Object& row);

  // Writes down and publishes an event of an entity. `id`: of the message, may be null.
  void publish_event(Turn& turn, const Entity& entity, const wire::Object& event,
                     const wire::Value* id = nullptr) const;

  // Hears of every event of a device, without its bookkeeping. Set once while wiring.
  using OnEvent = std::function<void(Turn&, const Entity&, const wire::Object&)>;
  void on_event(OnEvent listener) { event_listener_ = std::move(listener); }

  [[nodiscard]] RecentIds& seen_ids() { return events_; }

 private:
  using Object = wire::Object;
  Bridge& bridge(std::string_view id);
  bool fault(Turn& turn, const wire::ParsedTopic& topic, const wire::Error& error);
  void on_status(Turn& turn, Bridge& bridge, const wire::ParsedTopic& topic, std::string_view payload);
  void on_info(Turn& turn, Bridge& bridge, const wire::ParsedTopic& topic, std::string_view payload);
  void on_inventory(Turn& turn, Bridge& bridge, const wire::ParsedTopic& topic, std::string_view payload);
  void on_device(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  void on_state(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  void keep_waiting(std::string key, std::string_view payload);
  void keep_event(std::string key, std::string_view payload);
  // False: the bridge has too many devices for this new one.
  bool has_room(Turn& turn, const wire::ParsedTopic& topic);
  void on_link(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  void on_event(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  bool came_before(Turn& turn, const wire::ParsedTopic& topic, const Object& event, std::string_view payload);
  void on_result(Turn& turn, const wire::ParsedTopic& topic, std::string_view payload);
  void describe(Turn& turn, Device& device, wire::DeviceDescription description);
  [[nodiscard]] bool outdated(Device& device, const Object& document) const;
  void apply_state(Turn& turn, Device& device, const Object& document, const wire::ParsedTopic& topic);
  void fire_event(Turn& turn, Device& device, EntityIndex entity, const Object& document);
  void apply_inventory(Turn& turn, Bridge& bridge);
  void judge_device(Turn& turn, const Device& device);
  void judge_bridge(Turn& turn, std::string_view bridge);
  void note_bridge(Turn& turn, const Bridge& bridge);
  void save_device(Turn& turn, const Device& device) const;

  Parts p_;
  OnEvent event_listener_;
  std::map<std::string, Bridge, std::less<>> bridges_;
  StringMap<std::string> waiting_states_;  // "bridge/device" → state that came before the description
  StringMap<std::vector<std::string>> waiting_events_;  // the same, in their order
  std::size_t waiting_bytes_ = 0;                       // of both
  bool settled_ = false;
  static constexpr std::size_t kEventsRemembered = 1'000;
  RecentIds events_{"event/", kEventsRemembered};
};

}  // namespace gable::hub
