#include "hot_house.hpp"

#include <stdexcept>

#include "language/blueprint.hpp"
#include "language/parse.hpp"
#include "yaml/loader.hpp"

namespace gable::hub::test {

namespace {

std::string rule(const std::string& number) {
  const std::string sensor = "binary_sensor.motion_" + number + "_occupancy", lamp = "light.lamp_" + number;
  return "- id: rule_" + number + "\n  alias: Rule " + number +
         "\n  triggers: {trigger: state, entity_id: " + sensor +
         ", to: ['on', 'off']}\n  actions:\n  - if: {condition: state, entity_id: " + sensor +
         ", state: 'on'}\n    then: {action: light.turn_on, target: {entity_id: " + lamp +
         "}}\n    else: {action: light.turn_off, target: {entity_id: " + lamp + "}}\n";
}

std::shared_ptr<rules::RuleSet> rules_for(std::size_t pairs) {
  std::string text = "automation:\n";
  for (std::size_t i = 0; i < pairs; ++i) text += rule(bench::digits(i));
  const auto document = rules::yaml::parse("rules.yaml", text);
  if (!document) throw std::runtime_error(document.error().message());
  auto set = std::make_shared<rules::RuleSet>();
  rules::NoBlueprints none;
  rules::read_document(*set, *document, none);
  return set;
}

Event message(std::string topic, std::string payload) {
  return MessageIn{.topic = std::move(topic), .payload = std::move(payload)};
}

}  // namespace

HotHouse::HotHouse(std::size_t pairs) {
  for (auto& [topic, payload] : plane_.house(pairs, 0)) house_.broker[topic] = payload;
  house_.connect();
  handle(RulesChanged{.rules = rules_for(pairs)});
  for (std::size_t i = 0; i < pairs; ++i) {
    handle(motion(i, false));
    handle(lamp(i, false));
    take();
  }
  flush();
  take();
}

Turn HotHouse::turn() { return Turn{house_.now, effects_}; }

Event HotHouse::motion(std::size_t sensor, bool on) const {
  return message(plane_.motion(sensor), plane_.motion_payload(on));
}

Event HotHouse::lamp(std::size_t sensor, bool on) const {
  return message(plane_.lamp(sensor), plane_.lamp_payload(on));
}

void HotHouse::handle(const Event& event) {
  Turn now = turn();
  house_.core->handle(event, now);
}

void HotHouse::flush() {
  Turn now = turn();
  house_.core->flush(now);
}

void HotHouse::take() {
  for (auto& line : effects_.journal) static_cast<void>(std::move(line).json());
  effects_.clear();
  house_.now += std::chrono::milliseconds(5);
}

bool HotHouse::whole_event(std::size_t sensor, bool on) {
  handle(motion(sensor, on));
  const bool commanded = effects_.commands.size() == 1;
  flush();
  take();
  handle(lamp(sensor, on));
  flush();
  take();
  return commanded;
}

}  // namespace gable::hub::test
