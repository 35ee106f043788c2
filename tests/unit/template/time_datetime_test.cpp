// datetime, date and time: printing, attributes, methods, calculating. Expected answers are those of the real
// Jinja2 and Python 3.11.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

const BerlinZone kBerlin;

TEST(Datetime, NowInUtc) {
  expect_answers(
      reference_clock(),
      {
          {"{{ now() }}", "2026-01-15 12:34:56.789000+00:00"},
          {"{{ [now()] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56, 789000, tzinfo=datetime.timezone.utc)]"},
          {"{{ utcnow() }}", "2026-01-15 12:34:56.789000+00:00"},
          {"{{ now().isoformat() }}", "2026-01-15T12:34:56.789000+00:00"},
          {"{{ now().isoformat(' ') }}", "2026-01-15 12:34:56.789000+00:00"},
          {"{{ now().isoformat(' ', 'minutes') }}", "2026-01-15 12:34+00:00"},
          {"{{ now().isoformat(timespec='hours') }}", "2026-01-15T12+00:00"},
          {"{{ now().isoformat(timespec='milliseconds') }}", "2026-01-15T12:34:56.789+00:00"},
          {"{{ now().isoformat(timespec='x') }}", "drop ValueError"},
          {"{{ now().isoformat('ab') }}", "drop TypeError"},
          {"{{ now().isoformat('é') }}", "2026-01-15é12:34:56.789000+00:00"},
          {"{{ now().isoformat(5) }}", "drop TypeError"},
          {"{{ now().timestamp() }}", "1768480496.789"},
          {"{{ now().year }}", "2026"},
          {"{{ now().month }}", "1"},
          {"{{ now().day }}", "15"},
          {"{{ now().hour }}", "12"},
          {"{{ now().minute }}", "34"},
          {"{{ now().second }}", "56"},
          {"{{ now().microsecond }}", "789000"},
          {"{{ now().tzinfo }}", "UTC"},
          {"{{ [now().tzinfo] }}", "[datetime.timezone.utc]"},
          {"{{ now().fold }}", "0"},
          {"{{ now().weekday() }}", "3"},
          {"{{ now().isoweekday() }}", "4"},
          {"{{ now().isocalendar() }}", "datetime.IsoCalendarDate(year=2026, week=3, weekday=4)"},
          {"{{ now().isocalendar()[1] }}", "3"},
          {"{{ now().isocalendar().week }}", "3"},
          {"{{ now().toordinal() }}", "739631"},
          {"{{ now().ctime() }}", "Thu Jan 15 12:34:56 2026"},
          {"{{ now().timetuple() }}",
           "time.struct_time(tm_year=2026, tm_mon=1, tm_mday=15, tm_hour=12, tm_min=34, tm_sec=56, "
           "tm_wday=3, tm_yday=15, tm_isdst=-1)"},
          {"{{ now().timetuple().tm_yday }}", "15"},
          {"{{ now().utctimetuple().tm_hour }}", "12"},
          {"{{ now().utcoffset() }}", "0:00:00"},
          {"{{ now().tzname() }}", "UTC"},
          {"{{ now().dst() }}", "None"},
          {"{{ now().date() }}", "2026-01-15"},
          {"{{ [now().date()] }}", "[datetime.date(2026, 1, 15)]"},
          {"{{ now().time() }}", "12:34:56.789000"},
          {"{{ [now().time()] }}", "[datetime.time(12, 34, 56, 789000)]"},
          {"{{ [now().timetz()] }}", "[datetime.time(12, 34, 56, 789000, tzinfo=datetime.timezone.utc)]"},
          {"{{ now().min }}", "0001-01-01 00:00:00"},
          {"{{ now().max }}", "9999-12-31 23:59:59.999999"},
          {"{{ now().resolution }}", "0:00:00.000001"},
          {"{{ now().nothing is defined }}", "False"},
          {"{{ now()['year'] is defined }}", "True"},
          {"{{ now().tzinfo.utcoffset(now()) }}", "0:00:00"},
          {"{{ now().tzinfo.tzname(none) }}", "UTC"},
          {"{{ now().tzinfo.dst(now()) }}", "None"},
      });
}

