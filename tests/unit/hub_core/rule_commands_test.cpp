// Commands of rules that wait for their ends: the end of one lets the rule go on, which may send the next at
// once.

#include <gtest/gtest.h>

#include <algorithm>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

constexpr const char* kClimate =
    R"({"name":null,"unique_id":"floor","default_entity_id":"climate.floor","modes":["off","heat"],)"
    R"("temperature_state_topic":"floor/is","temperature_state_template":"{{ value_json.t }}",)"
    R"("temperature_command_topic":"floor/t/set","fan_modes":["low","high"],)"
    R"("fan_mode_state_topic":"floor/is","fan_mode_state_template":"{{ value_json.f }}",)"
    R"("fan_mode_command_topic":"floor/f/set","availability_topic":"floor/there"})";

// What the device was told since the last call, sorted.
std::vector<std::string> sent(CoreHouse& house) {
  std::vector<std::string> out;
  for (std::string& line : house.take()) {
    if (line.starts_with("floor/")) out.push_back(std::move(line));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// One report reaches what both branches wait for. The branch that hears of it first goes on and asks for what
// the other one's command is about, so that this one, which is about to end as done, is superseded in the
// middle of it. Whichever is first.
TEST(RuleCommands, AnEndThatEndsAnotherOneEndsItOnce) {
  CoreHouse house;
  house.broker["homeassistant/climate/floor/climate/config"] = kClimate;
  house.broker["floor/there"] = "online";
  house.connect();
  house.load_rules(R"(
automation:
  - id: both
    triggers: [{trigger: event, event_type: go}]
    actions:
      - parallel:
          - sequence:
              - {action: climate.set_temperature, target: {entity_id: climate.floor}, data: {temperature: 21}, wait_result: true}
              - {action: climate.set_fan_mode, target: {entity_id: climate.floor}, data: {fan_mode: low}, wait_result: true}
          - sequence:
              - {action: climate.set_fan_mode, target: {entity_id: climate.floor}, data: {fan_mode: high}, wait_result: true}
              - {action: climate.set_temperature, target: {entity_id: climate.floor}, data: {temperature: 25}, wait_result: true}
)");
  house.send("floor/is", R"({"t":18,"f":"low"})");
  house.send("gable/call/automation/trigger", R"({"target":{"entity_id":"automation.both"}})");
  EXPECT_EQ(sent(house), (std::vector<std::string>{"floor/f/set high", "floor/t/set 21.0"}));
  house.send("floor/is", R"({"t":21,"f":"high"})");
  EXPECT_EQ(sent(house), (std::vector<std::string>{"floor/f/set low", "floor/t/set 25.0"}));
  house.send("floor/is", R"({"t":25,"f":"low"})");
  EXPECT_EQ(house.field("gable/state/automation/both", "current"), "0");
}

}  // namespace
}  // namespace gable::hub::test
