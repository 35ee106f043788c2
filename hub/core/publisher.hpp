#pragma once
// Brings the broker's copy of the entity plane up to date. Changes only mark an entity; flush() renders what
// is marked, so that while the hub has a backlog the retained documents of one entity coalesce to the latest
// (design section 2, rule 9). Going bad: availability first; coming back: state first (rule 5).

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/effects.hpp"
#include "core/registry.hpp"
#include "wire/topic.hpp"

namespace gable::hub {

enum class Part : std::uint8_t { state = 1, availability = 2, meta = 4, worse = 8 };

class Publisher {
 public:
  Publisher(const wire::TopicTree& topics, Registry& registry) : topics_(topics), registry_(registry) {}

  void mark(EntityIndex entity, Part part);
  // Renders and publishes all that is marked. While the broker is away or being read, nothing happens.
  void flush(Turn& turn);
  [[nodiscard]] bool pending() const { return !marked_.empty(); }

  // Start-up: from begin_sync() on, what the broker holds is collected by held(); settle() publishes what
  // differs from what it should hold.
  void begin_sync();
  void held(EntityIndex entity, wire::TopicKind kind, std::string_view payload);
  void settle(Turn& turn);
  [[nodiscard]] bool syncing() const { return syncing_; }

  // Deletes every retained document of the entity, `meta` first.
  void retract(Turn& turn, const EntityId& id, bool plain) const;
  // The same but for `meta`: it is known, and switched off.
  void retract_state(Turn& turn, const EntityId& id, bool plain) const;

 private:
  void publish(Turn& turn, EntityIndex index, wire::TopicKind kind, std::string payload, bool compare);
  void erase(Turn& turn, wire::TopicKind kind, const EntityId& id) const;
  void publish_entity(Turn& turn, EntityIndex index, std::uint8_t parts, bool compare);

  const wire::TopicTree& topics_;
  Registry& registry_;
  std::vector<std::uint8_t> flags_;  // by entity
  std::vector<EntityIndex> marked_;  // those with a flag, in order of their first mark
  bool syncing_ = true;
  std::map<std::pair<EntityIndex, wire::TopicKind>, std::size_t>
      held_;  // hash of the payload; only while syncing
};

}  // namespace gable::hub