TEST(Datetime, NowInBerlin) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ now() }}", "2026-07-15 14:34:56.789000+02:00"},
                     {"{{ [now()] }}",
                      "[datetime.datetime(2026, 7, 15, 14, 34, 56, 789000, "
                      "tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))]"},
                     {"{{ utcnow() }}", "2026-07-15 12:34:56.789000+00:00"},
                     {"{{ now().timestamp() }}", "1784118896.789"},
                     {"{{ now().utcoffset() }}", "2:00:00"},
                     {"{{ now().tzname() }}", "CEST"},
                     {"{{ now().dst() }}", "1:00:00"},
                     {"{{ now().tzinfo }}", "Europe/Berlin"},
                     {"{{ now().tzinfo.key }}", "Europe/Berlin"},
                     {"{{ [now().timetz()] }}",
                      "[datetime.time(14, 34, 56, 789000, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))]"},
                     {"{{ now().timetz() }}", "14:34:56.789000"},
                     {"{{ now().astimezone(utcnow().tzinfo) }}", "2026-07-15 12:34:56.789000+00:00"},
                     {"{{ utcnow().astimezone(now().tzinfo) }}", "2026-07-15 14:34:56.789000+02:00"},
                     {"{{ now().replace(tzinfo=none) }}", "2026-07-15 14:34:56.789000"},
                     {"{{ now().replace(month=1) }}", "2026-01-15 14:34:56.789000+01:00"},
                     {"{{ now().replace(month=1).utcoffset() }}", "1:00:00"},
                     {"{{ now() - utcnow() }}", "0:00:00"},
                     {"{{ now() == utcnow() }}", "True"},
                     {"{{ now().date() == utcnow().date() }}", "True"},
                     {"{{ now().timetuple().tm_isdst }}", "1"},
                     {"{{ now().utctimetuple().tm_hour }}", "12"},
                     {"{{ now() + timedelta(days=180) }}", "2027-01-11 14:34:56.789000+01:00"},
                     {"{{ now().isoformat() }}", "2026-07-15T14:34:56.789000+02:00"},
                     {"{{ now().fromtimestamp(0) }}", "1970-01-01 01:00:00"},
                     {"{{ now().fromtimestamp(0, now().tzinfo) }}", "1970-01-01 01:00:00+01:00"},
                     {"{{ now().utcfromtimestamp(0) }}", "1970-01-01 00:00:00"},
                 });
}

