#include "discovery/maps/maps.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "discovery/maps/kept.hpp"
#include "discovery/maps/make.hpp"
#include "discovery/signature.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::discovery::maps {

namespace {

namespace jinja = rules::jinja;

constexpr std::size_t kMaxFaults = 20, kMaxPending = 200, kMaxAsks = 500;

// A part of a topic, even where it comes out of a payload.
bool valid_level(std::string_view text) {
  constexpr std::size_t kLongest = 128;
  return !text.empty() && text.size() <= kLongest && wire::valid_utf8(text) &&
         text.find_first_of("/+#") == std::string_view::npos;
}

std::string topic_filter(const Message& message) {
  std::string filter;
  for (const Level& level : message.levels) {
    if (!filter.empty()) filter += '/';
    filter += level.named ? "+" : level.text;
  }
  return filter;
}

}  // namespace

// A message that fits: the names of its levels (and `with`) with what stands there.
struct Maps::Match {
  std::string_view topic, payload;
  Scope scope;
  std::map<std::string_view, std::string> names;
};

struct Maps::Device {
  std::string source;
  std::string topic;  // of the first message of the map
  std::vector<std::string> id;
  Messages messages;
  bool announced = false;
  std::uint64_t signature = 0;
  std::set<std::uint64_t> told;
};

struct Maps::Running {
  DeviceMap map;
  std::map<std::string, std::unique_ptr<Device>, std::less<>> devices;  // by source
  std::set<std::string, std::less<>> dirty;
  bool full = false;
};

Maps::Maps(std::vector<DeviceMap> maps, const Limits& limits) : limits_(limits) {
  for (DeviceMap& map : maps) {
    maps_.push_back(std::make_unique<Running>());
    maps_.back()->map = std::move(map);
  }
}

Maps::~Maps() = default;

std::vector<std::string> Maps::filters() const {
  std::vector<std::string> filters;
  for (const auto& running : maps_) {
    for (const Message& message : running->map.messages) {
      std::string filter = topic_filter(message);
      if (std::ranges::find(filters, filter) == filters.end()) filters.push_back(std::move(filter));
    }
  }
  return filters;
}

std::vector<Asked> Maps::start() const {
  std::vector<Asked> asks;
  for (const auto& running : maps_) {
    for (const Send& send : running->map.start) {
      const auto topic = send.topic.evaluate({});
      const auto payload = send.payload.evaluate({});
      if (!topic || !payload) continue;
      Asked ask{text_of(*topic).value_or(""), text_of(*payload).value_or("")};
      if (wire::valid_topic_name(ask.topic)) asks.push_back(std::move(ask));
    }
  }
  return asks;
}

std::size_t Maps::size() const {
  std::size_t count = 0;
  for (const auto& running : maps_) count += running->devices.size();
  return count;
}

bool Maps::take(std::string_view topic, std::string_view payload) {
  bool wanted = false;
  for (const auto& running : maps_) {
    for (const Message& message : running->map.messages) {
      if (auto match = matched(message, topic, payload)) wanted |= take(*running, message, *match);
    }
  }
  return wanted;
}

std::optional<Maps::Match> Maps::matched(const Message& message, std::string_view topic,
                                         std::string_view payload) {
  Match match{topic, payload, {}, {}};
  std::size_t begin = 0;
  for (std::size_t i = 0; i < message.levels.size(); ++i) {
    const std::size_t end = std::min(topic.find('/', begin), topic.size());
    const std::string_view said = topic.substr(begin, end - begin);
    const Level& level = message.levels[i];
    const bool last = i + 1 == message.levels.size();
    if ((level.named ? !valid_level(said) : said != level.text) || (end == topic.size()) != last)
      return std::nullopt;
    if (level.named) match.names.emplace(level.text, said);
    begin = end + 1;
  }
  for (const auto& [name, said] : match.names) match.scope.push_back({name, jinja::Value(said)});
  match.scope.push_back({"topic", jinja::Value(topic)});
  match.scope.push_back({"value", jinja::Value(payload)});
  auto document = jinja::read_json(payload);
  match.scope.push_back({"value_json", document ? std::move(*document) : jinja::Value::undefined()});
  for (const auto& [name, expression] : message.with) {
    const auto said = expression.evaluate(match.scope);
    const auto text = said ? text_of(*said) : std::nullopt;
    if (!text || !valid_level(*text)) return std::nullopt;
    match.names.emplace(name, *text);
    match.scope.push_back({name, jinja::Value(*text)});
  }
  if (!payload.empty() && message.when && !message.when->holds(match.scope)) return std::nullopt;
  return match;
}

