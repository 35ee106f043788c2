// timedelta: making, printing, calculating. Expected answers are those of the real Jinja2 and Python 3.11.
#include "surroundings.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Timedelta, MakingAndPrinting) {
  expect_answers(reference_clock(),
                 {
                     {"{{ timedelta() }}", "0:00:00"},
                     {"{{ [timedelta()] }}", "[datetime.timedelta(0)]"},
                     {"{{ timedelta(1) }}", "1 day, 0:00:00"},
                     {"{{ timedelta(days=1, hours=2) }}", "1 day, 2:00:00"},
                     {"{{ [timedelta(days=1, seconds=5, microseconds=3)] }}",
                      "[datetime.timedelta(days=1, seconds=5, microseconds=3)]"},
                     {"{{ timedelta(seconds=-1) }}", "-1 day, 23:59:59"},
                     {"{{ [timedelta(microseconds=-1)] }}",
                      "[datetime.timedelta(days=-1, seconds=86399, microseconds=999999)]"},
                     {"{{ timedelta(hours=36) }}", "1 day, 12:00:00"},
                     {"{{ timedelta(days=-2) }}", "-2 days, 0:00:00"},
                     {"{{ timedelta(weeks=1, milliseconds=1) }}", "7 days, 0:00:00.001000"},
                     {"{{ timedelta(hours=0.1) }}", "0:06:00"},
                     {"{{ timedelta(microseconds=0.5) }}", "0:00:00"},
                     {"{{ timedelta(microseconds=1.5) }}", "0:00:00.000002"},
                     {"{{ timedelta(microseconds=2.5) }}", "0:00:00.000002"},
                     {"{{ timedelta(seconds=1e-7) }}", "0:00:00"},
                     {"{{ timedelta(minutes=-1.5) }}", "-1 day, 23:58:30"},
                     {"{{ timedelta(days=true) }}", "1 day, 0:00:00"},
                     {"{{ timedelta(1, 2, 3, 4, 5, 6, 7) }}", "50 days, 6:05:02.004003"},
                     {"{{ timedelta(days=999999999) }}", "999999999 days, 0:00:00"},
                     {"{{ timedelta(days=1e9) }}", "drop OverflowError"},
                     {"{{ timedelta(days=1000000000) }}", "drop OverflowError"},
                     {"{{ timedelta('1') }}", "drop TypeError"},
                     {"{{ timedelta(days=none) }}", "drop TypeError"},
                     {"{{ timedelta(days=nothing) }}", "drop TypeError"},
                     {"{{ timedelta(days=inf) }}", "drop OverflowError"},
                     {"{{ timedelta(seconds=inf - inf) }}", "drop ValueError"},
                     {"{{ timedelta(fortnights=1) }}", "drop TypeError"},
                     {"{{ timedelta(1, days=1) }}", "drop TypeError"},
                 });
}

TEST(Timedelta, Attributes) {
  expect_answers(reference_clock(),
                 {
                     {"{{ timedelta(seconds=-1).days }}", "-1"},
                     {"{{ timedelta(seconds=-1).seconds }}", "86399"},
                     {"{{ timedelta(microseconds=-1).microseconds }}", "999999"},
                     {"{{ timedelta(hours=30).seconds }}", "21600"},
                     {"{{ timedelta(hours=30).total_seconds() }}", "108000.0"},
                     {"{{ timedelta(microseconds=1).total_seconds() }}", "1e-06"},
                     {"{{ timedelta(days=365000, microseconds=1).total_seconds() }}", "31536000000.0"},
                     {"{{ timedelta().max }}", "999999999 days, 23:59:59.999999"},
                     {"{{ timedelta().min }}", "-999999999 days, 0:00:00"},
                     {"{{ timedelta().resolution }}", "0:00:00.000001"},
                     {"{{ timedelta().hours is defined }}", "False"},
                     {"{{ timedelta() | string }}", "0:00:00"},
                     {"{{ '%s' % timedelta(1) }}", "1 day, 0:00:00"},
                 });
}

