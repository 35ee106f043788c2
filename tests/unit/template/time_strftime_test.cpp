// strftime: directives, flags, widths. Expected answers are those of the real Jinja2 and Python 3.11.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

const BerlinZone kBerlin;

TEST(Strftime, Directives) {
  expect_answers(clock_at(1'767'582'245'000'067),
                 {
                     {"{{ now().strftime('%Y-%m-%d %H:%M:%S') }}", "2026-01-05 03:04:05"},
                     {"{{ now().strftime('%a %A %b %B %d %e') }}", "Mon Monday Jan January 05  5"},
                     {"{{ now().strftime('%-d.%-m. %-H:%M') }}", "5.1. 3:04"},
                     {"{{ now().strftime('%I:%M %p') }}", "03:04 AM"},
                     {"{{ now().strftime('%-I:%M%P') }}", "3:04am"},
                     {"{{ now().strftime('%j %U %W %V %G %g %u %w') }}", "005 01 01 02 2026 26 1 1"},
                     {"{{ now().strftime('%y %C %h %k %l %n|%t|') }}", "26 20 Jan  3  3 \n|	|"},
                     {"{{ now().strftime('%c | %x | %X | %r | %R | %T | %D | %F') }}",
                      "Mon Jan  5 03:04:05 2026 | 01/05/26 | 03:04:05 | 03:04:05 AM | 03:04 | 03:04:05 | "
                      "01/05/26 | 2026-01-05"},
                     {"{{ now().strftime('%s') }}", "1767582245"},
                     {"{{ now().strftime('%f') }}", "000067"},
                     {"{{ now().strftime('%z|%Z') }}", "+0000|UTC"},
                     {"{{ now().strftime('%%') }}", "%"},
                     {"{{ now().strftime('100%') }}", "100%"},
                     {"{{ now().strftime('%Q %5Q') }}", "%Q   %5Q"},
                     {"{{ now().strftime('%^a %#a %^B %#p %#Z') }}", "MON MON JANUARY am"},
                     {"{{ now().strftime('%5d %_5d %-5d %05d') }}", "00005     5     5 00005"},
                     {"{{ now().strftime('%10A|%010A|%_10A') }}", "Monday|0000Monday|    Monday"},
                     {"{{ now().strftime('%-0d %0-d %_m %0e %3k') }}", "05 5  1 05   3"},
                     {"{{ now().strftime('%Ey %Od %Ea %OY %EY') }}", "26 05 %Ea %OY 2026"},
                     {"{{ now().strftime('%5% %-') }}", "% %-"},
                     {"{{ now().strftime('é%Hü') }}", "é03ü"},
                     {"{{ now().strftime('') }}", ""},
                     {"{{ now().strftime('%E') }}", "%E"},
                     {"{{ now().strftime('%+ %v %N') }}", "%+ %v %N"},
                     {"{{ now().strftime('%:z') }}", "%:z"},
                     {"{{ now().strftime('%020F %20T') }}", "00000000002026-01-05             03:04:05"},
                 });
}

TEST(Strftime, AtNoon) {
  expect_answers(clock_at(1'792'929'600'000'000), {
                                                      {"{{ now().strftime('%I %p %P %l') }}", "12 PM pm 12"},
                                                      {"{{ now().strftime('%U %W %V') }}", "43 42 43"},
                                                      {"{{ now().strftime('%-I') }}", "12"},
                                                  });
}

TEST(Strftime, InAZone) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ now().strftime('%z|%Z') }}", "+0200|CEST"},
                     {"{{ now().strftime('%s') }}", "1784118896"},
                     {"{{ now().strftime('%c %Z') }}", "Wed Jul 15 14:34:56 2026 CEST"},
                     {"{{ now().strftime('%H:%M') }}", "14:34"},
                     {"{{ now().strftime('%-d') }}", "15"},
                 });
}

TEST(Strftime, OtherTypes) {
  expect_answers(
      reference_clock(),
      {
          {"{{ now().date().strftime('%A %H:%M:%S.%f|%z%Z') }}", "Thursday 00:00:00.000000|"},
          {"{{ now().time().strftime('%Y %H.%M.%S.%f|%z') }}", "1900 12.34.56.789000|"},
          {"{{ now().timetz().strftime('%z %Z') }}", "+0000 UTC"},
          {"{{ '{:%d.%m.%Y}'.format(now()) }}", "15.01.2026"},
          {"{{ '{:%d.%m.%Y}'.format(now().date()) }}", "15.01.2026"},
          {"{{ '{:%H}'.format(now().time()) }}", "12"},
          {"{{ '{}'.format(now()) }}", "2026-01-15 12:34:56.789000+00:00"},
          {"{{ '{:>40}|'.format(now()|string) }}", "2026-01-15 12:34:56.789000+00:00|"},
          {"{{ timedelta().strftime('%H') }}", "passthrough UndefinedError"},
          {"{{ now().strftime() }}", "drop TypeError"},
          {"{{ now().strftime(5) }}", "drop TypeError"},
          {"{{ now().strftime(format='%Y') }}", "2026"},
          {"{{ as_datetime('0999-01-05').strftime('%Y|%5Y|%C|%F|%c') }}",
           "999|00999|9|999-01-05|Sat Jan  5 00:00:00 999"},
          {"{{ as_datetime('2026-01-15T12:00:00+05:30:15').strftime('%z %Z') }}", "+053015 UTC+05:30:15"},
      });
}

TEST(Strftime, TimestampCustom) {
  expect_answers(clock_at(1'784'118'896'789'000, &kBerlin),
                 {
                     {"{{ 0 | timestamp_custom }}", "1970-01-01 01:00:00"},
                     {"{{ 1784118896 | timestamp_custom('%H:%M') }}", "14:34"},
                     {"{{ 1784118896 | timestamp_custom('%H:%M', true) }}", "14:34"},
                     {"{{ 1784118896 | timestamp_custom('%H:%M', false) }}", "12:34"},
                     {"{{ '1784118896' | timestamp_custom('%H:%M') }}", "14:34"},
                     {"{{ 1784118896.5 | timestamp_custom('%f') }}", "500000"},
                     {"{{ 'x' | timestamp_custom('%H') }}", "drop ValueError"},
                     {"{{ 'x' | timestamp_custom('%H', true, 'no') }}", "no"},
                     {"{{ 'x' | timestamp_custom('%H', default=5) }}", "5"},
                     {"{{ none | timestamp_custom('%H', default='-') }}", "-"},
                     {"{{ none | timestamp_custom }}", "drop ValueError"},
                     {"{{ nothing | timestamp_custom('%H', default='-') }}", "passthrough UndefinedError"},
                     {"{{ 1e15 | timestamp_custom('%H', default='-') }}", "-"},
                     {"{{ 1e300 | timestamp_custom('%H', default='-') }}", "-"},
                     {"{{ 1e17 | timestamp_custom('%H', default='-') }}", "drop OSError"},
                     {"{{ 5 | timestamp_custom(5, default='-') }}", "-"},
                     {"{{ true | timestamp_custom('%S') }}", "01"},
                 });
}

TEST(Strftime, Bounded) {
  expect_answers(reference_clock(), {
                                        {"{{ now().strftime('%9999d') | length }}", "0"},
                                        {"{{ now().strftime('%999d') | length }}", "999"},
                                    });
}

}  // namespace
}  // namespace gable::rules::jinja
