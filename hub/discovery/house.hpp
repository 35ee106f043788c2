#pragma once
// What discovery needs of the hub: where it says what it found, and where it looks up what is in force. The
// hub's core implements it; tests fake it.

#include <string>
#include <string_view>

#include "discovery/binding.hpp"
#include "discovery/topics.hpp"
#include "template/evaluate/evaluation.hpp"
#include "wire/time.hpp"

namespace gable::discovery {

// An entity as announced. Borrowed for the call.
struct Announced {
  Handle handle = 0;
  std::string_view source;  // its unique id: "light/0x00158d0000050005_light_zigbee2mqtt"
  std::string_view topic;   // that announced it
  const Component& component;
  std::string_view suggested_id;  // object id that it asks for; empty: none
  // Without the suggested id. The house may put an equal one in its place, so that both hold the same.
  wire::Shared<wire::EntityDescription>& description;
};

// Device triggers and tags: things that happen to no entity.
struct Trigger {
  const DeviceInfo& device;
  std::string_view platform;  // "device_automation", "tag"
  const wire::Object& event;  // {"type":…,"subtype":…,"payload":…}; {"tag_id":…}
};

// When an entity wants to be woken; each kind once.
enum class Timer : std::uint8_t { expire, off };

class House {
 public:
  virtual ~House() = default;

  // New, or described anew. False: the entity is disabled or there is no room for it; then nothing is
  // listened to on its behalf.
  virtual bool announced(const Announced& entity) = 0;
  virtual void removed(Handle entity) = 0;
  virtual void said(Handle entity, Said said, bool retained) = 0;
  virtual void available(Handle entity, bool available, std::string reason) = 0;
  virtual void triggered(const Trigger& trigger) = 0;
  // Nothing: no longer. Answered by Discovery::on_timer().
  virtual void wake(Handle entity, Timer timer, std::optional<wire::Time> at) = 0;

  // False: a filter that would bring us our own words.
  [[nodiscard]] virtual bool may_listen(std::string_view /*filter*/) const { return true; }
  virtual void subscribe(std::string_view filter, int qos) = 0;
  // Somebody joins those who listen already: he too wants what is retained there.
  virtual void refresh(std::string_view /*filter*/, int /*qos*/) {}
  virtual void unsubscribe(std::string_view filter) = 0;

  // `id`: what it is about, a topic or a unique id; the same again replaces, solved() takes back.
  virtual void fault(std::string_view id, std::string text) = 0;
  virtual void solved(std::string_view id) = 0;

  // Present state and attributes.
  [[nodiscard]] virtual const wire::CurrentValues& values(Handle entity) = 0;
  [[nodiscard]] virtual std::string_view entity_id(Handle entity) const = 0;
  [[nodiscard]] virtual rules::jinja::Evaluation::Surroundings surroundings() = 0;
};

}  // namespace gable::discovery
