#include "core/publisher.hpp"

#include "core/render.hpp"

namespace gable::hub {

using wire::TopicKind;

namespace {

// The time of the last report moves without the document being worth another message.
std::size_t fingerprint(std::string_view payload) {
  constexpr std::string_view kKey = ",\"_at\":\"";
  const auto begin = payload.find(kKey);
  if (begin == std::string_view::npos) return std::hash<std::string_view>{}(payload);
  const auto end = payload.find('"', begin + kKey.size());
  std::string rest(payload.substr(0, begin));
  if (end != std::string_view::npos) rest.append(payload.substr(end + 1));
  return std::hash<std::string>{}(rest);
}

}  // namespace

void Publisher::mark(EntityIndex entity, Part part) {
  if (flags_.size() <= entity) flags_.resize(registry_.entities().size());
  if (flags_[entity] == 0) marked_.push_back(entity);
  flags_[entity] |= static_cast<std::uint8_t>(part);
}

void Publisher::publish(Turn& turn, EntityIndex index, TopicKind kind, std::string payload, bool compare) {
  if (compare) {
    const auto held = held_.find({index, kind});
    if (held != held_.end() && held->second == fingerprint(payload)) return;
  }
  turn.out.publishes.push_back({.topic = topics_.entity(kind, registry_.entity(index).id),
                                .payload = std::move(payload),
                                .retained = true});
}

void Publisher::publish_entity(Turn& turn, EntityIndex index, std::uint8_t parts, bool compare) {
  const Entity& entity = registry_.entity(index);
  if (entity.forgotten) return;
  const auto has = [&](Part part) { return (parts & static_cast<std::uint8_t>(part)) != 0; };
  if (has(Part::meta)) publish(turn, index, TopicKind::meta, meta_document(entity, registry_), compare);
  if (entity.disabled()) return;
  const auto availability = [&] {
    if (has(Part::availability))
      publish(turn, index, TopicKind::availability, availability_document(entity), compare);
  };
  const auto state = [&] {
    if (has(Part::state)) publish(turn, index, TopicKind::state, state_document(entity), compare);
    if (entity.overrides->plain) publish(turn, index, TopicKind::value, value_document(entity), compare);
  };
  if (has(Part::worse)) availability();
  state();
  if (!has(Part::worse)) availability();
}

void Publisher::flush(Turn& turn) {
  if (syncing_) return;
  for (const EntityIndex index : marked_) {
    const std::uint8_t parts = flags_[index];
    flags_[index] = 0;
    publish_entity(turn, index, parts, false);
  }
  marked_.clear();
}

void Publisher::begin_sync() {
  syncing_ = true;
  held_.clear();
}

void Publisher::held(EntityIndex entity, TopicKind kind, std::string_view payload) {
  held_[{entity, kind}] = fingerprint(payload);
}

void Publisher::settle(Turn& turn) {
  syncing_ = false;
  constexpr auto kAll = static_cast<std::uint8_t>(Part::state) |
                        static_cast<std::uint8_t>(Part::availability) | static_cast<std::uint8_t>(Part::meta);
  for (EntityIndex index = 0; index < registry_.entities().size(); ++index) {
    const std::uint8_t worse =
        index < flags_.size() ? flags_[index] & static_cast<std::uint8_t>(Part::worse) : 0;
    publish_entity(turn, index, static_cast<std::uint8_t>(kAll | worse), true);
  }
  held_.clear();
  marked_.clear();
  flags_.assign(flags_.size(), 0);
}

void Publisher::erase(Turn& turn, TopicKind kind, const EntityId& id) const {
  turn.out.publishes.push_back({.topic = topics_.entity(kind, id), .payload = "", .retained = true});
}

void Publisher::retract(Turn& turn, const EntityId& id, bool plain) const {
  erase(turn, TopicKind::meta, id);
  retract_state(turn, id, plain);
}

void Publisher::retract_state(Turn& turn, const EntityId& id, bool plain) const {
  for (const auto kind : {TopicKind::availability, TopicKind::desired, TopicKind::state})
    erase(turn, kind, id);
  if (plain) erase(turn, TopicKind::value, id);
}

}  // namespace gable::hub