TEST(Timedelta, Arithmetic) {
  expect_answers(reference_clock(),
                 {
                     {"{{ timedelta(hours=1) + timedelta(minutes=30) }}", "1:30:00"},
                     {"{{ timedelta(hours=1) - timedelta(hours=2) }}", "-1 day, 23:00:00"},
                     {"{{ -timedelta(hours=1) }}", "-1 day, 23:00:00"},
                     {"{{ [+timedelta(hours=1)] }}", "[datetime.timedelta(seconds=3600)]"},
                     {"{{ timedelta(hours=1) * 3 }}", "3:00:00"},
                     {"{{ 3 * timedelta(hours=1) }}", "3:00:00"},
                     {"{{ timedelta(hours=1) * 1.5 }}", "1:30:00"},
                     {"{{ 0.1 * timedelta(seconds=1) }}", "0:00:00.100000"},
                     {"{{ timedelta(hours=1) * true }}", "1:00:00"},
                     {"{{ timedelta(hours=1) / 7 }}", "0:08:34.285714"},
                     {"{{ timedelta(hours=1) / timedelta(minutes=7) }}", "8.571428571428571"},
                     {"{{ timedelta(hours=1) // timedelta(minutes=7) }}", "8"},
                     {"{{ timedelta(hours=1) // 7 }}", "0:08:34.285714"},
                     {"{{ timedelta(hours=1) % timedelta(minutes=7) }}", "0:04:00"},
                     {"{{ timedelta(hours=-1) // timedelta(minutes=7) }}", "-9"},
                     {"{{ timedelta(hours=-1) % timedelta(minutes=7) }}", "0:03:00"},
                     {"{{ timedelta(hours=1) / 0.3 }}", "3:20:00"},
                     {"{{ timedelta(microseconds=3) / 2 }}", "0:00:00.000002"},
                     {"{{ timedelta(microseconds=5) / 2 }}", "0:00:00.000002"},
                     {"{{ timedelta(microseconds=-5) / 2 }}", "-1 day, 23:59:59.999998"},
                     {"{{ timedelta(1) / 0 }}", "drop ZeroDivisionError"},
                     {"{{ timedelta(1) // timedelta() }}", "drop ZeroDivisionError"},
                     {"{{ timedelta(1) % timedelta() }}", "drop ZeroDivisionError"},
                     {"{{ timedelta(1) / 0.0 }}", "drop ZeroDivisionError"},
                     {"{{ 1 / timedelta(1) }}", "drop TypeError"},
                     {"{{ timedelta(1) // 1.5 }}", "drop TypeError"},
                     {"{{ timedelta(1) % 2 }}", "drop TypeError"},
                     {"{{ timedelta(1) ** 2 }}", "drop TypeError"},
                     {"{{ timedelta(1) + 1 }}", "drop TypeError"},
                     {"{{ 1 + timedelta(1) }}", "drop TypeError"},
                     {"{{ timedelta(1) + 'a' }}", "drop TypeError"},
                     {"{{ timedelta(1) + nothing }}", "passthrough UndefinedError"},
                     {"{{ timedelta(days=999999999) + timedelta(1) }}", "drop OverflowError"},
                     {"{{ timedelta(1) * 1e300 }}", "drop OverflowError"},
                     {"{{ timedelta(1) * (inf - inf) }}", "drop ValueError"},
                     {"{{ timedelta(1) * 10**30 }}", "drop OverflowError"},
                     {"{{ timedelta(1) * 1e-300 }}", "0:00:00"},
                     {"{{ [timedelta(1), timedelta(2)] | sum(start=timedelta()) }}", "3 days, 0:00:00"},
                 });
}

TEST(Timedelta, Comparing) {
  expect_answers(reference_clock(), {
                                        {"{{ timedelta(hours=24) == timedelta(days=1) }}", "True"},
                                        {"{{ timedelta(1) == 1 }}", "False"},
                                        {"{{ timedelta(1) != 1 }}", "True"},
                                        {"{{ timedelta(1) < timedelta(2) }}", "True"},
                                        {"{{ timedelta(1) >= timedelta(2) }}", "False"},
                                        {"{{ timedelta(1) <= timedelta(1) }}", "True"},
                                        {"{{ timedelta(1) < 2 }}", "drop TypeError"},
                                        {"{{ timedelta(1) < none }}", "drop TypeError"},
                                        {"{{ [timedelta(2), timedelta(1)] | sort }}",
                                         "[datetime.timedelta(days=1), datetime.timedelta(days=2)]"},
                                        {"{{ [timedelta(2), timedelta(1)] | min }}", "1 day, 0:00:00"},
                                        {"{{ {timedelta(1): 2}[timedelta(hours=24)] }}", "2"},
                                        {"{{ 'yes' if timedelta() else 'no' }}", "no"},
                                        {"{{ timedelta(1) in [timedelta(hours=24)] }}", "True"},
                                    });
}

}  // namespace
}  // namespace gable::rules::jinja
