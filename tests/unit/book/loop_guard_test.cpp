// Rules that set each other off: who is held back, from when on, and when that is over.

#include "engine/book/loop_guard.hpp"

#include <gtest/gtest.h>

namespace gable::rules::test {
namespace {

using std::chrono::seconds;

struct LoopGuardTest : ::testing::Test {
  LoopGuard guard;
  Instant now{std::chrono::hours(1)};

  LoopGuardTest() { guard.started({"run", "", ""}); }
  // Starts of the rule by this cause that are allowed, of so many.
  std::uint32_t allowed(std::uint32_t times, const Context& cause) {
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < times; ++i) count += guard.allow("a.b", cause, now) ? 1 : 0;
    return count;
  }
};

TEST_F(LoopGuardTest, TheFiveHundredAndFirstStartByARuleIsHeldBack) {
  EXPECT_EQ(allowed(LoopGuard::kMost, {"run", "", ""}), LoopGuard::kMost);
  EXPECT_EQ(allowed(1, {"run", "", ""}), 0U);
  EXPECT_TRUE(guard.allow("another.rule", {"run", "", ""}, now));
  now += LoopGuard::kWindow - seconds(1);
  EXPECT_EQ(allowed(1, {"run", "", ""}), 0U);
  now += seconds(1);
  EXPECT_EQ(allowed(1, {"run", "", ""}), 1U);
}

TEST_F(LoopGuardTest, WhatARunHasCausedCountsAndWhatComesFromOutsideDoesNot) {
  EXPECT_EQ(allowed(LoopGuard::kMost + 1, {"step", "run", ""}), LoopGuard::kMost);
  EXPECT_EQ(allowed(1'000, {"person", "", ""}), 1'000U);
}

TEST_F(LoopGuardTest, ItIsToldOnceAWindow) {
  allowed(LoopGuard::kMost + 1, {"run", "", ""});
  EXPECT_TRUE(guard.should_tell("a.b"));
  EXPECT_FALSE(guard.should_tell("a.b"));
  now += LoopGuard::kWindow;
  allowed(LoopGuard::kMost + 1, {"run", "", ""});
  EXPECT_TRUE(guard.should_tell("a.b"));
}

TEST_F(LoopGuardTest, ItIsOverOnceAfterALongWhile) {
  EXPECT_FALSE(guard.is_over("a.b", now));
  allowed(LoopGuard::kMost + 1, {"run", "", ""});
  now += LoopGuard::kOver - seconds(1);
  EXPECT_FALSE(guard.is_over("a.b", now));
  now += seconds(1);
  EXPECT_TRUE(guard.is_over("a.b", now));
  EXPECT_FALSE(guard.is_over("a.b", now));
}

TEST_F(LoopGuardTest, WhoIsForgottenBeginsAnew) {
  EXPECT_FALSE(guard.forget("a.b"));
  allowed(LoopGuard::kMost + 1, {"run", "", ""});
  EXPECT_TRUE(guard.forget("a.b"));
  EXPECT_FALSE(guard.forget("a.b"));
  EXPECT_EQ(allowed(1, {"run", "", ""}), 1U);
}

TEST_F(LoopGuardTest, OldRunsAreForgotten) {
  for (int i = 0; i < 3 * 4096; ++i) guard.started({std::to_string(i), "", ""});
  EXPECT_EQ(allowed(1'000, {"run", "", ""}), 1'000U);
  EXPECT_EQ(allowed(1'000, {std::to_string(3 * 4096 - 1), "", ""}), LoopGuard::kMost);
}

}  // namespace
}  // namespace gable::rules::test
