// Session against a scripted port: what is published while the broker is there, slow, and away.

#include "node/outbox.hpp"
#include "session_fixture.hpp"

namespace gable::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

TEST_F(SessionTest, KeepsTheWindowAndTheOrder) {
  options.inflight_limit = 3;
  start();
  connect();
  for (int i = 0; i < 7; ++i) publish("t", std::to_string(i));
  EXPECT_THAT(port.payloads(), ElementsAre("0", "1", "2"));
  EXPECT_EQ(session->backlog(), 4U);
  const auto first = port.published;
  port.acknowledge(first[0].token);
  loop.run_pending();
  EXPECT_THAT(port.payloads(), ElementsAre("0", "1", "2", "3"));
  acknowledge_all();
  acknowledge_all();
  EXPECT_EQ(session->backlog(), 0U);
  acknowledge_all();
  EXPECT_EQ(session->stats().messages_out, 7U);
}

TEST_F(SessionTest, SendsAgainInOrderWhatWasNotAcknowledged) {
  options.inflight_limit = 3;
  start();
  connect();
  for (int i = 0; i < 5; ++i) publish("t", std::to_string(i));
  port.acknowledge(port.published[1].token);  // 1 is there; 0 and 2 are not known to be
  loop.run_pending();
  port.clear();
  lose();
  publish("t", "5");
  reconnect(true);
  acknowledge_all();
  EXPECT_THAT(port.payloads(), ElementsAre("4", "5"));
  EXPECT_EQ(session->stats().messages_out, 4U);
}

TEST_F(SessionTest, AQosZeroMessageIsNotSentTwice) {
  start();
  connect();
  node::Message message{"t", "once"};
  message.qos = 0;
  session->publish(message);
  EXPECT_THAT(port.payloads(), ElementsAre("once"));
  port.clear();
  lose();
  reconnect(true);
  EXPECT_THAT(port.payloads(), IsEmpty());
}

TEST_F(SessionTest, ALostAcknowledgementOfARetainedDocumentDoesNotBringTheOldOneBack) {
  start();
  connect();
  publish("state", "old", true);
  port.clear();
  lose();
  publish("state", "new", true);
  reconnect(true);
  EXPECT_THAT(port.payloads(), ElementsAre("new"));
}

TEST_F(SessionTest, RetainedDocumentsCoalesceWhileAwayToWhereTheyWerePublishedLast) {
  start();
  publish("state/a", "1", true);
  publish("event", "press");
  publish("state/b", "1", true);
  publish("state/a", "2", true);
  publish("event", "press");
  connect();
  EXPECT_THAT(port.payloads(), ElementsAre("press", "1", "2", "press"));
  EXPECT_EQ(port.published[2].message.topic, "state/a");
  EXPECT_THAT(refused, IsEmpty());
}

TEST_F(SessionTest, DropsTheOldestEventsBeyondTheBoundAndSaysWhich) {
  options.offline_limit = 2;
  start();
  for (int i = 0; i < 3; ++i) publish("state/" + std::to_string(i), "s", true);
  for (int i = 0; i < 4; ++i) publish("event/" + std::to_string(i), std::to_string(i));
  ASSERT_THAT(refused, SizeIs(2));
  EXPECT_EQ(refused[0].first, "event/0");
  EXPECT_EQ(refused[1].first, "event/1");
  EXPECT_THAT(refused[0].second, HasSubstr("2 messages"));
  EXPECT_EQ(session->stats().dropped, 2U);
  connect();
  EXPECT_THAT(port.payloads(), ElementsAre("s", "s", "s", "2", "3"));
}

TEST_F(SessionTest, ABacklogWithABrokerIsNotCut) {
  options.offline_limit = 2;
  options.inflight_limit = 1;
  start();
  connect();
  for (int i = 0; i < 10; ++i) publish("event", std::to_string(i));
  EXPECT_EQ(session->backlog(), 9U);
  EXPECT_THAT(refused, IsEmpty());
}

TEST_F(SessionTest, ExpiryCountsOnWhileAMessageWaits) {
  start();
  publish("cmd/short", "x", false, 5);
  publish("cmd/long", "y", false, 60);
  pass(10s);
  connect();
  ASSERT_THAT(port.published, SizeIs(1));
  EXPECT_EQ(port.published[0].message.topic, "cmd/long");
  EXPECT_EQ(port.published[0].message.expiry_seconds, 50U);
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].first, "cmd/short");
  EXPECT_THAT(refused[0].second, HasSubstr("expired"));
}

TEST(Outbox, AskingOftenTakesNothingFromTheExpiry) {
  node::Outbox outbox({});
  FakeClock clock;
  node::Message message{"t", "x"};
  message.expiry_seconds = 10;
  outbox.add(message, clock.steady());
  for (int i = 0; i < 49; ++i) {
    clock.advance(100ms);
    ASSERT_NE(outbox.front(clock.steady()), nullptr);
  }
  EXPECT_EQ(outbox.front(clock.steady())->expiry_seconds, 6U);
  clock.advance(5'100ms);
  EXPECT_EQ(outbox.front(clock.steady()), nullptr);
}

TEST_F(SessionTest, ReportsARefusedPublishWithItsTopic) {
  start();
  connect();
  publish("forbidden", "x");
  port.acknowledge(port.published[0].token, {0x87});
  loop.run_pending();
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].first, "forbidden");
  EXPECT_THAT(refused[0].second, HasSubstr("not authorized (0x87)"));
  EXPECT_EQ(session->stats().refused, 1U);
  EXPECT_EQ(session->stats().messages_out, 0U);
}

TEST_F(SessionTest, ATopicThatNoBrokerTakesIsNotSent) {
  start();
  connect();
  publish("a/#", "x");
  publish("", "x");
  EXPECT_THAT(port.published, IsEmpty());
  EXPECT_THAT(refused, SizeIs(2));
}

TEST_F(SessionTest, AMessageThatEndsEveryConnectionIsGivenUp) {
  start();
  publish("huge", "x");
  publish("t", "y");
  for (int i = 0; i < node::Outbox::kLossLimit; ++i) {
    reconnect(true);
    EXPECT_EQ(port.payloads().front(), "x");
    port.clear();
    lose();
  }
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].first, "huge");
  reconnect(true);
  EXPECT_THAT(port.payloads(), ElementsAre("y"));
}

TEST_F(SessionTest, NobodySubscribedIsNoRefusal) {
  start();
  connect();
  publish("t", "x");
  port.acknowledge(port.published[0].token, {0x10});
  loop.run_pending();
  EXPECT_THAT(refused, IsEmpty());
  EXPECT_EQ(session->stats().messages_out, 1U);
}

TEST_F(SessionTest, APortThatHasJustLostItsConnectionLosesNothing) {
  start();
  connect();
  port.up = false;  // the loss is on its way
  publish("t", "1");
  publish("t", "2");
  EXPECT_EQ(session->backlog(), 2U);
  lose();
  reconnect(true);
  EXPECT_THAT(port.payloads(), ElementsAre("1", "2"));
}

}  // namespace
}  // namespace gable::test
