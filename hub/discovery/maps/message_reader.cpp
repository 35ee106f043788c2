#include "discovery/maps/message_reader.hpp"

#include <algorithm>
#include <utility>

#include "wire/domains.hpp"

namespace gable::discovery::maps {

void MessageReader::read(const rules::yaml::Entry& entry, DeviceMap& map) {
  Message message;
  message.name = rules::yaml::text_of(entry.key);
  const Node node = entry.value;
  if (!check_name(reading_, entry.key, message.name) || !check_map(reading_, node, "a message")) return;
  Keys keys(reading_, node, "a message");
  if (const auto said = keys.require("topic")) topic(*said, message);
  if (const auto with = keys.take("with")) message.with = values_.expressions(*with, "'with'");
  if (const auto when = keys.take("when")) message.when = values_.condition(*when, "'when'");
  if (const auto ask = keys.take("ask")) message.ask = values_.sends(*ask, "'ask'");
  flags(keys, message);
  keys.finish();
  check_id(node, message, map);
  map.messages.push_back(std::move(message));
}

void MessageReader::flags(Keys& keys, Message& message) {
  const auto flag = [&](std::string_view key, bool& value) {
    if (const auto said = keys.take(key)) value = read_boolean(reading_, *said, "'" + std::string(key) + "'");
  };
  flag("optional", message.optional);
  flag("overlay", message.overlay);
  flag("changing", message.changing);
}

void MessageReader::topic(Node node, Message& message) {
  const auto text = read_text(reading_, node, "'topic'");
  if (!text) return;
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t end = std::min(text->find('/', begin), text->size());
    std::string level = text->substr(begin, end - begin);
    begin = end + 1;
    const bool named = level.size() > 2 && level.front() == '{' && level.back() == '}';
    if (named) level = level.substr(1, level.size() - 2);
    if (named && !check_name(reading_, node, level)) continue;
    if (!named && (level.empty() || level.find_first_of("+#{}") != std::string::npos)) {
      reading_.error(
          node, "level '" + level + "' of the topic: expected a word, or a name for what stands there: {id}");
    }
    message.levels.push_back({std::move(level), named});
  }
  const auto same = [&](const Level& level) {
    return level.named && std::ranges::count(message.levels, level.text, &Level::text) > 1;
  };
  if (std::ranges::any_of(message.levels, same))
    reading_.error(node, "a name stands for one level of the topic only");
}

void MessageReader::check_id(Node node, Message& message, DeviceMap& map) {
  std::vector<std::string> names;
  for (const Level& level : message.levels) {
    if (level.named) names.push_back(level.text);
  }
  for (const auto& [name, expression] : message.with) names.push_back(name);
  if (map.messages.empty()) {
    map.id = names;
    if (names.empty())
      reading_.error(node,
                     "the first message must name its device: a level such as {id}, or 'with: {id: …}'");
    return;
  }
  for (const std::string& name : map.id) {
    if (std::ranges::find(names, name) != names.end()) continue;
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    reading_.error(node, "'" + name + "' names the device and must stand in the topic of every message" +
                             wire::did_you_mean(name, candidates));
  }
  for (std::string& name : names) {
    if (std::ranges::find(map.id, name) == map.id.end()) message.others.push_back(std::move(name));
  }
  if (!message.others.empty()) message.optional = true;
}

}  // namespace gable::discovery::maps
