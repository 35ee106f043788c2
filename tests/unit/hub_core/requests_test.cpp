// What people ask the hub on a page: the whole house at once, and names, rooms and switches of their own.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kReply = "gable/client/anna/reply";

// All answers to one request.
std::vector<wire::Object> ask(CoreHouse& house, const std::string& method, const std::string& arguments) {
  house.take();
  house.send("gable/hub/request/" + method, arguments, kReply, "7");
  return house.said(kReply);
}

const wire::Object& data(const wire::Object& answer) {
  static const wire::Object kNone;
  const wire::Value* found = answer.find("data");
  return found == nullptr || found->as_object() == nullptr ? kNone : *found->as_object();
}

std::string text(const wire::Object& object, const char* key) {
  const wire::Value* value = object.find(key);
  return value == nullptr ? "" : wire::plain_text(*value);
}

// {"code": "conflict"} of the only answer.
std::string refusal(CoreHouse& house, const std::string& arguments) {
  const auto answers = ask(house, "customize", arguments);
  return answers.size() == 1 ? text(answers[0], "code") : "not one answer";
}

CoreHouse many(int count) {
  CoreHouse house;
  house.connect();
  house.lamp();
  for (int number = 0; number < count; ++number) {
    const std::string id = "extra_" + std::to_string(number);
    house.device("virtual/device/" + id,
                 R"({"schema":"device/1","name":"Extra","area":"Hall","entity":{"domain":"switch"}})");
    house.device("virtual/state/" + id, R"({"state":"off"})");
  }
  return house;
}

TEST(Snapshot, IsTheTreeInSmallMessages) {
  CoreHouse house = many(40);
  const auto answers = ask(house, "snapshot", R"({"page_bytes":2000,"_id":"q"})");
  ASSERT_GT(answers.size(), 5u);
  std::size_t entities = 0;
  for (std::size_t part = 0; part < answers.size(); ++part) {
    const wire::Object& page = data(answers[part]);
    EXPECT_EQ(text(page, "part"), std::to_string(part + 1));
    EXPECT_EQ(text(page, "more"), part + 1 < answers.size() ? "on" : "off");
    EXPECT_EQ(text(answers[part], "id"), "q");
    EXPECT_LE(wire::to_json(page).size(), 2000u);
    for (const auto& row : *page.find("entities")->as_list()) {
      const wire::Object& entity = *row.as_object();
      std::string path = text(entity, "id");
      path.replace(path.find('.'), 1, "/");
      for (const char* plane : {"meta", "state", "availability"})
        EXPECT_EQ(wire::Value(house.retained("gable/" + std::string(plane) + "/" + path)),
                  *entity.find(plane))
            << path;
      ++entities;
    }
  }
  EXPECT_EQ(entities, house.core->registry().size());
}

TEST(Snapshot, OfARoomOrADomainAndOfNothing) {
  CoreHouse house = many(3);
  EXPECT_THAT(*data(ask(house, "snapshot", R"({"area":"hall"})").at(0)).find("entities")->as_list(),
              SizeIs(3));
  EXPECT_THAT(*data(ask(house, "snapshot", R"({"domain":"light"})").at(0)).find("entities")->as_list(),
              SizeIs(1));
  const auto none = ask(house, "snapshot", R"({"area":"nowhere"})");
  ASSERT_THAT(none, SizeIs(1));
  EXPECT_EQ(text(data(none[0]), "more"), "off");
  for (const char* wrong : {"999", "65537", R"("many")"})
    EXPECT_EQ(text(ask(house, "snapshot", R"({"page_bytes":)" + std::string(wrong) + "}").at(0), "ok"), "off")
        << wrong;
}

