// The triggers time, time_pattern and sun (rules.md, section 8).
#include "real_zone.hpp"
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Secs = std::chrono::seconds;

class TimeTriggerTest : public TriggerTest {
 protected:
  // Noon of kNoon plus so much.
  static TimeAt at(int hour, int minute = 0) { return {hours(hour) + minutes(minute), {}, {}, {}}; }
  static TimeAt of(const std::string& entity, Secs offset = {}) { return {std::nullopt, entity, offset, {}}; }
  void put(std::vector<TimeAt> when, Weekdays weekdays = kEveryDay) {
    attach("time", TimeTrigger{std::move(when), weekdays});
  }
  void berlin_at(Instant when) {
    house.other_zone = &berlin;
    now = when;
  }
  RealZone berlin{"Europe/Berlin"};
};

TEST_F(TimeTriggerTest, FiresEveryDayAtTheLocalTime) {
  house.time_zone.ahead = hours(2);
  put({at(15, 30)});
  wait(hours(48));
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[0], kNoon + minutes(90));
  EXPECT_EQ(times[1], kNoon + minutes(90) + hours(24));
  EXPECT_EQ(shown("[trigger.platform, trigger.now.hour, trigger.now.minute, trigger.entity_id]"),
            "['time', 15, 30, None]");
}

TEST_F(TimeTriggerTest, SeveralTimesFireInTheirOrder) {
  put({at(20), at(14), at(13)});
  wait(hours(24));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + hours(1), kNoon + hours(2), kNoon + hours(8)}));
}

TEST_F(TimeTriggerTest, OnlyOnItsWeekdays) {
  put({at(13)}, 0x01);  // kNoon is a Thursday
  wait(hours(24 * 14));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + hours(4 * 24 + 1), kNoon + hours(11 * 24 + 1)}));
}

TEST_F(TimeTriggerTest, AHelperWithATimeIsDailyAndItsChangeArmsAgain) {
  house.set("input_datetime.alarm", "13:00:00");
  put({of("input_datetime.alarm")});
  wait(hours(2));
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.entity_id"), "input_datetime.alarm");
  change("input_datetime.alarm", "14:30:00");
  wait(hours(1));
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(times.back(), kNoon + minutes(150));
  wait(hours(24));
  EXPECT_EQ(count(), 1U);
  change("input_datetime.alarm", "unknown");
  wait(hours(48));
  EXPECT_EQ(count(), 0U);
}

TEST_F(TimeTriggerTest, AHelperWithADateIsOnePointAndNotThatOfThePast) {
  house.set("input_datetime.once", "2026-01-15 12:30:00");
  house.set("input_datetime.day", "2026-01-17");
  house.set("input_datetime.past", "2026-01-15 11:59:59");
  put({of("input_datetime.once"), of("input_datetime.day"), of("input_datetime.past")});
  wait(hours(24 * 400));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + minutes(30), kNoon + hours(36)}));
}

TEST_F(TimeTriggerTest, AHelperWhosePointIsThisVeryMomentFiresOnce) {
  house.set("input_datetime.once", "2026-01-15 12:00:00");
  put({of("input_datetime.once")});
  wait(hours(1));
  EXPECT_EQ(count(), 1U);
}

TEST_F(TimeTriggerTest, ATimestampSensorIsOnePointStrictlyInTheFuture) {
  house.set("sensor.next", "2026-01-15T12:00:00Z", {{"device_class", "timestamp"}});
  house.set("sensor.plain", "2026-01-15T13:00:00Z");
  put({of("sensor.next"), of("sensor.plain")});
  wait(hours(2));
  EXPECT_EQ(count(), 0U);
  change("sensor.next", "2026-01-15T15:30:00+01:00", {{"device_class", "timestamp"}});
  wait(hours(24));
  EXPECT_EQ(times, std::vector<Instant>{kNoon + minutes(150)});
  change("sensor.next", "unavailable", {{"device_class", "timestamp"}});
  wait(hours(24));
  EXPECT_EQ(times.size(), 1U);
}

TEST_F(TimeTriggerTest, OffsetsMoveAnEntitysTimeAndGoRoundMidnight) {
  house.set("input_datetime.late", "23:30:00");
  house.set("sensor.next", "2026-01-15T20:00:00Z", {{"device_class", "timestamp"}});
  put({of("input_datetime.late", hours(1)), of("sensor.next", -hours(2))});
  wait(hours(24));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + hours(6), kNoon + minutes(750)}));
  fired.clear(), times.clear();
  house.set("input_datetime.early", "00:15:00");
  put({of("input_datetime.early", -minutes(30))});
  wait(hours(12));
  EXPECT_EQ(times[0], kNoon + hours(24) + minutes(705));
}

