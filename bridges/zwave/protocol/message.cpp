#include "protocol/message.hpp"

#include <limits>
#include <utility>

namespace gable::zwave {

namespace {

wire::Error malformed(std::string text, std::string where = {}) {
  return {wire::ErrorCode::malformed, std::move(text), std::move(where)};
}

wire::Result<Message> version_message(const wire::Object& document) {
  VersionMessage message;
  message.driver = text_of(document, "driverVersion");
  message.server = text_of(document, "serverVersion");
  message.home_id = whole_of(document, "homeId").value_or(0);
  const auto min = whole_of(document, "minSchemaVersion"), max = whole_of(document, "maxSchemaVersion");
  if (!min || !max) return malformed("a version message without its schemas", "maxSchemaVersion");
  message.min_schema = *min;
  message.max_schema = *max;
  return Message(std::move(message));
}

// What went wrong, from the most to the least telling of what the server may say.
std::string error_text(const wire::Object& document) {
  for (const std::string_view key : {"zwaveErrorMessage", "message", "zwaveErrorCodeName", "errorCode"}) {
    std::string text = text_of(document, key);
    if (!text.empty()) return text;
  }
  return "the Z-Wave server refused it and did not say why";
}

wire::Result<Message> result_message(wire::Object& document) {
  ResultMessage message;
  message.id = text_of(document, "messageId");
  if (message.id.empty()) return malformed("a result that does not say whose it is", "messageId");
  message.success = flag_of(document, "success");
  if (!message.success) message.error = error_text(document);
  if (wire::Value* result = document.find("result")) message.result = std::move(*result);
  return Message(std::move(message));
}

wire::Result<Message> event_message(wire::Object& document) {
  wire::Value* event = document.find("event");
  wire::Object* body = event == nullptr ? nullptr : event->as_object();
  if (body == nullptr) return malformed("an event message without an event", "event");
  EventMessage message;
  message.source = text_of(*body, "source");
  message.name = text_of(*body, "event");
  if (message.name.empty()) return malformed("an event without a name", "event.event");
  const auto node = whole_of(*body, "nodeId");
  if (node && *node > 0 && *node <= std::numeric_limits<std::uint16_t>::max()) {
    message.node = static_cast<int>(*node);
  }
  message.body = std::move(*body);
  return Message(std::move(message));
}

}  // namespace

wire::Result<Message> parse_message(std::string_view text) {
  auto document = wire::parse_object(text, kMessageLimits);
  if (!document) return document.error();
  std::string type = text_of(*document, "type");
  if (type == "version") return version_message(*document);
  if (type == "result") return result_message(*document);
  if (type == "event") return event_message(*document);
  if (type.empty()) return malformed("a message without a type", "type");
  return Message(OtherMessage{std::move(type)});
}

std::string command_text(std::string_view id, std::string_view command, const wire::Object& arguments) {
  wire::Object document{{"messageId", id}, {"command", command}};
  for (const auto& [key, value] : arguments) document.append(key, value);
  return wire::to_json(document);
}

std::string text_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

std::optional<std::int64_t> whole_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  if (value == nullptr || value->as_int() == nullptr) return std::nullopt;
  return *value->as_int();
}

bool flag_of(const wire::Object& object, std::string_view key, bool fallback) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? fallback : value->bool_or(fallback);
}

const wire::Object* object_of(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? nullptr : value->as_object();
}

}  // namespace gable::zwave
