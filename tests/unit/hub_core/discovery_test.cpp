// Devices that announce themselves over MQTT, in a core with a broker's memory around it.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kLampTopic = "homeassistant/light/0x01/light/config";
const std::string kLamp =
    R"({"schema":"json","brightness":true,"brightness_scale":254,"supported_color_modes":["brightness"],)"
    R"("state_topic":"zigbee2mqtt/lamp","command_topic":"zigbee2mqtt/lamp/set","name":null,)"
    R"("availability":[{"topic":"zigbee2mqtt/bridge/state","value_template":"{{ value_json.state }}"}],)"
    R"("default_entity_id":"light.kitchen_lamp","unique_id":"0x01_light",)"
    R"("device":{"identifiers":["zigbee2mqtt_0x01"],"name":"Kitchen lamp","model":"E27"},"origin":{"name":"Zigbee2MQTT"}})";
const std::string kMotionTopic = "homeassistant/binary_sensor/0x02/occupancy/config";
const std::string kMotion =
    R"({"stat_t":"zigbee2mqtt/motion","val_tpl":"{{ value_json.occupancy }}","pl_on":true,"pl_off":false,)"
    R"("dev_cla":"motion","uniq_id":"0x02_occupancy","def_ent_id":"binary_sensor.hall_motion",)"
    R"("dev":{"ids":"zigbee2mqtt_0x02","name":"Hall"}})";

// A house in which zigbee2mqtt runs with a lamp.
struct Announced : ::testing::Test {
  Announced() {
    house.broker[kLampTopic] = kLamp;
    house.broker["zigbee2mqtt/bridge/state"] = R"({"state":"online"})";
    house.connect();
  }
  std::string state(const std::string& id) { return house.field("gable/state/" + id, "state"); }
  std::string availability(const std::string& id) {
    return house.field("gable/availability/" + id, "status");
  }

  CoreHouse house;
};

TEST_F(Announced, ALampIsThereWithItsNameIdAndFeatures) {
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "name"), "Kitchen lamp");
  EXPECT_EQ(availability("light/kitchen_lamp"), "online");
  EXPECT_EQ(house.status->status, wire::ParticipantStatus::online);
}

// A press is never old news: the first after a start triggers like any other.
TEST_F(Announced, TheFirstPressAfterAStartCounts) {
  const auto press = [&] { house.send("zigbee2mqtt/knob", R"({"event_type":"single"})"); };
  house.keep("homeassistant/event/0x03/action/config",
             R"({"state_topic":"zigbee2mqtt/knob","event_types":["single"],"unique_id":"0x03",)"
             R"("default_entity_id":"event.knob","name":"Knob"})");
  press();
  house.restart();
  house.load_rules(R"(
automation:
- id: knob
  triggers: {trigger: state, entity_id: event.knob}
  actions: {event: pressed}
)");
  house.connect();
  house.advance(std::chrono::seconds(10));
  const std::string before = house.field("gable/state/automation/knob", "last_triggered");
  press();
  EXPECT_NE(house.field("gable/state/automation/knob", "last_triggered"), before);
}

TEST_F(Announced, WhatItReportsIsItsState) {
  house.send("zigbee2mqtt/lamp", R"({"state":"ON","brightness":127})");
  EXPECT_EQ(state("light/kitchen_lamp"), "on");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "brightness"), "128");
}

TEST_F(Announced, ACommandLeavesInTheDevicesOwnFormAndIsDoneWhenReported) {
  house.send("zigbee2mqtt/lamp", R"({"state":"OFF"})");
  house.take();
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","brightness":255,"_id":"1"})");
  EXPECT_THAT(house.take(), Contains(R"(zigbee2mqtt/lamp/set {"state":"ON","brightness":254})"));
  house.send("zigbee2mqtt/lamp", R"({"state":"ON","brightness":254})");
  const auto results = house.said("gable/result/light/kitchen_lamp");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].find("status")->string_or(""), "done");
}

