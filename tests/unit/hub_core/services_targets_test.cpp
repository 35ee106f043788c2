// Targets of services: every way of naming entities, and what becomes of those that are not there.

#include "services_desk.hpp"

namespace gable::hub::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* kOn = R"({"service":"turn_on"})";

House furnished() {
  House house;
  house.floors.push_back({.id = "up", .name = "Upstairs", .icon = {}, .level = {}, .aliases = {}});
  house.areas.push_back(
      {.id = "attic", .name = "Attic", .icon = {}, .floor = "up", .labels = {"cosy"}, .aliases = {}});
  house.areas.push_back(
      {.id = "cellar", .name = "Cellar", .icon = {}, .floor = {}, .labels = {}, .aliases = {}});
  house.labels.push_back({.id = "night", .name = "Night", .icon = {}, .color = {}, .description = {}});
  const auto place = [&](const char* id, const char* area) {
    EntityOverride over;
    over.id = EntityId("light", id);
    over.area = area;
    house.entities.push_back(over);
  };
  place("bed", "attic");
  place("desk", "attic");
  place("stairs", "cellar");
  house.entities.back().labels = {"night"};
  house.helpers.push_back({EntityId("group", "inner"), "Inner", "",
                           Group{.entities = {EntityId("light", "desk"), EntityId("switch", "pump")}}});
  house.helpers.push_back({EntityId("group", "outer"), "Outer", "",
                           Group{.entities = {EntityId("group", "inner"), EntityId("light", "bed")}}});
  return house;
}

class ServiceTargets : public ::testing::Test {
 protected:
  ServiceTargets() {
    for (const char* lamp : {"bed", "desk", "stairs"})
      house.announce(lamp, R"({"domain":"light"})", R"({"state":"off"})");
    house.announce("pump", R"({"domain":"switch"})", R"({"state":"off"})");
    house.take();
  }

  // The devices that light.turn_on reaches.
  std::vector<std::string> reached(const std::string& target) {
    const auto outcome = house.call("light.turn_on", target);
    EXPECT_EQ(outcome.status, Status::done) << outcome.error;
    note = outcome.note;
    std::vector<std::string> names;
    for (const auto& line : house.take()) {
      EXPECT_THAT(line, HasSubstr(kOn));
      names.push_back(line.substr(0, line.find(' ')));
    }
    return names;
  }

  DeskHouse house{furnished()};
  std::string note;
};

TEST_F(ServiceTargets, EntitiesOneManyOrWithCommas) {
  EXPECT_THAT(reached(R"({"entity_id":"light.bed"})"), ElementsAre("bed"));
  EXPECT_THAT(reached(R"({"entity_id":["light.desk","light.bed","light.desk"]})"),
              ElementsAre("desk", "bed"));
  EXPECT_THAT(reached(R"({"entity_id":"light.bed, light.stairs"})"), ElementsAre("bed", "stairs"));
  EXPECT_THAT(reached(R"({"entity_id":"Light.Bed"})"), ElementsAre("bed"));
  EXPECT_THAT(reached(R"({"entity_id":"all"})"), UnorderedElementsAre("bed", "desk", "stairs"));
  EXPECT_THAT(reached(R"({"entity_id":"none"})"), IsEmpty());
  EXPECT_THAT(reached(R"({"entity_id":[]})"), IsEmpty());
}

TEST_F(ServiceTargets, DevicesAreasFloorsAndLabels) {
  EXPECT_THAT(reached(R"({"device_id":"b/bed"})"), ElementsAre("bed"));
  EXPECT_THAT(reached(R"({"area_id":["attic"]})"), UnorderedElementsAre("bed", "desk"));
  EXPECT_THAT(reached(R"({"floor_id":"up"})"), UnorderedElementsAre("bed", "desk"));
  EXPECT_THAT(reached(R"({"label_id":"night"})"), ElementsAre("stairs"));
  EXPECT_THAT(reached(R"({"label_id":"cosy"})"), UnorderedElementsAre("bed", "desk"));
  EXPECT_THAT(reached(R"({"area_id":"cellar","entity_id":"light.bed"})"), ElementsAre("bed", "stairs"));
}

TEST_F(ServiceTargets, GroupsStandForTheirMembersAndTheirs) {
  EXPECT_THAT(reached(R"({"entity_id":"group.outer"})"), ElementsAre("desk", "bed"));
  EXPECT_EQ(house.call("homeassistant.turn_on", R"({"entity_id":"group.outer"})").status, Status::done);
  EXPECT_EQ(house.take().size(), 3u);
  EXPECT_EQ(house.call("switch.turn_on", R"({"entity_id":"group.inner"})").status, Status::done);
  EXPECT_THAT(house.take(), ElementsAre(std::string("pump ") + kOn));
}

TEST_F(ServiceTargets, WhatIsMissingIsNotedAndTheRestDone) {
  EXPECT_THAT(reached(R"({"entity_id":["light.bedd","light.desk"]})"), ElementsAre("desk"));
  EXPECT_THAT(note, HasSubstr("there is no entity light.bedd; did you mean light.bed?"));
  ASSERT_FALSE(house.out.log.empty());
  EXPECT_THAT(house.out.log.back().text, HasSubstr("automation.test: light.turn_on: there is no"));
  EXPECT_THAT(reached(R"({"area_id":"garage"})"), IsEmpty());
  EXPECT_THAT(note, HasSubstr("there is no garage"));
  EXPECT_THAT(reached(R"({"entity_id":"switch.pump"})"), IsEmpty());
  EXPECT_THAT(note, HasSubstr("switch.pump is no light"));
}

TEST_F(ServiceTargets, UnavailableOnesAreSkipped) {
  house.bridge("offline");
  EXPECT_THAT(reached(R"({"entity_id":"light.bed"})"), IsEmpty());
  EXPECT_THAT(note, HasSubstr("light.bed is unavailable"));
}

TEST_F(ServiceTargets, NoTargetAtAllIsRefused) {
  const auto outcome = house.call("light.turn_on", "");
  EXPECT_EQ(outcome.status, Status::refused);
  EXPECT_THAT(outcome.error, HasSubstr("needs a target"));
}

TEST_F(ServiceTargets, ATargetMayStandAmongTheData) {
  EXPECT_EQ(house.call("light.turn_on", "", R"({"entity_id":"light.bed"})").status, Status::done);
  EXPECT_EQ(house.take().size(), 1u);
}

TEST_F(ServiceTargets, AClientIsToldOfWhatIsMissing) {
  house.out.publishes.clear();
  house.client("light.turn_on", R"({"target":{"entity_id":["light.bed","light.nobody"]}})");
  EXPECT_THAT(house.take(), IsEmpty()) << "nothing is guessed";
  ASSERT_FALSE(house.out.publishes.empty());
  EXPECT_THAT(house.out.publishes.back().payload, HasSubstr("unknown_entity"));
}

}  // namespace
}  // namespace gable::hub::test
