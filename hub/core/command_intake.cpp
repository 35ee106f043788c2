#include "core/command_intake.hpp"

#include <algorithm>
#include <set>

#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::TopicKind;
using wire::Value;

constexpr std::size_t kPayloadLimit = wire::JsonLimits{}.bytes;

// A string or a list of strings, as Home Assistant takes targets.
std::vector<std::string> texts(const Value* value) {
  std::vector<std::string> out;
  if (value == nullptr) return out;
  if (value->as_string() != nullptr) out.push_back(*value->as_string());
  if (const auto* list = value->as_list()) {
    for (const auto& item : *list) out.emplace_back(item.string_or(""));
  }
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

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
    if (const Value* id = document->find("_id")) asker.id = wire::plain_text(*id).substr(0, 128);
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
  answer_only(turn,
              {ErrorCode::malformed,
               "not a topic for commands: " + clipped(message.topic) +
                   "; expected set/DOMAIN/OBJECT_ID[/ATTRIBUTE], set/area/AREA/DOMAIN or "
                   "call/DOMAIN/SERVICE with names of a-z 0-9 _",
               ""},
              asker_of(message, object ? &*object : nullptr));
}

void CommandIntake::take(Turn& turn, Entity& entity, wire::Result<wire::Command> command, Asker asker) {
  if (!command) return p_.desk.reject(turn, entity.id, command.error(), asker);
  // An unavailable entity snaps back whoever showed the wish as if it were true (study 5.5).
  if (entity.availability == Availability::offline)
    p_.publisher.mark(p_.registry.index_of(entity), Part::state);
  p_.desk.submit(turn, entity, std::move(*command), std::move(asker), p_.plane.bridge_of(entity));
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
  if (p_.desk.seen(asker.id)) {
    return p_.desk.reject(turn, id, {ErrorCode::duplicate, "a command with this _id was taken already", ""},
                          asker);
  }
  if (message.payload.size() > kPayloadLimit) {
    return p_.desk.reject(turn, id, {ErrorCode::too_large, "a command has at most 64 KiB", ""}, asker);
  }
  if (!object) return p_.desk.reject(turn, id, object.error(), asker);
  const EntityValues now(*entity);
  auto command = !topic.attribute.empty() ? wire::parse_attribute_command(
                                                entity->description, topic.attribute, message.payload, now)
                 : document ? wire::parse_command(entity->description, *object, now)
                            : wire::parse_command(entity->description, message.payload, now);
  take(turn, *entity, std::move(command), std::move(asker));
}

void CommandIntake::answer_only(Turn& turn, const Error& error, const Asker& asker) const {
  turn.log(LogLevel::warning, "refused: " + error.message());
  if (asker.response_topic.empty()) return;
  const wire::ResultDoc result{.id = asker.id,
                               .status = wire::CommandStatus::rejected,
                               .code = error.code,
                               .reason = error.message(),
                               .at = turn.now};
  turn.out.publishes.push_back({.topic = asker.response_topic,
                                .payload = wire::to_json(wire::encode(result)),
                                .expiry_seconds = 60,
                                .correlation = asker.correlation});
}

void CommandIntake::set_area(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  auto object = message.payload.starts_with('{') ? wire::parse_object(message.payload)
                                                 : wire::Result<wire::Object>(wire::Object{});
  Asker asker = asker_of(message, object ? &*object : nullptr);
  if (!ready_) return answer_only(turn, {ErrorCode::starting, "the hub is starting", message.topic}, asker);
  if (!object) return answer_only(turn, object.error(), asker);
  const auto entities = p_.registry.in_area(topic.name, topic.domain);
  if (entities.empty()) {
    return answer_only(
        turn,
        {ErrorCode::unknown_entity,
         "there is no " + std::string(topic.domain) + " in area " + std::string(topic.name), message.topic},
        asker);
  }
  asker.batch = p_.desk.open_batch(entities.size(), asker);
  for (const auto index : entities) {
    Entity& entity = p_.registry.entity(index);
    const EntityValues now(entity);
    take(turn, entity,
         message.payload.starts_with('{') ? wire::parse_command(entity.description, *object, now)
                                          : wire::parse_command(entity.description, message.payload, now),
         asker);
  }
}

wire::Result<std::vector<EntityIndex>> CommandIntake::targets(const wire::Object& target,
                                                              std::string_view domain) const {
  std::set<EntityIndex> found;
  for (const auto& text : texts(target.find("entity_id"))) {
    const auto id = EntityId::parse(text);
    Entity* entity = id ? p_.registry.find(*id) : nullptr;
    if (entity == nullptr) {
      const std::string near = id ? p_.registry.nearest(*id) : "";
      return Error{ErrorCode::unknown_entity,
                   "there is no entity " + text + (near.empty() ? "" : "; did you mean " + near + "?"),
                   "target.entity_id"};
    }
    found.insert(p_.registry.index_of(*entity));
  }
  const auto areas = texts(target.find("area_id"));
  const auto devices = texts(target.find("device_id"));
  const auto labels = texts(target.find("label_id"));
  if (!areas.empty() || !devices.empty() || !labels.empty()) {
    for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
      const Entity& entity = p_.registry.entity(index);
      if (entity.forgotten || entity.disabled() || entity.id.domain() != domain) continue;
      const Device* device = entity.device == kNone ? nullptr : &p_.registry.device(entity.device);
      const bool labelled = std::any_of(labels.begin(), labels.end(),
                                        [&](const auto& l) { return contains(entity.overrides.labels, l); });
      const bool of_device = device != nullptr && contains(devices, device->bridge + "/" + device->id);
      if (contains(areas, entity.area) || labelled || of_device) found.insert(index);
    }
  }
  if (found.empty()) return Error{ErrorCode::unknown_entity, "the target names no entity", "target"};
  return std::vector<EntityIndex>(found.begin(), found.end());
}

void CommandIntake::call(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message) {
  auto object = wire::parse_object(message.payload);
  Asker asker = asker_of(message, object ? &*object : nullptr);
  if (!ready_) return answer_only(turn, {ErrorCode::starting, "the hub is starting", message.topic}, asker);
  if (!object) return answer_only(turn, object.error(), asker);
  if (p_.desk.seen(asker.id)) {
    return answer_only(turn, {ErrorCode::duplicate, "a call with this _id was taken already", ""}, asker);
  }
  const Value* target = object->find("target");
  const Value* data = object->find("data");
  const wire::Object none;
  const wire::Object& fields = data != nullptr && data->as_object() != nullptr ? *data->as_object() : none;
  const auto entities = targets(
      target != nullptr && target->as_object() != nullptr ? *target->as_object() : fields, topic.domain);
  if (!entities) return answer_only(turn, entities.error(), asker);
  wire::Object parameters = fields;
  for (const char* key : {"entity_id", "area_id", "device_id", "label_id"}) parameters.erase(key);
  asker.batch = p_.desk.open_batch(entities->size(), asker);
  for (const auto index : *entities) {
    Entity& entity = p_.registry.entity(index);
    if (entity.id.domain() != topic.domain) {
      p_.desk.reject(turn, entity.id,
                     {ErrorCode::unknown_service,
                      entity.id.text() + " is no " + std::string(topic.domain) + ", so it has no service " +
                          std::string(topic.domain) + "." + std::string(topic.name),
                      ""},
                     asker);
      continue;
    }
    take(turn, entity, wire::make_command(entity.description, topic.name, parameters, EntityValues(entity)),
         asker);
  }
}

}  // namespace gable::hub
