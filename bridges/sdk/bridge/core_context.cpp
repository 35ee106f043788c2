#include "bridge/core_context.hpp"

#include "wire/json.hpp"

namespace gable::bridge {

namespace {

// Keys of log_once() that are remembered; later ones are not logged at all, since something is feeding us
// names.
constexpr std::size_t kLoggedKeys = 2000;

constexpr std::size_t kIdLimit = 128;

bool allowed_response_topic(const wire::TopicTree& tree, std::string_view bridge, std::string_view topic) {
  if (!wire::valid_topic_name(topic)) return false;
  const auto parsed = tree.parse(topic);
  if (!parsed) return false;
  if (parsed->kind == wire::TopicKind::client) return true;
  return parsed->kind == wire::TopicKind::bridge_response && parsed->owner == bridge;
}

}  // namespace

std::string CoreContext::make_id() { return session_id_ + "-" + std::to_string(++last_id_); }

void CoreContext::publish_retained(std::string topic, std::string payload) {
  node::Message message;
  message.topic = std::move(topic);
  message.payload = std::move(payload);
  message.retain = true;
  add(Publish{std::move(message)});
}

void CoreContext::publish_once(std::string topic, std::string payload) {
  node::Message message;
  message.topic = std::move(topic);
  message.payload = std::move(payload);
  message.expiry_seconds = kAnswerExpirySeconds;
  add(Publish{std::move(message)});
}

void CoreContext::log_once(const std::string& key, LogLevel level, std::string text) {
  if (logged_.size() >= kLoggedKeys || !logged_.insert(key).second) return;
  log(level, std::move(text));
}

bool CoreContext::admit(const node::Message& message) {
  if (!message.retain) return true;
  publish_retained(message.topic, "");
  // We subscribe with retain handling "never" and retain as published: on MQTT 5 the flag marks a message
  // that was sent just now. MQTT 3.1.1 sets it only on what had been stored.
  const bool live = protocol_version >= 5;
  const std::string verdict = live ? ": sent with the retain flag; obeyed once and cleared from the broker"
                                   : ": a stored message; refused and cleared from the broker";
  log_once("retained " + message.topic, LogLevel::warning, message.topic + verdict);
  count_error();
  return live;
}

ReplyRoute route_of(const node::Message& message, CoreContext& context) {
  ReplyRoute route;
  route.correlation = message.correlation;
  const bool usable = message.correlation.size() <= kIdLimit && wire::valid_utf8(message.correlation);
  if (usable) route.id = message.correlation;
  if (message.response_topic.empty()) return route;
  if (allowed_response_topic(context.tree(), context.bridge(), message.response_topic)) {
    route.response_topic = message.response_topic;
  } else {
    context.count_error();
    context.log_once("response topic " + message.topic, LogLevel::warning,
                     message.topic + ": the response topic is outside " + std::string(context.tree().root()) +
                         "/client/ and is not used");
  }
  return route;
}

void publish_answer(const std::string& topic, const std::string& payload, const ReplyRoute& route,
                    CoreContext& context) {
  context.publish_once(topic, payload);
  if (route.response_topic.empty() || route.response_topic == topic) return;
  node::Message message;
  message.topic = route.response_topic;
  message.payload = payload;
  message.correlation = route.correlation;
  message.expiry_seconds = kAnswerExpirySeconds;
  context.add(Publish{std::move(message)});
}

wire::Result<std::string> message_id(const wire::Object& document) {
  const wire::Value* id = document.find("_id");
  if (id == nullptr) return std::string();
  if (id->as_int() != nullptr) return std::to_string(*id->as_int());
  const std::string_view text = id->string_or("");
  if (text.empty() || text.size() > kIdLimit) {
    return wire::Error{wire::ErrorCode::malformed, "_id must be a text of 1 to 128 bytes", "_id"};
  }
  return std::string(text);
}

}  // namespace gable::bridge
