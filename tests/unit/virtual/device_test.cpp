// Devices that act: transitions at their times, travel that stops midway, answers to orders.

#include <gmock/gmock.h>

#include "test_house.hpp"

namespace gable::virtual_house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

DeviceSpec lamp() {
  return device_spec("lamp", "light", {{"features", List{"brightness", "color_temp", "hs"}}});
}

TEST(Light, WithoutTransitionIsDoneAtOnce) {
  Bench bench(lamp());
  EXPECT_EQ(bench.order("turn_on", {{"brightness", 120}}).verdict, Verdict::done);
  EXPECT_THAT(
      bench.lines(),
      ElementsAre("06:00:00.000 state=on brightness=120 color_mode=color_temp color_temp_kelvin=2700"));
}

TEST(Light, FadesAndAnswersAtTheEnd) {
  Bench bench(lamp());
  EXPECT_EQ(bench.order("turn_on", {{"brightness", 200}, {"transition", 2.5}}).verdict, Verdict::under_way);
  bench.wait(1s);
  EXPECT_EQ(bench.text("brightness"), "80");
  bench.wait(1s);
  EXPECT_EQ(bench.text("brightness"), "160");
  bench.lines();
  bench.wait(10s);
  EXPECT_THAT(bench.lines(),
              ElementsAre("06:00:02.500 state=on brightness=200 color_mode=color_temp color_temp_kelvin=2700",
                          "06:00:02.500 order 1 done"));
}

TEST(Light, GoesOutAtTheEndOfTheFade) {
  Bench bench(lamp());
  bench.order("turn_on", {{"brightness", 100}});
  bench.order("turn_off", {{"transition", 4.0}});
  bench.wait(2s);
  EXPECT_EQ(bench.text(), "on");
  EXPECT_EQ(bench.text("brightness"), "50");
  bench.wait(2s);
  EXPECT_EQ(bench.state(), (Fields{{"state", "off"}}));
}

TEST(Light, RemembersItsBrightness) {
  Bench bench(lamp());
  bench.order("turn_on", {{"brightness", 42}});
  bench.order("turn_off");
  bench.order("turn_on");
  EXPECT_EQ(bench.text("brightness"), "42");
}

TEST(Light, ReplacedOrderFails) {
  Bench bench(lamp());
  bench.order("turn_on", {{"transition", 10.0}});
  bench.wait(3s);
  bench.lines();
  bench.order("turn_off");
  EXPECT_THAT(bench.lines(), ElementsAre("06:00:03.000 state=off",
                                         "06:00:03.000 order 1 failed: replaced by a later command"));
}

