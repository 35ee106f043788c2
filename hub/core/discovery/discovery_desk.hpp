#pragma once
// Puts in force what discovery found: devices and entities in the registry, reports, availability, events,
// commands. Everything of the broker, the clock and the registry that `hub/discovery` needs comes through
// here.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/command_desk.hpp"
#include "core/device_plane.hpp"
#include "core/discovery/neighbours.hpp"
#include "core/discovery/slices.hpp"
#include "core/event.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/rules/template_zone.hpp"
#include "core/state_desk.hpp"
#include "core/subscriptions.hpp"
#include "core/template_house.hpp"
#include "discovery/discovery.hpp"
#include "discovery/homie/homie.hpp"
#include "discovery/maps/maps.hpp"

namespace gable::hub {

// Of what has no entity.
class NoValues final : public wire::CurrentValues {
 public:
  [[nodiscard]] const wire::Value* current(std::string_view) const override { return nullptr; }
};

class DiscoveryDesk final : public DirectDevices, private discovery::House {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    StateDesk& states;
    CommandDesk& desk;
    DevicePlane& plane;
    Deadlines& deadlines;
    Subscriptions& subscriptions;
    const ZoneRules& zone;
  };
  explicit DiscoveryDesk(Parts parts);
  ~DiscoveryDesk() override;
  DiscoveryDesk(const DiscoveryDesk&) = delete;
  DiscoveryDesk& operator=(const DiscoveryDesk&) = delete;

  void start(Turn& turn, const DiscoveryOptions& options);

  // A connection without a session: the announcements are read at QoS 0 (decision 0007), then listened to.
  void begin_sync(Turn& turn);
  // What was asked for has come. True: there may be more than the broker hands out at once, and the next part
  // has been asked for.
  bool read_on(Turn& turn);
  // The session went on, but no session keeps what is said at QoS 0: what the broker holds is asked for, and
  // programs that say it again.
  void refresh(Turn& turn);
  // Between begin_sync() and settle(): subscribes to some of the topics that announcements name, not to more
  // than a broker hands out at once. True: their retained messages are still to come, and there may be more.
  bool take_new_topics(Turn& turn);
  // All that the broker holds has been read: verdicts count from now on.
  void settle(Turn& turn);

  // Any message that is not of our own tree. True: somebody here wanted it.
  bool on_message(Turn& turn, const MessageIn& message);
  void on_deadline(Turn& turn, const Deadline& due);
  // After the configuration has changed: entities that are enabled or disabled now.
  void on_house(Turn& turn);
  // The registry has changed since the last call: whoever holds indexes of it is told once.
  bool take_changed() { return std::exchange(changed_, false); }

  // Entities of ours are others than before: flush() says so in Home Assistant's format, where `announce:`
  // asks for it (outward.cpp).
  void mark_outward() { outward_due_ = true; }
  void flush(Turn& turn);

  // Somebody forgets the entity: its announcement is taken from the broker too, if it alone was announced
  // there.
  void forget(Turn& turn, EntityIndex entity);

  // Device triggers and tags.
  using OnTrigger = std::function<void(Turn&, const discovery::Trigger&, const std::string& device_id)>;
  void on_trigger(OnTrigger listener) { on_trigger_ = std::move(listener); }
  // Events of event entities.
  void on_event(DevicePlane::OnEvent listener) { on_event_ = std::move(listener); }

  // DirectDevices
  [[nodiscard]] bool serves(const Entity& entity) const override;
  wire::Result<std::vector<Publish>> messages(Turn& turn, const Entity& entity,
                                              const wire::Command& command) override;

 private:
  // discovery::House
  bool announced(const discovery::Announced& entity) override;
  void removed(discovery::Handle entity) override;
  void said(discovery::Handle entity, discovery::Said said, bool retained) override;
  void available(discovery::Handle entity, bool available, std::string reason) override;
  void triggered(const discovery::Trigger& trigger) override;
  void wake(discovery::Handle entity, discovery::Timer timer, std::optional<wire::Time> at) override;
  [[nodiscard]] bool may_listen(std::string_view filter) const override;
  void subscribe(std::string_view filter, int qos) override;
  void refresh(std::string_view filter, int qos) override;
  void unsubscribe(std::string_view filter) override;
  void greet(Turn& turn);
  void note_late(EntityIndex entity);
  void greet_for_silent(Turn& turn);
  void fault(std::string_view id, std::string text) override;
  void solved(std::string_view id) override;
  [[nodiscard]] const wire::CurrentValues& values(discovery::Handle entity) override;
  [[nodiscard]] std::string_view entity_id(discovery::Handle entity) const override;
  [[nodiscard]] rules::jinja::Evaluation::Surroundings surroundings() override;

