// Services that are for no entity: messages, notices, groups, the log, programs.

#include "core/services/values.hpp"
#include "services_desk.hpp"

namespace gable::hub::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

House furnished() {
  House house;
  house.helpers.push_back({EntityId("input_boolean", "guests"), "Guests", "", InputBoolean{}});
  house.shell_commands.push_back({.name = "plain", .command = "echo hello | wc -c"});
  house.shell_commands.push_back({.name = "say", .command = "espeak -a 50 '{{ message }}'"});
  RestCommand hook;
  hook.name = "hook";
  hook.url = "http://nas/{{ path }}";
  hook.method = "post";
  hook.payload = R"({"a": "{{ message }}"})";
  house.rest_commands.push_back(hook);
  return house;
}

class HouseServicesTest : public ::testing::Test {
 protected:
  DeskHouse house{furnished()};
};

TEST_F(HouseServicesTest, MqttPublishSendsAsHomeAssistantPrints) {
  house.call("mqtt.publish", "", R"({"topic":"a/b","payload":21.0,"retain":true,"qos":2})");
  ASSERT_EQ(house.out.commands.size(), 1u);
  EXPECT_TRUE(house.out.commands[0].retained);
  EXPECT_EQ(house.out.commands[0].qos, 2);
  EXPECT_THAT(house.take(), ElementsAre("a/b 21.0"));
  house.call("mqtt.publish", "", R"({"topic":"a","payload":true})");
  house.call("mqtt.publish", "", R"({"topic":"a","payload":"b'\\x41\\n'","evaluate_payload":true})");
  house.call("mqtt.publish", "", R"({"topic":"a"})");
  EXPECT_THAT(house.take(), ElementsAre("a True", "a A\n", "a "));
}