TEST_F(Announced, ACommandIsInTheStoreWhileNobodyKnowsItsEnd) {
  const auto outstanding = [&] {
    return std::count_if(house.store.begin(), house.store.end(),
                         [](const auto& row) { return row.first.first == Table::desired; });
  };
  house.send("zigbee2mqtt/lamp", R"({"state":"OFF"})");
  house.send("gable/set/light/kitchen_lamp", "on");
  EXPECT_EQ(outstanding(), 1);
  house.send("zigbee2mqtt/lamp", R"({"state":"ON"})");
  EXPECT_EQ(outstanding(), 0);
  // What is so already is done at once.
  house.take();
  house.send("gable/set/light/kitchen_lamp", "on");
  EXPECT_EQ(outstanding(), 0);
  ASSERT_EQ(house.said("gable/result/light/kitchen_lamp").size(), 1u);
  EXPECT_EQ(house.said("gable/result/light/kitchen_lamp")[0].find("status")->string_or(""), "done");
}

TEST_F(Announced, ACommandThatIsNotReportedEndsInTimeout) {
  house.send("zigbee2mqtt/lamp", R"({"state":"OFF"})");
  house.send("gable/set/light/kitchen_lamp", "on");
  house.take();
  house.advance(std::chrono::seconds(10));
  const auto results = house.said("gable/result/light/kitchen_lamp");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].find("status")->string_or(""), "timeout");
}

TEST_F(Announced, ItsAvailabilityTopicDecides) {
  house.send("zigbee2mqtt/lamp", R"({"state":"ON"})");
  house.send("zigbee2mqtt/bridge/state", R"({"state":"offline"})");
  EXPECT_EQ(availability("light/kitchen_lamp"), "offline");
  house.send("gable/set/light/kitchen_lamp", R"({"state":"on","_id":"2"})");
  EXPECT_THAT(house.said("gable/result/light/kitchen_lamp").back().find("reason")->string_or(""),
              HasSubstr("zigbee2mqtt/bridge/state says offline"));
  house.send("zigbee2mqtt/bridge/state", R"({"state":"online"})");
  EXPECT_EQ(availability("light/kitchen_lamp"), "online");
}

TEST_F(Announced, AnotherOneMayComeWhileTheHubRuns) {
  house.broker["zigbee2mqtt/motion"] = R"({"occupancy":true})";
  house.keep(kMotionTopic, kMotion);
  EXPECT_EQ(state("binary_sensor/hall_motion"), "on") << "its retained state is read";
  house.send("zigbee2mqtt/motion", R"({"occupancy":false})");
  EXPECT_EQ(state("binary_sensor/hall_motion"), "off");
}

TEST_F(Announced, TheSameAnnouncementAgainChangesNothing) {
  house.take();
  house.keep(kLampTopic, kLamp);
  EXPECT_THAT(house.take(), IsEmpty());
}

TEST_F(Announced, AnEmptiedTopicTakesTheEntityAway) {
  house.send("zigbee2mqtt/lamp", R"({"state":"ON"})");
  house.keep(kLampTopic, "");
  for (const auto& [topic, payload] : house.broker) EXPECT_THAT(topic, Not(HasSubstr("kitchen_lamp")));
  house.send("zigbee2mqtt/lamp", R"({"state":"OFF"})");
  for (const auto& [topic, payload] : house.broker) EXPECT_THAT(topic, Not(HasSubstr("kitchen_lamp")));
}

TEST_F(Announced, ARestartOfTheHubIsNoNews) {
  house.broker["zigbee2mqtt/lamp"] = R"({"state":"ON","brightness":254})";
  house.send("zigbee2mqtt/lamp", R"({"state":"ON","brightness":254})");
  house.journal.clear();
  house.restart();
  house.connect();
  for (const auto& line : house.journal) EXPECT_THAT(line, Not(HasSubstr(R"("k":"change")")));
  EXPECT_EQ(state("light/kitchen_lamp"), "on");
}

TEST_F(Announced, WhatNobodyAnnouncesAfterARestartIsOfflineAndCanBeForgotten) {
  house.send("zigbee2mqtt/lamp", R"({"state":"ON"})");
  house.broker.erase(kLampTopic);
  house.restart();
  house.connect();
  EXPECT_EQ(availability("light/kitchen_lamp"), "offline");
  house.send("gable/hub/request/forget", R"({"entity":"light.kitchen_lamp"})");
  EXPECT_FALSE(house.broker.contains("gable/meta/light/kitchen_lamp"));
}