TEST(Datetime, SummerTimeEnds) {
  expect_answers(
      clock_at(1'792'890'000'000'000, &kBerlin),
      {
          {"{{ now() }}", "2026-10-25 02:00:00+01:00"},
          {"{{ [now()] }}",
           "[datetime.datetime(2026, 10, 25, 2, 0, fold=1, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))]"},
          {"{{ now().fold }}", "1"},
          {"{{ now() - timedelta(hours=1) }}", "2026-10-25 01:00:00+02:00"},
          {"{{ now().timestamp() - 3600 == (now().replace(fold=0)).timestamp() }}", "True"},
          {"{{ now().replace(fold=0) }}", "2026-10-25 02:00:00+02:00"},
          {"{{ now() == utcnow() }}", "False"},
          {"{{ now() <= utcnow() }}", "True"},
          {"{{ now() - now().replace(fold=0) }}", "0:00:00"},
          {"{{ today_at('02:30').utcoffset() }}", "2:00:00"},
          {"{{ today_at('02:30').replace(fold=1).utcoffset() }}", "1:00:00"},
          {"{{ (today_at('04:00') - today_at('00:00')) }}", "4:00:00"},
          {"{{ as_timestamp(today_at('04:00')) - as_timestamp(today_at('00:00')) }}", "18000.0"},
      });
}

TEST(Datetime, SummerTimeBegins) {
  expect_answers(clock_at(1'774'746'000'000'000, &kBerlin),
                 {
                     {"{{ now() }}", "2026-03-29 03:00:00+02:00"},
                     {"{{ now().fold }}", "0"},
                     {"{{ today_at('02:30') }}", "2026-03-29 02:30:00+01:00"},
                     {"{{ today_at('02:30').tzname() }}", "CET"},
                     {"{{ today_at('02:30').dst() }}", "0:00:00"},
                     {"{{ today_at('02:30').replace(fold=1) }}", "2026-03-29 02:30:00+02:00"},
                     {"{{ today_at('02:30').replace(fold=1).tzname() }}", "CEST"},
                     {"{{ today_at('02:30').timestamp() }}", "1774747800.0"},
                     {"{{ today_at('02:30').astimezone(utcnow().tzinfo) }}", "2026-03-29 01:30:00+00:00"},
                     {"{{ today_at('00:00') + timedelta(hours=5) }}", "2026-03-29 05:00:00+02:00"},
                     {"{{ as_local(utcnow()) }}", "2026-03-29 03:00:00+02:00"},
                 });
}

TEST(Datetime, Replace) {
  expect_answers(reference_clock(), {
                                        {"{{ now().replace(hour=0, minute=0, second=0, microsecond=0) }}",
                                         "2026-01-15 00:00:00+00:00"},
                                        {"{{ now().replace(2027) }}", "2027-01-15 12:34:56.789000+00:00"},
                                        {"{{ now().replace(day=32) }}", "drop ValueError"},
                                        {"{{ now().replace(month=13) }}", "drop ValueError"},
                                        {"{{ now().replace(year=0) }}", "drop ValueError"},
                                        {"{{ now().replace(hour=24) }}", "drop ValueError"},
                                        {"{{ now().replace(minute=60) }}", "drop ValueError"},
                                        {"{{ now().replace(second=60) }}", "drop ValueError"},
                                        {"{{ now().replace(microsecond=1000000) }}", "drop ValueError"},
                                        {"{{ now().replace(fold=2) }}", "drop ValueError"},
                                        {"{{ now().replace(month=2, day=29) }}", "drop ValueError"},
                                        {"{{ now().replace(hour='1') }}", "drop TypeError"},
                                        {"{{ now().replace(hour=1.0) }}", "drop TypeError"},
                                        {"{{ now().replace(hour=none) }}", "drop TypeError"},
                                        {"{{ now().replace(tzinfo='UTC') }}", "drop TypeError"},
                                        {"{{ now().replace(hours=1) }}", "drop TypeError"},
                                        {"{{ now().date().replace(day=1) }}", "2026-01-01"},
                                        {"{{ now().date().replace(day=0) }}", "drop ValueError"},
                                        {"{{ now().time().replace(hour=1) }}", "01:34:56.789000"},
                                        {"{{ now().time().replace(hour=25) }}", "drop ValueError"},
                                        {"{{ now().timetz().replace(tzinfo=none) }}", "12:34:56.789000"},
                                    });
}

TEST(Datetime, Arithmetic) {
  expect_answers(
      reference_clock(),
      {
          {"{{ now() + timedelta(days=1) }}", "2026-01-16 12:34:56.789000+00:00"},
          {"{{ timedelta(days=1) + now() }}", "2026-01-16 12:34:56.789000+00:00"},
          {"{{ now() - timedelta(hours=13) }}", "2026-01-14 23:34:56.789000+00:00"},
          {"{{ timedelta(1) - now() }}", "drop TypeError"},
          {"{{ now() - now() }}", "0:00:00"},
          {"{{ now() + now() }}", "drop TypeError"},
          {"{{ now() - 5 }}", "drop TypeError"},
          {"{{ now() * 2 }}", "drop TypeError"},
          {"{{ now() + timedelta(days=3000000) }}", "drop OverflowError"},
          {"{{ now() - today_at('12:00') }}", "0:34:56.789000"},
          {"{{ (now() - today_at()).total_seconds() }}", "45296.789"},
          {"{{ now() - now().replace(tzinfo=none) }}", "drop TypeError"},
          {"{{ now().date() - timedelta(1) }}", "2026-01-14"},
          {"{{ now().date() + timedelta(hours=23) }}", "2026-01-15"},
          {"{{ now().date() - timedelta(hours=1) }}", "2026-01-15"},
          {"{{ now().date() - now().date() }}", "0:00:00"},
          {"{{ [now().date() - as_datetime('2026-01-01').date()] }}", "[datetime.timedelta(days=14)]"},
          {"{{ now() - now().date() }}", "drop TypeError"},
          {"{{ now().date() - now() }}", "drop TypeError"},
          {"{{ now().time() - now().time() }}", "drop TypeError"},
          {"{{ now().time() + timedelta(1) }}", "drop TypeError"},
          {"{{ now() - nothing }}", "passthrough UndefinedError"},
          {"{{ now().date() + timedelta(days=3000000) }}", "drop OverflowError"},
      });
}

TEST(Datetime, Comparing) {
  expect_answers(
      reference_clock(),
      {
          {"{{ now() == utcnow() }}", "True"},
          {"{{ now() > today_at() }}", "True"},
          {"{{ now() < now().replace(tzinfo=none) }}", "drop TypeError"},
          {"{{ now() == now().replace(tzinfo=none) }}", "False"},
          {"{{ now() != now().replace(tzinfo=none) }}", "True"},
          {"{{ now() == now().date() }}", "False"},
          {"{{ now() < now().date() }}", "drop TypeError"},
          {"{{ now() < 5 }}", "drop TypeError"},
          {"{{ now() == 'x' }}", "False"},
          {"{{ now() < 'x' }}", "drop TypeError"},
          {"{{ now() > none }}", "drop TypeError"},
          {"{{ now().date() == now().date() }}", "True"},
          {"{{ now().date() < (now() + timedelta(1)).date() }}", "True"},
          {"{{ now().time() < today_at('13:00').time() }}", "True"},
          {"{{ now().timetz() == now().time() }}", "False"},
          {"{{ now().timetz() < now().time() }}", "drop TypeError"},
          {"{{ [now(), today_at()] | sort | first == today_at() }}", "True"},
          {"{{ [now(), today_at()] | max == now() }}", "True"},
          {"{{ {now(): 1}[utcnow()] }}", "1"},
          {"{{ now() in [utcnow()] }}", "True"},
          {"{{ as_datetime('2026-01-01T00:00:00+00:00') == as_datetime('2026-01-01T02:00:00+02:00') }}",
           "True"},
          {"{{ as_datetime('2026-01-01T00:00:00+00:00') < as_datetime('2026-01-01T01:00:00+02:00') }}",
           "False"},
          {"{{ [now(), now(), utcnow()] | unique | list | length }}", "1"},
          {"{{ now() is datetime }}", "True"},
          {"{{ now().date() is datetime }}", "False"},
          {"{{ 'x' is datetime }}", "False"},
          {"{{ now() is string }}", "False"},
          {"{{ now() is number }}", "False"},
          {"{{ now() | typeof }}", "datetime"},
          {"{{ now().date() | typeof }}", "date"},
          {"{{ now().time() | typeof }}", "time"},
          {"{{ timedelta() | typeof }}", "timedelta"},
      });
}

TEST(Datetime, ClassMethods) {
  expect_answers(reference_clock(),
                 {
                     {"{{ now().fromisoformat('2026-01-15T12:00') }}", "2026-01-15 12:00:00"},
                     {"{{ now().fromisoformat('x') }}", "drop ValueError"},
                     {"{{ now().date().fromisoformat('2026-01-15') }}", "2026-01-15"},
                     {"{{ now().date().fromisoformat('2026-W03-4') }}", "2026-01-15"},
                     {"{{ now().date().fromisoformat('20260115') }}", "2026-01-15"},
                     {"{{ now().date().fromisoformat('2026-01-15T12:00') }}", "drop ValueError"},
                     {"{{ now().time().fromisoformat('12:30:15.5') }}", "12:30:15.500000"},
                     {"{{ now().time().fromisoformat('T12') }}", "12:00:00"},
                     {"{{ now().time().fromisoformat('12:30+02:00') }}", "12:30:00+02:00"},
                     {"{{ now().time().fromisoformat('25:00') }}", "drop ValueError"},
                     {"{{ now().combine(now().date(), now().time()) }}", "2026-01-15 12:34:56.789000"},
                     {"{{ now().combine(now(), now().timetz()) }}", "2026-01-15 12:34:56.789000+00:00"},
                     {"{{ now().combine(now().date(), now().time(), now().tzinfo) }}",
                      "2026-01-15 12:34:56.789000+00:00"},
                     {"{{ now().combine('x', now().time()) }}", "drop TypeError"},
                     {"{{ now().combine(now().date(), 'x') }}", "drop TypeError"},
                     {"{{ now().fromtimestamp(1.5) }}", "1970-01-01 00:00:01.500000"},
                     {"{{ now().fromtimestamp('1') }}", "drop TypeError"},
                     {"{{ now().fromordinal(739631) }}", "2026-01-15 00:00:00"},
                     {"{{ now().fromordinal(0) }}", "drop ValueError"},
                     {"{{ now().date().fromordinal(739631) }}", "2026-01-15"},
                     {"{{ now().date().fromtimestamp(0) }}", "1970-01-01"},
                 });
}

}  // namespace
}  // namespace gable::rules::jinja
