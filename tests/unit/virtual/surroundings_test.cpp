// Weather, rooms, sensors and people: plausible, and the same for the same seed.

#include <gmock/gmock.h>

#include "protocol/weather.hpp"
#include "test_house.hpp"

namespace gable::virtual_house {
namespace {

using ::testing::ElementsAre;
using ::testing::Not;

constexpr auto kYear = std::chrono::hours(24 * 365);

TEST(Weather, StaysWithinBoundsForAYear) {
  const Weather weather({52, 0, 18, 8}, 3);
  double coldest = 100, warmest = -100;
  for (Moment at = kStart; at < kStart + kYear; at += 1h) {
    const double temperature = weather.temperature(at);
    coldest = std::min(coldest, temperature);
    warmest = std::max(warmest, temperature);
    ASSERT_TRUE(weather.clouds(at) >= 0 && weather.clouds(at) <= 1);
    ASSERT_TRUE(weather.illuminance(at) >= 0 && weather.illuminance(at) <= 100'000);
    ASSERT_TRUE(weather.humidity(at) >= 25 && weather.humidity(at) <= 100);
    ASSERT_TRUE(weather.wind(at) >= 0 && weather.rain(at) >= 0);
  }
  EXPECT_GT(coldest, -12);
  EXPECT_LT(coldest, 1);
  EXPECT_GT(warmest, 17);
  EXPECT_LT(warmest, 30);
}

TEST(Weather, ChangesSmoothly) {
  const Weather weather({52, 0, 18, 8}, 3);
  for (Moment at = kStart; at < kStart + std::chrono::hours(24 * 14); at += 1min) {
    ASSERT_LT(std::abs(weather.temperature(at + 1min) - weather.temperature(at)), 0.1) << text_of(at);
  }
}

TEST(Weather, SunIsHighAtNoonInJune) {
  const Weather weather({52.4, 0, 18, 8}, 1);
  const Moment noon = std::chrono::local_days(std::chrono::year(2026) / 6 / 21) + 12h;
  EXPECT_NEAR(weather.sun_height(noon), 90 - 52.4 + 23.44, 0.5);
  EXPECT_LT(weather.sun_height(noon + 12h), -10);
  const Moment winter = std::chrono::local_days(std::chrono::year(2026) / 12 / 21) + 12h;
  EXPECT_NEAR(weather.sun_height(winter), 90 - 52.4 - 23.44, 0.5);
}

TEST(Weather, IsItsSeed) {
  const Weather a({}, 1), same({}, 1), other({}, 2);
  EXPECT_EQ(a.temperature(kStart), same.temperature(kStart));
  EXPECT_NE(a.temperature(kStart), other.temperature(kStart));
}

TEST(Thermostat, HoldsItsRoomAtTheTarget) {
  Bench bench(device_spec("stat", "thermostat", {{"target", 21.0}}));
  bench.wait(24h);
  for (int hour = 0; hour < 24; ++hour) {
    bench.wait(1h);
    EXPECT_NEAR(bench.number("current_temperature"), 21, 0.6) << hour;
  }
}

TEST(Thermostat, InertiaTakesHours) {
  Bench bench(device_spec("stat", "thermostat", {{"target", 20.0}}));
  bench.wait(12h);
  bench.order("set_temperature", {{"temperature", 24.0}});
  EXPECT_EQ(bench.text("hvac_action"), "heating");
  bench.wait(20min);
  const double soon = bench.number("current_temperature");
  EXPECT_GT(soon, 20);
  EXPECT_LT(soon, 21.5);
  bench.wait(8h);
  EXPECT_NEAR(bench.number("current_temperature"), 24, 0.7);
  bench.order("turn_off");
  bench.wait(8h);
  EXPECT_LT(bench.number("current_temperature"), 21.5);
  EXPECT_GT(bench.number("current_temperature"), 10);
}

TEST(Thermostat, PresetsAndModes) {
  Bench bench(device_spec("stat", "thermostat", {{"target", 21.0}, {"eco", 17.0}}));
  bench.order("set_preset_mode", {{"preset_mode", "eco"}});
  EXPECT_EQ(bench.text("temperature"), "17");
  bench.order("set_preset_mode", {{"preset_mode", "none"}});
  EXPECT_EQ(bench.text("temperature"), "21");
  bench.order("set_hvac_mode", {{"hvac_mode", "auto"}});
  bench.order("turn_off");
  EXPECT_EQ(bench.text("hvac_action"), "off");
  bench.order("turn_on");
  EXPECT_EQ(bench.text(), "auto");
  EXPECT_EQ(bench.order("set_hvac_mode", {{"hvac_mode", "cool"}}).verdict, Verdict::rejected);
}

TEST(Rooms, AnOpenWindowCoolsTheRoom) {
  House house(house_of({device_spec("window", "contact", {{"class", "window"}}),
                        device_spec("air", "sensor", {{"measures", List{"temperature"}}}),
                        device_spec("hall_air", "sensor", {{"measures", List{"temperature"}}}, "hall")}),
              kStart);
  house.advance(kStart + 6h);
  const double before = house.find("air")->state("").number("state", 0);
  const double hall = house.find("hall_air")->state("").number("state", 0);
  house.set_sensor("window", "", "on", 0s, house.now());
  house.advance(house.now() + 1h);
  EXPECT_LT(house.find("air")->state("").number("state", 0), before - 2);
  EXPECT_NEAR(house.find("hall_air")->state("").number("state", 0), hall, 0.8);
}

TEST(Sensor, TellsOnlyWhatHasChanged) {
  Bench bench(device_spec("air", "sensor", {{"measures", List{"temperature", "humidity"}}}));
  bench.wait(24h);
  const auto lines = bench.lines();
  EXPECT_GT(lines.size(), 3U);
  EXPECT_LT(lines.size(), 200U);  // of 2,880 readings
  EXPECT_EQ(std::adjacent_find(lines.begin(), lines.end()), lines.end());
}

TEST(Sensor, ShowsWhatItIsMadeToShowForAWhile) {
  Bench bench(device_spec("air", "sensor", {{"measures", List{"temperature"}}}));
  EXPECT_EQ(bench.house().set_sensor("air", "", 31.5, 10min, bench.now()).verdict, Verdict::done);
  bench.wait(9min);
  EXPECT_EQ(bench.text(), "31.5");
  bench.wait(3min);
  EXPECT_LT(bench.number("state"), 23);
  EXPECT_EQ(bench.house().set_sensor("air", "", 500.0, 1min, bench.now()).verdict, Verdict::rejected);
  EXPECT_EQ(bench.house().set_sensor("air", "", "warm", 1min, bench.now()).verdict, Verdict::rejected);
}

TEST(Sensor, LampsGiveLight) {
  House house(house_of({device_spec("lamp", "light"),
                        device_spec("lux", "sensor", {{"measures", List{"illuminance"}}})}),
              kStart - 4h);
  house.order("lamp", {1, "", "turn_on", {}}, kStart - 4h);
  house.advance(kStart - 4h + 2min);
  EXPECT_NEAR(house.find("lux")->state("").number("state", 0), 250, 5);
  house.order("lamp", {2, "", "turn_off", {}}, house.now());
  house.advance(house.now() + 2min);
  EXPECT_LT(house.find("lux")->state("").number("state", 99), 10);
}

TEST(Motion, HoldsAndGoesQuiet) {
  Bench bench(device_spec("eye", "motion", {{"hold", 60}}, "hall"));
  bench.house().walk("kitchen", bench.now());
  EXPECT_EQ(bench.text(), "off");
  bench.house().walk("hall", bench.now());
  bench.wait(40s);
  bench.house().walk("hall", bench.now());
  bench.wait(59s);
  EXPECT_EQ(bench.text(), "on");
  bench.wait(1s);
  EXPECT_EQ(bench.text(), "off");
  EXPECT_THAT(bench.lines(), ElementsAre("06:00:00.000 state=on", "06:01:40.000 state=off"));
}

TEST(Contact, IsAiredOnceADay) {
  Bench bench(device_spec("window", "contact", {{"aired", 7.5 * 3600}, {"airing", 600.0}}));
  bench.wait(24h * 5);
  const auto lines = bench.lines();
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_TRUE(lines.front() >= "07:30" && lines.front() < "07:46") << lines.front();
}

TEST(Detector, LeakOnRequest) {
  Bench bench(device_spec("leak", "detector"));
  bench.house().set_sensor("leak", "", "on", 0s, bench.now());
  EXPECT_EQ(bench.text("state", "alarm"), "on");
  bench.house().set_sensor("leak", "battery", 3, 0s, bench.now());
  EXPECT_EQ(bench.text("state", "battery"), "3");
  EXPECT_EQ(bench.house().set_sensor("leak", "battery", 300, 0s, bench.now()).verdict, Verdict::rejected);
}

HouseSpec inhabited() {
  HouseSpec spec =
      house_of({device_spec("door", "contact", {}, "hall"), device_spec("hall_eye", "motion", {}, "hall"),
                device_spec("kitchen_eye", "motion")});
  PersonSpec anna;
  anna.name = "Anna";
  anna.rooms = {"kitchen", "hall"};
  anna.hall = "hall";
  anna.door = "door";
  spec.people = {anna};
  return spec;
}

TEST(People, LeaveAndComeHomeThroughTheDoor) {
  House house(inhabited(), midnight(kStart));
  house.take();
  house.advance(midnight(kStart) + 24h);
  int passages = 0;
  std::string first_sign;
  for (const Output& output : house.take()) {
    const std::string line = text_of(output);
    if (line.find(" door state=on") != std::string::npos) ++passages;
    if (first_sign.empty() && line.find("_eye state=on") != std::string::npos) first_sign = line;
  }
  EXPECT_EQ(passages, 2);
  // Nobody stirs at night.
  EXPECT_GT(first_sign, "2026-03-20 06:20");
}

TEST(People, GoOnForWeeks) {
  House house(inhabited(), kStart);
  house.take();
  for (int day = 1; day <= 28; ++day) {
    house.advance(kStart + day * std::chrono::hours(24));
    EXPECT_GT(house.take().size(), 20U) << day;
  }
}

}  // namespace
}  // namespace gable::virtual_house