TEST_F(TimeTriggerTest, ATemplateIsRenderedOnceAndMistakesAreNamed) {
  variables.define("when", jinja::Value("13:30"));
  TimeAt good, bad;
  good.at_template = templated("{{ when }}");
  bad.at_template = templated("{{ 'soon' }}");
  put({good, bad});
  wait(hours(2));
  EXPECT_EQ(times, std::vector<Instant>{kNoon + minutes(90)});
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(TimeTriggerTest, ASkippedTimeDoesNotFireUnlessTheRuleSaysRunOnce) {
  berlin_at(utc(2026, 3, 28, 12));
  put({at(2, 30)});
  wait(hours(24));
  EXPECT_EQ(count(), 0U);
  wait(hours(24));
  EXPECT_EQ(count(), 1U);

  now = utc(2026, 3, 28, 12);
  options.dst_run_once = true;
  times.clear();
  restart();
  put({at(2, 30)});
  wait(hours(24));
  EXPECT_EQ(times, std::vector<Instant>{utc(2026, 3, 29, 1)}) << "at the jump";
}

TEST_F(TimeTriggerTest, ATimeThatComesTwiceFiresTwiceUnlessTheRuleSaysRunOnce) {
  berlin_at(utc(2026, 10, 24, 12));
  put({at(2, 30)});
  wait(hours(24));
  EXPECT_EQ(times, (std::vector<Instant>{utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)}));

  now = utc(2026, 10, 24, 12);
  options.dst_run_once = true;
  times.clear();
  restart();
  put({at(2, 30)});
  wait(hours(24));
  EXPECT_EQ(times, std::vector<Instant>{utc(2026, 10, 25, 0, 30)});
}

TEST_F(TimeTriggerTest, WhatWasMissedIsMadeUpForOnceWhereTheRuleSaysSo) {
  const std::vector<Trigger> rule{trigger_of("time", TimeTrigger{{at(13), at(14)}, kEveryDay})};
  options.run_missed_once = true;
  attach(rule);
  start();
  EXPECT_EQ(rows(), 1U);
  crash(hours(50));
  attach(rule);
  restore();
  start();
  ASSERT_EQ(fired.size(), 1U);
  EXPECT_EQ(shown("trigger.now.hour"), "13");
  wait(hours(24));
  EXPECT_EQ(fired.size(), 3U);
  crash(minutes(5));
  attach(rule);
  restore();
  start();
  EXPECT_TRUE(fired.empty()) << "nothing was missed";
}

TEST_F(TimeTriggerTest, WhatWasMissedIsSkippedByDefault) {
  const std::vector<Trigger> rule{trigger_of("time", TimeTrigger{{at(13)}, kEveryDay})};
  attach(rule);
  start();
  crash(hours(50));
  attach(rule);
  restore();
  start();
  EXPECT_TRUE(fired.empty());
  EXPECT_EQ(rows(), 0U);
}

TEST_F(TimeTriggerTest, PatternsAreSteps) {
  TimePatternTrigger t;
  t.minutes = {TimePattern::Kind::step, 20};
  t.seconds = {TimePattern::Kind::exact, 5};
  attach("time_pattern", t);
  wait(hours(1));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + Secs(5), kNoon + minutes(20) + Secs(5),
                                         kNoon + minutes(40) + Secs(5)}));
  EXPECT_EQ(shown("trigger.now.minute"), "40");
}

TEST_F(TimeTriggerTest, PatternsOfHoursAndSeconds) {
  TimePatternTrigger t;
  t.hours = {TimePattern::Kind::exact, 13};
  t.minutes = {TimePattern::Kind::exact, 59};
  t.seconds = {TimePattern::Kind::step, 30};
  attach("time_pattern", t);
  wait(hours(24));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + minutes(119), kNoon + minutes(119) + Secs(30)}));
}

TEST_F(TimeTriggerTest, TheSunHasOffsetsAndIsLookedForAgainWhereItDoesNotRise) {
  house.sunrise = minutes(7 * 60);
  house.sunset = minutes(16 * 60);
  attach("sun", SunTrigger{true, {}});
  attach("sun", SunTrigger{false, -minutes(30)});
  wait(hours(24));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + minutes(210), kNoon + hours(19)}));
  EXPECT_EQ(shown("[trigger.event, trigger.offset.total_seconds()]"), "['sunrise', 0.0]");
  house.sunset.reset();
  wait(hours(24));
  house.sunset = minutes(16 * 60);
  count();
  wait(hours(72));
  EXPECT_GE(count(), 4U);
}

}  // namespace
}  // namespace gable::rules::test
