// Service calls of rules to entities: what is sent, what is refused, when a call ends, and what happens to it
// across a restart.

#include "services_desk.hpp"

namespace gable::hub::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

House furnished() {
  House house;
  house.helpers.push_back({EntityId("input_boolean", "guests"), "Guests", "", InputBoolean{}});
  house.helpers.push_back(
      {EntityId("input_number", "target"), "Target", "", InputNumber{.min = 5, .max = 30}});
  house.helpers.push_back(
      {EntityId("input_select", "mode"), "Mode", "", InputSelect{.options = {"home", "away"}}});
  return house;
}

class ServiceCalls : public ::testing::Test {
 protected:
  ServiceCalls() {
    house.announce("lamp", R"({"domain":"light"})", R"({"state":"off"})");
    house.announce("dimmer", R"({"domain":"light","features":["brightness"]})",
                   R"({"state":"on","brightness":100})");
    house.announce("color", R"({"domain":"light","features":["hs"]})", R"({"state":"on"})");
    house.announce("valve", R"({"domain":"cover","features":["open","close"]})", R"({"state":"open"})");
    house.take();
  }

  std::string state(const char* entity) { return std::string(house.registry.find(entity)->composed_state()); }

  DeskHouse house{furnished()};
};

TEST_F(ServiceCalls, ALampIsNotAskedForWhatItCannotDo) {
  house.call("light.turn_on", R"({"entity_id":"light.lamp"})",
             R"({"brightness_pct":40,"rgb_color":[255,0,0],"transition":2})");
  EXPECT_THAT(house.take(), ElementsAre(R"(lamp {"service":"turn_on"})"));
  house.call("light.turn_on", R"({"entity_id":"light.lamp"})", R"({"brightness":0})");
  EXPECT_THAT(house.take(), ElementsAre(R"(lamp {"service":"turn_off"})"));
  house.call("light.turn_on", R"({"entity_id":"light.color"})", R"({"color_name":"lime"})");
  EXPECT_THAT(house.take(), ElementsAre(R"(color {"service":"turn_on","hs_color":[120.0,100.0]})"));
}

TEST_F(ServiceCalls, BadParametersAreRefusedAndNothingIsSent) {
  for (const char* data : {R"({"hs_color":[1,300]})", R"({"brightnes":3})", R"({"brightness":"bright"})",
                           R"({"color_name":"bleu"})"}) {
    const auto outcome = house.call("light.turn_on", R"({"entity_id":["light.color","light.dimmer"]})", data);
    EXPECT_EQ(outcome.status, Status::refused) << data;
    EXPECT_THAT(house.take(), IsEmpty()) << data;
  }
  EXPECT_EQ(house.call("light.dance", R"({"entity_id":"light.lamp"})").status, Status::refused);
  EXPECT_EQ(house.call("light.turn_on", R"({"entity_id":"light.nobody"})", R"({"brightnes":3})").status,
            Status::refused)
      << "also where no entity is there to say so";
  EXPECT_THAT(house.call("lihgt.turn_on", R"({"entity_id":"light.lamp"})").error,
              HasSubstr("did you mean light?"));
}

TEST_F(ServiceCalls, ValuesTakeTheTypeThatHomeAssistantGivesThem) {
  house.call("light.turn_on", R"({"entity_id":"light.dimmer"})", R"({"brightness":"127.9"})");
  house.call("light.turn_on", R"({"entity_id":"light.dimmer"})", R"({"brightness":300})");
  EXPECT_THAT(house.take(), ElementsAre(R"(dimmer {"service":"turn_on","brightness":127})",
                                        R"(dimmer {"service":"turn_on","brightness":255})"));
}

TEST_F(ServiceCalls, AnEntityWithoutTheFeatureFailsWhenItIsNamed) {
  const auto outcome =
      house.call("cover.set_cover_position", R"({"entity_id":"cover.valve"})", R"({"position":20})");
  EXPECT_EQ(outcome.status, Status::failed);
  EXPECT_THAT(outcome.error, HasSubstr("set_position"));
  const auto all = house.call("cover.set_cover_position", R"({"entity_id":"all"})", R"({"position":20})");
  EXPECT_EQ(all.status, Status::done) << "among others it is passed over";
  EXPECT_THAT(all.note, HasSubstr("cover.valve"));
}

