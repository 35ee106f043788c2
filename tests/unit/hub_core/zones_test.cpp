// In which zone something is that says its coordinates.

#include "core/helpers/zones.hpp"

#include <gtest/gtest.h>

namespace gable::hub {
namespace {

// One thousandth of a degree of latitude is about 111 m.
House house_with_zones() {
  House house;
  house.info.location = Location{52.0, 13.0};
  house.info.radius = 100;
  house.zones.push_back(
      {.object_id = "garden", .name = "Garden", .icon = {}, .location = {52.0, 13.0}, .radius = 50});
  house.zones.push_back(
      {.object_id = "work", .name = "Work", .icon = {}, .location = {52.01, 13.0}, .radius = 300});
  house.zones.push_back({.object_id = "far",
                         .name = "Far",
                         .icon = {},
                         .location = {52.02, 13.0},
                         .radius = 300,
                         .passive = true});
  return house;
}

std::optional<std::string> at(double latitude, double accuracy = 0) {
  return place_name(house_with_zones(),
                    {{"latitude", latitude}, {"longitude", 13.0}, {"gps_accuracy", accuracy}});
}

TEST(Zones, WithinOneItIsThere) {
  EXPECT_EQ(at(52.0008), "home");
  EXPECT_EQ(at(52.01), "Work");
}

TEST(Zones, OfEquallyNearOnesTheSmallerCounts) { EXPECT_EQ(at(52.0001), "Garden"); }

TEST(Zones, OutsideOfAllItIsAway) { EXPECT_EQ(at(52.005), "not_home"); }

TEST(Zones, APassiveOneDoesNotCount) { EXPECT_EQ(at(52.02), "not_home"); }

TEST(Zones, AnUncertainPointReachesFurther) {
  EXPECT_EQ(at(52.003), "not_home");
  EXPECT_EQ(at(52.003, 250), "home");
}

TEST(Zones, WithoutBothCoordinatesNothingIsKnown) {
  EXPECT_EQ(place_name(house_with_zones(), {{"latitude", 52.0}}), std::nullopt);
  EXPECT_EQ(place_name(house_with_zones(), {{"latitude", "52"}, {"longitude", 13.0}}), std::nullopt);
}

}  // namespace
}  // namespace gable::hub
