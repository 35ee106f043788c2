// Service steps: services, their data, and what they are called for.
#include <gtest/gtest.h>

#include "checked.hpp"

namespace gable::rules::test {
namespace {

TEST(CheckServices, KnowsThoseOfDomainsAndOfTheHouse) {
  for (const char* step : {
           "{action: light.turn_on, target: {entity_id: light.kitchen}, data: {brightness_pct: 40}}",
           "{service: light.turn_on, entity_id: light.kitchen, data: {brightness: '100'}}",
           "{action: homeassistant.turn_on, target: {entity_id: [light.hall, switch.pump]}}",
           "{action: homeassistant.restart}",
           "{action: homeassistant.update_entity, target: {entity_id: sensor.humidity}}",
           "{action: mqtt.publish, data: {topic: a/b, payload: x, retain: true}}",
           "{action: persistent_notification.create, data: {message: hello, title: t}}",
           "{action: logbook.log, data: {name: n, message: m}}",
           "{action: system_log.write, data: {message: m, level: info}}",
           "{action: group.set, data: {object_id: a, entities: [light.hall]}}",
           "{action: script.reload}",
           "{action: scene.create, data: {scene_id: before, snapshot_entities: [light.hall]}}",
           "{action: notify.phone, data: {message: hello, data: {anything: [1]}}}",
           "{action: 'light.turn_{{ states(\"switch.pump\") }}', target: {entity_id: light.hall}}",
           "{action: light.turn_on, target: {area_id: kitchen, floor_id: ground, label_id: night}}",
           "{action: light.turn_on, target: {entity_id: all}}",
           "{action: shell_command.backup, response_variable: out}",
       }) {
    EXPECT_EQ(live(action(step)), "") << step;
  }
}

TEST(CheckServices, RefusesUnknownOnesWithTheNearest) {
  EXPECT_EQ(offline(action("{action: light.trun_on, target: {entity_id: light.a}}")),
            "refused unknown_service -> light.turn_on");
  EXPECT_EQ(offline(action("{action: lihgt.turn_on, target: {entity_id: light.a}}")),
            "refused unknown_service -> light.turn_on");
  EXPECT_EQ(offline(action("{action: zha.permit}")), "refused unknown_service");
  EXPECT_EQ(offline(action("{action: mqtt.publsh, data: {topic: a}}")),
            "refused unknown_service -> mqtt.publish");
  EXPECT_EQ(offline(action("{action: homeassistant.stop}")), "refused unsupported");
}

TEST(CheckServices, JudgesTheirData) {
  const auto light = [](const char* data) {
    return offline(
        action(std::string("{action: light.turn_on, target: {entity_id: light.a}, data: {") + data + "}}"));
  };
  EXPECT_EQ(light("brigthness: 100"), "refused unknown_parameter -> brightness");
  EXPECT_EQ(light("brightness_pct: 140"), "warning out_of_range");
  EXPECT_EQ(
      offline(action("{action: fan.set_percentage, target: {entity_id: fan.a}, data: {percentage: 140}}")),
      "refused bad_parameter");
  EXPECT_EQ(light("brightness_pct: bright"), "refused bad_parameter");
  EXPECT_EQ(light("brightness_pct: '{{ 140 }}'"), "");
  EXPECT_EQ(light("brigthness: '{{ 1 }}'"), "refused unknown_parameter -> brightness");
  EXPECT_EQ(offline(action("{action: input_number.set_value, target: {entity_id: input_number.a}}")),
            "refused missing_parameter");
  EXPECT_EQ(offline(action("{action: mqtt.publish, data: {payload: a}}")), "refused missing_parameter");
  EXPECT_EQ(offline(action("{action: light.turn_on}")), "refused missing_target");
  EXPECT_EQ(offline(action("{action: light.turn_on, target: {entity_id: light.a}, response_variable: x}")),
            "refused no_response");
}

TEST(CheckServices, OfScriptsWaitForTheScript) {
  EXPECT_EQ(offline(action("{action: script.alarm, data: {loud: true}}")), "waits unknown_script");
  EXPECT_EQ(offline("script: {alarm: {sequence: [{delay: 1}]}}\n"
                    "automation:\n" +
                    action("{action: script.alarm, data: {loud: true}}")),
            "");
  EXPECT_EQ(offline("script: {alarm: {sequence: [{delay: 1}]}}\n"
                    "automation:\n" +
                    action("{action: script.alarn}")),
            "waits unknown_script -> script.alarm");
}

TEST(CheckServices, OfMessagesAndCommands) {
  EXPECT_EQ(offline(action("{action: notify.mobile_app_x, data: {message: a}}")), "");
  EXPECT_EQ(offline(action("{action: tts.google_say, entity_id: media_player.a, data: {message: a}}")), "");
  EXPECT_EQ(offline(action("{action: notify.mobile_app_x, data: {mesage: a}}")),
            "refused unknown_parameter -> message\nrefused missing_parameter");
  EXPECT_EQ(live(action("{action: notify.phon, data: {message: a}}")),
            "waits unknown_notifier -> notify.phone");
  EXPECT_EQ(offline(action("{action: shell_command.x}")), "waits unconfigured_command");
  EXPECT_EQ(live(action("{action: shell_command.backup}")), "");
}

TEST(CheckServices, AsksTheEntityWhatItCan) {
  const auto call = [](const char* service, const char* entity, const char* data) {
    return live(action(std::string("{action: ") + service + ", target: {entity_id: " + entity + "}, data: {" +
                       data + "}}"));
  };
  EXPECT_EQ(call("light.turn_on", "light.kitchen", "brightness: 10"), "");
  EXPECT_EQ(call("light.turn_on", "light.hall", "brightness: 10"), "warning missing_feature");
  EXPECT_EQ(call("cover.set_cover_position", "cover.garage", "position: 5"), "refused missing_feature");
  EXPECT_EQ(call("media_player.volume_set", "media_player.tv", "volume_level: 0.5"),
            "refused missing_feature");
  EXPECT_EQ(call("number.set_value", "number.level", "value: 11"), "refused bad_parameter");
  EXPECT_EQ(call("number.set_value", "number.level", "value: 9"), "");
  EXPECT_EQ(call("select.select_option", "select.mode", "option: bost"), "refused bad_parameter");
  EXPECT_EQ(call("climate.set_temperature", "climate.hall", "temperature: 70"), "refused bad_parameter");
  EXPECT_EQ(call("light.turn_on", "switch.pump", ""), "warning wrong_domain -> switch.turn_on");
}

TEST(CheckServices, NamesMissingTargets) {
  EXPECT_EQ(live(action("{action: light.turn_on, target: {entity_id: light.kichen}}")),
            "waits unknown_entity -> light.kitchen");
  EXPECT_EQ(live(action("{action: light.turn_on, target: {area_id: kichen}}")),
            "waits unknown_area -> kitchen");
  EXPECT_EQ(live(action("{action: light.turn_on, target: {floor_id: grond}}")),
            "waits unknown_floor -> ground");
  EXPECT_EQ(live(action("{action: light.turn_on, target: {label_id: nigt}}")),
            "waits unknown_label -> night");
  EXPECT_EQ(live(action("{action: light.turn_on, target: {device_id: nothing}}")), "waits unknown_device");
  EXPECT_EQ(offline(action("{action: light.turn_on, target: {entity_id: light.kichen}}")), "");
  EXPECT_EQ(offline(action("{action: light.turn_on, target: {entity_id: ligth.kitchen}}")),
            "refused unknown_domain -> light.kitchen");
}

// Whoever knows the house later asks again.
TEST(CheckServices, NamesWhatTheyAreCalledFor) {
  const auto all =
      reports(action("{action: light.turn_on, target: {entity_id: light.a, device_id: b/c, area_id: d, "
                     "floor_id: [e], label_id: f}}"),
              Knowledge());
  std::string named;
  for (const Mention& mention : all.front().mentions)
    named += std::string(to_string(mention.kind)) + " " + mention.name + ", ";
  EXPECT_EQ(named, "entity sun.sun, entity light.a, device b/c, area d, floor e, label f, ");
}

TEST(CheckServices, KnowTheScenesThatActionsMake) {
  EXPECT_EQ(
      live(action(
          "{if: \"{{ true }}\", then: [{action: scene.create, data: {scene_id: before, "
          "snapshot_entities: [light.hall]}}]}, {action: scene.turn_on, target: {entity_id: scene.before}}")),
      "");
  EXPECT_EQ(live(action("{action: scene.turn_on, target: {entity_id: scene.before}}")),
            "waits unknown_entity");
}

TEST(CheckServices, PassesOverWhatIsDisabled) {
  EXPECT_EQ(offline(action("{action: light.trun_on, enabled: false}, {delay: 1}")), "");
}

}  // namespace
}  // namespace gable::rules::test