TEST(Customize, NamesRoomsAndIconsSurviveARestartAndARename) {
  CoreHouse house;
  house.connect();
  house.lamp();
  EXPECT_EQ(
      refusal(house,
              R"({"entity":"light.kitchen_lamp","name":"Stove","area":"Winter garden","icon":"mdi:stove"})"),
      "");
  house.send("gable/hub/request/rename", R"({"entity":"light.kitchen_lamp","to":"light.stove"})");
  house.restart();
  house.connect();
  EXPECT_EQ(house.field("gable/meta/light/stove", "name"), "Stove");
  EXPECT_EQ(house.field("gable/meta/light/stove", "area"), "winter_garden");
  EXPECT_EQ(house.field("gable/meta/light/stove", "icon"), "mdi:stove");
  EXPECT_EQ(refusal(house, R"({"entity":"light.stove","name":null,"area":null,"icon":null})"), "");
  EXPECT_EQ(house.field("gable/meta/light/stove", "name"), "Kitchen lamp");
  EXPECT_EQ(house.field("gable/meta/light/stove", "area"), "kitchen");
  EXPECT_EQ(house.store.count({Table::setting, "entity/virtual/lamp"}), 0u);
}

TEST(Rename, TheAnswerNamesTheRulesThatStillHaveTheFormerId) {
  CoreHouse house;
  house.connect();
  house.lamp();
  auto rules = std::make_shared<rules::RuleSet>();
  rules->automations = {{.id = "evening"}, {.id = "other"}};
  std::vector<rules::RuleReport> reports(2);
  reports[0].id = "automation.evening";
  reports[0].mentions = {{"light.kitchen_lamp", {0, 3, 5}}};
  reports[1].id = "automation.other";
  reports[1].mentions = {{"light.hall", {0, 6, 5}}};
  house.handle(RulesChanged{.rules = rules, .reports = reports});
  house.take();
  house.send("gable/hub/request/rename", R"({"entity":"light.kitchen_lamp","to":"light.stove"})");
  const auto answers = house.said("gable/hub/response/rename");
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(wire::to_json(*answers[0].find("data")),
            R"({"entity":"light.stove","rules":["automation.evening"]})");
}

TEST(Customize, ARoomThatThereWasNotIsToldWithTheOneThatWasMeant) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const auto put = [&](const std::string& room) {
    house.take();
    house.send("gable/hub/request/customize", R"({"entity":"light.kitchen_lamp","area":")" + room + R"("})");
    const wire::Object answer = *house.said("gable/hub/response/customize").at(0).find("data")->as_object();
    return text(answer, "new_area") + "/" + text(answer, "near");
  };
  EXPECT_EQ(put("Scullery"), "Scullery/");
  EXPECT_EQ(put("Scullery"), "/");
  EXPECT_EQ(put("scullery"), "/");
  EXPECT_EQ(put("Sculery"), "Sculery/scullery");
}

TEST(Customize, ADeviceGivesItsNameAndRoomToAllThatItHas) {
  CoreHouse house;
  house.connect();
  house.device(
      "virtual/device/plug",
      R"({"schema":"device/1","name":"TZ3000","entities":{"plug":{"domain":"switch"},"power":{"domain":"sensor","name":"Power","unit":"W"}}})");
  const auto answers =
      ask(house, "customize", R"({"device":"virtual/plug","name":"Fridge","area":"Kitchen"})");
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(text(answers[0], "ok"), "on") << wire::to_json(answers[0]);
  EXPECT_THAT(*data(answers[0]).find("entities")->as_list(), SizeIs(2));
  const wire::Object meta = house.retained("gable/meta/sensor/tz3000_power");
  EXPECT_EQ(text(meta, "name"), "Fridge Power");
  EXPECT_EQ(text(meta, "area"), "kitchen");
  EXPECT_EQ(text(*meta.find("device")->as_object(), "name"), "Fridge");
}

TEST(Customize, WhoIsSwitchedOffHasNoStateUntilSwitchedOn) {
  CoreHouse house;
  house.connect();
  house.lamp();
  EXPECT_EQ(refusal(house, R"({"entity":"light.kitchen_lamp","disabled":true})"), "");
  EXPECT_EQ(house.broker.count("gable/state/light/kitchen_lamp"), 0u);
  EXPECT_EQ(house.broker.count("gable/availability/light/kitchen_lamp"), 0u);
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "disabled"), "on");
  EXPECT_FALSE(data(ask(house, "snapshot", "{}").at(0))
                   .find("entities")
                   ->as_list()
                   ->at(0)
                   .as_object()
                   ->contains("state"));
  EXPECT_EQ(refusal(house, R"({"entity":"light.kitchen_lamp","disabled":false})"), "");
  EXPECT_THAT(house.said("gable/bridge/virtual/request/refresh"), SizeIs(1));
  house.device("virtual/state/lamp", R"({"state":"on"})");
  EXPECT_EQ(house.field("gable/state/light/kitchen_lamp", "state"), "on");
  EXPECT_EQ(house.field("gable/availability/light/kitchen_lamp", "status"), "online");
}

