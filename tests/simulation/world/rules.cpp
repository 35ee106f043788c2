#include "world/rules.hpp"

#include <stdexcept>

#include "language/parse.hpp"
#include "yaml/loader.hpp"

namespace gable::sim {

namespace {

// What the checker makes of each counter is in checker.cpp.
constexpr const char* kRules = R"(
automation:
  - alias: press
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions: {action: counter.increment, target: {entity_id: counter.press}}
  - alias: slow
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - {action: counter.increment, target: {entity_id: counter.slow_begun}}
      - delay: 20
      - {action: counter.increment, target: {entity_id: counter.slow_ended}}
  - alias: queue
    mode: queued
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - delay: 7
      - {action: counter.increment, target: {entity_id: counter.queued}}
  - alias: thrice
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - repeat:
          count: 3
          sequence:
            - delay: 4
            - {action: counter.increment, target: {entity_id: counter.thrice}}
  - alias: branches
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - parallel:
          - sequence: [{delay: 3}, {action: counter.increment, target: {entity_id: counter.branches}}]
          - sequence: [{delay: 5}, {action: counter.increment, target: {entity_id: counter.branches}}]
      - {action: counter.increment, target: {entity_id: counter.joined}}
  - alias: helped
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - {action: script.help, data: {by: 2}, response_variable: out}
      - if: "{{ out.twice == 4 }}"
        then: {action: counter.increment, target: {entity_id: counter.helped}}
  - alias: said
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions: {action: mqtt.publish, data: {topic: sim/mark, payload: "{{ trigger.event.data.n }}"}}
  - alias: aimed
    mode: parallel
    max: 1000
    triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
    actions:
      - {action: switch.turn_on, target: {entity_id: switch.pump}, wait_result: true, continue_on_error: true}
      - {action: counter.increment, target: {entity_id: counter.aimed}}
  - alias: dial
    triggers: {trigger: state, entity_id: event.dial}
    actions:
      - {action: light.toggle, target: {entity_id: light.lamp}}
      - {action: counter.increment, target: {entity_id: counter.dial}}
      - {action: timer.start, target: {entity_id: timer.egg}}
  - alias: egg
    triggers: {trigger: event, event_type: timer.finished, event_data: {entity_id: timer.egg}}
    actions: {action: counter.increment, target: {entity_id: counter.egg}}
  - alias: open
    triggers: {trigger: state, entity_id: binary_sensor.door, to: "on", for: 40}
    actions: {action: counter.increment, target: {entity_id: counter.held}}
  - alias: shut
    mode: parallel
    triggers: {trigger: state, entity_id: binary_sensor.door, from: "on", to: "off"}
    actions:
      - {action: counter.increment, target: {entity_id: counter.wait_begun}}
      - wait_for_trigger: {trigger: state, entity_id: binary_sensor.motion, to: "on"}
        timeout: 60
      - {action: counter.increment, target: {entity_id: counter.wait_ended}}
  - alias: night light
    mode: restart
    triggers: {trigger: state, entity_id: binary_sensor.motion, to: "on"}
    actions:
      - {action: light.turn_on, target: {entity_id: light.lamp}, data: {brightness: 120}}
      - delay: 45
      - {action: light.turn_off, target: {entity_id: light.lamp}}
  - alias: window
    triggers: {trigger: state, entity_id: binary_sensor.window}
    conditions: "{{ trigger.to_state.state in ['on', 'off'] }}"
    actions:
      - choose:
          - conditions: {condition: state, entity_id: binary_sensor.window, state: "on"}
            sequence: {action: switch.turn_off, target: {entity_id: switch.bulb}}
        default: {action: switch.turn_on, target: {entity_id: switch.bulb}}
  - alias: warm
    triggers: {trigger: state, entity_id: sensor.heat}
    conditions: "{{ trigger.to_state.state | is_number }}"
    actions:
      - {action: input_number.set_value, target: {entity_id: input_number.heat}, data: {value: "{{ trigger.to_state.state }}"}}
  - alias: latch
    triggers: {trigger: numeric_state, entity_id: sensor.heat, above: 1030}
    actions: {action: lock.unlock, target: {entity_id: lock.latch}}
  - alias: tick
    triggers: {trigger: time_pattern, minutes: "/5"}
    actions: {action: counter.increment, target: {entity_id: counter.tick}}
  - alias: begun
    triggers: {trigger: homeassistant, event: start}
    actions: {action: counter.increment, target: {entity_id: counter.starts}}
script:
  help:
    mode: parallel
    max: 1000
    sequence:
      - delay: 2
      - variables: {answer: {twice: "{{ by * 2 }}"}}
      - {stop: done, response_variable: answer}
template:
  - sensor:
      - name: double
        unique_id: double
        state: "{{ (states('sensor.heat') | int(0)) * 2 }}"
)";

hub::Helper counter(const std::string& id) {
  return {.id = wire::EntityId("counter", id), .name = id, .icon = {}, .kind = hub::Counter{}};
}

}  // namespace

hub::House make_house() {
  hub::House house;
  for (const char* id :
       {"press", "slow_begun", "slow_ended", "queued", "thrice", "branches", "joined", "helped", "aimed",
        "dial", "egg", "held", "wait_begun", "wait_ended", "tick", "starts"}) {
    house.helpers.push_back(counter(id));
  }
  house.helpers.push_back({.id = wire::EntityId("timer", "egg"),
                           .name = "egg",
                           .icon = {},
                           .kind = hub::Timer{.duration = std::chrono::seconds(90), .restore = true}});
  house.helpers.push_back({.id = wire::EntityId("input_number", "heat"),
                           .name = "heat",
                           .icon = {},
                           .kind = hub::InputNumber{.min = 0, .max = 100'000}});
  return house;
}

rules::RuleSet make_rules() {
  static const auto document = rules::yaml::parse("rules.yaml", kRules);
  if (!document) throw std::logic_error(document.error().message());
  rules::RuleSet rules;
  rules::NoBlueprints blueprints;
  rules::read_document(rules, *document, blueprints);
  const auto check = [](const rules::Findings& findings) {
    if (!findings.empty()) throw std::logic_error("a rule of the simulation: " + findings.front().message);
  };
  check(rules.findings);
  for (const auto& rule : rules.automations) check(rule.findings);
  for (const auto& rule : rules.scripts) check(rule.findings);
  for (const auto& rule : rules.template_entities) check(rule.findings);
  return rules;
}

}  // namespace gable::sim
