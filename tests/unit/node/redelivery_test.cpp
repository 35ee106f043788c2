// What a broker repeats after a reconnect is known, and nothing else is taken for it.

#include "node/redelivery.hpp"

#include <gtest/gtest.h>

namespace gable::node::test {
namespace {

Message message(std::uint16_t packet, std::string payload = "ring", std::string topic = "door/bell") {
  Message out;
  out.topic = std::move(topic);
  out.payload = std::move(payload);
  out.packet = packet;
  return out;
}

struct RedeliveryTest : testing::Test {
  RedeliveryTest() { redelivery.connected(false); }
  void hear(std::uint16_t from, std::uint16_t to) {
    for (std::uint16_t packet = from; packet <= to; ++packet)
      EXPECT_FALSE(redelivery.repeats(message(packet)));
  }
  Redelivery redelivery;
};

TEST_F(RedeliveryTest, WhatHasNotBeenAcknowledgedComesOnceMoreAndIsKnown) {
  hear(1, 5);
  redelivery.connected(true);
  EXPECT_TRUE(redelivery.repeats(message(4)));
  EXPECT_TRUE(redelivery.repeats(message(5)));
  EXPECT_FALSE(redelivery.repeats(message(6))) << "it was on its way, and has not been here";
  EXPECT_FALSE(redelivery.repeats(message(5))) << "after that nothing is repeated";
}

TEST_F(RedeliveryTest, ThePresentConnectionRepeatsNothing) {
  hear(1, 3);
  hear(1, 3);
}

TEST_F(RedeliveryTest, ABrokerWithoutOurSessionHasNothingToRepeat) {
  hear(1, 3);
  redelivery.connected(false);
  hear(1, 3);
}

// One that was killed may give the ids of what it has forgotten to new messages.
TEST_F(RedeliveryTest, AnotherMessageUnderTheSameIdIsNew) {
  hear(1, 3);
  redelivery.connected(true);
  EXPECT_FALSE(redelivery.repeats(message(2, "ring twice")));
  EXPECT_FALSE(redelivery.repeats(message(3))) << "something new has come";
}

TEST_F(RedeliveryTest, TheOrderOfWhatIsRepeatedIsAsItWas) {
  hear(1, 3);
  redelivery.connected(true);
  EXPECT_TRUE(redelivery.repeats(message(3)));
  EXPECT_FALSE(redelivery.repeats(message(2)));
}

TEST_F(RedeliveryTest, WithoutAcknowledgementNothingIsRepeated) {
  EXPECT_FALSE(redelivery.repeats(message(0)));
  redelivery.connected(true);
  EXPECT_FALSE(redelivery.repeats(message(0)));
}

TEST_F(RedeliveryTest, MessagesWithoutAcknowledgementInBetweenDoNotMatter) {
  hear(1, 3);
  redelivery.connected(true);
  EXPECT_FALSE(redelivery.repeats(message(0, "retained")));
  EXPECT_TRUE(redelivery.repeats(message(3)));
}

TEST_F(RedeliveryTest, ALinkThatBreaksAgainMeanwhileRepeatsThemAgain) {
  hear(1, 3);
  for (int i = 0; i < 3; ++i) {
    redelivery.connected(true);
    EXPECT_TRUE(redelivery.repeats(message(2)));
  }
  EXPECT_TRUE(redelivery.repeats(message(3)));
}

TEST_F(RedeliveryTest, HundredsAreKnownAndThoseBeforeThemForgotten) {
  hear(1, 2'000);
  redelivery.connected(true);
  for (std::uint16_t packet = 1'801; packet <= 2'000; ++packet)
    EXPECT_TRUE(redelivery.repeats(message(packet)));
  redelivery.connected(true);
  EXPECT_FALSE(redelivery.repeats(message(1'000)));
}

}  // namespace
}  // namespace gable::node::test