TEST_F(Announced, AnAnnouncementCannotTakeWhatAnotherOneHas) {
  house.keep("homeassistant/light/liar/light/config", kLamp);
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "name"), "Kitchen lamp");
  EXPECT_THAT(house.problems(), Contains(HasSubstr("liar")));
  house.keep("homeassistant/light/liar/light/config", "");
  EXPECT_THAT(house.problems(), IsEmpty());
  EXPECT_TRUE(house.broker.contains("gable/meta/light/kitchen_lamp"));
}

TEST_F(Announced, AnAnnouncementCannotMakeTheHubSpeakInItsOwnName) {
  house.keep(
      "homeassistant/button/liar/x/config",
      R"({"command_topic":"gable/hub/request/forget","name":"x","unique_id":"liar","payload_press":"{}"})");
  house.take();
  house.send("gable/set/button/x", R"({"service":"press","_id":"9"})");
  for (const auto& line : house.take()) EXPECT_FALSE(line.starts_with("gable/hub/request")) << line;
}

TEST_F(Announced, ExpireAfterMakesItUnavailableUntilTheNextMessage) {
  house.keep(
      "homeassistant/sensor/t/t/config",
      R"({"state_topic":"t","unique_id":"t","name":"T","unit_of_measurement":"°C","expire_after":60})");
  EXPECT_EQ(availability("sensor/t"), "offline");
  house.send("t", "21.5");
  EXPECT_EQ(availability("sensor/t"), "online");
  EXPECT_EQ(state("sensor/t"), "21.5");
  house.advance(std::chrono::seconds(61));
  EXPECT_EQ(availability("sensor/t"), "offline");
}

TEST_F(Announced, OffDelayTurnsItOff) {
  house.keep("homeassistant/binary_sensor/p/p/config",
             R"({"state_topic":"p","unique_id":"p","name":"P","off_delay":5})");
  house.send("p", "ON");
  house.advance(std::chrono::seconds(3));
  house.send("p", "ON");
  house.advance(std::chrono::seconds(4));
  EXPECT_EQ(state("binary_sensor/p"), "on");
  house.advance(std::chrono::seconds(2));
  EXPECT_EQ(state("binary_sensor/p"), "off");
}

// No session keeps what is said at QoS 0.
TEST_F(Announced, AfterAnInterruptionWhatTheBrokerHoldsIsAskedForAgain) {
  house.lose_broker();
  const std::size_t before = house.subscribed.size();
  house.connect_only(5, true);
  const auto asked = [&](const std::string& filter) {
    return std::any_of(house.subscribed.begin() + static_cast<std::ptrdiff_t>(before), house.subscribed.end(),
                       [&](const Subscribe& wish) { return wish.filter == filter && wish.stored; });
  };
  EXPECT_TRUE(asked("zigbee2mqtt/lamp"));
  EXPECT_TRUE(asked("zigbee2mqtt/bridge/state"));
  EXPECT_TRUE(asked("homeassistant/+/+/config"));
}

TEST_F(Announced, ForceUpdateMakesAnEqualStateAChange) {
  house.keep("homeassistant/sensor/w/w/config",
             R"({"state_topic":"w","unique_id":"w","name":"W","force_update":true})");
  house.send("w", "7");
  const std::string before = house.field("gable/state/sensor/w", "_seq");
  house.advance(std::chrono::seconds(5));
  house.send("w", "7");
  EXPECT_NE(house.field("gable/state/sensor/w", "_seq"), before);
  EXPECT_EQ(house.field("gable/state/sensor/w", "_since"), house.field("gable/state/sensor/w", "_at"));
}

TEST_F(Announced, ATrackerIsWhereItsCoordinatesAreUntilItNamesAPlace) {
  house.keep("homeassistant/device_tracker/p/p/config",
             R"({"state_topic":"p","json_attributes_topic":"p/at","unique_id":"p","name":"P"})");
  house.send("p/at", R"({"latitude":10.5,"longitude":20.5,"gps_accuracy":10})");
  EXPECT_EQ(state("device_tracker/p"), "not_home");
  house.send("p", "Beach");
  house.send("p/at", R"({"latitude":10.6,"longitude":20.5,"gps_accuracy":10})");
  EXPECT_EQ(state("device_tracker/p"), "Beach");
  house.send("p", "None");
  EXPECT_EQ(state("device_tracker/p"), "not_home");
}

