// Services of the simulated house: what each entity makes of them, and what is refused.
#include "house.hpp"

namespace gable::rules::simulation::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class ServicesTest : public HouseTest {
 protected:
  void put(const std::string& id, const std::string& state, const std::string& attributes = "{}") {
    house.place_entity(id, state, *wire::parse_object(attributes));
  }
  void begin() { start("automation: []"); }
};

TEST_F(ServicesTest, DevicesOfEveryDomainObey) {
  put("cover.a", "closed", R"({"current_position": 0})");
  put("lock.a", "locked");
  put("climate.a", "off", R"({"hvac_modes": ["off", "heat"], "temperature": 18})");
  put("media_player.a", "idle");
  put("fan.a", "off");
  put("alarm_control_panel.a", "disarmed");
  begin();
  EXPECT_EQ(call("cover.set_cover_position", "cover.a", R"({"position": 30})"), "");
  EXPECT_EQ(state("cover.a"), "open");
  EXPECT_EQ(attribute("cover.a", "current_position"), "30");
  EXPECT_EQ(call("lock.unlock", "lock.a"), "");
  EXPECT_EQ(state("lock.a"), "unlocked");
  EXPECT_EQ(call("climate.set_hvac_mode", "climate.a", R"({"hvac_mode": "heat"})"), "");
  EXPECT_EQ(call("climate.set_temperature", "climate.a", R"({"temperature": 21.5})"), "");
  EXPECT_EQ(state("climate.a") + attribute("climate.a", "temperature"), "heat21.5");
  EXPECT_EQ(call("media_player.play_media", "media_player.a",
                 R"({"media_content_id": "x", "media_content_type": "music"})"),
            "");
  EXPECT_EQ(state("media_player.a"), "playing");
  EXPECT_EQ(call("fan.toggle", "fan.a"), "");
  EXPECT_EQ(state("fan.a"), "on");
  EXPECT_EQ(call("alarm_control_panel.alarm_arm_away", "alarm_control_panel.a"), "");
  EXPECT_EQ(state("alarm_control_panel.a"), "armed_away");
}

TEST_F(ServicesTest, NumbersMayStandInQuotes) {
  put("input_number.n", "20.0", R"({"min": 10, "max": 40})");
  put("light.a", "on");
  begin();
  EXPECT_EQ(call("input_number.set_value", "input_number.n", R"({"value": "31"})"), "");
  EXPECT_EQ(state("input_number.n"), "31.0");
  EXPECT_EQ(call("light.turn_off", "light.a", R"({"transition": "1"})"), "");
  EXPECT_EQ(state("light.a"), "off");
}

TEST_F(ServicesTest, WhatIsOfAnotherDomainIsPassedOver) {
  put("light.a", "off");
  put("switch.a", "off");
  begin();
  EXPECT_EQ(call("light.turn_on", "switch.a"), "");
  EXPECT_EQ(state("switch.a"), "off");
  EXPECT_EQ(call("light.turn_on", "light.a"), "");
  EXPECT_EQ(state("light.a"), "on");
}

TEST_F(ServicesTest, ALightShinesAgainAsItDid) {
  put("light.a", "on", R"({"brightness": 80, "color_temp_kelvin": 2700})");
  begin();
  call("light.turn_off", "light.a");
  call("light.turn_on", "light.a");
  EXPECT_EQ(attribute("light.a", "brightness") + attribute("light.a", "color_temp_kelvin"), "802700");
}

TEST_F(ServicesTest, HelpersObeyTheirServices) {
  put("input_number.n", "20.0", R"({"min": 10, "max": 22, "step": 1.5})");
  put("counter.c", "3", R"({"step": 2, "initial": 1})");
  put("input_select.s", "b", R"({"options": ["a", "b", "c"]})");
  put("input_datetime.d", "2026-01-01 08:00:00");
  put("input_text.t", "x");
  put("input_button.b", "unknown");
  begin();
  EXPECT_EQ(call("input_number.increment", "input_number.n"), "");
  EXPECT_EQ(state("input_number.n"), "21.5");
  EXPECT_NE(call("input_number.increment", "input_number.n"), "");
  call("counter.increment", "counter.c");
  EXPECT_EQ(state("counter.c"), "5");
  call("counter.reset", "counter.c");
  EXPECT_EQ(state("counter.c"), "1");
  call("input_select.select_next", "input_select.s");
  call("input_select.select_next", "input_select.s");
  EXPECT_EQ(state("input_select.s"), "a");
  EXPECT_NE(call("input_select.select_option", "input_select.s", R"({"option": "d"})"), "");
  call("input_datetime.set_datetime", "input_datetime.d", R"({"time": "09:30"})");
  EXPECT_EQ(state("input_datetime.d"), "2026-01-01 09:30:00");
  call("input_text.set_value", "input_text.t", R"({"value": "y"})");
  EXPECT_EQ(state("input_text.t"), "y");
  call("input_button.press", "input_button.b");
  EXPECT_EQ(state("input_button.b"), "2026-01-15T12:00:00.000Z");
}

