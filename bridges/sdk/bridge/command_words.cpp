#include "bridge/command_words.hpp"

#include <algorithm>

#include "wire/json.hpp"
#include "wire/toggle.hpp"

namespace gable::bridge {

namespace {

using wire::Error;
using wire::ErrorCode;

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
  auto plain = wire::without_toggle(entity, command, now);
  if (!plain) return plain.error();
  Command result;
  result.service = plain->service->name;
  result.expected = wire::expected_state(entity, *plain, now);
  result.data = std::move(plain->data);
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