// Mosquitto delivers a message once for each filter that matches it.
TEST_F(Announced, OverlappingFiltersMakeOneMessageOfItsCopies) {
  house.keep("homeassistant/event/a/a/config",
             R"({"state_topic":"remote/one","unique_id":"a","name":"A","event_types":["press"]})");
  house.keep("homeassistant/event/b/b/config",
             R"({"state_topic":"remote/+","unique_id":"b","name":"B","event_types":["press"]})");
  house.take();
  const std::string press = R"({"event_type":"press"})";
  for (int copy = 0; copy < 4; ++copy) house.send("remote/one", press);
  EXPECT_EQ(house.said("gable/event/event/a").size(), 2u) << "pressed twice, each delivered twice";
  EXPECT_EQ(house.said("gable/event/event/b").size(), 2u);
}

TEST_F(Announced, ADisabledEntityIsKnownAndSilent) {
  house.keep("homeassistant/sensor/l/l/config",
             R"({"state_topic":"l","unique_id":"l","name":"L","enabled_by_default":false})");
  house.send("l", "1");
  EXPECT_EQ(house.field("gable/meta/sensor/l", "disabled"), "on");
  EXPECT_FALSE(house.broker.contains("gable/state/sensor/l"));
}

TEST_F(Announced, ADeviceMessageAnnouncesAllAndTakesBackWhatItNoLongerNames) {
  const std::string head =
      R"({"dev":{"ids":["d"],"name":"D"},"o":{"name":"test"},"state_topic":"d/s","cmps":{)";
  const std::string a =
      R"("a":{"p":"sensor","unique_id":"d_a","name":"A","value_template":"{{ value_json.a }}"})";
  const std::string b =
      R"("b":{"p":"sensor","unique_id":"d_b","name":"B","value_template":"{{ value_json.b }}"})";
  house.keep("homeassistant/device/d/config", head + a + "," + b + "}}");
  house.send("d/s", R"({"a":1,"b":2})");
  EXPECT_EQ(state("sensor/d_a"), "1");
  EXPECT_EQ(state("sensor/d_b"), "2");
  house.keep("homeassistant/device/d/config", head + a + "}}");
  EXPECT_FALSE(house.broker.contains("gable/meta/sensor/d_b"));
  EXPECT_TRUE(house.broker.contains("gable/meta/sensor/d_a"));
}

TEST_F(Announced, OneBrokenTemplateCostsOneThing) {
  house.keep(
      "homeassistant/sensor/b/b/config",
      R"({"state_topic":"b","unique_id":"b","name":"B","json_attributes_topic":"b","json_attributes_template":"{{ x || 0 }}"})");
  house.send("b", "7");
  EXPECT_EQ(state("sensor/b"), "7");
  EXPECT_THAT(house.problems(), Contains(HasSubstr("discovery")));
}

TEST_F(Announced, AButtonsStateIsWhenItWasPressed) {
  house.keep("homeassistant/button/b/b/config",
             R"({"command_topic":"b/set","unique_id":"b","name":"B","payload_press":"go"})");
  house.take();
  house.send("gable/set/button/b", "press");
  EXPECT_THAT(house.take(), Contains("b/set go"));
  EXPECT_EQ(state("button/b"), "2026-11-22T12:00:00.000Z");
}

TEST_F(Announced, AHomieDeviceIsThereToo) {
  for (
      const auto& [topic, payload] : std::map<std::string, std::string>{
          {"homie/5/plug/$description",
           R"({"homie":"5.0","version":1,"name":"Plug","nodes":{"relay":{"name":"Relay","properties":{"on":{"name":"On","datatype":"boolean","settable":true}}}}})"},
          {"homie/5/plug/$state", "ready"},
          {"homie/5/plug/relay/on", "false"}})
    house.keep(topic, payload);
  std::string id;
  for (const auto& [topic, payload] : house.broker)
    if (topic.starts_with("gable/state/switch/")) id = topic.substr(12);
  ASSERT_FALSE(id.empty());
  EXPECT_EQ(state(id), "off");
  house.take();
  house.send("gable/set/" + id, "on");
  EXPECT_THAT(house.take(), Contains("homie/5/plug/relay/on/set true"));
  house.send("homie/5/plug/$state", "lost");
  EXPECT_EQ(availability(id), "offline");
}

