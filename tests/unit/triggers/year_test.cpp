// A year of time, time_pattern and sun triggers in three zones against an oracle that goes through every
// minute of it and asks the time zone database what the clocks show.
#include <set>

#include "real_zone.hpp"
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kBegin = utc(2026, 1, 1);
const Instant kEnd = utc(2027, 1, 1);

class YearTest : public TriggerTest, public ::testing::WithParamInterface<const char*> {
 protected:
  YearTest() : zone_(GetParam()) {
    house.other_zone = &zone_;
    now = kBegin - std::chrono::microseconds(1);
  }
  void live() { wait(kEnd - now - std::chrono::microseconds(1)); }

  // Every minute whose wall clock time (minutes of the day) is wanted.
  template <typename Wanted>
  std::vector<Instant> minutes_that(const Wanted& wanted) const {
    const date::time_zone* zone = date::locate_zone(GetParam());
    std::vector<Instant> out;
    for (Instant when = kBegin; when < kEnd;) {
      const auto info = zone->get_info(date::floor<std::chrono::seconds>(when));
      for (; when < kEnd && when < info.end; when += minutes(1)) {
        const auto local = when.time_since_epoch() + info.offset;
        if (wanted(date::floor<minutes>(local - date::floor<date::days>(local)).count())) out.push_back(when);
      }
    }
    return out;
  }

 private:
  RealZone zone_;
};

TEST_P(YearTest, TimesFireWheneverTheClocksShowThem) {
  for (const int when : {0, 1 * 60 + 45, 2 * 60 + 15, 2 * 60 + 30, 3 * 60, 23 * 60 + 59}) {
    restart();
    times.clear();
    now = kBegin - std::chrono::microseconds(1);
    attach("time", TimeTrigger{{TimeAt{minutes(when), {}, {}, {}}}, kEveryDay});
    live();
    EXPECT_EQ(times, minutes_that([when](auto minute) { return minute == when; })) << when;
  }
}

TEST_P(YearTest, RunOnceFiresOnceOnEveryDay) {
  options.dst_run_once = true;
  for (const int when : {1 * 60 + 45, 2 * 60 + 15, 2 * 60 + 30}) {
    restart();
    times.clear();
    now = kBegin - std::chrono::microseconds(1);
    attach("time", TimeTrigger{{TimeAt{minutes(when), {}, {}, {}}}, kEveryDay});
    live();
    std::set<date::sys_days> days;
    for (const Instant time : times) {
      const auto info = date::locate_zone(GetParam())->get_info(date::floor<std::chrono::seconds>(time));
      days.insert(date::floor<date::days>(time + info.offset));
    }
    EXPECT_EQ(times.size(), 365U) << when;
    EXPECT_EQ(days.size(), 365U) << when;
  }
}

TEST_P(YearTest, PatternsFireWheneverTheClocksFit) {
  TimePatternTrigger t;
  t.hours = {TimePattern::Kind::step, 2};
  t.minutes = {TimePattern::Kind::step, 15};
  t.seconds = {TimePattern::Kind::exact, 0};
  attach("time_pattern", t);
  live();
  EXPECT_EQ(times, minutes_that([](auto minute) { return minute / 60 % 2 == 0 && minute % 60 % 15 == 0; }));
}

TEST_P(YearTest, TheSunKeepsItsOffsetWhateverTheClocksShow) {
  house.sunrise = minutes(5 * 60 + 11);
  attach("sun", SunTrigger{true, -minutes(45)});
  live();
  std::vector<Instant> expected;
  for (Instant day = kBegin; day < kEnd; day += hours(24)) expected.push_back(day + minutes(4 * 60 + 26));
  EXPECT_EQ(times, expected);
}

INSTANTIATE_TEST_SUITE_P(Zones, YearTest,
                         ::testing::Values("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"));

}  // namespace
}  // namespace gable::rules::test
