#pragma once
// Our own entities in Home Assistant's discovery format, for a Home Assistant (or a second hub) beside us:
// what it may show and command over the entity plane. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "discovery/component.hpp"
#include "wire/description.hpp"
#include "wire/entity_id.hpp"
#include "wire/topic.hpp"

namespace gable::discovery {

struct Offered {
  const wire::EntityId& id;
  const wire::EntityDescription& description;
  std::string_view name;    // effective display name
  std::string_view source;  // its unique id here
  DeviceInfo device;        // without identifiers: the hub itself
};

struct OutwardMessage {
  std::string topic;
  std::string payload;
};

class Outward {
 public:
  // `prefix`: of the announcements. Both are borrowed.
  Outward(std::string_view prefix, const wire::TopicTree& topics) : prefix_(prefix), topics_(topics) {}

  // Nothing: Home Assistant's format has no such thing (a person, a zone, an automation).
  [[nodiscard]] std::optional<OutwardMessage> announce(const Offered& entity) const;
  // Where the entity is announced; an empty payload there takes it back.
  [[nodiscard]] std::string topic_of(const wire::EntityId& id) const;

 private:
  [[nodiscard]] std::string node_id() const;

  std::string prefix_;
  const wire::TopicTree& topics_;
};

}  // namespace gable::discovery
