#pragma once
// A house around Discovery that believes nothing: every call is checked against what was called before.
// Shared by the targets of what announces: Home Assistant's messages, Homie, device maps.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "discovery/discovery.hpp"
#include "fuzz_target.hpp"
#include "template/house/house.hpp"
#include "wire/command.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::fuzz {

// A filter that a broker takes (MQTT 5, 4.7): wildcards alone in their level, `#` in the last one. Said here
// once more, so that discovery::valid_filter() is checked too.
inline bool is_filter(std::string_view filter) {
  if (filter.empty() || filter.size() > 65'535 || !wire::valid_utf8(filter)) return false;
  for (std::size_t i = 0; i < filter.size(); ++i) {
    if (filter[i] != '+' && filter[i] != '#') continue;
    const bool begins = i == 0 || filter[i - 1] == '/';
    const bool last = i + 1 == filter.size();
    if (!begins || !(last || (filter[i] == '+' && filter[i + 1] == '/'))) return false;
  }
  return true;
}

class DiscoveryHouse final : public discovery::House {
 public:
  struct Entity {
    std::string id;
    wire::EntityDescription description;
  };
  // Present values of an entity; those of the one that was asked for last.
  struct Values final : wire::CurrentValues {
    const wire::Object* values = nullptr;
    [[nodiscard]] const wire::Value* current(std::string_view name) const override {
      return values == nullptr ? nullptr : values->find(name);
    }
  };

  std::map<discovery::Handle, Entity> entities;
  std::map<std::string, int, std::less<>> subscribed;  // how often each filter was asked for
  std::map<std::pair<discovery::Handle, discovery::Timer>, wire::Time> timers;
  bool takes = true;  // what is announced is enabled

  bool announced(const discovery::Announced& entity) override {
    const wire::EntityDescription& description = *entity.description;
    require(description.domain != nullptr, "an entity has a domain");
    require(description.object_id.empty(), "its id is a suggestion, not a part of it");
    require(!entity.source.empty() && is_text(entity.source), "an entity has a name of its own");
    // As it comes back out of the store.
    wire::Object encoded;
    wire::encode_entity(description, encoded);
    const auto decoded = wire::decode_entity(encoded);
    require(decoded.has_value(), decoded ? "" : decoded.error().message().c_str());
    require(is_text(wire::to_json(encoded)), "a description is text");
    entities[entity.handle] = {std::string(description.domain->name) + ".x", description};
    return takes;
  }
  void removed(discovery::Handle entity) override {
    require(entities.erase(entity) == 1, "only what was announced is removed");
    values_.erase(entity);
    std::erase_if(timers, [entity](const auto& timer) { return timer.first.first == entity; });
  }
  void said(discovery::Handle entity, discovery::Said said, bool /*retained*/) override {
    require(entities.contains(entity), "only what was announced says something");
    require(said.anything || !said.events.empty(), "who says something says what");
    for (const wire::Object& event : said.events) require(is_text(wire::to_json(event)), "an event is text");
    require(is_text(wire::to_json(said.values)), "values are text");
    for (auto& [name, value] : said.values) values_[entity].set(name, std::move(value));
  }
  void available(discovery::Handle entity, bool available, std::string reason) override {
    require(entities.contains(entity), "only what was announced is available");
    require(available == reason.empty() && is_text(reason), "who is unavailable says why");
  }
  void triggered(const discovery::Trigger& trigger) override {
    require(is_text(wire::to_json(trigger.event)), "a trigger is text");
  }
  void wake(discovery::Handle entity, discovery::Timer timer, std::optional<wire::Time> at) override {
    require(entities.contains(entity), "only what was announced wants to be woken");
    timers.erase({entity, timer});
    if (at) timers.emplace(std::pair(entity, timer), *at);
  }

  [[nodiscard]] bool may_listen(std::string_view filter) const override {
    return !filter.starts_with("gable/");
  }
  void subscribe(std::string_view filter, int qos) override {
    require(is_filter(filter), "a broker takes what is subscribed to");
    require(qos == 0 || qos == 1, "QoS is 0 or 1");
    ++subscribed[std::string(filter)];
  }
  void refresh(std::string_view filter, int /*qos*/) override {
    require(subscribed.contains(filter), "only what is subscribed to is refreshed");
  }
  void unsubscribe(std::string_view filter) override {
    const auto known = subscribed.find(filter);
    require(known != subscribed.end(), "only what is subscribed to is given up");
    if (--known->second == 0) subscribed.erase(known);
  }

  void fault(std::string_view id, std::string text) override {
    require(is_text(id) && !text.empty() && is_text(text), "a fault is text");
  }
  void solved(std::string_view /*id*/) override {}

  [[nodiscard]] const wire::CurrentValues& values(discovery::Handle entity) override {
    const auto known = values_.find(entity);
    present_.values = known == values_.end() ? nullptr : &known->second;
    return present_;
  }
  [[nodiscard]] std::string_view entity_id(discovery::Handle entity) const override {
    const auto known = entities.find(entity);
    return known == entities.end() ? std::string_view() : std::string_view(known->second.id);
  }
  [[nodiscard]] rules::jinja::Evaluation::Surroundings surroundings() override {
    rules::jinja::Limits limits;
    limits.steps = 2'000;
    limits.output = 16 * 1024;
    return {house_, clock_, random_, limits};
  }

 private:
  class Numbers final : public rules::jinja::RandomSource {
   public:
    std::uint64_t below(std::uint64_t bound) override { return ++count_ % bound; }

   private:
    std::uint64_t count_ = 0;
  };

  std::map<discovery::Handle, wire::Object> values_;
  Values present_;
  rules::jinja::EmptyHouse house_;
  rules::jinja::Clock clock_{rules::jinja::Instant(std::chrono::microseconds(1'768'480'496'789'000)),
                             nullptr};
  Numbers random_;
};

// A value that a parameter may have; in its range where there is one.
inline wire::Value sample(const wire::FieldSpec& field) {
  using enum wire::ValueType;
  if (!field.options.empty()) return field.options.front();
  switch (field.type) {
    case boolean:
      return true;
    case integer:
    case number:
      return field.min > 0 ? field.min : 20;
    case list:
      return wire::List(field.items.empty() ? 3 : field.items.size(), wire::Value(1));
    case object:
      return wire::Object{{"key", "value"}};
    case date:
      return "2026-01-15";
    case time:
      return "12:34:56";
    case datetime:
      return "2026-01-15T12:34:56Z";
    default:
      return "on";
  }
}

inline void command_with(discovery::Discovery& discovery, DiscoveryHouse& house, discovery::Handle handle,
                         std::string_view service, const wire::Object& data) {
  const auto& entity = house.entities.at(handle);
  const auto command = wire::make_command(entity.description, service, data, house.values(handle));
  if (!command) return;
  const auto sent = discovery.command(handle, *command);
  if (!sent) {
    require(!sent.error().text.empty() && is_text(sent.error().message()), "a refusal says why");
    return;
  }
  for (const discovery::Outgoing& message : *sent) {
    require(wire::valid_topic_name(message.topic), "a command goes to a topic that may be published to");
    require(message.qos == 0 || message.qos == 1, "QoS of a command is 0 or 1");
  }
}

// Every service of every entity, bare, with each of its parameters and with all of them.
inline void command_all(discovery::Discovery& discovery, DiscoveryHouse& house) {
  for (const auto& [handle, entity] : house.entities) {
    for (const wire::ServiceSpec& service : entity.description.domain->services) {
      wire::Object all;
      command_with(discovery, house, handle, service.name, all);
      for (const wire::FieldSpec& param : service.params) {
        const wire::Value value = sample(param);
        command_with(discovery, house, handle, service.name, {{std::string(param.name), value}});
        all.set(std::string(param.name), value);
      }
      command_with(discovery, house, handle, service.name, all);
    }
  }
}

// What is announced is known, by a source that announces something, and listens to what brokers take.
inline void check_known(const discovery::Discovery& discovery, const DiscoveryHouse& house) {
  require(house.entities.size() <= discovery.size(), "what is announced is counted");
  const auto sources = discovery.sources();
  for (const auto& [handle, entity] : house.entities) {
    const std::string source = discovery.announced_by(handle);
    require(std::ranges::find(sources, source) != sources.end(), "somebody announces it");
  }
  for (const std::string_view topic : discovery.topics()) {
    if (!house.may_listen(topic)) continue;
    require(house.subscribed.contains(topic), "what is listened to is subscribed to");
  }
}

// After every source has been taken back.
inline void check_empty(const discovery::Discovery& discovery, const DiscoveryHouse& house) {
  require(discovery.size() == 0, "what is taken back is not counted any more");
  require(discovery.sources().empty() && discovery.topics().empty(), "nobody announces or listens any more");
  require(house.entities.empty(), "what is taken back is removed");
  require(house.subscribed.empty(), "nothing stays subscribed to");
}

}  // namespace gable::fuzz
