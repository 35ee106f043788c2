// as_datetime, as_timestamp, as_local, as_timedelta, today_at and timestamps as text. Expected answers are
// those of the real Jinja2 and Python 3.11.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

const BerlinZone kBerlin;

TEST(TimeFunctions, AsDatetimeOfText) {
  expect_answers(
      reference_clock(),
      {
          {"{{ [as_datetime('2026-01-15')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [as_datetime('2026-01-15T12:34')] }}", "[datetime.datetime(2026, 1, 15, 12, 34)]"},
          {"{{ [as_datetime('2026-01-15 12:34:56')] }}", "[datetime.datetime(2026, 1, 15, 12, 34, 56)]"},
          {"{{ [as_datetime('2026-01-15T12:34:56.789')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, 789000)]"},
          {"{{ [as_datetime('2026-01-15T12:34:56.7891234')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, 789123)]"},
          {"{{ [as_datetime('2026-01-15T12:34:56,7')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, 700000)]"},
          {"{{ [as_datetime('2026-01-15T12:34:56Z')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, tzinfo=datetime.timezone.utc)]"},
          {"{{ [as_datetime('2026-01-15T12:34:56+02:00')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, "
           "tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))]"},
          {"{{ [as_datetime('2026-01-15T12:34:56-05:30:15')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, tzinfo=datetime.timezone(datetime.timedelta(days=-1, "
           "seconds=66585)))]"},
          {"{{ [as_datetime('2026-01-15T12:34:56+0200')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, "
           "tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))]"},
          {"{{ [as_datetime('2026-01-15T12:34:56+02')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, "
           "tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))]"},
          {"{{ [as_datetime('20260115')] }}",
           "[datetime.datetime(1970, 8, 23, 11, 48, 35, tzinfo=datetime.timezone.utc)]"},
          {"{{ [as_datetime('20260115T123456')] }}", "[datetime.datetime(2026, 1, 15, 12, 34, 56)]"},
          {"{{ [as_datetime('20260115T12')] }}", "[datetime.datetime(2026, 1, 15, 12, 0)]"},
          {"{{ [as_datetime('2026-W03')] }}", "[datetime.datetime(2026, 1, 12, 0, 0)]"},
          {"{{ [as_datetime('2026-W03-4')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [as_datetime('2026W034')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [as_datetime('2026W034T12')] }}", "[datetime.datetime(2026, 1, 15, 12, 0)]"},
          {"{{ [as_datetime('2026-W54-1')] }}", "[None]"},
          {"{{ [as_datetime('2026-W53-1')] }}", "[datetime.datetime(2026, 12, 28, 0, 0)]"},
          {"{{ [as_datetime('2026-01-15x12')] }}", "[datetime.datetime(2026, 1, 15, 12, 0)]"},
          {"{{ [as_datetime('2026-01-15T')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15 ')] }}", "[None]"},
          {"{{ [as_datetime('2026-1-5')] }}", "[None]"},
          {"{{ [as_datetime('2026-02-30')] }}", "[None]"},
          {"{{ [as_datetime('2026-13-01')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T24:00')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T12:60')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T1234:56')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T12:34:56.')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T12:34:56+24:00')] }}", "[None]"},
          {"{{ [as_datetime('2026-01-15T12:34z')] }}", "[None]"},
          {"{{ [as_datetime('2026-01')] }}", "[None]"},
          {"{{ [as_datetime('2026')] }}",
           "[datetime.datetime(1970, 1, 1, 0, 33, 46, tzinfo=datetime.timezone.utc)]"},
          {"{{ [as_datetime('x')] }}", "[None]"},
          {"{{ [as_datetime('')] }}", "[None]"},
          {"{{ [as_datetime('0001-01-01')] }}", "[datetime.datetime(1, 1, 1, 0, 0)]"},
          {"{{ [as_datetime('9999-12-31T23:59:59.999999')] }}",
           "[datetime.datetime(9999, 12, 31, 23, 59, 59, 999999)]"},
      });
}

