// The trigger calendar: beginnings and ends of what the calendar's entity shows.
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class CalendarTriggerTest : public TriggerTest {
 protected:
  static wire::Object event(const char* summary, const char* start, const char* end) {
    return {{"message", summary}, {"start_time", start}, {"end_time", end}, {"all_day", false}};
  }
  static wire::Object dentist() { return event("Dentist", "2026-01-15 13:00:00", "2026-01-15 14:00:00"); }
  static wire::Object dinner() { return event("Dinner", "2026-01-15T19:00:00+00:00", "2026-01-15 21:00:00"); }
  void put(bool starts, std::chrono::seconds offset = {}) {
    attach("calendar", CalendarTrigger{"calendar.home", starts, offset});
  }
};

TEST_F(CalendarTriggerTest, FiresAtTheBeginningWithWhatTheEventSays) {
  house.set("calendar.home", "off", dentist());
  put(true);
  wait(minutes(59));
  EXPECT_EQ(count(), 0U);
  wait(minutes(2));
  EXPECT_EQ(times, std::vector<Instant>{kNoon + hours(1)});
  EXPECT_EQ(shown("[trigger.event, trigger.calendar_event.summary, trigger.calendar_event.start, "
                  "trigger.calendar_event.all_day]"),
            "['start', 'Dentist', '2026-01-15T13:00:00+00:00', False]");
  // The entity says so, too; that is the same moment.
  change("calendar.home", "on", dentist());
  wait(minutes(1));
  EXPECT_EQ(times.size(), 1U);
  change("calendar.home", "off", dinner());
  wait(hours(12));
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[1], kNoon + hours(7));
}

TEST_F(CalendarTriggerTest, AnOffsetBehindTheEndOutlivesTheNextEvent) {
  house.set("calendar.home", "on", dentist());
  put(false, minutes(30));
  wait(hours(2));
  change("calendar.home", "off", dinner());
  wait(hours(12));
  EXPECT_EQ(times, (std::vector<Instant>{kNoon + minutes(150), kNoon + minutes(570)}));
  EXPECT_EQ(shown("[trigger.event, trigger.calendar_event.summary, trigger.offset.total_seconds()]"),
            "['end', 'Dinner', 1800.0]");
}

TEST_F(CalendarTriggerTest, WhatIsOverFiresNoMore) {
  put(true, -hours(2));
  change("calendar.home", "off", dentist());
  wait(minutes(10));
  EXPECT_EQ(count(), 0U);
  change("calendar.home", "off", event("Moved", "2026-01-15 16:00:00", "2026-01-15 17:00:00"));
  change("calendar.home", "unavailable");
  wait(hours(12));
  EXPECT_EQ(times, std::vector<Instant>{kNoon + hours(2)});
}

}  // namespace
}  // namespace gable::rules::test
