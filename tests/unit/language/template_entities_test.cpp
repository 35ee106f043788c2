// Template entities, in blocks and in the older form.

#include <gtest/gtest.h>

#include "read_text.hpp"
#include "rule_sets.hpp"

namespace gable::rules {
namespace {

using test::Read;
using test::show;

std::string templates_of(const TemplateEntity& entity) {
  std::string text;
  for (const auto& [name, value] : entity.templates)
    text += (text.empty() ? "" : " ") + name + "=" + show(value);
  return text;
}

TEST(TemplateEntities, HaveTemplatesActionsAndFixedParts) {
  const Read read(
      "template:\n  - sensor:\n      - name: Power\n        unique_id: p\n        state: '{{ 1 }}'\n"
      "        unit_of_measurement: W\n        device_class: power\n        availability: '{{ true }}'\n"
      "        attributes: {a: '{{ 2 }}', b: 3}\n    switch:\n      name: Lamp\n      turn_on: {delay: 1}\n"
      "      turn_off: []\n    binary_sensor:\n      - name: Late\n        state: '{{ x }}'\n"
      "        delay_on: 5\n        delay_off: '00:01:00'\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "binary_sensor.late sensor.power switch.lamp");
  const TemplateEntity& power = read.rules.template_entities[1];
  EXPECT_EQ(templates_of(power),
            "name='Power' state=⟨{{ 1 }}⟩ availability=⟨{{ true }}⟩ attributes.a=⟨{{ 2 }}⟩ attributes.b='3'");
  EXPECT_EQ(power.description.find("device_class")->string_or(""), "power");
  EXPECT_EQ(power.unique_id, "p");
  EXPECT_EQ(read.rules.template_entities[2].actions.size(), 2U);
  ASSERT_TRUE(read.rules.template_entities[0].delay_off.has_value());
  EXPECT_EQ(show(*read.rules.template_entities[0].delay_off), "60");
  EXPECT_EQ(read.rules.template_groups.size(), 1U);
}

TEST(TemplateEntities, AreRenderedTogetherByTriggers) {
  const Read read(
      "template:\n  triggers: {trigger: state, entity_id: light.a}\n  conditions: '{{ x }}'\n  variables: "
      "{a: 1}\n"
      "  actions: {delay: 1}\n  sensor: [{name: A, state: 1}, {name: B, state: 2}]\n");
  EXPECT_EQ(read.found(), "");
  const TemplateGroup& group = read.rules.template_groups.at(0);
  EXPECT_EQ(group.triggers.size(), 1U);
  EXPECT_EQ(group.conditions.size(), 1U);
  EXPECT_EQ(group.actions.size(), 1U);
  EXPECT_EQ(group.variables.size(), 1U);
  EXPECT_EQ(read.rules.template_entities.at(1).group, 0U);
}

// What stands beside `use_blueprint` names the blueprint's one entity; at a plain block it names none.
TEST(TemplateEntities, OfABlueprintAreNamedWhereItIsUsed) {
  Read read;
  read.blueprints.add("t.yaml",
                      "blueprint: {name: T, domain: template}\nbinary_sensor: {name: T, state: 1}\n");
  read.add(
      "template:\n  - use_blueprint: {path: t.yaml}\n    name: Hot\n    unique_id: h\n"
      "  - unique_id: block\n    sensor: {name: Own, unique_id: own, state: 1}\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "binary_sensor.hot sensor.own");
  EXPECT_EQ(read.rules.template_entities.at(0).unique_id, "h");
  EXPECT_EQ(read.rules.template_entities.at(1).unique_id, "own");
}

TEST(TemplateEntities, OfABadGroupAreRefusedOthersAreNot) {
  const Read read(
      "template:\n  - trigger: {platform: nothing}\n    sensor: {name: A, state: 1}\n"
      "  - sensor: {name: B, state: 1}\n");
  EXPECT_TRUE(read.rules.template_entities.at(0).refused());
  EXPECT_FALSE(read.rules.template_entities.at(1).refused());
}

TEST(TemplateEntities, OfThePlatformHaveOtherKeys) {
  const Read read(
      "sensor:\n  - platform: template\n    sensors:\n      power:\n        friendly_name: The power\n"
      "        value_template: '{{ 1 }}'\n        icon_template: mdi:x\n        entity_id: light.a\n"
      "        attribute_templates: {a: '{{ 2 }}'}\n  - platform: rest\nswitch:\n  platform: template\n  "
      "switches:\n"
      "    lamp: {turn_on: [], turn_off: []}\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "sensor.power switch.lamp");
  EXPECT_EQ(templates_of(read.rules.template_entities[0]),
            "name='The power' state=⟨{{ 1 }}⟩ icon='mdi:x' attributes.a=⟨{{ 2 }}⟩");
}

TEST(TemplateEntities, ThatAreWrongAreNamed) {
  EXPECT_EQ(Read("template: {sensor: {name: A}}").found(), "1:20 error missing_key");
  EXPECT_EQ(Read("template: {sensor: {name: A, stat: 1}}").found(),
            "1:20 error missing_key\n1:30 error unknown_key -> state");
  EXPECT_EQ(Read("template: {sensors: {name: A}}").found(),
            "1:11 error missing_key\n1:12 error unknown_key -> sensor");
  EXPECT_EQ(Read("template: [5]").found(), "1:12 error wrong_type");
  EXPECT_EQ(Read("template: {sensor: [5]}").found(), "1:21 error wrong_type");
  EXPECT_EQ(Read("template: {sensor: {name: A, value_template: 1, state: 1}}").found(),
            "1:30 error unknown_key");
  EXPECT_EQ(Read("sensor: {platform: template, sensors: {a: {state: 1}}}").found(),
            "1:43 error missing_key\n1:44 error unknown_key");
}

}  // namespace
}  // namespace gable::rules
