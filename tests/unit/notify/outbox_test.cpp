#include "protocol/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::notify {
namespace {

using namespace std::chrono_literals;

Policy policy() {
  Policy out;
  out.waiting = 3;
  out.burst = 2;
  out.per_message = 10s;
  out.keep = 1h;
  out.retry_min = 1s;
  out.retry_max = 5s;
  out.refused = 60s;
  return out;
}

Message message(const std::string& id, Moment at = 0s) { return {id, "", "text", "", at}; }

std::string begin(Outbox& outbox, Moment now) {
  const auto next = outbox.begin(now);
  return next ? next->id : std::string();
}

TEST(OutboxTest, InOrderOneAtATimeAndBounded) {
  Outbox outbox(policy());
  EXPECT_EQ(outbox.add(message("a"), 0s), Outbox::Added::waits);
  EXPECT_EQ(outbox.add(message("a"), 0s), Outbox::Added::known);
  outbox.add(message("b"), 0s);
  outbox.add(message("c"), 0s);
  EXPECT_EQ(outbox.add(message("d"), 0s), Outbox::Added::full);
  EXPECT_EQ(begin(outbox, 0s), "a");
  EXPECT_EQ(begin(outbox, 0s), "");
  EXPECT_FALSE(outbox.due(0s));
  EXPECT_TRUE(outbox.end(Verdict::delivered, "", 0s));
  EXPECT_EQ(outbox.add(message("d"), 0s), Outbox::Added::waits);
  EXPECT_EQ(begin(outbox, 0s), "b");
}

TEST(OutboxTest, NoFasterThanTheReceiverBears) {
  Outbox outbox(policy());
  for (const char* id : {"a", "b", "c"}) outbox.add(message(id), 0s);
  EXPECT_EQ(begin(outbox, 0s), "a");
  outbox.end(Verdict::delivered, "", 0s);
  EXPECT_EQ(begin(outbox, 0s), "b");
  outbox.end(Verdict::delivered, "", 0s);
  EXPECT_EQ(begin(outbox, 1s), "");
  const auto due = outbox.due(1s);
  ASSERT_TRUE(due);
  EXPECT_GE(*due, 10s);
  EXPECT_LT(*due, 11s);
  EXPECT_EQ(begin(outbox, *due), "c");
  outbox.end(Verdict::delivered, "", *due);
  EXPECT_FALSE(outbox.due(*due));
  // A clock that is set back earns nothing, and costs nothing.
  outbox.add(message("d"), 0s);
  EXPECT_EQ(begin(outbox, 0s), "");
}

TEST(OutboxTest, AMessageThatMayDoBetterWaitsAndLetsOthersPass) {
  Outbox outbox(policy());
  outbox.add(message("a"), 0s);
  outbox.add(message("b"), 0s);
  EXPECT_EQ(begin(outbox, 0s), "a");
  EXPECT_FALSE(outbox.end(Verdict::again, "busy", 0s));
  EXPECT_EQ(begin(outbox, 0s), "b");
  EXPECT_TRUE(outbox.end(Verdict::never, "no", 0s));
  EXPECT_EQ(begin(outbox, 20s), "a");
  EXPECT_FALSE(outbox.end(Verdict::again, "busy", 20s, Moment(30s)));  // the receiver's own wish
  EXPECT_EQ(begin(outbox, 49s), "");
  EXPECT_EQ(begin(outbox, 50s), "a");
}

TEST(OutboxTest, AReceiverThatIsAwayIsTriedEverMoreSeldom) {
  Outbox outbox(policy());
  outbox.add(message("a"), 0s);
  outbox.add(message("b"), 0s);
  Moment now = 100s;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(begin(outbox, now), "a");
    outbox.end(Verdict::away, "no route", now);
    EXPECT_EQ(begin(outbox, now), "");
    const Moment due = *outbox.due(now);
    waits.push_back((due - now) / 1s);
    now = due;
  }
  EXPECT_EQ(waits.front(), 1);
  EXPECT_LE(waits.back(), 10);
  EXPECT_GE(waits.back(), 4);
}

TEST(OutboxTest, ARefusalEndsAllForAWhile) {
  Outbox outbox(policy());
  outbox.add(message("a"), 0s);
  outbox.add(message("b"), 0s);
  begin(outbox, 0s);
  EXPECT_TRUE(outbox.end(Verdict::refused, "wrong password", 0s));
  EXPECT_EQ(outbox.refusal(59s), "wrong password");
  const auto given_up = outbox.give_up(1s);
  ASSERT_EQ(given_up.size(), 1U);
  EXPECT_EQ(given_up[0].id, "b");
  EXPECT_EQ(outbox.refusal(60s), "");
}

TEST(OutboxTest, WhatIsOldIsGivenUp) {
  Outbox outbox(policy());
  outbox.add(message("a", 0s), 0s);
  begin(outbox, 0s);
  EXPECT_TRUE(outbox.give_up(2h).empty());  // it is under way
  outbox.end(Verdict::away, "no route", 0s);
  EXPECT_TRUE(outbox.give_up(59min).empty());
  EXPECT_EQ(outbox.give_up(1h).size(), 1U);
  EXPECT_TRUE(outbox.entries().empty());
}

TEST(OutboxTest, WhatWasUnderWayIsNotSentAgain) {
  Outbox outbox(policy());
  const auto unknown = outbox.restore({{message("a"), {}, 0, true}, {message("b"), {}, 0, false}});
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].id, "a");
  EXPECT_EQ(begin(outbox, 0s), "b");
}

}  // namespace
}  // namespace gable::notify