TEST_F(HouseServicesTest, MqttPublishKeepsOutOfTheHubsPlace) {
  for (const char* topic : {"gable/state/light/x", "gable", "gable/bridge/b/set/lamp", "a/+", "$SYS/x", ""})
    EXPECT_EQ(
        house.call("mqtt.publish", "", std::string(R"({"topic":")") + topic + R"(","payload":"x"})").status,
        Status::refused)
        << topic;
  EXPECT_EQ(house.call("mqtt.publish", "", R"({"topic":"a","paylod":"x"})").status, Status::refused);
  std::vector<std::string> heard;
  house.services.set_loopback([&](Turn&, const MessageIn& message) { heard.push_back(message.topic); });
  EXPECT_EQ(house.call("mqtt.publish", "", R"({"topic":"gable/set/light/x","payload":"on"})").status,
            Status::done);
  EXPECT_THAT(heard, ElementsAre("gable/set/light/x"));
  EXPECT_THAT(house.take(), IsEmpty());
  EXPECT_EQ(house.call("mqtt.dump", "", R"({"topic":"a"})").status, Status::refused);
}

TEST_F(HouseServicesTest, NoticesStayUntilTheyAreDismissed) {
  house.call("persistent_notification.create", "",
             R"({"title":"Wash","message":"is done","notification_id":"wash.er"})");
  house.call("persistent_notification.create", "", R"({"message":"two"})");
  EXPECT_TRUE(house.problems.active("notification_wash_er"));
  EXPECT_EQ(house.problems.all().at("notification_wash_er").text, "Wash: is done");
  EXPECT_EQ(house.problems.all().at("notification_1").text, "two");
  house.call("persistent_notification.dismiss", "", R"({"notification_id":"wash.er"})");
  EXPECT_FALSE(house.problems.active("notification_wash_er"));
  house.call("persistent_notification.dismiss_all", "");
  EXPECT_FALSE(house.problems.active("notification_1"));
}

TEST(Notices, SurviveARestart) {
  CoreHouse house;
  house.connect();
  house.send("gable/call/persistent_notification/create",
             R"({"data":{"message":"Look","notification_id":"a"}})");
  house.restart();
  house.connect();
  EXPECT_THAT(house.problems(), ElementsAre("notification_a"));
}

TEST_F(HouseServicesTest, NotifiersAreThoseOfBridges) {
  EXPECT_THAT(house.call("notify.phone", "", R"({"message":"x"})").error, HasSubstr("no bridge offers"));
  house.announce("phone", R"({"domain":"notify"})", "{}");
  house.take();
  EXPECT_EQ(house.call("notify.phone", "", R"({"message":"Hi","title":"T","target":"ann"})").status,
            Status::done);
  EXPECT_THAT(house.take(),
              ElementsAre(R"(phone {"service":"send_message","message":"Hi","data":{"target":"ann"}})"));
  house.call("notify.send_message", R"({"entity_id":"notify.phone"})", R"({"message":"Hi"})");
  house.call("notify.notify", "", R"({"message":"Hi"})");
  EXPECT_EQ(house.take().size(), 2u);
  EXPECT_EQ(house.call("notify.phone", "", R"({"mesage":"Hi"})").status, Status::refused);
  house.call("notify.persistent_notification", "", R"({"message":"Hi"})");
  EXPECT_TRUE(house.problems.active("notification_1"));
}

TEST_F(HouseServicesTest, SpeechGoesToTheVoiceOfThePlayer) {
  house.announce("kitchen", R"({"domain":"media_player"})", R"({"state":"idle"})");
  const char* data = R"({"media_player_entity_id":"media_player.kitchen","message":"Dinner"})";
  EXPECT_THAT(house.call("tts.speak", R"({"entity_id":"tts.any"})", data).error,
              HasSubstr("no bridge offers speech"));
  house.announce("notify_kitchen", R"({"domain":"notify","object_id":"kitchen"})", "{}");
  house.take();
  EXPECT_EQ(house.call("tts.speak", R"({"entity_id":"tts.any"})", data).status, Status::done);
  EXPECT_EQ(house.call("tts.cloud_say", "", R"({"entity_id":"media_player.kitchen","message":"Hi"})").status,
            Status::done);
  EXPECT_EQ(house.take().size(), 2u);
}

TEST_F(HouseServicesTest, GroupsMadeByRules) {
  EXPECT_EQ(house.call("group.set", "", R"({"object_id":"mine","entities":"input_boolean.guests"})").status,
            Status::done);
  EXPECT_EQ(house.registry.find("group.mine")->composed_state(), "off");
  house.call("input_boolean.turn_on", R"({"entity_id":"group.mine"})");
  EXPECT_EQ(house.registry.find("group.mine")->composed_state(), "on");
  EXPECT_EQ(house.call("group.remove", "", R"({"object_id":"mine"})").status, Status::done);
  EXPECT_EQ(house.registry.find("group.mine"), nullptr);
  house.call("input_boolean.turn_off", R"({"entity_id":"input_boolean.guests"})");
  EXPECT_EQ(house.call("group.set", "", R"({"object_id":"empty"})").status, Status::refused);
}

TEST_F(HouseServicesTest, TheLogAndTheJournal) {
  house.call("system_log.write", "", R"({"message":"hot","level":"warning"})");
  EXPECT_EQ(house.out.log.back().level, LogLevel::warning);
  EXPECT_EQ(house.out.log.back().text, "automation.test: hot");
  house.call("logbook.log", "", R"({"name":"Door","message":"opened","entity_id":"lock.front"})");
  EXPECT_THAT(std::move(house.out.journal.back()).json(),
              HasSubstr(R"("k":"logbook","name":"Door","message":"opened","e":"lock.front")"));
  EXPECT_EQ(house.call("logbook.log", "", R"({"name":"Door"})").status, Status::refused);
}

TEST_F(HouseServicesTest, WhatHasNoMeaningIsSaidOrRefused) {
  EXPECT_EQ(house.call("homeassistant.restart", "").status, Status::done);
  EXPECT_THAT(house.out.log.back().text, HasSubstr("homeassistant.restart"));
  EXPECT_EQ(house.call("homeassistant.stop", "").status, Status::refused);
  EXPECT_EQ(house.call("homeassistant.set_location", "", R"({"latitude":1,"longitude":2})").status,
            Status::refused);
  EXPECT_EQ(house.call("camera.snapshot", R"({"entity_id":"camera.x"})", R"({"filename":"x"})").status,
            Status::refused);
  EXPECT_EQ(house.call("input_boolean.reload", "").status, Status::done);
  ASSERT_EQ(house.out.requests.size(), 1u);
  EXPECT_EQ(house.out.requests[0].method, "reload");
}

TEST_F(HouseServicesTest, CommandsAreOffUnlessAllowed) {
  const auto outcome = house.call("shell_command.plain", "");
  EXPECT_EQ(outcome.status, Status::refused);
  EXPECT_THAT(outcome.error, HasSubstr("allow_commands"));
}

TEST(AllowedCommands, RunWithoutAShellWhereATemplateIsFilledIn) {
  House allowed = furnished();
  allowed.allow_commands = true;
  DeskHouse house(allowed);
  EXPECT_EQ(house.call("shell_command.plain", "").status, Status::pending);
  EXPECT_EQ(house.out.processes.at(0).shell, "echo hello | wc -c");
  EXPECT_EQ(house.call("shell_command.say", "", R"({"message":"it is; rm -rf /"})").status, Status::pending);
  EXPECT_THAT(house.out.processes.at(1).arguments, ElementsAre("espeak", "-a", "50", "it is; rm -rf /"));
  EXPECT_EQ(house.call("shell_command.sya", "").status, Status::refused);
  Turn turn{house.now, house.out};
  ProcessEnded ended;
  ended.id = house.out.processes[0].id;
  ended.output = "6 \xe4\n";  // Latin-1
  house.services.on_ended(turn, ended);
  ASSERT_EQ(house.ended.size(), 1u);
  EXPECT_EQ(to_wire_object(house.ended[0].response).find("stdout")->string_or(""), "6 \xEF\xBF\xBD\n");
  ended.id = house.out.processes[1].id;
  ended.failure = "it took longer than 60 s";
  house.services.on_ended(turn, ended);
  EXPECT_THAT(house.ended.at(1).error, HasSubstr("60 s"));
}

TEST(AllowedCommands, ServersAreCalledByCurlWithEverythingInItsInput) {
  House allowed = furnished();
  allowed.allow_commands = true;
  DeskHouse house(allowed);
  EXPECT_EQ(house.call("rest_command.hook", "", R"({"path":"x y","message":"\"q\""})").status,
            Status::pending);
  const EdgeAction& action = house.out.processes.at(0);
  EXPECT_THAT(action.arguments, ElementsAre("curl", "--disable", "--config", "-"));
  EXPECT_THAT(action.input, HasSubstr("request = \"POST\"\n"));
  EXPECT_THAT(action.input, HasSubstr(R"(data-raw = "{\"a\": \"\"q\"\"}")"));
  Turn turn{house.now, house.out};
  ProcessEnded ended;
  ended.id = action.id;
  ended.output =
      "{\"ok\":true}\x1d\x1e"
      "200 application/json";
  house.services.on_ended(turn, ended);
  const wire::Object response = to_wire_object(house.ended.at(0).response);
  EXPECT_EQ(response.find("status")->number_or(0), 200);
  EXPECT_NE(response.find("content")->as_object(), nullptr);
}

TEST(ShellWords, AreSplitAsAShellDoes) {
  const auto words = shell_words(R"(a 'b c' "d \"e\"" f\ g '')");
  ASSERT_TRUE(words);
  EXPECT_THAT(*words, ElementsAre("a", "b c", "d \"e\"", "f g", ""));
  EXPECT_FALSE(shell_words("'open"));
}

}  // namespace
}  // namespace gable::hub::test
