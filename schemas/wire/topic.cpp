// The topic tree: the only place that spells a topic. Pure; parsing allocates nothing.
#include "wire/topic.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <stdexcept>

#include "wire/json.hpp"

namespace gable::wire {

namespace {

// How many levels a kind has after its word, and who they are.
enum class Shape {
  entity,   // <word>/<domain>/<object_id>
  named,    // <word>/<name>
  plain,    // <word>
  special,  // set/…, call/…, client/…: spelled where they are built
};

struct KindSpec {
  TopicKind kind;
  Shape shape;
  std::string_view word;  // below the root, or below bridge/<bridge>
};

constexpr std::array kTopKinds{
    KindSpec{TopicKind::state, Shape::entity, "state"},
    KindSpec{TopicKind::value, Shape::entity, "value"},
    KindSpec{TopicKind::desired, Shape::entity, "desired"},
    KindSpec{TopicKind::availability, Shape::entity, "availability"},
    KindSpec{TopicKind::meta, Shape::entity, "meta"},
    KindSpec{TopicKind::event, Shape::entity, "event"},
    KindSpec{TopicKind::result, Shape::entity, "result"},
    KindSpec{TopicKind::set, Shape::special, "set"},
    KindSpec{TopicKind::set_area, Shape::special, "set/area"},
    KindSpec{TopicKind::call, Shape::special, "call"},
    KindSpec{TopicKind::problem, Shape::named, "problem"},
    KindSpec{TopicKind::trace, Shape::named, "trace"},
    KindSpec{TopicKind::hub_status, Shape::plain, "hub/status"},
    KindSpec{TopicKind::hub_info, Shape::plain, "hub/info"},
    KindSpec{TopicKind::hub_health, Shape::plain, "hub/health"},
    KindSpec{TopicKind::hub_log, Shape::plain, "hub/log"},
    KindSpec{TopicKind::hub_request, Shape::named, "hub/request"},
    KindSpec{TopicKind::hub_response, Shape::named, "hub/response"},
    KindSpec{TopicKind::client, Shape::special, "client"},
};

constexpr std::array kBridgeKinds{
    KindSpec{TopicKind::bridge_status, Shape::plain, "status"},
    KindSpec{TopicKind::bridge_info, Shape::plain, "info"},
    KindSpec{TopicKind::bridge_inventory, Shape::plain, "inventory"},
    KindSpec{TopicKind::bridge_health, Shape::plain, "health"},
    KindSpec{TopicKind::bridge_log, Shape::plain, "log"},
    KindSpec{TopicKind::bridge_device, Shape::named, "device"},
    KindSpec{TopicKind::bridge_state, Shape::named, "state"},
    KindSpec{TopicKind::bridge_link, Shape::named, "link"},
    KindSpec{TopicKind::bridge_event, Shape::named, "event"},
    KindSpec{TopicKind::bridge_set, Shape::named, "set"},
    KindSpec{TopicKind::bridge_result, Shape::named, "result"},
    KindSpec{TopicKind::bridge_request, Shape::named, "request"},
    KindSpec{TopicKind::bridge_response, Shape::named, "response"},
};

const KindSpec* find_kind(std::span<const KindSpec> specs, TopicKind kind) {
  const auto it =
      std::find_if(specs.begin(), specs.end(), [kind](const KindSpec& s) { return s.kind == kind; });
  return it == specs.end() ? nullptr : &*it;
}

const KindSpec& top_kind(TopicKind kind) {
  const KindSpec* spec = find_kind(kTopKinds, kind);
  if (spec == nullptr) throw std::invalid_argument("not a topic kind of the entity plane or the hub");
  return *spec;
}

const KindSpec& bridge_kind(TopicKind kind) {
  const KindSpec* spec = find_kind(kBridgeKinds, kind);
  if (spec == nullptr) throw std::invalid_argument("not a topic kind of the device plane");
  return *spec;
}

const KindSpec* find_word(std::span<const KindSpec> specs, std::string_view word) {
  const auto it =
      std::find_if(specs.begin(), specs.end(), [word](const KindSpec& s) { return s.word == word; });
  return it == specs.end() ? nullptr : &*it;
}

std::string join(std::string_view prefix, std::initializer_list<std::string_view> levels) {
  std::size_t size = prefix.size();
  for (const std::string_view level : levels) size += level.size() + 1;
  std::string topic;
  topic.reserve(size);
  topic += prefix;
  bool first = true;
  for (const std::string_view level : levels) {
    if (!first) topic += '/';
    first = false;
    topic += level;
  }
  return topic;
}

bool valid_root(std::string_view root) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !root.empty() && root.size() <= 64 && std::all_of(root.begin(), root.end(), allowed);
}

// The levels of a topic after the root; `rest` is what follows the first two.
struct Levels {
  static constexpr std::size_t kMost = 5;
  std::array<std::string_view, kMost> at;
  std::size_t count = 0;
  std::string_view rest;
};

// Count is kMost + 1 when there are more.
Levels split(std::string_view text) {
  Levels levels;
  while (levels.count < Levels::kMost) {
    const auto slash = text.find('/');
    levels.at[levels.count++] = text.substr(0, slash);
    if (slash == std::string_view::npos) return levels;
    text.remove_prefix(slash + 1);
    if (levels.count == 2) levels.rest = text;
  }
  levels.count = Levels::kMost + 1;
  return levels;
}

using Parsed = std::optional<ParsedTopic>;

Parsed parse_set(const Levels& levels) {
  if (levels.at[1] == "area") {
    if (levels.count != 4 || !valid_object_id(levels.at[2]) || !valid_domain(levels.at[3]))
      return std::nullopt;
    return ParsedTopic{TopicKind::set_area, {}, levels.at[3], levels.at[2], {}};
  }
  if (levels.count < 3 || levels.count > 4) return std::nullopt;
  if (!valid_domain(levels.at[1]) || !valid_object_id(levels.at[2])) return std::nullopt;
  if (levels.count == 4 && !valid_object_id(levels.at[3])) return std::nullopt;
  return ParsedTopic{TopicKind::set, {}, levels.at[1], levels.at[2], levels.count == 4 ? levels.at[3] : ""};
}

Parsed parse_hub(const Levels& levels) {
  if (levels.count == 2) {
    const auto matches = [&](const KindSpec& spec) {
      return spec.shape == Shape::plain && spec.word.substr(spec.word.find('/') + 1) == levels.at[1];
    };
    const auto it = std::find_if(kTopKinds.begin(), kTopKinds.end(), matches);
    if (it == kTopKinds.end()) return std::nullopt;
    return ParsedTopic{it->kind, {}, {}, {}, {}};
  }
  if (levels.count != 3 || !valid_object_id(levels.at[2])) return std::nullopt;
  if (levels.at[1] == "request") return ParsedTopic{TopicKind::hub_request, {}, {}, levels.at[2], {}};
  if (levels.at[1] == "response") return ParsedTopic{TopicKind::hub_response, {}, {}, levels.at[2], {}};
  return std::nullopt;
}

Parsed parse_bridge(const Levels& levels) {
  if (levels.count < 3 || levels.count > 4 || !valid_device_id(levels.at[1])) return std::nullopt;
  const KindSpec* spec = find_word(kBridgeKinds, levels.at[2]);
  if (spec == nullptr) return std::nullopt;
  if (spec->shape == Shape::plain) {
    if (levels.count != 3) return std::nullopt;
    return ParsedTopic{spec->kind, levels.at[1], {}, {}, {}};
  }
  if (levels.count != 4) return std::nullopt;
  const bool method = spec->kind == TopicKind::bridge_request || spec->kind == TopicKind::bridge_response;
  if (method ? !valid_object_id(levels.at[3]) : !valid_device_id(levels.at[3])) return std::nullopt;
  return ParsedTopic{spec->kind, levels.at[1], {}, levels.at[3], {}};
}

Parsed parse_call(const Levels& levels) {
  if (levels.count != 3 || !valid_domain(levels.at[1]) || !valid_object_id(levels.at[2])) return std::nullopt;
  return ParsedTopic{TopicKind::call, {}, levels.at[1], levels.at[2], {}};
}

Parsed parse_client(const Levels& levels) {
  if (levels.count < 3 || !valid_device_id(levels.at[1]) || !valid_topic_name(levels.rest))
    return std::nullopt;
  return ParsedTopic{TopicKind::client, levels.at[1], {}, levels.rest, {}};
}

Parsed parse_levels(const Levels& levels) {
  const std::string_view word = levels.at[0];
  if (word == "bridge") return parse_bridge(levels);
  if (word == "set") return parse_set(levels);
  if (word == "hub") return parse_hub(levels);
  if (word == "call") return parse_call(levels);
  if (word == "client") return parse_client(levels);
  const KindSpec* spec = find_word(kTopKinds, word);
  if (spec == nullptr) return std::nullopt;
  if (spec->shape == Shape::named) {
    if (levels.count != 2 || !valid_device_id(levels.at[1])) return std::nullopt;
    return ParsedTopic{spec->kind, {}, {}, levels.at[1], {}};
  }
  if (levels.count != 3 || !valid_domain(levels.at[1]) || !valid_object_id(levels.at[2])) return std::nullopt;
  return ParsedTopic{spec->kind, {}, levels.at[1], levels.at[2], {}};
}

}  // namespace

