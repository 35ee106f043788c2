#include "core/services/messages.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/services/targets.hpp"
#include "core/services/values.hpp"
#include "wire/topic.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The byte that an escape of Python's bytes literal stands for; `at` is behind the backslash and moves on.
std::optional<char> escaped(std::string_view text, std::size_t& at) {
  constexpr std::string_view kLetters = "ntrabfv0\\'\"", kBytes = {"\n\t\r\a\b\f\v\0\\'\"", 11};
  if (const auto letter = kLetters.find(text[at]); letter != std::string_view::npos) return kBytes[letter];
  if (text[at] != 'x' || at + 2 >= text.size()) return std::nullopt;
  const int high = hex_digit(text[at + 1]), low = hex_digit(text[at + 2]);
  at += 2;
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

// b'\xde\xad' as its bytes; nothing when it is no such literal.
std::optional<std::string> bytes_literal(std::string_view text) {
  if (text.size() < 3 || text[0] != 'b' || (text[1] != '\'' && text[1] != '"') || text.back() != text[1])
    return std::nullopt;
  const std::string_view inner = text.substr(2, text.size() - 3);
  std::string out;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] != '\\') {
      out += inner[at];
      continue;
    }
    if (++at == inner.size()) return std::nullopt;
    const auto byte = escaped(inner, at);
    if (!byte) return std::nullopt;
    out += *byte;
  }
  return out;
}

bool flag(const wire::Object& data, std::string_view key) {
  const auto* value = data.find(key);
  if (value == nullptr) return false;
  if (const auto* text = value->as_string())
    return *text == "true" || *text == "True" || *text == "on" || *text == "yes";
  return value->bool_or(false);
}

std::optional<std::string> unknown_key(const wire::Object& data, std::span<const std::string_view> known) {
  for (const auto& member : data) {
    if (std::find(known.begin(), known.end(), member.key) == known.end())
      return "has no parameter '" + member.key + "'" + wire::did_you_mean(member.key, known);
  }
  return std::nullopt;
}

// The notifier that speaks for a media player: an entity of the same device, or of the same name.
const Entity* voice_of(const Registry& registry, const Entity& player) {
  for (const Entity& entity : registry.entities()) {
    if (entity.forgotten || entity.disabled() || entity.id.domain() != "notify") continue;
    if (player.device != kNone && entity.device == player.device) return &entity;
  }
  return registry.find("notify." + std::string(player.id.object_id()));
}

const Entity* first_notifier(const Registry& registry) {
  const Entity* first = nullptr;
  for (const Entity& entity : registry.entities()) {
    if (entity.forgotten || entity.disabled() || entity.id.domain() != "notify") continue;
    if (entity.availability == Availability::offline) continue;
    if (first == nullptr || entity.id < first->id) first = &entity;
  }
  return first;
}

std::string offered(const Registry& registry) {
  std::string names;
  for (const Entity& entity : registry.entities()) {
    if (!entity.forgotten && entity.id.domain() == "notify")
      names += (names.empty() ? "" : ", ") + entity.id.text();
  }
  return names.empty() ? "no bridge offers any notifier" : "no bridge offers it; there is " + names;
}

wire::Result<ServiceRequest> message_to(const ServiceRequest& request, wire::List entities,
                                        wire::Object extra) {
  ServiceRequest out = request;
  out.domain = "notify";
  out.service = "send_message";
  out.target = wire::Object{{"entity_id", std::move(entities)}};
  out.data = {};
  const std::string message = field_text(request.data, "message"), title = field_text(request.data, "title");
  if (!request.data.contains("message"))
    return Error{ErrorCode::malformed, request.name() + " needs message", ""};
  out.data.append("message", message);
  if (!title.empty()) out.data.append("title", title);
  if (!extra.empty()) out.data.append("data", std::move(extra));
  return out;
}