TEST(Light, ColourChangesTheMode) {
  Bench bench(lamp());
  bench.order("turn_on", {{"hs_color", std::vector<double>{240, 90}}});
  EXPECT_EQ(bench.text("color_mode"), "hs");
  EXPECT_EQ(bench.text("hs_color"), "240, 90");
  EXPECT_EQ(bench.text("color_temp_kelvin"), "missing");
  bench.order("turn_on", {{"color_temp_kelvin", 99'000}});
  EXPECT_EQ(bench.text("color_temp_kelvin"), "6500");
}

TEST(Light, WithoutFeaturesOnlySwitches) {
  Bench bench(device_spec("lamp", "light"));
  EXPECT_THAT(bench.house().find("lamp")->entities().front().features, IsEmpty());
  bench.order("toggle");
  EXPECT_EQ(bench.state(), (Fields{{"state", "on"}, {"color_mode", "onoff"}}));
  EXPECT_EQ(bench.order("fly").verdict, Verdict::rejected);
}

TEST(Cover, TravelsInItsTime) {
  Bench bench(device_spec("blind", "cover", {{"travel", 20}}));
  EXPECT_EQ(bench.order("close_cover").verdict, Verdict::under_way);
  bench.wait(5s);
  EXPECT_EQ(bench.text(), "closing");
  EXPECT_EQ(bench.text("current_position"), "75");
  bench.wait(14'999ms);
  EXPECT_EQ(bench.text(), "closing");
  bench.lines();
  bench.wait(1ms);
  EXPECT_THAT(bench.lines(),
              ElementsAre("06:00:20.000 state=closed current_position=0", "06:00:20.000 order 1 done"));
}

TEST(Cover, StopsMidway) {
  Bench bench(device_spec("blind", "cover", {{"travel", 20}}));
  bench.order("close_cover");
  bench.wait(6'500ms);
  EXPECT_EQ(bench.order("stop_cover").verdict, Verdict::done);
  EXPECT_EQ(bench.text(), "open");
  EXPECT_NEAR(bench.number("current_position"), 67.5, 0.51);
  bench.lines();
  bench.wait(1min);
  EXPECT_THAT(bench.lines(), IsEmpty());
}

TEST(Cover, TurnsRoundOnTheWay) {
  Bench bench(device_spec("blind", "cover", {{"travel", 10}}));
  bench.order("close_cover");
  bench.wait(4s);
  bench.order("set_cover_position", {{"position", 80}});
  EXPECT_EQ(bench.text(), "opening");
  bench.wait(2s);
  EXPECT_EQ(bench.state(), (Fields{{"state", "open"}, {"current_position", 80}}));
}

TEST(Cover, AlreadyThereIsDone) {
  Bench bench(device_spec("gate", "cover", {{"position", false}, {"initial", 0.0}}));
  EXPECT_EQ(bench.order("close_cover").verdict, Verdict::done);
  EXPECT_EQ(bench.state(), (Fields{{"state", "closed"}}));
}

TEST(Valve, UnderstandsItsOwnServices) {
  Bench bench(device_spec("water", "valve", {{"travel", 4}}));
  EXPECT_EQ(bench.order("close_valve").verdict, Verdict::under_way);
  bench.wait(4s);
  EXPECT_EQ(bench.text(), "closed");
}

TEST(Lock, TurnsAndAnswers) {
  Bench bench(device_spec("door", "lock", {{"travel", 2}}));
  bench.order("unlock");
  EXPECT_EQ(bench.text(), "unlocking");
  bench.wait(2s);
  EXPECT_EQ(bench.text(), "unlocked");
  EXPECT_EQ(bench.order("unlock").verdict, Verdict::done);
}

TEST(Lock, JamsWithItsProbability) {
  Bench bench(device_spec("door", "lock", {{"travel", 1}, {"jams", 0.3}}));
  int jams = 0;
  for (int i = 0; i < 400; ++i) {
    bench.order(i % 2 == 0 ? "unlock" : "lock");
    bench.wait(1s);
    if (bench.text() == "jammed") ++jams;
  }
  EXPECT_GT(jams, 80);
  EXPECT_LT(jams, 160);
}

TEST(Lock, JamIsAFailure) {
  Bench bench(device_spec("door", "lock", {{"jams", 1.0}}));
  bench.order("unlock");
  bench.lines();
  bench.wait(2s);
  EXPECT_THAT(bench.lines(),
              ElementsAre("06:00:02.000 state=jammed", "06:00:02.000 order 1 failed: the bolt is jammed"));
}

TEST(MediaPlayer, PlaysOneTrackAfterTheOther) {
  Bench bench(device_spec("radio", "media_player",
                          {{"playlist", List{"A - One - 1:00", "Two - 2:00", "B - C - Three - 0:30"}}}));
  EXPECT_EQ(bench.state(), (Fields{{"state", "off"}}));
  bench.order("media_play");
  EXPECT_EQ(bench.text("media_artist"), "A");
  EXPECT_EQ(bench.text("media_duration"), "60");
  bench.wait(60s);
  EXPECT_EQ(bench.text("media_title"), "Two");
  EXPECT_EQ(bench.text("media_artist"), "missing");
  bench.wait(2min);
  EXPECT_EQ(bench.text("media_title"), "C - Three");
  bench.wait(30s);
  EXPECT_EQ(bench.text("media_title"), "One");
}

TEST(MediaPlayer, PausesAndSeeks) {
  Bench bench(device_spec("radio", "media_player", {{"playlist", List{"One - 3:00"}}}));
  bench.order("media_play");
  bench.wait(20s);
  bench.order("media_pause");
  EXPECT_EQ(bench.text("media_position"), "20");
  bench.wait(1h);
  bench.order("media_seek", {{"seek_position", 170.0}});
  bench.order("media_play_pause");
  EXPECT_EQ(bench.text(), "playing");
  bench.wait(10s);
  EXPECT_EQ(bench.text("media_position"), "0");
}

TEST(MediaPlayer, VolumeStaysInRange) {
  Bench bench(device_spec("radio", "media_player"));
  bench.order("turn_on");
  for (int i = 0; i < 30; ++i) bench.order("volume_up");
  EXPECT_EQ(bench.text("volume_level"), "1");
  bench.order("volume_set", {{"volume_level", 0.25}});
  EXPECT_EQ(bench.text("volume_level"), "0.25");
}

TEST(Fan, SpeedAndState) {
  Bench bench(device_spec("fan", "fan"));
  bench.order("set_percentage", {{"percentage", 30}});
  EXPECT_EQ(bench.text(), "on");
  bench.order("decrease_speed", {{"percentage_step", 50}});
  EXPECT_EQ(bench.text(), "off");
  bench.order("turn_on");
  EXPECT_EQ(bench.text("percentage"), "30");
}

TEST(Number, KeepsToItsSteps) {
  Bench bench(device_spec("minutes", "number", {{"min", 0.0}, {"max", 60.0}, {"step", 5.0}}));
  bench.order("set_value", {{"value", 17.0}});
  EXPECT_EQ(bench.text(), "15");
  bench.order("set_value", {{"value", 99.0}});
  EXPECT_EQ(bench.text(), "60");
}

TEST(Select, WalksRound) {
  Bench bench(device_spec("mode", "select", {{"options", List{"a", "b", "c"}}, {"initial", "c"}}));
  bench.order("select_next");
  EXPECT_EQ(bench.text(), "a");
  bench.order("select_previous", {{"cycle", false}});
  EXPECT_EQ(bench.text(), "a");
  EXPECT_EQ(bench.order("select_option", {{"option", "z"}}).verdict, Verdict::rejected);
}

// One of each domain that has no kind of its own; what a service says is in the state.
TEST(Gadget, DoesWhatItsDomainSays) {
  struct Case {
    const char *domain, *service;
    Fields data;
    const char *field, *expected;
  };
  const std::vector<Case> cases{
      {"vacuum", "start", {}, "state", "cleaning"},
      {"vacuum", "set_fan_speed", {{"fan_speed", "strong"}}, "fan_speed", "strong"},
      {"alarm_control_panel", "alarm_arm_night", {{"code", "1"}}, "state", "armed_night"},
      {"siren", "turn_on", {{"tone", "fire"}}, "state", "on"},
      {"humidifier", "set_humidity", {{"humidity", 55.0}}, "humidity", "55"},
      {"water_heater", "set_operation_mode", {{"operation_mode", "performance"}}, "state", "performance"},
      {"water_heater", "set_away_mode", {{"away_mode", true}}, "away_mode", "on"},
      {"camera", "enable_motion_detection", {}, "motion_detection", "true"},
      {"remote", "turn_on", {{"activity", "Music"}}, "current_activity", "Music"},
      {"text", "set_value", {{"value", "hi"}}, "state", "hi"},
      {"date", "set_value", {{"date", "2026-12-24"}}, "state", "2026-12-24"},
      {"update", "install", {}, "installed_version", "1.1"},
      {"scene", "turn_on", {}, "state", "missing"}};
  for (const Case& one : cases) {
    Bench bench(device_spec("it", "gadget", {{"domain", one.domain}}));
    EXPECT_EQ(bench.order(one.service, one.data).verdict, Verdict::done) << one.domain;
    EXPECT_EQ(bench.text(one.field), one.expected) << one.domain << " " << one.service;
  }
}

TEST(Plug, MeasuresWhatHangsOnIt) {
  Bench bench(device_spec("heater", "plug", {{"watts", 1200.0}}));
  bench.order("turn_on", {}, "plug");
  EXPECT_EQ(bench.text("state", "power"), "1200");
  bench.wait(1h);
  EXPECT_NEAR(bench.number("state", "energy"), 1.2, 0.011);
  bench.order("turn_off", {}, "plug");
  const double before = bench.number("state", "energy");
  bench.wait(1h);
  EXPECT_EQ(bench.number("state", "energy"), before);
  EXPECT_NEAR(before, 1.2, 0.001);
}

TEST(Plug, FridgeComesAndGoes) {
  Bench bench(device_spec("fridge", "plug", {{"load", "fridge"}, {"watts", 90.0}}));
  bench.wait(24h);
  int starts = 0;
  for (const auto& line : bench.lines()) starts += line.find("/power state=90") != std::string::npos ? 1 : 0;
  EXPECT_GT(starts, 20);
  EXPECT_LT(starts, 48);
}

TEST(CoffeeMachine, BrewsOnceAtATime) {
  Bench bench(device_spec("coffee", "coffee_machine", {{"brewing", 60.0}}));
  EXPECT_EQ(bench.order("press", {}, "brew").verdict, Verdict::done);
  EXPECT_EQ(bench.text("state", "brewing"), "on");
  EXPECT_EQ(bench.order("press", {}, "brew").verdict, Verdict::failed);
  bench.wait(60s);
  EXPECT_EQ(bench.text("state", "brewing"), "off");
  EXPECT_EQ(bench.house().press("coffee", "", "", bench.now()).verdict, Verdict::done);
}

TEST(Remote, SendsEvents) {
  Bench bench(device_spec("remote", "remote", {{"buttons", List{"top", "bottom"}}}));
  EXPECT_EQ(bench.house().press("remote", "top", "", bench.now()).verdict, Verdict::done);
  EXPECT_EQ(bench.house().press("remote", "bottom", "long_press", bench.now()).verdict, Verdict::done);
  EXPECT_EQ(bench.house().press("remote", "middle", "", bench.now()).verdict, Verdict::rejected);
  EXPECT_EQ(bench.house().press("remote", "top", "stroke", bench.now()).verdict, Verdict::rejected);
  EXPECT_THAT(bench.lines(),
              ElementsAre("06:00:00.000/top event press", "06:00:00.000/bottom event long_press"));
}

TEST(House, RefusesWhatItDoesNotHave) {
  Bench bench(lamp());
  EXPECT_EQ(bench.house().order("nobody", {99, "", "turn_on", {}}, bench.now()).verdict, Verdict::rejected);
  EXPECT_EQ(bench.house().walk("attic", bench.now()).verdict, Verdict::rejected);
  EXPECT_EQ(bench.house().set_sensor("lamp", "", "on", 1s, bench.now()).verdict, Verdict::rejected);
  EXPECT_THROW(House(house_of({device_spec("x", "toaster")}), kStart), std::invalid_argument);
  EXPECT_THROW(House(house_of({lamp(), lamp()}), kStart), std::invalid_argument);
}

}  // namespace
}  // namespace gable::virtual_house