TopicTree::TopicTree(std::string_view root) {
  if (!valid_root(root)) {
    throw std::invalid_argument("root must be one topic level of 1 to 64 characters A-Z a-z 0-9 _ -");
  }
  prefix_ = std::string(root) + '/';
}

std::string_view TopicTree::root() const { return std::string_view(prefix_).substr(0, prefix_.size() - 1); }

std::string TopicTree::entity(TopicKind kind, const EntityId& id) const {
  return entity(kind, id.domain(), id.object_id());
}

std::string TopicTree::entity(TopicKind kind, std::string_view domain, std::string_view object_id) const {
  const KindSpec& spec = top_kind(kind);
  if (spec.shape != Shape::entity && kind != TopicKind::set) {
    throw std::invalid_argument("not a topic kind of an entity");
  }
  return join(prefix_, {spec.word, domain, object_id});
}

std::string TopicTree::set_attribute(const EntityId& id, std::string_view attribute) const {
  return join(prefix_, {"set", id.domain(), id.object_id(), attribute});
}

std::string TopicTree::set_area(std::string_view area, std::string_view domain) const {
  return join(prefix_, {"set/area", area, domain});
}

std::string TopicTree::call(std::string_view domain, std::string_view service) const {
  return join(prefix_, {"call", domain, service});
}