Maps::Device* Maps::device_of(Running& running, const Match& match) {
  std::string source = running.map.name;
  std::vector<std::string> id;
  for (const std::string& name : running.map.id) {
    id.push_back(match.names.find(name)->second);
    source += " " + id.back();
  }
  if (const auto known = running.devices.find(source); known != running.devices.end())
    return known->second.get();
  if (match.payload.empty()) return nullptr;
  if (running.devices.size() >= limits_.devices) {
    if (!std::exchange(running.full, true)) {
      faults_.push_back({source, "there are " + std::to_string(limits_.devices) +
                                     " devices of this map already: this and all further ones are left out"});
    }
    return nullptr;
  }
  auto made = std::make_unique<Device>();
  made->source = source;
  made->id = std::move(id);
  return running.devices.emplace(std::move(source), std::move(made)).first->second.get();
}

bool Maps::take(Running& running, const Message& message, const Match& match) {
  Device* device = device_of(running, match);
  if (device == nullptr) return match.payload.empty();
  const std::size_t before = device->messages.bytes();
  const bool kept = keep(running, *device, message, match);
  bytes_ = bytes_ - before + device->messages.bytes();
  if (kept && !match.payload.empty()) ask(device->source, message, match.scope);
  if (device->messages.empty() && !device->announced) {
    running.dirty.erase(device->source);
    running.devices.erase(std::string(device->source));
  }
  return kept;
}

bool Maps::keep(Running& running, Device& device, const Message& message, const Match& match) {
  std::string part;
  for (const std::string& other : message.others)
    part += (part.empty() ? "" : "/") + match.names.find(other)->second;
  if (&message == &running.map.messages.front()) device.topic = match.topic;
  if (match.payload.empty()) {
    if (device.messages.erase(message.name, part)) running.dirty.insert(device.source);
    return true;
  }
  const Messages& messages = device.messages;
  const bool fits = match.payload.size() <= limits_.payload && wire::valid_utf8(match.payload) &&
                    messages.bytes() + match.payload.size() <= limits_.device_bytes &&
                    messages.count() <= limits_.messages && bytes_ + match.payload.size() <= limits_.bytes;
  if (!fits) {
    fault(device,
          "'" + std::string(match.topic) + "' is left out: it is no text, or over the limits of one device");
    return false;
  }
  if (device.messages.put(message.name, part, match.payload, {message.overlay, message.changing}))
    running.dirty.insert(device.source);
  return true;
}

void Maps::ask(const std::string& source, const Message& message, const Scope& scope) {
  for (const Send& send : message.ask) {
    const auto topic = send.topic.evaluate(scope);
    const auto payload = send.payload.evaluate(scope);
    if (!topic || !payload) {
      if (faults_.size() < kMaxPending)
        faults_.push_back({source, "'ask': " + (topic ? payload : topic).error().message()});
      continue;
    }
    Asked asked{text_of(*topic).value_or(""), text_of(*payload).value_or("")};
    if (!wire::valid_topic_name(asked.topic)) {
      if (faults_.size() < kMaxPending)
        faults_.push_back({source, "'ask': its topic is none that can be published to"});
    } else if (asks_.size() < kMaxAsks) {
      asks_.push_back(std::move(asked));
    }
  }
}

void Maps::fault(Device& device, std::string text) {
  if (faults_.size() < kMaxPending && device.told.size() < kMaxFaults &&
      device.told.insert(signature_of(text)).second)
    faults_.push_back({device.source, std::move(text)});
}

Changes Maps::changes() {
  Changes changes;
  for (const auto& running : maps_) {
    for (const std::string& source : std::exchange(running->dirty, {})) {
      const auto found = running->devices.find(source);
      if (found == running->devices.end()) continue;
      review(*running, *found->second, changes);
      if (found->second->messages.empty()) running->devices.erase(found);
    }
  }
  changes.asks = std::exchange(asks_, {});
  changes.faults = std::exchange(faults_, {});
  return changes;
}

void Maps::review(Running& running, Device& device, Changes& changes) {
  const bool complete = std::ranges::all_of(running.map.messages, [&device](const Message& message) {
    return message.optional || device.messages.has(message.name);
  });
  if (!complete) {
    if (std::exchange(device.announced, false)) changes.removed.push_back(device.source);
    device.signature = 0;
    return;
  }
  Scope scope;
  for (std::size_t i = 0; i < device.id.size(); ++i)
    scope.push_back({running.map.id[i], jinja::Value(device.id[i])});
  for (const Message& message : running.map.messages)
    scope.push_back(
        {message.name, jinja::from_wire(device.messages.value(message.name, !message.others.empty()))});
  std::vector<std::string> faults;
  std::vector<Component> components =
      components_of(running.map, device.source, std::move(scope), limits_, faults);
  for (std::string& text : faults) fault(device, std::move(text));
  const std::uint64_t signature = signature_of(components);
  if (device.announced ? device.signature == signature : components.empty()) return;
  device.signature = signature;
  device.announced = true;
  changes.announced.push_back({device.source, device.topic, std::move(components)});
}

}  // namespace gable::discovery::maps