TEST_F(ServiceCalls, HelpersAreDoneAtOnceAndSeen) {
  EXPECT_EQ(house.call("input_boolean.turn_on", R"({"entity_id":"input_boolean.guests"})").status,
            Status::done);
  EXPECT_EQ(state("input_boolean.guests"), "on");
  EXPECT_EQ(house.registry.find("input_boolean.guests")->state.context->by, "automation.test");
  EXPECT_EQ(house.registry.find("input_boolean.guests")->state.context->run, "run");
  EXPECT_EQ(
      house.call("input_number.set_value", R"({"entity_id":"input_number.target"})", R"({"value":"21.5"})")
          .status,
      Status::done);
  EXPECT_EQ(state("input_number.target"), "21.5");
  EXPECT_EQ(house.call("input_number.set_value", R"({"entity_id":"input_number.target"})", R"({"value":31})")
                .status,
            Status::failed);
  EXPECT_EQ(house.call("input_select.select_next", R"({"entity_id":"input_select.mode"})").status,
            Status::done);
  EXPECT_EQ(state("input_select.mode"), "away");
  EXPECT_EQ(
      house.call("homeassistant.toggle", R"({"entity_id":["input_boolean.guests","light.lamp"]})").status,
      Status::done);
  EXPECT_EQ(state("input_boolean.guests"), "off");
  EXPECT_THAT(house.take(), ElementsAre(R"(lamp {"service":"toggle"})"));
}

TEST_F(ServiceCalls, ScriptsAndScenesGoToTheRules) {
  house.call("scene.turn_on", R"({"entity_id":"scene.evening"})");
  ASSERT_EQ(house.passed.size(), 1u);
  EXPECT_EQ(house.passed[0].domain + "." + house.passed[0].service, "scene.turn_on");
  house.client("script.greet", R"({"data":{"name":"Ann"}})");
  ASSERT_EQ(house.passed.size(), 2u);
  EXPECT_EQ(house.passed[1].service, "greet");
  EXPECT_EQ(house.passed[1].id, 0u);
}

TEST_F(ServiceCalls, ADeviceServiceEndsWhenItHasLeft) {
  house.out.publishes.clear();
  EXPECT_EQ(house.call("light.turn_on", R"({"entity_id":"light.lamp"})").status, Status::done);
  const auto id = house.out.commands.at(0).correlation;
  house.result(id, wire::CommandStatus::failed);
  EXPECT_THAT(house.ended, IsEmpty());
  EXPECT_TRUE(house.problems.active("command.light.lamp")) << "the rule went on, but it must be known";
  house.call("light.turn_on", R"({"entity_id":"light.lamp"})");
  house.out.publishes.clear();
  house.report("lamp", R"({"state":"on"})");
  EXPECT_FALSE(house.problems.active("command.light.lamp"));
  for (const auto& publish : house.out.publishes)
    EXPECT_THAT(publish.topic, ::testing::Not(HasSubstr("/result/"))) << "nobody asked for it";
}

TEST_F(ServiceCalls, WaitResultWaitsForAll) {
  auto call = DeskHouse::make("light.turn_off", R"({"entity_id":["light.dimmer","light.color"]})", "{}");
  call.wait_result = true;
  EXPECT_EQ(house.call(call).status, Status::pending);
  house.report("dimmer", R"({"state":"off"})");
  EXPECT_THAT(house.ended, IsEmpty());
  house.report("color", R"({"state":"off"})");
  ASSERT_EQ(house.ended.size(), 1u);
  EXPECT_EQ(house.ended[0].error, "");
  EXPECT_EQ(house.call(call).status, Status::pending);
  house.advance(std::chrono::seconds(60));
  ASSERT_EQ(house.ended.size(), 2u);
  EXPECT_THAT(house.ended[1].error, HasSubstr("no answer"));
}

TEST_F(ServiceCalls, WhatIsRepeatedAfterARestartIsOnlyWhatDoesNoHarm) {
  const auto again = [&](const char* service, const char* data) {
    auto call = DeskHouse::make(service, R"({"entity_id":"light.dimmer"})", data);
    call.again = true;
    return house.call(call).status;
  };
  EXPECT_EQ(again("light.turn_on", R"({"brightness":10})"), Status::done);
  EXPECT_EQ(house.take().size(), 1u);
  EXPECT_EQ(again("light.toggle", "{}"), Status::unknown);
  EXPECT_EQ(again("light.turn_on", R"({"brightness_step":10})"), Status::unknown);
  EXPECT_EQ(again("homeassistant.toggle", "{}"), Status::unknown);
  EXPECT_EQ(again("notify.notify", R"({"message":"x"})"), Status::unknown);
  EXPECT_THAT(house.take(), IsEmpty());
  auto call = DeskHouse::make("light.turn_on", R"({"entity_id":"light.lamp"})", "{}");
  call.id = 7;
  house.call(call);
  house.take();
  call.again = true;
  EXPECT_EQ(house.call(call).status, Status::done);
  EXPECT_THAT(house.take(), IsEmpty()) << "the desk has it already";
}

}  // namespace
}  // namespace gable::hub::test
