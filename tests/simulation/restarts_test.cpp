// A day with fifty rules, once undisturbed and once with the hub killed at two hundred random moments: what
// the rules do must be the same. Killed means that everything is gone but the rows of the store.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "language/parse.hpp"
#include "simulation/simulated_house.hpp"
#include "simulation/values.hpp"
#include "template/value/operations.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::simulation {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

// 2026-01-15T00:00:00Z
constexpr Instant kMidnight = Instant(microseconds(1'768'435'200'000'000));
constexpr int kRooms = 5;

// Ten kinds of rules; @ is the number of the room.
constexpr const char* kKinds[] = {
    R"(
  - alias: Hold @
    triggers: {trigger: state, entity_id: binary_sensor.door_@, to: "on", for: {seconds: "{{ 40 + @ * 7 }}"}}
    actions: {action: light.turn_on, target: {entity_id: light.hold_@}}
)",
    R"(
  - alias: Both @
    triggers:
      - {trigger: state, entity_id: binary_sensor.door_@, to: "off", for: 30, id: shut}
      - {trigger: numeric_state, entity_id: sensor.heat_@, above: 25, for: 90, id: hot}
    actions: {action: notify.all, data: {message: "{{ trigger.id }} {{ trigger.to_state.state }} {{ trigger.from_state.state }}"}}
)",
    R"(
  - alias: Delay @
    mode: restart
    triggers: {trigger: state, entity_id: binary_sensor.motion_@, to: "on"}
    actions:
      - {action: light.turn_on, target: {entity_id: light.delay_@}}
      - delay: {minutes: 1, seconds: @}
      - {action: light.turn_off, target: {entity_id: light.delay_@}}
)",
    R"(
  - alias: Queue @
    mode: queued
    max: 4
    max_exceeded: silent
    triggers: {trigger: state, entity_id: binary_sensor.motion_@}
    actions:
      - variables: {was: "{{ trigger.to_state.state }}"}
      - delay: 20
      - {action: notify.queue, data: {message: "@ {{ was }}"}}
)",
    R"(
  - alias: Parallel @
    mode: parallel
    triggers: {trigger: state, entity_id: binary_sensor.motion_@, to: "on"}
    actions:
      - parallel:
          - sequence: [{delay: 15}, {action: switch.turn_on, target: {entity_id: switch.a_@}}]
          - sequence: [{delay: 25}, {action: switch.turn_off, target: {entity_id: switch.a_@}}]
      - {action: notify.parallel, data: {message: "@"}}
)",
    R"(
  - alias: Wait @
    triggers: {trigger: state, entity_id: binary_sensor.door_@, to: "on"}
    actions:
      - wait_for_trigger: {trigger: state, entity_id: binary_sensor.motion_@, to: "on"}
        timeout: 120
      - {action: notify.wait, data: {message: "@ {{ wait.trigger.to_state.state if wait.trigger else 'none' }} {{ wait.completed }}"}}
)",
    R"(
  - alias: Until @
    triggers: {trigger: state, entity_id: binary_sensor.door_@, to: "on"}
    actions:
      - repeat:
          sequence:
            - {action: counter.increment, target: {entity_id: counter.c_@}}
            - delay: 10
          until: "{{ is_state('binary_sensor.door_@', 'off') or repeat.index >= 6 }}"
      - {action: notify.until, data: {message: "{{ states('counter.c_@') }}"}}
)",
    R"(
  - alias: Script @
    triggers: {trigger: state, entity_id: binary_sensor.door_@, to: "off"}
    actions:
      - {action: script.slow_@, data: {level: "{{ 10 * @ }}"}, response_variable: out}
      - {action: light.turn_on, target: {entity_id: light.script_@}, data: {brightness: "{{ out.level }}"}}
)",
    R"(
  - alias: Template @
    triggers: {trigger: template, value_template: "{{ states('sensor.heat_@') | float(0) > 27 }}", for: 60}
    conditions: {condition: template, value_template: "{{ is_state('binary_sensor.door_@', 'off') }}"}
    actions:
      - if: {condition: state, entity_id: binary_sensor.motion_@, state: "off"}
        then: [{delay: 5}, {action: cover.close_cover, target: {entity_id: cover.c_@}}]
        else: [{wait_template: "{{ is_state('binary_sensor.motion_@', 'off') }}", timeout: 300},
               {action: cover.open_cover, target: {entity_id: cover.c_@}}]
)",
    R"(
  - alias: Timer @
    triggers:
      - {trigger: event, event_type: timer.finished, event_data: {entity_id: timer.t_@}}
      - {trigger: time_pattern, minutes: "/30", id: pattern}
    actions:
      - {action: timer.start, target: {entity_id: timer.t_@}, data: {duration: "00:04:0@"}}
      - {action: notify.timer, data: {message: "@ {{ trigger.platform }}"}}
      - delay: 400
)",
};

std::string with_number(std::string text, int number) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@')) {
    text.replace(at, 1, std::to_string(number));
  }
  return text;
}

std::string rules_text() {
  std::string text = "automation:\n";
  for (int room = 1; room <= kRooms; ++room) {
    for (const char* kind : kKinds) text += with_number(kind, room);
  }
  text += "script:\n";
  for (int room = 1; room <= kRooms; ++room) {
    text += with_number(R"(
  slow_@:
    mode: queued
    sequence:
      - delay: 12
      - variables: {answer: {level: "{{ level }}"}}
      - {stop: done, response_variable: answer}
)",
                        room);
  }
  return text;
}