wire::Result<ServiceRequest> named_notifier(const ServiceRequest& request, const Registry& registry) {
  constexpr std::array<std::string_view, 4> kKnown{"message", "title", "target", "data"};
  if (const auto wrong = unknown_key(request.data, kKnown))
    return Error{ErrorCode::unknown_attribute, request.name() + " " + *wrong, ""};
  const Entity* entity = registry.find("notify." + request.service);
  if (entity == nullptr && request.service == "notify") entity = first_notifier(registry);
  if (entity == nullptr)
    return Error{ErrorCode::unknown_entity, request.name() + ": " + offered(registry), ""};
  wire::Object extra;
  if (const auto* data = request.data.find("data"); data != nullptr && data->as_object() != nullptr)
    extra = *data->as_object();
  if (const auto* target = request.data.find("target"); target != nullptr && !target->is_null())
    extra.set("target", *target);
  return message_to(request, {entity->id.text()}, std::move(extra));
}

wire::Result<ServiceRequest> spoken(const ServiceRequest& request, const Registry& registry) {
  const char* key = request.service == "speak" ? "media_player_entity_id" : "entity_id";
  const wire::Value* players = request.data.find(key);
  if (players == nullptr) players = request.target.find("entity_id");
  wire::List voices;
  for (const auto& text : target_texts(players)) {
    const Entity* player = registry.find(text);
    const Entity* voice = player == nullptr ? nullptr : voice_of(registry, *player);
    if (voice == nullptr)
      return Error{ErrorCode::unknown_entity, request.name() + ": no bridge offers speech for " + text, ""};
    voices.emplace_back(voice->id.text());
  }
  if (voices.empty()) return Error{ErrorCode::malformed, request.name() + " needs " + key, ""};
  wire::Object extra;
  for (const char* option : {"language", "options", "cache"}) {
    if (const auto* value = request.data.find(option)) extra.append(option, *value);
  }
  return message_to(request, std::move(voices), std::move(extra));
}

}  // namespace

std::string field_text(const wire::Object& data, std::string_view key) {
  const wire::Value* value = data.find(key);
  return value == nullptr ? std::string() : as_text(*value);
}

rules::ServiceOutcome publish_mqtt(Turn& turn, const ServiceRequest& request, std::string_view root,
                                   const Loopback& loopback) {
  constexpr std::array<std::string_view, 6> kKnown{"topic", "payload", "payload_template",
                                                   "qos",   "retain",  "evaluate_payload"};
  if (const auto wrong = unknown_key(request.data, kKnown)) return refused("mqtt.publish " + *wrong);
  const std::string topic = field_text(request.data, "topic");
  if (!wire::valid_topic_name(topic) || topic.starts_with('$'))
    return refused("mqtt.publish: '" + clipped(topic) + "' is no topic to publish on");
  const std::string qos = request.data.contains("qos") ? field_text(request.data, "qos") : "1";
  if (qos != "0" && qos != "1" && qos != "2")
    return refused("mqtt.publish: qos is 0, 1 or 2, not '" + clipped(qos) + "'");
  // What Home Assistant called payload_template until 2025: whoever calls has rendered it already.
  std::string payload =
      field_text(request.data, request.data.contains("payload") ? "payload" : "payload_template");
  if (flag(request.data, "evaluate_payload")) payload = bytes_literal(payload).value_or(payload);
  const bool ours = topic == root || (topic.starts_with(root) && topic[root.size()] == '/');
  if (ours) {
    const std::string_view below = std::string_view(topic).substr(std::min(topic.size(), root.size() + 1));
    if (!below.starts_with("set/") && !below.starts_with("call/"))
      return refused("mqtt.publish: only the hub writes below " + std::string(root) +
                     "/; rules command with set/ and call/");
    if (loopback)
      loopback(turn, {.topic = topic,
                      .payload = std::move(payload),
                      .retained = false,
                      .response_topic = {},
                      .correlation = {}});
    return done();
  }
  turn.out.commands.push_back({.topic = topic,
                               .payload = std::move(payload),
                               .retained = flag(request.data, "retain"),
                               .expiry_seconds = std::nullopt,
                               .response_topic = {},
                               .correlation = {},
                               .qos = qos[0] - '0'});
  return done();
}

wire::Result<ServiceRequest> as_message(const ServiceRequest& request, const Registry& registry) {
  if (request.domain == "tts") return spoken(request, registry);
  if (request.service != "send_message") return named_notifier(request, registry);
  const Targets targets = resolve_targets(registry, request.target, "notify");
  if (targets.entities.empty() && !targets.unknown.empty())
    return Error{ErrorCode::unknown_entity, targets.unknown.front() + ": " + offered(registry), ""};
  return request;
}

}  // namespace gable::hub