  struct Verdicts {
    bool available = true;
    std::string reason;
  };
  [[nodiscard]] std::vector<std::string> filters() const;
  void list_own_topics();
  void read_maps(Turn& turn);
  // What a translating room has found (translators.cpp).
  bool translate(const MessageIn& message);
  void take_waiting(Turn& turn);
  void take_homie();
  void take_maps();
  // Publishes what a device map asks; not where only we speak, since a payload may have a say in the topic.
  void ask(const discovery::maps::Asked& question);
  [[nodiscard]] bool may_speak(std::string_view topic) const;
  void tell_alerts(const discovery::homie::Alerts& alerts);
  [[nodiscard]] bool announced_twice(std::string_view base) const;
  void note_topic(const discovery::Announced& announced);

  [[nodiscard]] EntityIndex index_of(discovery::Handle handle) const;
  // kNone when nobody announces it now.
  [[nodiscard]] discovery::Handle handle_of(EntityIndex entity) const;
  Device& device_for(const discovery::Announced& announced);
  std::string device_id_for(const discovery::Component& component);
  void forget_device_ids(const std::string& newest);
  void give_up(discovery::Handle handle, EntityIndex index);
  void describe_device(Device& device, const discovery::Announced& announced);
  void place(const Entity& entity, bool state_said, Report& report) const;
  void fire(EntityIndex index, const wire::Object& event);
  void raise_ghosts(Turn& turn);

  Parts p_;
  Neighbours neighbours_;
  Slices slices_{""};
  std::unique_ptr<discovery::Discovery> discovery_;
  std::unique_ptr<discovery::homie::Homie> homie_;
  std::unique_ptr<discovery::maps::Maps> maps_;
  struct Told {
    std::string topic;
    std::size_t fingerprint = 0;  // of what was said
  };
  std::map<EntityIndex, Told> told_;  // ours that are announced
  bool outward_due_ = true;
  StringMap<bool> announced_topics_;  // first two levels of state topics that Home Assistant's format names
  DiscoveryOptions options_;
  std::vector<std::string> own_topics_;  // one of each kind of our tree: what no announcement may listen to
  TemplateZone zone_;
  SplitMix random_;
  std::unique_ptr<TemplateHouse> house_;  // for templates; made when one asks, for one turn
  rules::jinja::Clock clock_;             // of the present turn
  std::optional<EntityValues> values_;    // of the entity in hand
  NoValues nothing_;
  std::vector<EntityIndex> entities_;       // by handle
  std::vector<discovery::Handle> handles_;  // by entity; kNone: not announced now
  std::unordered_map<EntityIndex, Verdicts> verdicts_;
  StringMap<std::string> device_ids_;  // identifier or connection → device id
  static constexpr std::size_t kFirstLimitOfIds = 10'000;
  std::size_t device_ids_limit_ =
      kFirstLimitOfIds;           // from here on it looks for those of devices that are gone
  std::set<std::string> faults_;  // problems that are open
  std::set<EntityIndex> faulty_;  // entities whose last message was one
  OnTrigger on_trigger_;
  DevicePlane::OnEvent on_event_;
  Turn* turn_ = nullptr;
  bool homie_waits_ = false;  // something was said that has not been looked at
  struct Wish {
    std::string filter;
    int qos = 0;
  };
  std::vector<Wish> wishes_;  // while reading: topics that are to be subscribed
  bool reading_ = false;      // from begin_sync() to settle()
  bool settled_ = false, changed_ = false, online_elsewhere_ = false;
  std::vector<EntityIndex> late_;  // announced while the house ran, until somebody looks whether they speak
  wire::Time late_since_{}, greeted_{};
  bool greeting_due_ = false;  // as soon as the last one is a minute old
};

}  // namespace gable::hub