RuleSet rules_of(const std::string& text) {
  RuleSet rules;
  NoBlueprints blueprints;
  const auto document = yaml::parse("rules.yaml", text);
  if (!document) throw std::invalid_argument(document.error().message());
  read_document(rules, *document, blueprints);
  for (const Automation& rule : rules.automations) {
    if (rule.refused()) throw std::invalid_argument(rule.alias + ": " + rule.findings.front().message);
  }
  return rules;
}

struct Input {
  Instant at;
  std::string entity, state;
};

// What happens in the house, whether the hub is there or not; the same for the same seed.
std::vector<Input> day_of(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Input> day;
  for (int room = 1; room <= kRooms; ++room) {
    const std::string number = std::to_string(room);
    for (const std::string sensor : {"door_", "motion_"}) {
      Instant at = kMidnight;
      bool on = false;
      while (at < kMidnight + std::chrono::hours(24)) {
        at += microseconds(std::uniform_int_distribution<std::int64_t>(3'000'000, 900'000'000)(random));
        on = !on;
        day.push_back({at, "binary_sensor." + sensor + number, on ? "on" : "off"});
      }
    }
    for (Instant at = kMidnight; at < kMidnight + std::chrono::hours(24);) {
      at += microseconds(std::uniform_int_distribution<std::int64_t>(20'000'000, 600'000'000)(random));
      day.push_back({at, "sensor.heat_" + number,
                     std::to_string(std::uniform_int_distribution<int>(200, 300)(random) / 10)});
    }
  }
  std::sort(day.begin(), day.end(), [](const Input& a, const Input& b) { return a.at < b.at; });
  return day;
}

void furnish(SimulatedHouse& house) {
  for (int room = 1; room <= kRooms; ++room) {
    const std::string number = std::to_string(room);
    house.place_entity("binary_sensor.door_" + number, "off", {});
    house.place_entity("binary_sensor.motion_" + number, "off", {});
    house.place_entity("sensor.heat_" + number, "20", {});
    for (const char* light : {"light.hold_", "light.delay_", "light.script_"}) {
      house.place_entity(light + number, "off", {{"supported_color_modes", wire::List{"brightness"}}});
    }
    house.place_entity("switch.a_" + number, "off", {});
    house.place_entity("cover.c_" + number, "open", {});
    house.place_entity("counter.c_" + number, "0", {});
    house.place_entity("timer.t_" + number, "idle", {});
  }
}

std::string text_of(const SimulatedHouse& house) {
  std::ostringstream out;
  for (const RecordedCall& call : house.record().calls) {
    out << (call.stamp.at - kMidnight).count() << ' ' << call.rule << ' ' << call.service;
    for (const std::string& entity : call.entities) out << ' ' << entity;
    out << ' ' << jinja::str(call.data) << (call.error.empty() ? "" : " !" + call.error) << '\n';
  }
  return out.str();
}

// The day's calls, one a line. Killed just before the inputs whose numbers are in `kills`, and between.
std::string live_through(const std::vector<Input>& day, const std::vector<Instant>& kills) {
  const RuleSet rules = rules_of(rules_text());
  SimulatedHouse house({kMidnight, nullptr, {}, nullptr});
  furnish(house);
  house.start(rules);
  auto kill = kills.begin();
  for (const Input& input : day) {
    while (kill != kills.end() && *kill <= input.at) {
      house.advance(*kill++);
      house.restart(rules);
    }
    house.advance(input.at);
    house.set(input.entity, input.state);
  }
  house.advance(day.back().at + std::chrono::hours(1));
  return text_of(house);
}

std::vector<Instant> moments(unsigned seed, int count) {
  std::mt19937_64 random(seed);
  std::vector<Instant> out;
  for (int i = 0; i < count; ++i) {
    out.push_back(kMidnight + microseconds(std::uniform_int_distribution<std::int64_t>(
                                  1'000'000, 86'000'000'000)(random)));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// The first line in which they differ, with what stands around it.
std::string difference(const std::string& a, const std::string& b) {
  std::istringstream left(a), right(b);
  std::string one, other, before;
  for (int line = 1;; ++line) {
    const bool more_left = static_cast<bool>(std::getline(left, one));
    const bool more_right = static_cast<bool>(std::getline(right, other));
    if (!more_left && !more_right) return {};
    if (!more_left) one = "(end)";
    if (!more_right) other = "(end)";
    if (one != other) {
      return "line " + std::to_string(line) + " after " + before + "\n  undisturbed: " + one +
             "\n  killed:      " + other;
    }
    before = one;
  }
}

TEST(Restarts, ADayWithTwoHundredKillsIsTheSameDay) {
  const std::vector<Input> day = day_of(20260115);
  const std::string undisturbed = live_through(day, {});
  EXPECT_GT(std::count(undisturbed.begin(), undisturbed.end(), '\n'), 2000);
  EXPECT_EQ(undisturbed.find('!'), std::string::npos) << undisturbed.substr(undisturbed.find('!') - 200, 300);
  EXPECT_EQ(difference(undisturbed, live_through(day, moments(1, 200))), "");
}

TEST(Restarts, AnotherDayWithAKillEveryNineSecondsForAQuarterOfAnHour) {
  const std::vector<Input> day = day_of(7);
  std::vector<Instant> kills;
  for (int i = 0; i < 100; ++i) kills.push_back(kMidnight + std::chrono::hours(8) + seconds(9) * i);
  EXPECT_EQ(difference(live_through(day, {}), live_through(day, kills)), "");
}

}  // namespace
}  // namespace gable::rules::simulation
