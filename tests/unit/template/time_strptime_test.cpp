// strptime: what is read by which format. Expected answers are those of the real Jinja2 and Python 3.11.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Strptime, Fields) {
  expect_answers(
      reference_clock(),
      {
          {"{{ [strptime('2026-01-15 12:34:56', '%Y-%m-%d %H:%M:%S')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56)]"},
          {"{{ [strptime('15.1.26', '%d.%m.%y')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('1/2/69', '%d/%m/%y')] }}", "[datetime.datetime(1969, 2, 1, 0, 0)]"},
          {"{{ [strptime('1/2/68', '%d/%m/%y')] }}", "[datetime.datetime(2068, 2, 1, 0, 0)]"},
          {"{{ [strptime('12:30', '%H:%M')] }}", "[datetime.datetime(1900, 1, 1, 12, 30)]"},
          {"{{ [strptime('12:30 AM', '%I:%M %p')] }}", "[datetime.datetime(1900, 1, 1, 0, 30)]"},
          {"{{ [strptime('12:30 pm', '%I:%M %p')] }}", "[datetime.datetime(1900, 1, 1, 12, 30)]"},
          {"{{ [strptime('1:30 PM', '%I:%M %p')] }}", "[datetime.datetime(1900, 1, 1, 13, 30)]"},
          {"{{ [strptime('0130', '%H%M')] }}", "[datetime.datetime(1900, 1, 1, 1, 30)]"},
          {"{{ [strptime('130', '%H%M')] }}", "[datetime.datetime(1900, 1, 1, 13, 0)]"},
          {"{{ [strptime('5', '%f')] }}", "[datetime.datetime(1900, 1, 1, 0, 0, 0, 500000)]"},
          {"{{ [strptime('123456', '%f')] }}", "[datetime.datetime(1900, 1, 1, 0, 0, 0, 123456)]"},
          {"{{ [strptime('Thu Jan 15 2026', '%a %b %d %Y')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('THURSDAY january 15', '%A %B %d')] }}", "[datetime.datetime(1900, 1, 15, 0, 0)]"},
          {"{{ [strptime('2026 366', '%Y %j')] }}", "[datetime.datetime(2027, 1, 1, 0, 0)]"},
          {"{{ [strptime('2026 60', '%Y %j')] }}", "[datetime.datetime(2026, 3, 1, 0, 0)]"},
          {"{{ [strptime('2026 03 4', '%G %V %u')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('2026 3 Thursday', '%G %V %A')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('2026 02 4', '%Y %U %w')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('2026 02 4', '%Y %W %w')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('2026 0 0', '%Y %W %w')] }}", "[datetime.datetime(2026, 1, 4, 0, 0)]"},
          {"{{ [strptime('1  2', '%d %m')] }}", "[datetime.datetime(1900, 2, 1, 0, 0)]"},
          {"{{ [strptime('1	2', '%d %m')] }}", "[datetime.datetime(1900, 2, 1, 0, 0)]"},
          {"{{ [strptime(' 5', '%d')] }}", "[datetime.datetime(1900, 1, 5, 0, 0)]"},
          {"{{ [strptime('100%', '1%d%%')] }}", "drop ValueError"},
          {"{{ [strptime('Thu Jan 15 12:34:56 2026', '%c')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 34, 56)]"},
          {"{{ [strptime('01/15/26', '%x')] }}", "[datetime.datetime(2026, 1, 15, 0, 0)]"},
          {"{{ [strptime('12:34:56', '%X')] }}", "[datetime.datetime(1900, 1, 1, 12, 34, 56)]"},
          {"{{ [strptime('11', '%m%d')] }}", "[datetime.datetime(1900, 1, 1, 0, 0)]"},
          {"{{ [strptime('111', '%m%d')] }}", "[datetime.datetime(1900, 11, 1, 0, 0)]"},
          {"{{ [strptime('2026-01-15T12:00:00+0200', '%Y-%m-%dT%H:%M:%S%z')] }}",
           "[datetime.datetime(2026, 1, 15, 12, 0, "
           "tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))]"},
          {"{{ [strptime('+05:30', '%z')] }}",
           "[datetime.datetime(1900, 1, 1, 0, 0, "
           "tzinfo=datetime.timezone(datetime.timedelta(seconds=19800)))]"},
          {"{{ [strptime('-05:30:15', '%z')] }}",
           "[datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone(datetime.timedelta(days=-1, "
           "seconds=66585)))]"},
          {"{{ [strptime('-053015.5', '%z')] }}",
           "[datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone(datetime.timedelta(days=-1, "
           "seconds=66584, microseconds=500000)))]"},
          {"{{ [strptime('Z', '%z')] }}",
           "[datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)]"},
          {"{{ [strptime('+0000', '%z')] }}",
           "[datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)]"},
          {"{{ [strptime('UTC 5', '%Z %d')] }}", "[datetime.datetime(1900, 1, 5, 0, 0)]"},
          {"{{ [strptime('gmt', '%Z')] }}", "[datetime.datetime(1900, 1, 1, 0, 0)]"},
          {"{{ [strptime('é5', 'é%d')] }}", "[datetime.datetime(1900, 1, 5, 0, 0)]"},
          {"{{ [strptime('', '')] }}", "[datetime.datetime(1900, 1, 1, 0, 0)]"},
      });
}