TEST_F(ServicesTest, TimersRunAndTellOfTheirEnd) {
  put("timer.t", "idle", R"({"duration": "0:05:00"})");
  begin();
  call("timer.start", "timer.t");
  EXPECT_EQ(state("timer.t"), "active");
  pass(minutes(2));
  call("timer.pause", "timer.t");
  EXPECT_EQ(attribute("timer.t", "remaining"), R"("0:03:00")");
  pass(minutes(10));
  call("timer.start", "timer.t");
  pass(seconds(179));
  EXPECT_EQ(state("timer.t"), "active");
  pass(seconds(1));
  EXPECT_EQ(state("timer.t"), "idle");
  EXPECT_EQ(events(), "timer.started timer.paused timer.restarted timer.finished");
}

TEST_F(ServicesTest, SlowDeafAndFaultyDevices) {
  put("switch.slow", "off");
  put("switch.deaf", "off");
  put("switch.broken", "off");
  house.entities().find("switch.slow")->manners.delay = seconds(3);
  house.entities().find("switch.deaf")->manners.deaf = true;
  house.entities().find("switch.broken")->manners.fault = "no power";
  const auto rule = [](const std::string& name) {
    return "  - id: " + name + "\n    triggers: [{trigger: event, event_type: go}]\n    actions:\n" +
           "      - {action: switch.turn_on, target: {entity_id: switch." + name +
           "}, wait_result: true}\n      - {event: went_on}\n";
  };
  start("automation:\n" + rule("slow") + rule("deaf") + rule("broken"));
  house.fire_from_outside({"go", {}, {}});
  EXPECT_EQ(events(), "go");
  EXPECT_EQ(state("switch.slow"), "off");
  pass(seconds(3));
  EXPECT_EQ(state("switch.slow"), "on");
  EXPECT_EQ(events(), "go went_on");
  pass(seconds(60));
  EXPECT_EQ(events(), "go went_on") << "the others have failed";
  EXPECT_EQ(house.record().traces.size(), 3U);
}

TEST_F(ServicesTest, PlacesAreOpenedUp) {
  put("light.a", "off");
  put("light.b", "off");
  put("switch.c", "off");
  house.entities().add_device("lamp", {"Lamp", "hall"});
  house.entities().find("light.a")->device = "lamp";
  house.entities().find("light.b")->area = "hall";
  house.entities().find("switch.c")->area = "hall";
  begin();
  auto target = std::make_shared<jinja::Dict>();
  target->set("area_id", "hall");
  house.command("light.turn_on", jinja::DictPtr(target), {});
  EXPECT_EQ(calls(), "light.turn_on:light.a:light.b");
  house.command("homeassistant.turn_on", jinja::DictPtr(target), {});
  EXPECT_EQ(state("switch.c"), "on");
}

TEST_F(ServicesTest, WhatNobodyOffersIsRefusedWithTheNearestName) {
  put("light.a", "off");
  begin();
  EXPECT_EQ(call("ligth.turn_on", "light.a"),
            "there is no service ligth.turn_on; did you mean light?; what a test needs beside the usual ones "
            "stands under its `services:`");
  EXPECT_NE(call("light.turn_onn", "light.a").find("did you mean turn_on?"), std::string::npos);
  EXPECT_NE(call("light.turn_on", "light.a", R"({"brightnes": 3})").find("brightness"), std::string::npos);
  EXPECT_EQ(call("light.turn_on", "light.nobody"), "") << "Home Assistant passes it over";
  house.offer("telegram_bot.send_message", {});
  EXPECT_EQ(call("telegram_bot.send_message", "x.y"), "");
}

TEST_F(ServicesTest, MessagesAreAcceptedAndPublishesAreHeardAgain) {
  start(R"(
automation:
  - id: echo
    triggers: [{trigger: mqtt, topic: in/+}]
    actions:
      - {action: mqtt.publish, data: {topic: out, payload: "{{ trigger.payload }}!", retain: true}}
      - {action: notify.phone, data: {message: "{{ trigger.topic }}"}}
  - id: own
    triggers: [{trigger: mqtt, topic: out}]
    actions: [{event: heard}]
)");
  house.receive({"in/a", "hello", 0, false});
  ASSERT_EQ(house.record().messages.size(), 1U);
  EXPECT_EQ(house.record().messages[0].payload, "hello!");
  EXPECT_TRUE(house.record().messages[0].retain);
  EXPECT_EQ(calls(), "mqtt.publish notify.phone");
  EXPECT_EQ(events(), "heard");
}

TEST_F(ServicesTest, CallsOfScriptsAndScenesAreRecordedToo) {
  put("light.a", "off");
  start(R"(
automation:
  - id: both
    triggers: [{trigger: event, event_type: go}]
    actions:
      - {action: script.warn, data: {text: hi}}
      - {action: scene.turn_on, target: {entity_id: scene.dim}}
script:
  warn: {sequence: [{event: warned}]}
scene:
  - {name: Dim, entities: {light.a: {state: "on", brightness: 7}}}
)");
  house.fire_from_outside({"go", {}, {}});
  EXPECT_EQ(calls(), "script.warn scene.turn_on:scene.dim light.turn_on:light.a");
  EXPECT_EQ(attribute("light.a", "brightness"), "7");
}

}  // namespace
}  // namespace gable::rules::simulation::test