TEST_F(Announced, WhatIsOursIsAnnouncedForOthersAndNotReadBack) {
  House ours;
  ours.discovery.announce = true;
  house.restart(ours);
  house.connect();
  house.device("virtual/info",
               R"({"program":"x","version":"0.1.0","protocol":"virtual","schema":"bridge/1"})");
  house.device("virtual/device/fan", R"({"schema":"device/1","name":"Fan","entity":{"domain":"switch"}})");
  const std::string topic = "homeassistant/switch/gable_gable/switch_fan/config";
  ASSERT_TRUE(house.broker.contains(topic));
  const auto said = house.retained(topic);
  EXPECT_EQ(said.find("state_topic")->string_or(""), "gable/state/switch/fan");
  EXPECT_EQ(said.find("command_topic")->string_or(""), "gable/set/switch/fan");
  house.keep(topic, house.broker.at(topic));
  EXPECT_FALSE(house.broker.contains("gable/meta/switch/fan_2"));
  for (const auto& [known, payload] : house.broker)
    EXPECT_FALSE(known.starts_with("homeassistant/light/gable_"))
        << "what announces itself is not announced again";
}

TEST_F(Announced, AZigbee2MqttThatDoesNotAnnounceIsNamedWithTheLineToAdd) {
  const std::string info =
      R"({"version":"2.14.1","coordinator":{},"config":{"homeassistant":{"enabled":false}}})";
  house.keep("zigbee2mqtt/bridge/info", info);
  ASSERT_THAT(house.problems(), Contains(HasSubstr("announce")));
  EXPECT_THAT(house.field("gable/problem/discovery.zigbee2mqtt.announce", "help"),
              HasSubstr("homeassistant: {enabled: true}"));
  house.keep("zigbee2mqtt/bridge/info", R"({"coordinator":{},"config":{"homeassistant":{"enabled":true}}})");
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST_F(Announced, DevicesThatAreNotAnnouncedInAWhileAreNamed) {
  house.keep("zigbee2mqtt/bridge/devices",
             R"([{"type":"Coordinator","ieee_address":"0x00","supported":true},)"
             R"({"type":"Router","ieee_address":"0x01","supported":true},)"
             R"({"type":"Router","ieee_address":"0x77","friendly_name":"Attic lamp","supported":true},)"
             R"({"type":"Router","ieee_address":"0x88","supported":false}])");
  house.advance(std::chrono::seconds(29));
  EXPECT_THAT(house.problems(), IsEmpty()) << "it lists its devices first and announces them then";
  house.advance(std::chrono::seconds(2));
  ASSERT_THAT(house.problems(), Contains("discovery.zigbee2mqtt.missing"));
  EXPECT_THAT(house.field("gable/problem/discovery.zigbee2mqtt.missing", "text"),
              HasSubstr("1 of 2 devices of zigbee2mqtt at zigbee2mqtt are not announced: Attic lamp"));
  house.keep("homeassistant/light/0x77/light/config",
             R"({"unique_id":"0x77_light","command_topic":"zigbee2mqtt/x/set","schema":"json",)"
             R"("device":{"identifiers":["zigbee2mqtt_0x77"],"name":"Attic lamp"}})");
  house.advance(std::chrono::seconds(31));
  EXPECT_THAT(house.problems(), IsEmpty());
}

TEST_F(Announced, AValueThatCannotBeIsNamedUntilTheNextThatCan) {
  const std::string topic = "homeassistant/climate/x/x/config";
  house.keep(topic, R"({"unique_id":"x","current_humidity_topic":"x/humidity","mode_command_topic":"x/set",)"
                    R"("modes":["off","heat"],"device":{"identifiers":["x"],"name":"X"}})");
  house.send("x/humidity", "955");
  ASSERT_THAT(house.problems(), testing::SizeIs(1));
  house.send("x/humidity", "55");
  EXPECT_THAT(house.problems(), IsEmpty());
  house.send("x/humidity", "955");
  house.keep(topic, "");
  EXPECT_THAT(house.problems(), IsEmpty()) << "what is gone has no faults";
}

TEST_F(Announced, DroppedMessagesAreNamedWhenTheyRise) {
  house.send("$SYS/broker/publish/messages/dropped", "7");
  EXPECT_THAT(house.problems(), IsEmpty()) << "before our time";
  house.send("$SYS/broker/publish/messages/dropped", "8");
  EXPECT_THAT(house.problems(), IsEmpty()) << "of our start, which has read it again";
  house.advance(std::chrono::seconds(16));
  house.send("$SYS/broker/publish/messages/dropped", "9");
  EXPECT_THAT(house.problems(), Contains("broker.dropped"));
}

TEST_F(Announced, NobodyMayMakeTheHubListenToItself) {
  int number = 0;
  for (const auto* filter : {"#", "+/#", "+/state/#", "gable/state/light/kitchen_lamp", "+/+/+/+"}) {
    const std::string id = "liar" + std::to_string(++number);
    house.subscribed.clear();
    std::string payload = R"({"name":")" + id;
    payload.append(R"(","unique_id":")")
        .append(id)
        .append(R"(","state_topic":")")
        .append(filter)
        .append(R"("})");
    house.keep("homeassistant/sensor/" + id + "/x/config", payload);
    EXPECT_THAT(house.subscribed, IsEmpty()) << filter;
    EXPECT_THAT(house.problems(), Contains(HasSubstr(id))) << filter;
  }
  house.keep("homeassistant/sensor/honest/x/config",
             R"({"name":"H","unique_id":"h","state_topic":"+/+/BTtoMQTT/AABB"})");
  house.send("home/gateway/BTtoMQTT/AABB", "5");
  EXPECT_EQ(state("sensor/h"), "5");
}