TEST(Strptime, Refused) {
  expect_answers(reference_clock(), {
                                        {"{{ strptime('x', '%d', 'no') }}", "no"},
                                        {"{{ strptime('32', '%d', 'no') }}", "no"},
                                        {"{{ strptime('2026-02-30', '%Y-%m-%d', 'no') }}", "no"},
                                        {"{{ strptime('29 2', '%d %m', 'no') }}", "no"},
                                        {"{{ strptime('0', '%Y', 'no') }}", "no"},
                                        {"{{ strptime('0000', '%Y', 'no') }}", "no"},
                                        {"{{ strptime('5 ', '%d', 'no') }}", "no"},
                                        {"{{ strptime('5x', '%d', 'no') }}", "no"},
                                        {"{{ strptime('61', '%S', 'no') }}", "no"},
                                        {"{{ strptime('60', '%S', 'no') }}", "no"},
                                        {"{{ strptime('24', '%H', 'no') }}", "no"},
                                        {"{{ strptime('13', '%I', 'no') }}", "no"},
                                        {"{{ strptime('0', '%I', 'no') }}", "no"},
                                        {"{{ strptime('2026 3', '%G %V', 'no') }}", "no"},
                                        {"{{ strptime('2026', '%G', 'no') }}", "no"},
                                        {"{{ strptime('3 4', '%V %u', 'no') }}", "no"},
                                        {"{{ strptime('2026 3 4', '%Y %V %u', 'no') }}", "no"},
                                        {"{{ strptime('2026 3 4 5', '%G %V %u %j', 'no') }}", "no"},
                                        {"{{ strptime('+5:30', '%z', 'no') }}", "no"},
                                        {"{{ strptime('+05:3015', '%z', 'no') }}", "no"},
                                        {"{{ strptime('+0560', '%z', 'no') }}", "no"},
                                        {"{{ strptime('z', '%z', 'no') }}", "no"},
                                        {"{{ strptime('5', '%Q', 'no') }}", "no"},
                                        {"{{ strptime('5', '%', 'no') }}", "no"},
                                        {"{{ strptime('5', '%-d', 'no') }}", "no"},
                                        {"{{ strptime('5', '% d', 'no') }}", "no"},
                                        {"{{ strptime('5', '%.', 'no') }}", "no"},
                                        {"{{ strptime('XYZ', '%Z', 'no') }}", "no"},
                                        {"{{ strptime('Foo', '%a', 'no') }}", "no"},
                                        {"{{ strptime('000', '%j', 'no') }}", "no"},
                                        {"{{ strptime('367', '%j', 'no') }}", "no"},
                                        {"{{ strptime('x', '%d') }}", "drop ValueError"},
                                        {"{{ strptime(5, '%d') }}", "drop ValueError"},
                                        {"{{ strptime(5, '%d', 'no') }}", "no"},
                                        {"{{ strptime(none, '%d', 'no') }}", "no"},
                                        {"{{ strptime(nothing, '%d', 'no') }}", "no"},
                                        {"{{ strptime('5', 5, 'no') }}", "no"},
                                        {"{{ strptime('5', '%d', default=none) }}", "1900-01-05 00:00:00"},
                                    });
}

TEST(Strptime, AsMethod) {
  expect_answers(reference_clock(),
                 {
                     {"{{ now().strptime('15.1.2026', '%d.%m.%Y') }}", "2026-01-15 00:00:00"},
                     {"{{ now().strptime('x', '%d') }}", "drop ValueError"},
                 });
}

}  // namespace
}  // namespace gable::rules::jinja
