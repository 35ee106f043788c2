#pragma once
// The door: announcements and messages of devices that speak MQTT themselves go in, what they mean for the
// house comes out through House. Pure; one thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "discovery/announcement/announcement.hpp"
#include "discovery/binding.hpp"
#include "discovery/house.hpp"
#include "discovery/templates.hpp"
#include "discovery/topics.hpp"
#include "wire/resting.hpp"

namespace gable::discovery {

class Discovery {
 public:
  struct Options {
    std::string prefix = "homeassistant";  // empty: Home Assistant's announcements are not read
    std::string own;                       // the node id under which we announce; never read back
  };
  // `house` outlives it.
  Discovery(Options options, House& house);
  ~Discovery();
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;

  // The filters that announcements come in by.
  [[nodiscard]] std::vector<std::string> filters() const;

  // Any message. True when somebody here wanted it.
  bool on_message(std::string_view topic, std::string_view payload, bool retained, wire::Time now);
  void on_timer(Handle entity, Timer timer, wire::Time now);

  // What another room has translated: all components that `source` (a topic, or what stands for one)
  // announces now. Those that it no longer names are removed.
  void announce(std::string_view source, const std::vector<Component>& components);

  // What to send. Errors: unsupported, failed.
  wire::Result<std::vector<Outgoing>> command(Handle entity, const wire::Command& command);
  // The entity was enabled or disabled.
  void listen(Handle entity, bool enabled);
  // The topics to empty so that nobody announces it again.
  [[nodiscard]] std::string announced_by(Handle entity) const;
  // The entity was forgotten.
  void drop(Handle entity);

  // What it listens to on behalf of entities, each once. Borrowed until the next call.
  [[nodiscard]] std::unordered_set<std::string_view> topics() const;
  [[nodiscard]] std::size_t size() const { return count_; }
  // What announces something now. Borrowed until the next call.
  [[nodiscard]] std::vector<std::string_view> sources() const;

 private:
  struct Slot;
  struct Source;
  using Strings = std::vector<std::string>;

  void read(std::string_view topic, const AnnouncementTopic& parsed, std::string_view payload);
  void take_back(std::string_view topic);
  bool put(Source& source, const Component& component);
  void put_binding(Slot& slot, Source& source, const Component& component, std::unique_ptr<Binding> binding);
  [[nodiscard]] Source* find_source(std::string_view topic) const;  // null: it announces nothing
  std::size_t* quota_of(const std::vector<Component>& components);
  [[nodiscard]] bool has_room(const Source& source, const Component& component);
  Slot& slot_for(std::string key);
  bool may_listen(Slot& slot, const std::string& filter);
  void attach(Handle handle);
  void detach(Handle handle);
  void remove(Handle handle);
  void receive(Slot& slot, const Listener& listener, const class Message& message, Said& said);
  void hear(Handle handle, const Listener& listener, const class Message& message);
  void remember(const class Message& message);
  void release(const std::string& topic, Handle handle);
  void judge(Handle handle);
  void finish(Handle handle, Said said, const class Message& message, wire::Time now);
  std::optional<std::string> rendered(const Slot& slot, const rules::jinja::Template& source,
                                      const class Message& message, bool keeps, std::string& fault);

  Options options_;
  House& house_;
  Templates templates_;
  wire::Pool<Availability, Availability::Hash> availabilities_;
  Topics topics_;
  std::vector<std::unique_ptr<Slot>> slots_;  // by handle; null: gone
  wire::Resting<Handle> free_slots_;
  std::unordered_map<std::string_view, Handle> by_key_;                    // by the slot's own unique id
  std::unordered_map<std::string_view, std::unique_ptr<Source>> sources_;  // by the source's own topic
  // What availability topics said last, as long as somebody listens: whoever is announced later shares it.
  struct Shared {
    std::string payload;       // empty: nothing yet
    bool asked_again = false;  // subscribed to twice, since others listened before
  };
  std::unordered_map<std::string, Shared> shared_;
  std::vector<Listener> found_;  // of the message in hand
  std::size_t count_ = 0;
  std::unordered_map<std::string, std::size_t> origins_;  // entities by the name of who announces
};

}  // namespace gable::discovery