TEST(TimeFunctions, AsDatetimeOfOthers) {
  expect_answers(reference_clock(),
                 {
                     {"{{ as_datetime(0) }}", "1970-01-01 00:00:00+00:00"},
                     {"{{ as_datetime(1768480496.789) }}", "2026-01-15 12:34:56.789000+00:00"},
                     {"{{ as_datetime('1768480496.789') }}", "2026-01-15 12:34:56.789000+00:00"},
                     {"{{ as_datetime(1.0000005) }}", "1970-01-01 00:00:01.000001+00:00"},
                     {"{{ as_datetime(1.0000015) }}", "1970-01-01 00:00:01.000001+00:00"},
                     {"{{ as_datetime(-1.5) }}", "1969-12-31 23:59:58.500000+00:00"},
                     {"{{ as_datetime(true) }}", "1970-01-01 00:00:01+00:00"},
                     {"{{ as_datetime(now()) == now() }}", "True"},
                     {"{{ [as_datetime(now().date())] }}",
                      "[datetime.datetime(2026, 1, 15, 0, 0, tzinfo=datetime.timezone.utc)]"},
                     {"{{ as_datetime(1e11) }}", "5138-11-16 09:46:40+00:00"},
                     {"{{ as_datetime(1e12) }}", "drop ValueError"},
                     {"{{ as_datetime(1e12, 'no') }}", "no"},
                     {"{{ as_datetime('1e12') }}", "None"},
                     {"{{ as_datetime(inf - inf, 'no') }}", "no"},
                     {"{{ as_datetime(inf, 'no') }}", "no"},
                     {"{{ as_datetime(1e17, 'no') }}", "drop OSError"},
                     {"{{ as_datetime('x', 'no') }}", "no"},
                     {"{{ as_datetime('x', none) }}", "None"},
                     {"{{ as_datetime('x') }}", "None"},
                     {"{{ as_datetime(none) }}", "drop ValueError"},
                     {"{{ as_datetime(none, 'no') }}", "no"},
                     {"{{ as_datetime([]) }}", "drop ValueError"},
                     {"{{ as_datetime([], default='no') }}", "no"},
                     {"{{ as_datetime(nothing) }}", "passthrough UndefinedError"},
                     {"{{ as_datetime(nothing, 'no') }}", "passthrough UndefinedError"},
                     {"{{ '2026-01-15' | as_datetime }}", "2026-01-15 00:00:00"},
                     {"{{ 'x' | as_datetime('no') }}", "no"},
                     {"{{ now().time() | as_datetime('no') }}", "no"},
                     {"{{ as_datetime() }}", "drop TypeError"},
                 });
}

TEST(TimeFunctions, AsTimestamp) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ as_timestamp(now()) }}", "1784118896.789"},
                     {"{{ as_timestamp(now().replace(tzinfo=none)) }}", "1784118896.789"},
                     {"{{ as_timestamp('2026-07-15T14:34:56') }}", "1784118896.0"},
                     {"{{ as_timestamp('2026-07-15T14:34:56+00:00') }}", "1784126096.0"},
                     {"{{ as_timestamp('2026-01-15') }}", "1768431600.0"},
                     {"{{ as_timestamp(5) }}", "5.0"},
                     {"{{ as_timestamp('5.5') }}", "5.5"},
                     {"{{ as_timestamp('x') }}", "drop ValueError"},
                     {"{{ as_timestamp('x', 0) }}", "0"},
                     {"{{ as_timestamp('x', default=none) }}", "None"},
                     {"{{ as_timestamp(none) }}", "drop ValueError"},
                     {"{{ as_timestamp(none, 'no') }}", "no"},
                     {"{{ as_timestamp(nothing, 'no') }}", "passthrough UndefinedError"},
                     {"{{ as_timestamp(utcnow()) == as_timestamp(now()) }}", "True"},
                     {"{{ now() | as_timestamp }}", "1784118896.789"},
                     {"{{ 'x' | as_timestamp(-1) }}", "-1"},
                     {"{{ as_timestamp(now().date()) }}", "1784073600.0"},
                     {"{{ as_timestamp('9999-12-31T23:59:59.999999+00:00') }}", "253402300800.0"},
                 });
}

TEST(TimeFunctions, AsLocal) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ as_local(utcnow()) }}", "2026-07-15 14:34:56.789000+02:00"},
                     {"{{ as_local(now()) }}", "2026-07-15 14:34:56.789000+02:00"},
                     {"{{ as_local(as_datetime('2026-01-15T12:00')) }}", "2026-01-15 12:00:00+01:00"},
                     {"{{ as_local(as_datetime('2026-01-15T12:00Z')) }}", "2026-01-15 13:00:00+01:00"},
                     {"{{ as_local(as_datetime('2026-07-15T12:00+05:30')) }}", "2026-07-15 08:30:00+02:00"},
                     {"{{ utcnow() | as_local }}", "2026-07-15 14:34:56.789000+02:00"},
                     {"{{ as_local('2026-01-15') }}", "drop AttributeError"},
                     {"{{ as_local(none) }}", "drop AttributeError"},
                     {"{{ as_local(5) }}", "drop AttributeError"},
                     {"{{ as_local(nothing) }}", "passthrough UndefinedError"},
                     {"{{ [as_local(as_datetime(0))] }}",
                      "[datetime.datetime(1970, 1, 1, 1, 0, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))]"},
                 });
}

