// What templates ask of the time that the reference implementation has no answers for: how long ago, what is
// recorded, and Home Assistant's own ways to write times. Expected answers are those of Home Assistant's
// documentation and sources.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

const BerlinZone kBerlin;

TEST(TimeOfTheHouse, TodayAtWithOneDigit) {
  expect_answers(reference_clock(), {
                                        {"{{ today_at('7:30') }}", "2026-01-15 07:30:00+00:00"},
                                        {"{{ today_at('0:00') }}", "2026-01-15 00:00:00+00:00"},
                                        {"{{ today_at('7:5:3') }}", "2026-01-15 07:05:03+00:00"},
                                        {"{{ '7:30' | today_at }}", "2026-01-15 07:30:00+00:00"},
                                        {"{{ today_at('7') }}", "drop ValueError"},
                                        {"{{ today_at('7:60') }}", "drop ValueError"},
                                        {"{{ today_at('7:30:00:1') }}", "drop ValueError"},
                                        {"{{ today_at('7:') }}", "drop ValueError"},
                                        {"{{ today_at(':30') }}", "drop ValueError"},
                                    });
}

TEST(TimeOfTheHouse, DurationsInIsoAndWords) {
  expect_answers(reference_clock(), {
                                        {"{{ as_timedelta('PT10M') }}", "0:10:00"},
                                        {"{{ as_timedelta('P1DT2H3M4.5S') }}", "1 day, 2:03:04.500000"},
                                        {"{{ as_timedelta('-PT1H') }}", "-1 day, 23:00:00"},
                                        {"{{ as_timedelta('-P1DT1H') }}", "-2 days, 23:00:00"},
                                        {"{{ as_timedelta('PT1,5H') }}", "1:30:00"},
                                        {"{{ as_timedelta('P1W') }}", "None"},
                                        {"{{ as_timedelta('PT1H2') }}", "None"},
                                        {"{{ as_timedelta('3 days') }}", "3 days, 0:00:00"},
                                        {"{{ as_timedelta('3 days 04:05:06') }}", "3 days, 4:05:06"},
                                    });
}

TEST(TimeOfTheHouse, HowLongAgo) {
  expect_answers(
      reference_clock(),
      {
          {"{{ relative_time(now() - timedelta(hours=2, minutes=29)) }}", "2 hours"},
          {"{{ relative_time(now() - timedelta(minutes=1)) }}", "1 minute"},
          {"{{ relative_time(now() - timedelta(days=800)) }}", "2 years"},
          {"{{ relative_time(now() - timedelta(days=40)) }}", "1 month"},
          {"{{ relative_time(now()) }}", "0 seconds"},
          {"{{ relative_time(now() + timedelta(hours=1)) }}", "2026-01-15 13:34:56.789000+00:00"},
          {"{{ relative_time('x') }}", "x"},
          {"{{ relative_time(none) }}", "None"},
          {"{{ (now() - timedelta(minutes=90)) | relative_time }}", "2 hours"},
          {"{{ relative_time(as_datetime('2026-01-15T12:00')) }}", "35 minutes"},
          {"{{ time_since(now() - timedelta(hours=2, minutes=29), 2) }}", "2 hours 29 minutes"},
          {"{{ time_since(now() - timedelta(hours=2, minutes=29), precision=0) }}", "2 hours 29 minutes"},
          {"{{ time_since(now() - timedelta(days=1, seconds=1), 0) }}", "1 day 1 second"},
          {"{{ time_since(now() - timedelta(seconds=59.4)) }}", "59 seconds"},
          {"{{ time_until(now() + timedelta(hours=2, minutes=31), 2) }}", "2 hours 31 minutes"},
          {"{{ time_until(now() + timedelta(days=2)) }}", "2 days"},
          {"{{ time_until(now() - timedelta(days=2)) }}", "2026-01-13 12:34:56.789000+00:00"},
          {"{{ (now() + timedelta(days=2)) | time_until }}", "2 days"},
          {"{{ timedelta(hours=-2, minutes=-31) | timedelta_string(2) }}", "2 hours 31 minutes"},
      });
}

TEST(TimeOfTheHouse, ClassMethodsTakeTheTimeOfTheRendering) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ [now().now()] }}", "[datetime.datetime(2026, 7, 15, 14, 34, 56, 789000)]"},
                     {"{{ [now().today()] }}", "[datetime.datetime(2026, 7, 15, 14, 34, 56, 789000)]"},
                     {"{{ now().now(now().tzinfo) == now() }}", "True"},
                     {"{{ [now().utcnow()] }}", "[datetime.datetime(2026, 7, 15, 12, 34, 56, 789000)]"},
                     {"{{ now().date().today() }}", "2026-07-15"},
                 });
}

TEST(TimeOfTheHouse, TimestampsInTheHousesZone) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ 0 | timestamp_local }}", "1970-01-01T01:00:00+01:00"},
                     {"{{ 0 | timestamp_utc }}", "1970-01-01T00:00:00+00:00"},
                     {"{{ 'x' | timestamp_local(5) }}", "5"},
                 });
}

TEST(TimeOfTheHouse, AskingForThePresentIsRecorded) {
  for (const auto* text :
       {"{{ now() }}", "{{ utcnow() }}", "{{ today_at('7:00') }}", "{{ relative_time(none) }}",
        "{{ none | time_since }}", "{{ time_until(none) }}", "{{ as_datetime(0).now() }}",
        "{{ as_datetime(0).date().today() }}", "{{ now().date() if true }}"}) {
    EXPECT_TRUE(render_all(text).reads.reads_time()) << text;
  }
  for (const auto* text : {"{{ as_datetime(0) }}", "{{ as_timestamp('2026-01-15') }}", "{{ timedelta(1) }}",
                           "{{ 0 | timestamp_local }}", "{{ now() if false }}"}) {
    EXPECT_FALSE(render_all(text).reads.reads_time()) << text;
  }
}

TEST(TimeOfTheHouse, HugeFormatsEnd) {
  EXPECT_EQ(render("{{ strptime('x' * 30000, ' a' * 5000, 'no') }}").substr(0, 4), "drop");
  EXPECT_EQ(render("{{ now().strftime('%1500d' * 1000) | length > 0 }}").substr(0, 4), "drop");
  EXPECT_EQ(render("{{ strptime(' ' * 3000, ' %H %M %S %d %m %Y', 'no') }}"), "no");
  EXPECT_EQ(render("{{ strptime('5', '%d%d', 'no') }}").substr(0, 4), "drop");
}

}  // namespace
}  // namespace gable::rules::jinja
