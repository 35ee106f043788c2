// Templates: what they read, what `trigger` has, and names that nobody defines.
#include <gtest/gtest.h>

#include "checked.hpp"

namespace gable::rules::test {
namespace {

std::string in_condition(const std::string& text) {
  return "- triggers: [{trigger: time, at: '07:00:00'}]\n  variables: {limit: 3}\n  conditions: [\"" + text +
         "\"]\n  actions: [{delay: 1}]\n";
}

TEST(CheckTemplates, ThatAreFine) {
  for (const char* text : {
           "{{ states('light.kitchen') == 'on' and limit > 2 }}",
           "{{ state_attr('light.kitchen', 'brightness') | int(0) > 3 }}",
           "{{ states.sensor.humidity.state | float(0) > 3 }}",
           "{% set x = states('sensor.humidity') %}{{ x | int(0) > now().hour }}",
           "{{ trigger.now.hour > 3 }}",
           "{{ trigger.to_state is defined and trigger.to_state.state == 'on' }}",
           "{{ other | default(3) > 2 }}",
           "{{ this.state == 'on' }}",
           "{{ states.light | selectattr('state', 'eq', 'on') | list | count > 0 }}",
       }) {
    EXPECT_EQ(live(in_condition(text)), "") << text;
  }
}

TEST(CheckTemplates, NameEntitiesThatAreMissing) {
  EXPECT_EQ(live(in_condition("{{ is_state('light.kichen', 'on') }}")),
            "waits unknown_entity -> light.kitchen");
  EXPECT_EQ(live(in_condition("{{ states.sensor.humidty.state | int(0) > 1 }}")),
            "waits unknown_entity -> sensor.humidity");
  EXPECT_EQ(live(in_condition("{{ state_attr('binary_sensor.door', 'batery') }}")),
            "warning unknown_attribute -> battery");
  EXPECT_EQ(offline(in_condition("{{ states('sesnor.x') }}")), "warning unknown_domain -> sensor");
}

TEST(CheckTemplates, CompareWithStatesThatCanBe) {
  EXPECT_EQ(offline(in_condition("{{ is_state('binary_sensor.door', 'open') }}")), "warning never_so -> on");
  EXPECT_EQ(offline(in_condition("{{ states('light.hall') == 'On' }}")), "warning never_so -> on");
  EXPECT_EQ(offline(in_condition("{{ states.light.hall.state != 'onn' }}")), "warning never_so -> on");
}

TEST(CheckTemplates, AskTheTriggerForWhatItHas) {
  EXPECT_EQ(offline(in_condition("{{ trigger.to_state.state == 'on' }}")), "warning unknown_trigger_field");
  EXPECT_EQ(offline("- triggers: [{trigger: time, at: '07:00:00'}, {trigger: state, entity_id: light.a}]\n"
                    "  conditions: [\"{{ trigger.to_state.state == 'on' }}\"]\n  actions: [{delay: 1}]\n"),
            "");
}

TEST(CheckTemplates, NameWhatNobodyDefines) {
  EXPECT_EQ(offline(in_condition("{{ limt > 2 }}")), "warning undefined_variable -> limit");
  EXPECT_EQ(offline(in_condition("{{ sttates('light.a') == 'on' }}")), "warning unknown_function");
  EXPECT_EQ(offline(in_condition("{% if true %}{{ 3 | rond }}{% endif %}")), "warning unknown_filter");
}

}  // namespace
}  // namespace gable::rules::test
