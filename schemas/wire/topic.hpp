#pragma once
// The topic tree (design section 2): the only place that spells a topic. Build with TopicTree, read with
// parse.

#include <optional>
#include <string>
#include <string_view>

#include "wire/entity_id.hpp"

namespace gable::wire {

enum class TopicKind {
  // entity plane; `domain` and `name` are set
  state,
  value,
  desired,
  availability,
  meta,
  event,
  result,
  set,       // `attribute` too, or empty
  set_area,  // `name` is the area, `domain` the domain
  call,      // `domain`, `name` = service
  // hub
  problem,  // `name` = id
  trace,    // `name` = rule
  hub_status,
  hub_info,
  hub_health,
  hub_log,
  hub_request,   // `name` = method
  hub_response,  // `name` = method
  client,        // `owner` = user, `name` = the rest
  // device plane; `owner` is the bridge, `name` the device or method
  bridge_status,
  bridge_info,
  bridge_inventory,
  bridge_health,
  bridge_log,
  bridge_device,
  bridge_state,
  bridge_link,
  bridge_event,
  bridge_set,
  bridge_result,
  bridge_request,
  bridge_response,
};

// Views into the parsed topic; they live as long as it does.
struct ParsedTopic {
  TopicKind kind = TopicKind::state;
  std::string_view owner;
  std::string_view domain;
  std::string_view name;
  std::string_view attribute;
};

class TopicTree {
 public:
  // `root`: one level, [A-Za-z0-9_-]{1,64}. Throws std::invalid_argument otherwise (configuration error).
  explicit TopicTree(std::string_view root);

  [[nodiscard]] std::string_view root() const;

  // A topic of an entity: state, value, desired, availability, meta, event, result or set.
  [[nodiscard]] std::string entity(TopicKind kind, const EntityId& id) const;
  [[nodiscard]] std::string entity(TopicKind kind, std::string_view domain, std::string_view object_id) const;
  [[nodiscard]] std::string set_attribute(const EntityId& id, std::string_view attribute) const;
  [[nodiscard]] std::string set_area(std::string_view area, std::string_view domain) const;
  [[nodiscard]] std::string call(std::string_view domain, std::string_view service) const;
  // hub_status, hub_info, hub_health, hub_log; problem, trace, hub_request and hub_response with a name.
  [[nodiscard]] std::string hub(TopicKind kind, std::string_view name = {}) const;
  [[nodiscard]] std::string client(std::string_view user, std::string_view rest) const;
  // Any bridge_… kind; `name` for those that have a device or method.
  [[nodiscard]] std::string bridge(TopicKind kind, std::string_view bridge, std::string_view name = {}) const;

  // Subscription filter that matches every topic of `kind` ("+" for each variable level).
  [[nodiscard]] std::string filter(TopicKind kind) const;
  // The same for one bridge.
  [[nodiscard]] std::string bridge_filter(TopicKind kind, std::string_view bridge) const;
  // Everything below the root.
  [[nodiscard]] std::string all() const;

  // Nothing when the topic is outside the tree or its levels break the id rules.
  [[nodiscard]] std::optional<ParsedTopic> parse(std::string_view topic) const;

 private:
  std::string prefix_;  // "gable/"
};

// MQTT topic filter matching (MQTT 5, 4.7): `+`, `#`, and no wildcard match of a leading `$`.
bool topic_matches(std::string_view filter, std::string_view topic);
// A topic name that may be published: non-empty, ≤ 65,535 bytes, valid UTF-8, no wildcard.
bool valid_topic_name(std::string_view topic);

}  // namespace gable::wire
