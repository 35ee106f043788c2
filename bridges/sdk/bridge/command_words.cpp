#include "bridge/command_words.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::bridge {

namespace {

using wire::Error;
using wire::ErrorCode;

bool offered(const wire::EntityDescription& entity, const wire::ServiceSpec& service) {
  return service.features.empty() ||
         std::any_of(service.features.begin(), service.features.end(),
                     [&entity](std::string_view feature) { return entity.has_feature(feature); });
}

bool leads_to(const wire::ServiceSpec& service, std::string_view state) {
  return std::any_of(
      service.expects.begin(), service.expects.end(), [state](const wire::Expectation& expected) {
        return expected.attribute == "state" &&
               std::find(expected.values.begin(), expected.values.end(), state) != expected.values.end();
      });
}

bool needs_parameters(const wire::ServiceSpec& service) {
  return std::any_of(service.params.begin(), service.params.end(),
                     [](const auto& param) { return param.required; });
}

// The service of the entity that brings about `state`, other than another toggle; null when there is none.
const wire::ServiceSpec* service_for(const wire::EntityDescription& entity, std::string_view state) {
  for (const wire::ServiceSpec& service : entity.domain->services) {
    const bool plain = service.toggles.empty() && !needs_parameters(service);
    if (plain && offered(entity, service) && leads_to(service, state)) return &service;
  }
  return nullptr;
}

wire::Result<wire::Command> untoggle(const wire::EntityDescription& entity, const wire::Command& command,
                                     const wire::CurrentValues& now) {
  const wire::Object expected = wire::expected_state(entity, command, now);
  const wire::Value* state = expected.find("state");
  if (state == nullptr) {
    return Error{ErrorCode::unavailable,
                 "the present state is not known, so that " + std::string(command.service->name) +
                     " means nothing; say what is wanted",
                 {}};
  }
  const wire::ServiceSpec* service = service_for(entity, state->string_or(""));
  if (service == nullptr) return command;  // the author's own affair
  wire::Command plain{service, {}, command.id};
  for (const auto& [name, value] : command.data) {
    if (wire::find_param(*service, name) != nullptr) plain.data.set(name, value);
  }
  return plain;
}

CommandPart parse_part(const DeviceRecord& record, const std::string& key, const wire::Value& value) {
  const wire::EntityDescription* entity = record.entity(key);
  if (entity == nullptr) {
    std::vector<std::string_view> keys;
    for (const auto& [known, unused] : record.description().entities) keys.push_back(known);
    const std::string_view near = wire::nearest(key, keys);
    std::string text = "the device has no entity \"" + key + "\"";
    if (!near.empty()) text += "; did you mean \"" + std::string(near) + "\"?";
    return {key, nullptr, Error{ErrorCode::unknown_entity, std::move(text), key}};
  }
  const RecordValues now(record, key);
  if (value.as_object() != nullptr)
    return {key, entity, wire::parse_command(*entity, *value.as_object(), now)};
  const std::string word = value.as_string() != nullptr ? *value.as_string() : wire::to_json(value);
  return {key, entity, wire::parse_command(*entity, std::string_view(word), now)};
}

}  // namespace

std::vector<CommandPart> parse_parts(const DeviceRecord& record, const wire::Object& document) {
  std::vector<CommandPart> parts;
  if (record.description().single) {
    const wire::EntityDescription& entity = record.description().entities.front().second;
    parts.push_back({"", &entity, wire::parse_command(entity, document, RecordValues(record, ""))});
    return parts;
  }
  for (const auto& [key, value] : document) {
    if (!key.starts_with('_')) parts.push_back(parse_part(record, key, value));
  }
  return parts;
}

CommandPart parse_word(const DeviceRecord& record, std::string_view entity_key, std::string_view word) {
  const wire::EntityDescription* entity = record.entity(entity_key);
  return {std::string(entity_key), entity,
          wire::parse_command(*entity, word, RecordValues(record, entity_key))};
}

wire::Error several_entities(const wire::DeviceDescription& device) {
  // Not with the word that came: it may be anything, in any encoding.
  const std::string key = device.entities.empty() ? "…" : device.entities.front().first;
  const std::string example = wire::to_json(wire::Object{{key, "on"}});
  return {ErrorCode::malformed,
          "the device has several entities; name the one that is meant, as in " + example,
          {}};
}

wire::Result<Command> author_command(const wire::EntityDescription& entity, const wire::Command& command,
                                     const wire::CurrentValues& now) {
  wire::Command plain = command;
  if (!command.service->toggles.empty()) {
    auto resolved = untoggle(entity, command, now);
    if (!resolved) return resolved.error();
    plain = std::move(*resolved);
  }
  Command result;
  result.service = plain.service->name;
  result.expected = wire::expected_state(entity, plain, now);
  result.data = std::move(plain.data);
  return result;
}

double Command::number(std::string_view name, double fallback) const {
  const wire::Value* value = data.find(name);
  return value == nullptr ? fallback : value->number_or(fallback);
}

std::string Command::text(std::string_view name, std::string_view fallback) const {
  const wire::Value* value = data.find(name);
  return std::string(value == nullptr ? fallback : value->string_or(fallback));
}

}  // namespace gable::bridge