std::string TopicTree::hub(TopicKind kind, std::string_view name) const {
  const KindSpec& spec = top_kind(kind);
  if (spec.shape == Shape::plain) return join(prefix_, {spec.word});
  if (spec.shape != Shape::named || name.empty()) {
    throw std::invalid_argument("not a topic kind of the hub, or one that needs a name");
  }
  return join(prefix_, {spec.word, name});
}

std::string TopicTree::client(std::string_view user, std::string_view rest) const {
  return join(prefix_, {"client", user, rest});
}

std::string TopicTree::bridge(TopicKind kind, std::string_view bridge, std::string_view name) const {
  const KindSpec& spec = bridge_kind(kind);
  if (spec.shape == Shape::plain) return join(prefix_, {"bridge", bridge, spec.word});
  if (name.empty()) throw std::invalid_argument("this topic kind needs a device or method");
  return join(prefix_, {"bridge", bridge, spec.word, name});
}

std::string TopicTree::filter(TopicKind kind) const {
  if (find_kind(kBridgeKinds, kind) != nullptr) return bridge_filter(kind, "+");
  const KindSpec& spec = top_kind(kind);
  switch (kind) {
    case TopicKind::set:
      return join(prefix_, {"set", "#"});  // with and without an attribute
    case TopicKind::client:
      return join(prefix_, {"client", "+", "#"});
    case TopicKind::set_area:
    case TopicKind::call:
      return join(prefix_, {spec.word, "+", "+"});
    default:
      break;
  }
  if (spec.shape == Shape::entity) return join(prefix_, {spec.word, "+", "+"});
  return hub(kind, "+");
}

std::string TopicTree::bridge_filter(TopicKind kind, std::string_view bridge) const {
  return this->bridge(kind, bridge, "+");
}

std::string TopicTree::all() const { return prefix_ + '#'; }

std::optional<ParsedTopic> TopicTree::parse(std::string_view topic) const {
  if (!topic.starts_with(prefix_)) return std::nullopt;
  return parse_levels(split(topic.substr(prefix_.size())));
}

bool topic_matches(std::string_view filter, std::string_view topic) {
  // MQTT 5, 4.7.2: a filter that begins with a wildcard does not match $SYS and its like.
  if (topic.starts_with('$') && (filter.starts_with('+') || filter.starts_with('#'))) return false;
  while (true) {
    if (filter == "#") return true;
    const auto filter_slash = filter.find('/');
    const auto topic_slash = topic.find('/');
    const std::string_view level = filter.substr(0, filter_slash);
    if (level != "+" && level != topic.substr(0, topic_slash)) return false;
    if (topic_slash == std::string_view::npos) {
      // "a/#" matches "a" too (4.7.1.2).
      return filter_slash == std::string_view::npos || filter.substr(filter_slash) == "/#";
    }
    if (filter_slash == std::string_view::npos) return false;
    filter.remove_prefix(filter_slash + 1);
    topic.remove_prefix(topic_slash + 1);
  }
}

bool valid_topic_name(std::string_view topic) {
  constexpr std::size_t kLongest = 65'535;
  return !topic.empty() && topic.size() <= kLongest && topic.find_first_of("+#") == std::string_view::npos &&
         valid_utf8(topic);
}

}  // namespace gable::wire
