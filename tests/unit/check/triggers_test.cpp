// Triggers and conditions: entities, states that can never be, attributes, bounds, ids.
#include <gtest/gtest.h>

#include "checked.hpp"

namespace gable::rules::test {
namespace {

TEST(CheckTriggers, OfAllKindsAreFine) {
  for (const char* text : {
           "{trigger: state, entity_id: binary_sensor.door, to: 'on', from: 'off'}",
           "{trigger: state, entity_id: binary_sensor.door, to: unavailable}",
           "{trigger: state, entity_id: climate.hall, attribute: temperature}",
           "{trigger: state, entity_id: select.mode, to: boost}",
           "{trigger: state, entity_id: person.ann, to: work}",
           "{trigger: numeric_state, entity_id: sensor.humidity, above: 60}",
           "{trigger: numeric_state, entity_id: light.kitchen, attribute: brightness, below: 100}",
           "{trigger: numeric_state, entity_id: sun.sun, attribute: elevation, below: -4}",
           "{trigger: zone, entity_id: person.ann, zone: zone.home, event: enter}",
           "{trigger: template, value_template: \"{{ is_state('light.hall', 'on') }}\"}",
           "{trigger: mqtt, topic: a/b}",
           "{trigger: event, event_type: anything}",
           "{trigger: device, device_id: zigbee/remote, domain: mqtt, type: action, subtype: on}",
       }) {
    EXPECT_EQ(live(trigger(text)), "") << text;
  }
}

TEST(CheckTriggers, WaitForStatesThatNeverCome) {
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: binary_sensor.a, to: open}")),
            "warning never_so -> on");
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: light.a, to: 'On'}")), "warning never_so -> on");
  EXPECT_EQ(offline(condition("{condition: state, entity_id: cover.a, state: oepn}")),
            "warning never_so -> open");
  EXPECT_EQ(live(trigger("{trigger: state, entity_id: select.mode, to: bost}")), "warning never_so -> boost");
  EXPECT_EQ(live(trigger("{trigger: state, entity_id: number.level, to: high}")), "warning never_so");
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: sensor.a, to: anything}")), "");
  EXPECT_EQ(offline(condition("{condition: state, entity_id: light.a, state: input_select.wanted}")), "");
}

TEST(CheckTriggers, NameTheirEntities) {
  EXPECT_EQ(live(trigger("{trigger: state, entity_id: binary_sensor.dor}")),
            "waits unknown_entity -> binary_sensor.door");
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: binary_snsor.door}")),
            "refused unknown_domain -> binary_sensor.door");
  EXPECT_EQ(live("automation:\n" + trigger("{trigger: state, entity_id: script.mine}") +
                 "script: {mine: {sequence: [{delay: 1}]}}\n"),
            "");
}

TEST(CheckTriggers, LookAtAttributes) {
  EXPECT_EQ(live(trigger("{trigger: state, entity_id: binary_sensor.door, attribute: batery}")),
            "warning unknown_attribute -> battery");
  EXPECT_EQ(live(trigger("{trigger: state, entity_id: light.hall, attribute: brightness}")),
            "warning missing_feature");
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: light.hall, attribute: whatever}")), "");
  EXPECT_EQ(offline(trigger("{trigger: state, entity_id: climate.a, attribute: hvac_action, to: heatng}")),
            "warning never_so -> heating");
}

TEST(CheckTriggers, CompareNumbersThatCanBe) {
  EXPECT_EQ(live(trigger("{trigger: numeric_state, entity_id: sensor.humidity, above: 450}")),
            "warning out_of_range");
  EXPECT_EQ(live(trigger("{trigger: numeric_state, entity_id: number.level, below: 0}")),
            "warning out_of_range");
  EXPECT_EQ(
      offline(trigger("{trigger: numeric_state, entity_id: light.a, attribute: brightness, above: 255}")),
      "warning out_of_range");
  EXPECT_EQ(offline(trigger("{trigger: numeric_state, entity_id: binary_sensor.a, above: 1}")),
            "warning no_number");
  EXPECT_EQ(live(trigger("{trigger: numeric_state, entity_id: sensor.boot, above: 1}")), "warning no_number");
}

TEST(CheckTriggers, OfDevicesHaveTypes) {
  EXPECT_EQ(offline(trigger("{trigger: device, device_id: a, domain: light, type: turnd_on}")),
            "refused unknown_type");
  EXPECT_EQ(live(trigger("{trigger: device, device_id: a, domain: light, type: turned_on}")),
            "waits unknown_device");
}

TEST(CheckConditions, OnTriggersThatThereAre) {
  const std::string head =
      "- triggers: [{trigger: sun, event: sunset, id: evening}, {trigger: sun, event: sunrise}]\n";
  const std::string tail = "  actions: [{delay: 1}]\n";
  EXPECT_EQ(offline(head + "  conditions: [{condition: trigger, id: [evening, '1']}]\n" + tail), "");
  EXPECT_EQ(offline(head + "  conditions: [{condition: trigger, id: evning}]\n" + tail),
            "warning unknown_trigger_id -> evening");
  EXPECT_EQ(offline(head + "  conditions: [\"{{ trigger.id == 'evning' }}\"]\n" + tail),
            "warning unknown_trigger_id -> evening");
}

}  // namespace
}  // namespace gable::rules::test
