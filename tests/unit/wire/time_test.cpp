#include "wire/time.hpp"

#include <gtest/gtest.h>

namespace gable::wire {
namespace {

using namespace std::chrono_literals;

Time at(std::int64_t ms) { return Time(Duration(ms)); }

TEST(FormatTime, IsUtcWithMilliseconds) {
  EXPECT_EQ(format_time(at(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_time(at(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_time(at(1'795'308'067'120)), "2026-11-22T00:41:07.120Z");
}

TEST(FormatTime, StaysWithinFourDigitYears) {
  EXPECT_EQ(format_time(Time::max()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(format_time(Time::min()), "0000-01-01T00:00:00.000Z");
}

TEST(ParseTime, TakesEveryOffsetAndFraction) {
  const Time expected = at(1'795'308'067'120);
  for (const std::string_view text :
       {"2026-11-22T00:41:07.120Z", "2026-11-22t00:41:07.12z", "2026-11-22 00:41:07.120999999Z",
        "2026-11-22T01:41:07.120+01:00", "2026-11-21T19:11:07.120-05:30", "2026-11-22T00:41:07.120-00:00"}) {
    ASSERT_TRUE(parse_time(text)) << text;
    EXPECT_EQ(*parse_time(text), expected) << text;
  }
  EXPECT_EQ(parse_time("2026-11-22T00:41:07Z"), expected - 120ms);
  EXPECT_EQ(parse_time("2024-02-29T00:00:00Z"), at(1'709'164'800'000));
}

TEST(ParseTime, LeapSecondIsTheNextSecond) {
  EXPECT_EQ(parse_time("2016-12-31T23:59:60Z"), parse_time("2017-01-01T00:00:00Z"));
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-11-22",
                                      "2026-11-22T00:41:07",
                                      "2026-11-22T00:41Z",
                                      "2026-11-22T24:00:00Z",
                                      "2026-13-01T00:00:00Z",
                                      "2025-02-29T00:00:00Z",
                                      "2026-11-22T00:60:00Z",
                                      "2026-11-22T00:00:61Z",
                                      "2026-11-22T00:41:07.Z",
                                      "2026-11-22T00:41:07.1234567890Z",
                                      "2026-11-22T00:41:07,1Z",
                                      "2026-11-22T00:41:07+0100",
                                      "2026-11-22T00:41:07+24:00",
                                      "2026-11-22T00:41:07Z ",
                                      " 2026-11-22T00:41:07Z",
                                      "+026-11-22T00:41:07Z",
                                      "2026-1-22T00:41:07Z",
                                      "0000-01-01T00:00:00+00:01",
                                      "9999-12-31T23:59:59-00:01"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(ParseTime, ReadsWhatFormatTimeWrites) {
  for (const std::int64_t ms : {-62'167'219'200'000LL, -1LL, 0LL, 951'782'399'999LL, 253'402'300'799'999LL}) {
    EXPECT_EQ(parse_time(format_time(at(ms))), at(ms));
  }
}

TEST(FormatDuration, ChoosesTheUnitThatPeopleSay) {
  EXPECT_EQ(format_duration(0ms), "0 ms");
  EXPECT_EQ(format_duration(999ms), "999 ms");
  EXPECT_EQ(format_duration(15s), "15 s");
  EXPECT_EQ(format_duration(119s), "119 s");
  EXPECT_EQ(format_duration(180s), "3 min");
  EXPECT_EQ(format_duration(119min), "119 min");
  EXPECT_EQ(format_duration(26h), "26 h");
  EXPECT_EQ(format_duration(96h), "4 days");
  EXPECT_EQ(format_duration(-15s), "-15 s");
}

}  // namespace
}  // namespace gable::wire