TEST(Customize, TheFilesWinAndSayThatTheyDo) {
  House files;
  files.areas.push_back({"hall", "Hall", "", "", {}, {}});
  EntityOverride over;
  over.id = *EntityId::parse("light.kitchen_lamp");
  over.name = "By the file";
  files.entities.push_back(over);
  CoreHouse house(files);
  house.connect();
  house.lamp();
  const auto refused =
      ask(house, "customize", R"({"entity":"light.kitchen_lamp","name":"Mine","area":"Hall"})");
  EXPECT_EQ(text(refused.at(0), "code"), "conflict");
  EXPECT_THAT(text(refused.at(0), "reason"), HasSubstr("files"));
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "area"), "kitchen") << "all or nothing";
  const auto of_device = ask(house, "customize", R"({"device":"virtual/lamp","name":"Mine","area":"hall"})");
  EXPECT_THAT(*data(of_device.at(0)).find("in_files")->as_list(), SizeIs(1));
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "name"), "By the file");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "area"), "hall");
}

TEST(Customize, WhatIsWrongIsSaidAndChangesNothing) {
  CoreHouse house;
  house.connect();
  house.lamp();
  const auto before = house.broker;
  const auto lamp = [](const std::string& rest) { return R"({"entity":"light.kitchen_lamp",)" + rest + "}"; };
  EXPECT_EQ(refusal(house, "{}"), "malformed");
  EXPECT_EQ(refusal(house, R"({"entity":"light.x","device":"virtual/lamp"})"), "malformed");
  EXPECT_EQ(refusal(house, R"({"entity":"light.nobody","name":"X"})"), "unknown_entity");
  EXPECT_EQ(refusal(house, R"({"device":"virtual","name":"X"})"), "unknown_entity");
  EXPECT_EQ(refusal(house, lamp(R"("nmae":"X")")), "unknown_attribute");
  EXPECT_EQ(refusal(house, R"({"device":"virtual/lamp","disabled":true})"), "unknown_attribute");
  EXPECT_EQ(refusal(house, lamp(R"("name":7)")), "wrong_type");
  EXPECT_EQ(refusal(house, lamp(R"("hidden":"yes")")), "wrong_type");
  EXPECT_EQ(refusal(house, lamp(R"("name":"  ")")), "malformed");
  EXPECT_EQ(refusal(house, lamp(R"("name":"a\nb")")), "malformed");
  EXPECT_EQ(refusal(house, lamp(R"("name":")" + std::string(256, 'x') + '"')), "too_large");
  EXPECT_EQ(refusal(house, lamp(R"("name":")" + std::string(255, 'x') + '"')), "");
  EXPECT_EQ(refusal(house, lamp(R"("name":null)")), "");
  EXPECT_EQ(house.broker, before);
}

TEST(Customize, ForgottenThingsComeBackAsTheyWere) {
  CoreHouse house;
  house.connect();
  house.lamp();
  EXPECT_EQ(refusal(house, R"({"device":"virtual/lamp","name":"Mine"})"), "");
  EXPECT_EQ(refusal(house, R"({"entity":"light.kitchen_lamp","area":"Attic"})"), "");
  house.device("virtual/inventory", R"({"rev":2,"complete":true,"devices":[]})");
  house.send("gable/hub/request/forget", R"({"device":"virtual/lamp"})");
  EXPECT_THAT(house.retained("gable/meta/light/kitchen_lamp"), testing::Property(&wire::Object::empty, true));
  house.lamp();
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "name"), "Kitchen lamp");
  EXPECT_EQ(house.field("gable/meta/light/kitchen_lamp", "area"), "kitchen");
}

}  // namespace
}  // namespace gable::hub::test