TEST_F(Announced, EnabledLaterItHasAState) {
  const std::string head = R"({"state_topic":"l","unique_id":"l","name":"L")";
  house.broker["l"] = "7";
  house.keep("homeassistant/sensor/l/l/config", head + R"(,"enabled_by_default":false})");
  EXPECT_FALSE(house.broker.contains("gable/state/sensor/l"));
  house.keep("homeassistant/sensor/l/l/config", head + "}");
  EXPECT_EQ(state("sensor/l"), "7");
  EXPECT_EQ(availability("sensor/l"), "online");
  house.keep("homeassistant/sensor/l/l/config", head + R"(,"enabled_by_default":false})");
  EXPECT_FALSE(house.broker.contains("gable/state/sensor/l"));
  EXPECT_TRUE(house.broker.contains("gable/meta/sensor/l"));
}

TEST_F(Announced, WhoJoinsATopicHasWhatIsRetainedThere) {
  house.broker["s"] = R"({"a":1,"b":2})";
  house.keep("homeassistant/sensor/a/a/config",
             R"({"state_topic":"s","unique_id":"a","name":"A","value_template":"{{ value_json.a }}"})");
  house.keep("homeassistant/sensor/b/b/config",
             R"({"state_topic":"s","unique_id":"b","name":"B","value_template":"{{ value_json.b }}"})");
  EXPECT_EQ(state("sensor/a"), "1");
  EXPECT_EQ(state("sensor/b"), "2");
}

TEST(WronglyAnnounced, AllThatIsWrongWithAnAnnouncementIsTold) {
  CoreHouse house;
  house.connect();
  const std::string topic = "homeassistant/device/d/config";
  house.keep(topic, R"({"device":{"identifiers":["d"]},"origin":{"name":"x"},"components":{)"
                    R"("a":{"platform":"switch","unique_id":"a"},"b":{"platform":"light","unique_id":"b"},)"
                    R"("c":{"platform":"sensor","unique_id":"c","state_topic":"d/c"}}})");
  ASSERT_EQ(house.problems().size(), 1U);
  const std::string text = house.field("gable/problem/" + house.problems().front(), "text");
  EXPECT_NE(text.find("switch: "), std::string::npos) << text;
  EXPECT_NE(text.find("light: "), std::string::npos) << text;
  house.keep(topic, R"({"device":{"identifiers":["d"]},"origin":{"name":"x"},"components":{)"
                    R"("c":{"platform":"sensor","unique_id":"c","state_topic":"d/c"}}})");
  EXPECT_TRUE(house.problems().empty());
}

}  // namespace
}  // namespace gable::hub::test
