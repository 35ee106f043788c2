// Scalars as PyYAML reads them.

#include "yaml/scalars.hpp"

#include <gtest/gtest.h>

namespace gable::rules::yaml {
namespace {

TEST(Scalars, Kinds) {
  EXPECT_EQ(resolve_plain("on"), Plain::boolean);
  EXPECT_EQ(resolve_plain("oN"), Plain::text);
  EXPECT_EQ(resolve_plain("y"), Plain::text);
  EXPECT_EQ(resolve_plain("1e3"), Plain::text);
  EXPECT_EQ(resolve_plain("1.0e3"), Plain::text);
  EXPECT_EQ(resolve_plain("1.0e+3"), Plain::real);
  EXPECT_EQ(resolve_plain("-.5"), Plain::text);
  EXPECT_EQ(resolve_plain("08"), Plain::text);
  EXPECT_EQ(resolve_plain("07:30:00"), Plain::text);
  EXPECT_EQ(resolve_plain("7:30:00"), Plain::integer);
  EXPECT_EQ(resolve_plain("7:60"), Plain::text);
  EXPECT_EQ(resolve_plain("2026-01-02"), Plain::timestamp);
  EXPECT_EQ(resolve_plain("2026-1-2"), Plain::text);
  EXPECT_EQ(resolve_plain("2026-1-2 3:04:05"), Plain::timestamp);
}

TEST(Scalars, Integers) {
  EXPECT_EQ(integer_of("0123"), 83);
  EXPECT_EQ(integer_of("0x1F"), 31);
  EXPECT_EQ(integer_of("-0b101"), -5);
  EXPECT_EQ(integer_of("1:30:00"), 5400);
  EXPECT_EQ(integer_of("1_000"), 1000);
  EXPECT_EQ(integer_of("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(integer_of("9223372036854775808"), std::nullopt);
  EXPECT_EQ(integer_of("0x_"), std::nullopt);
  EXPECT_EQ(decimal_of("0xa4c1388bd7d2e7f8"), "11871832265997871096");
  EXPECT_EQ(decimal_of("-100000000000000000000"), "-100000000000000000000");
  EXPECT_EQ(decimal_of(std::string(kIntegerDigits + 1, '1')), std::nullopt);
}

TEST(Scalars, Reals) {
  EXPECT_EQ(real_of("1_000.5"), 1000.5);
  EXPECT_EQ(real_of("1:30.5"), 90.5);
  EXPECT_EQ(real_of("."), std::nullopt);
  EXPECT_EQ(real_text(*real_of("-.inf")), "-inf");
  EXPECT_EQ(real_text(*real_of("1.e+400")), "inf");
  EXPECT_EQ(real_text(*real_of("1.0e-400")), "0.0");
}

TEST(Scalars, Timestamps) {
  EXPECT_EQ(timestamp_text("2026-01-02"), "2026-01-02");
  EXPECT_EQ(timestamp_text("2026-1-2T3:04:05.5-1:30"), "2026-01-02 03:04:05.500000-01:30");
  EXPECT_EQ(timestamp_text("2026-01-02 03:04:05 Z"), "2026-01-02 03:04:05+00:00");
  EXPECT_EQ(timestamp_text("2026-02-29"), std::nullopt);
}

}  // namespace
}  // namespace gable::rules::yaml
