// The description of a house: what it fills in, and what it says of mistakes.

#include "house_file.hpp"

#include <gmock/gmock.h>

#include "test_house.hpp"

namespace gable::virtual_house {
namespace {

using ::testing::HasSubstr;

std::string complaint(const std::string& yaml) {
  try {
    read_house_text("house.yaml", yaml);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(HouseFile, ReadsADevice) {
  const HouseFile file = read_house_text("house.yaml", R"(
seed: 5
speed: 60
start: "2026-03-20 06:00:00"
areas: {kitchen: {name: Kitchen, heated_to: 21}}
devices:
  lamp: {kind: light, name: Lamp, area: kitchen, features: [brightness], transition: 2, flaky: {every: 1h, lasts: 30s}}
  window: {kind: contact, area: kitchen, aired: "07:30"}
)");
  EXPECT_EQ(file.house.seed, 5U);
  EXPECT_EQ(file.speed, 60);
  EXPECT_EQ(file.start, kStart);
  ASSERT_EQ(file.house.devices.size(), 2U);
  const DeviceSpec& lamp = file.house.devices.front();
  EXPECT_EQ(lamp.options.list("features"), List{"brightness"});
  EXPECT_EQ(lamp.flaky.every, 1h);
  EXPECT_EQ(file.house.devices.back().name, "window");
  EXPECT_EQ(file.house.devices.back().options.number("aired", 0), 27'000);
}

TEST(HouseFile, NamesTheLineOfAMistake) {
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: lihgt}\n"), HasSubstr("house.yaml:2:16"));
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: lihgt}\n"), HasSubstr("light"));
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: light, trans: 2}\n"), HasSubstr("has no 'trans'"));
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: light, features: [smell]}\n"), HasSubstr("smell"));
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: light, area: attic}\n"), HasSubstr("no area 'attic'"));
  EXPECT_THAT(complaint("devices:\n  lamp: {kind: light, transition: -1}\n"), HasSubstr("house.yaml:2:"));
  EXPECT_THAT(complaint("devices:\n  'a b': {kind: light}\n"), HasSubstr("device id"));
  EXPECT_THAT(complaint("devices:\n  s: {kind: sensor}\n"), HasSubstr("measures"));
  EXPECT_THAT(complaint("devices:\n  n: {kind: number, min: 5, max: 5}\n"), HasSubstr("'min'"));
  EXPECT_THAT(complaint("speed: 0\ndevices: {}\n"), HasSubstr("house.yaml:1:8"));
  EXPECT_THAT(complaint("start: yesterday\ndevices: {}\n"), HasSubstr("local time"));
  EXPECT_THAT(complaint("seed: 1\n"), HasSubstr("devices"));
  EXPECT_THAT(complaint("devices: {}\npeople: [{name: A, wakes: '09:00', leaves: '08:00'}]\n"),
              HasSubstr("in this order"));
  EXPECT_THAT(complaint("devices:\n  f: {kind: light, fault: {kind: explode}}\n"), HasSubstr("explode"));
}

TEST(HouseFile, BuiltInHouseIsFurnished) {
  const HouseFile file = read_house_text("built-in", built_in_house());
  EXPECT_GE(file.house.devices.size(), 35U);
  EXPECT_EQ(file.house.people.size(), 2U);
  House house(file.house, kStart);
  EXPECT_NE(house.find("kitchen_ceiling"), nullptr);
}

}  // namespace
}  // namespace gable::virtual_house