TEST(TimeFunctions, AsTimedelta) {
  expect_answers(
      reference_clock(),
      {
          {"{{ [as_timedelta('5')] }}", "[datetime.timedelta(seconds=5)]"},
          {"{{ as_timedelta('7 ') }}", "None"},
          {"{{ [as_timedelta('1:30')] }}", "[datetime.timedelta(seconds=90)]"},
          {"{{ [as_timedelta('1:02:03')] }}", "[datetime.timedelta(seconds=3723)]"},
          {"{{ [as_timedelta('1:02:03.5')] }}", "[datetime.timedelta(seconds=3723, microseconds=500000)]"},
          {"{{ [as_timedelta('-1:00')] }}", "[datetime.timedelta(days=-1, seconds=86340)]"},
          {"{{ [as_timedelta('+1:00')] }}", "[datetime.timedelta(seconds=60)]"},
          {"{{ [as_timedelta('3 1:00')] }}", "[datetime.timedelta(days=3, seconds=60)]"},
          {"{{ [as_timedelta('3 days, 1:00')] }}", "[datetime.timedelta(days=3, seconds=60)]"},
          {"{{ [as_timedelta('1 day, 0:00:01')] }}", "[datetime.timedelta(days=1, seconds=1)]"},
          {"{{ [as_timedelta('-2 days, 0:00:01')] }}", "[datetime.timedelta(days=-2, seconds=1)]"},
          {"{{ [as_timedelta('90')] }}", "[datetime.timedelta(seconds=90)]"},
          {"{{ [as_timedelta('1.5')] }}", "[datetime.timedelta(seconds=1, microseconds=500000)]"},
          {"{{ [as_timedelta('0.0000015')] }}", "[datetime.timedelta(microseconds=2)]"},
          {"{{ [as_timedelta('100:00:00')] }}", "[datetime.timedelta(days=4, seconds=14400)]"},
          {"{{ [as_timedelta('1:2:3:4')] }}", "[None]"},
          {"{{ [as_timedelta('x')] }}", "[None]"},
          {"{{ [as_timedelta('')] }}", "[None]"},
          {"{{ [as_timedelta('1 day,1')] }}", "[None]"},
          {"{{ [as_timedelta('-')] }}", "[None]"},
          {"{{ [as_timedelta('::')] }}", "[None]"},
          {"{{ as_timedelta(none) }}", "None"},
          {"{{ as_timedelta(5) }}", "drop TypeError"},
          {"{{ as_timedelta(0) }}", "None"},
          {"{{ as_timedelta(nothing) }}", "None"},
          {"{{ '10:00' | as_timedelta }}", "0:10:00"},
      });
}

TEST(TimeFunctions, TodayAt) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ today_at() }}", "2026-07-15 00:00:00+02:00"},
                     {"{{ today_at('07:30') }}", "2026-07-15 07:30:00+02:00"},
                     {"{{ today_at('23:59:59') }}", "2026-07-15 23:59:59+02:00"},
                     {"{{ today_at('12:34:56.789') }}", "2026-07-15 12:34:56.789000+02:00"},
                     {"{{ today_at('T10') }}", "2026-07-15 10:00:00+02:00"},
                     {"{{ today_at('0730') }}", "2026-07-15 07:30:00+02:00"},
                     {"{{ today_at('10:00Z') }}", "2026-07-15 10:00:00+02:00"},
                     {"{{ today_at('24:00') }}", "drop ValueError"},
                     {"{{ today_at('x') }}", "drop ValueError"},
                     {"{{ today_at('') }}", "2026-07-15 00:00:00+02:00"},
                     {"{{ today_at(none) }}", "2026-07-15 00:00:00+02:00"},
                     {"{{ today_at(7) }}", "drop TypeError"},
                     {"{{ today_at('12:00') - timedelta(days=1) }}", "2026-07-14 12:00:00+02:00"},
                     {"{{ now() > today_at('14:00') }}", "True"},
                     {"{{ today_at('12:00').timestamp() }}", "1784109600.0"},
                 });
}

TEST(TimeFunctions, TimestampsAsText) {
  expect_answers(clock_at(1'784'118'896'789'000),
                 {
                     {"{{ 0 | timestamp_utc }}", "1970-01-01T00:00:00+00:00"},
                     {"{{ 1784118896.789 | timestamp_utc }}", "2026-07-15T12:34:56.789000+00:00"},
                     {"{{ '5' | timestamp_utc }}", "1970-01-01T00:00:05+00:00"},
                     {"{{ 'x' | timestamp_utc }}", "drop ValueError"},
                     {"{{ 'x' | timestamp_utc('no') }}", "no"},
                     {"{{ none | timestamp_utc(none) }}", "None"},
                     {"{{ nothing | timestamp_utc(1) }}", "passthrough UndefinedError"},
                     {"{{ 0 | timestamp_local }}", "1970-01-01T00:00:00+00:00"},
                     {"{{ 'x' | timestamp_local('no') }}", "no"},
                     {"{{ 1e15 | timestamp_utc('no') }}", "no"},
                     {"{{ 1e17 | timestamp_utc('no') }}", "drop OSError"},
                 });
}

}  // namespace
}  // namespace gable::rules::jinja
