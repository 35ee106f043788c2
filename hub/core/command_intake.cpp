#include "core/command_intake.hpp"

#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::TopicKind;
using wire::Value;

constexpr std::size_t kPayloadLimit = wire::JsonLimits{}.bytes;

}  // namespace

Asker CommandIntake::asker_of(const MessageIn& message, const wire::Object* document) const {
  Asker asker;
  asker.correlation = message.correlation;
  asker.context.by = "mqtt";
  const auto reply = p_.topics.parse(message.response_topic);
  // Only client/<user>/… is taken: a free choice would let a client make the hub write anywhere.
  if (reply && reply->kind == TopicKind::client) {
    asker.response_topic = message.response_topic;
    asker.context.by = "client:" + std::string(reply->owner);
  }
  if (document != nullptr) {
    if (const Value* id = document->find("_id")) asker.id = wire::utf8_prefix(wire::plain_text(*id), 128);
  }
  return asker;
}

bool CommandIntake::clear_retained(Turn& turn, const MessageIn& message) {
  if (!message.retained) return true;
  turn.out.publishes.push_back({.topic = message.topic, .payload = "", .retained = true});
  p_.problems.raise(
      turn, problem_id({"retained_command", message.topic}),
      {.severity = wire::Severity::warning,
       .text = "A command was sent with the retain flag: " + message.topic,
       .help = "It was cleared from the broker. Leave the retain flag off, or it acts again whenever "
               "somebody connects."});
  return protocol_ >= 5;
}

void CommandIntake::on_message(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  if (message.payload.empty()) return;
  if (!clear_retained(turn, message)) return;
  switch (topic.kind) {
    case TopicKind::set:
      return set_entity(turn, topic, message);
    case TopicKind::set_area:
      return set_area(turn, topic, message);
    case TopicKind::call:
      return call(turn, topic, message);
    default:
      return;
  }
}

void CommandIntake::on_bad_topic(Turn& turn, const MessageIn& message) {
  if (!clear_retained(turn, message)) return;
  const auto object = wire::parse_object(message.payload);
  answer_call(turn, asker_of(message, object ? &*object : nullptr),
              Error{ErrorCode::malformed,
                    "not a topic for commands: " + clipped(message.topic) +
                        "; expected set/DOMAIN/OBJECT_ID[/ATTRIBUTE], set/area/AREA/DOMAIN or "
                        "call/DOMAIN/SERVICE with names of a-z 0-9 _",
                    ""});
}

void CommandIntake::set_entity(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  const EntityId id(topic.domain, topic.name);
  const bool document = topic.attribute.empty() && message.payload.starts_with('{');
  auto object = document ? wire::parse_object(message.payload) : wire::Result<wire::Object>(wire::Object{});
  Asker asker = asker_of(message, object ? &*object : nullptr);
  Entity* entity = p_.registry.find(id);
  if (!ready_) return p_.desk.reject(turn, id, {ErrorCode::starting, "the hub is starting", ""}, asker);
  if (entity == nullptr) {
    const std::string near = p_.registry.nearest(id);
    return p_.desk.reject(
        turn, id,
        {ErrorCode::unknown_entity,
         "there is no " + id.text() + (near.empty() ? "" : "; did you mean " + near + "?"), ""},
        asker);
  }
  if (p_.desk.seen(turn, asker.id)) {
    return p_.desk.reject(turn, id, {ErrorCode::duplicate, "a command with this _id was taken already", ""},
                          asker);
  }
  if (message.payload.size() > kPayloadLimit) {
    return p_.desk.reject(turn, id, {ErrorCode::too_large, "a command has at most 64 KiB", ""}, asker);
  }
  if (!object) return p_.desk.reject(turn, id, object.error(), asker);
  const EntityValues now(*entity);
  auto command = !topic.attribute.empty() ? wire::parse_attribute_command(
                                                *entity->description, topic.attribute, message.payload, now)
                 : document ? wire::parse_command(*entity->description, *object, now)
                            : wire::parse_command(*entity->description, message.payload, now);
  p_.services.take(turn, *entity, std::move(command), std::move(asker));
}

void CommandIntake::set_area(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  auto object = message.payload.starts_with('{') ? wire::parse_object(message.payload)
                                                 : wire::Result<wire::Object>(wire::Object{});
  Asker asker = asker_of(message, object ? &*object : nullptr);
  if (!ready_)
    return answer_call(turn, asker, Error{ErrorCode::starting, "the hub is starting", message.topic});
  if (!object) return answer_call(turn, asker, object.error());
  if (p_.desk.seen(turn, asker.id)) {
    return answer_call(turn, asker,
                       Error{ErrorCode::duplicate, "a command with this _id was taken already", ""});
  }
  const auto entities = p_.registry.in_area(topic.name, topic.domain);
  if (entities.empty()) {
    std::string text = "there is no " + std::string(topic.domain) + " in area " + std::string(topic.name);
    return answer_call(turn, asker, Error{ErrorCode::unknown_entity, std::move(text), message.topic});
  }
  asker.batch = p_.desk.open_batch(entities.size(), asker);
  for (const auto index : entities) {
    Entity& entity = p_.registry.entity(index);
    const EntityValues now(entity);
    p_.services.take(turn, entity,
                     message.payload.starts_with('{')
                         ? wire::parse_command(*entity.description, *object, now)
                         : wire::parse_command(*entity.description, message.payload, now),
                     asker);
  }
}

void CommandIntake::call(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  auto object = wire::parse_object(message.payload);
  Asker asker = asker_of(message, object ? &*object : nullptr);
  if (!ready_)
    return answer_call(turn, asker, Error{ErrorCode::starting, "the hub is starting", message.topic});
  if (!object) return answer_call(turn, asker, object.error());
  if (p_.desk.seen(turn, asker.id)) {
    return answer_call(turn, asker,
                       Error{ErrorCode::duplicate, "a call with this _id was taken already", ""});
  }
  p_.services.call(turn, topic.domain, topic.name, *object, asker);
}

}  // namespace gable::hub
