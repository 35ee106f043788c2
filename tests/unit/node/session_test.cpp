// Session against a scripted port: connecting, falling back, subscribing, birth and will.

#include "node/session.hpp"

#include "session_fixture.hpp"
#include "wire/json.hpp"

namespace gable::test {
namespace {

using node::Disconnected;
using node::Message;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

const std::string kStatus = "gable/bridge/test/status";

TEST_F(SessionTest, BeginsCleanAndTakesItsSessionUpWhenItReconnects) {
  start();
  ASSERT_THAT(port.attempts, SizeIs(1));
  EXPECT_TRUE(port.attempts[0].clean_start);
  EXPECT_FALSE(session->connected());
  connect();
  EXPECT_TRUE(session->connected());
  EXPECT_EQ(connections, 1);
  lose();
  EXPECT_FALSE(session->connected());
  pass(40s);
  ASSERT_THAT(port.attempts, SizeIs(2));
  EXPECT_FALSE(port.attempts[1].clean_start);
  EXPECT_EQ(port.attempts[1].client_id, "gable-bridge-test");
  connect(true);
  EXPECT_EQ(session->stats().reconnects, 1U);
}

TEST_F(SessionTest, WaitsLongerAfterEachFailureUpToTheLimit) {
  options.backoff_min = 100ms;
  options.backoff_max = 1'000ms;
  start();
  for (int i = 0; i < 8; ++i) {
    lose();
    pass(1'200ms);  // the longest delay with its jitter
  }
  ASSERT_THAT(retries, SizeIs(8));
  const std::vector<std::chrono::milliseconds> bases{100ms,   200ms,   400ms,   800ms,
                                                     1'000ms, 1'000ms, 1'000ms, 1'000ms};
  for (std::size_t i = 0; i < bases.size(); ++i) {
    EXPECT_GE(retries[i], bases[i] * 8 / 10 - 1ms) << i;
    EXPECT_LE(retries[i], bases[i] * 12 / 10) << i;
  }
  EXPECT_THAT(port.attempts, SizeIs(9));
}

TEST_F(SessionTest, DoesNotTryBeforeTheDelayIsOver) {
  start();
  lose();
  pass(retries.at(0) - 1ms);
  EXPECT_THAT(port.attempts, SizeIs(1));
  pass(1ms);
  EXPECT_THAT(port.attempts, SizeIs(2));
}

TEST_F(SessionTest, AConnectionThatHeldResetsTheDelayAndAShortOneDoesNot) {
  options.backoff_min = 100ms;
  options.backoff_max = 30s;
  start();
  for (int i = 0; i < 4; ++i) {
    lose();
    pass(60s);
  }
  connect();
  pass(1s);
  lose();
  EXPECT_GT(retries.back(), 1'000ms);
  pass(60s);
  connect();
  pass(11s);
  lose();
  EXPECT_LE(retries.back(), 120ms);
}

TEST_F(SessionTest, EndsWhenTryingAgainWouldNotHelp) {
  start();
  Disconnected event{0x86, "bad password"};
  event.fatal = true;
  lose(event);
  ASSERT_THAT(retries, ElementsAre(0ms));
  pass(1h);
  EXPECT_THAT(port.attempts, SizeIs(1));
}

TEST_F(SessionTest, FallsBackTo311AtOnceAndSaysSoOnce) {
  start();
  Disconnected refusal;
  refusal.protocol_refused = true;
  lose(refusal);
  ASSERT_THAT(port.attempts, SizeIs(2));
  EXPECT_EQ(port.attempts[0].protocol_version, 5);
  EXPECT_EQ(port.attempts[1].protocol_version, 4);
  EXPECT_THAT(retries, IsEmpty());
  connect();
  EXPECT_EQ(session->protocol_version(), 4);
  EXPECT_THAT(notices, ElementsAre(HasSubstr("3.1.1")));

  lose();
  pass(40s);  // brokers are upgraded: 5 is asked first again
  EXPECT_EQ(port.attempts.back().protocol_version, 5);
  lose(refusal);
  EXPECT_EQ(port.attempts.back().protocol_version, 4);
  connect();
  EXPECT_THAT(notices, SizeIs(1));
}

TEST_F(SessionTest, ABrokerThatClosesWithoutAWordIsAskedTwiceBeforeFallingBack) {
  start();
  Disconnected silence;
  silence.closed_unanswered = true;
  lose(silence);
  EXPECT_THAT(retries, SizeIs(1));
  pass(40s);
  EXPECT_EQ(port.attempts.back().protocol_version, 5);
  lose(silence);
  EXPECT_EQ(port.attempts.back().protocol_version, 4);
  lose(silence);  // it was not the version
  pass(40s);
  EXPECT_EQ(port.attempts.back().protocol_version, 5);
}

TEST_F(SessionTest, SubscribesAgainWhereTheBrokerHasNoSession) {
  make();
  session->subscribe({{"a/#"}, {"b/+"}});
  start();
  connect();
  EXPECT_THAT(port.filters(), ElementsAre("a/#", "b/+"));
  acknowledge_all();
  lose();
  reconnect(false);
  ASSERT_THAT(port.filters(), ElementsAre("a/#", "b/+"));
  EXPECT_EQ(port.subscribed[0].subscriptions[0].retain_handling, node::RetainHandling::send);
}

// A broker that was killed restores the session that it had written last; a filter may be missing there.
TEST_F(SessionTest, ConfirmsItsSubscriptionsInASessionThatItFinds) {
  make();
  node::Subscription live{"b/+"};
  live.retain_handling = node::RetainHandling::never;
  session->subscribe({{"a/#"}, live});
  start();
  connect();
  acknowledge_all();
  lose();
  reconnect(true);
  ASSERT_THAT(port.filters(), ElementsAre("a/#", "b/+"));
  const auto& asked = port.subscribed[0].subscriptions;
  EXPECT_EQ(asked[0].retain_handling, node::RetainHandling::send_if_new);
  EXPECT_EQ(asked[1].retain_handling, node::RetainHandling::never);
  acknowledge_all();
  lose();
  reconnect(true);
  EXPECT_THAT(port.filters(), ElementsAre("a/#", "b/+"));
}

TEST_F(SessionTest, AFoundSessionIsTrustedWhereTheBrokerWouldSendAllThatIsRetained) {
  make();
  session->subscribe({{"a/#"}});
  start();
  lose({.protocol_refused = true});
  connect();
  acknowledge_all();
  lose();
  for (int i = 0; i < 2; ++i) {
    pass(40s);
    if (port.attempts.back().protocol_version == 5) lose({.protocol_refused = true});
  }
  ASSERT_EQ(port.attempts.back().protocol_version, 4);
  port.clear();
  connect(true);
  EXPECT_THAT(port.filters(), IsEmpty());
}

TEST_F(SessionTest, WhoConfirmsItsSubscriptionsItselfIsNotHelped) {
  options.confirm_subscriptions = false;
  make();
  session->subscribe({{"a/#"}});
  start();
  connect();
  acknowledge_all();
  lose();
  reconnect(true);
  EXPECT_THAT(port.filters(), IsEmpty());
}

TEST_F(SessionTest, AnUnansweredSubscribeIsRepeatedEvenInAResumedSession) {
  std::vector<int> granted;
  make();
  session->subscribe({{"a/#"}}, [&granted](const std::vector<int>& codes) { granted = codes; });
  start();
  connect();
  port.clear();  // SUBSCRIBE is sent, SUBACK never comes
  lose();
  reconnect(true);
  ASSERT_THAT(port.subscribed, SizeIs(1));
  port.acknowledge(port.subscribed[0].token, {1});
  loop.run_pending();
  EXPECT_THAT(granted, ElementsAre(1));
}

TEST_F(SessionTest, ARefusedFilterIsReportedAndNotRepeated) {
  make();
  std::vector<int> granted;
  session->subscribe({{"ok/#"}, {"no/#"}}, [&granted](const std::vector<int>& codes) { granted = codes; });
  start();
  connect();
  port.acknowledge(port.subscribed[0].token, {1, 0x87});
  loop.run_pending();
  EXPECT_THAT(granted, ElementsAre(1, 0x87));
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].first, "no/#");
  EXPECT_THAT(refused[0].second, HasSubstr("not authorized"));
  port.clear();
  lose();
  reconnect(false);
  EXPECT_THAT(port.filters(), ElementsAre("ok/#"));
}

TEST_F(SessionTest, UnsubscribingWhileAwayReachesAResumedSession) {
  make();
  session->subscribe({{"a"}, {"b"}});
  start();
  connect();
  acknowledge_all();
  lose();
  session->unsubscribe({"a"});
  reconnect(true);
  EXPECT_THAT(port.unsubscribed, ElementsAre(ElementsAre("a")));
  lose();
  port.clear();
  reconnect(false);
  EXPECT_THAT(port.filters(), ElementsAre("b"));
  EXPECT_THAT(port.unsubscribed, IsEmpty());
}

TEST_F(SessionTest, UnsubscribingBeforeTheAnswerIsNotUndoneByIt) {
  make();
  session->subscribe({{"a"}, {"b"}});
  start();
  connect();
  session->unsubscribe({"a"});
  acknowledge_all();
  port.clear();
  lose();
  reconnect(false);
  EXPECT_THAT(port.filters(), ElementsAre("b"));
}

TEST_F(SessionTest, TheWillAndTheBirthAreOneDocument) {
  options.status_topic = kStatus;
  make();
  session->set_status(wire::ParticipantStatus::online);
  start();
  const auto& will = port.attempts.at(0).will;
  ASSERT_TRUE(will);
  EXPECT_EQ(will->topic, kStatus);
  EXPECT_TRUE(will->retain);
  const auto offline = wire::decode_status(wire::parse_object(will->payload).value());
  ASSERT_TRUE(offline);
  EXPECT_EQ(offline->status, wire::ParticipantStatus::offline);
  EXPECT_EQ(offline->session, "s-1");
  connect();
  ASSERT_THAT(port.published, SizeIs(1));
  const auto birth = wire::decode_status(wire::parse_object(port.published[0].message.payload).value());
  ASSERT_TRUE(birth);
  EXPECT_EQ(birth->status, wire::ParticipantStatus::online);
  EXPECT_EQ(birth->session, "s-1");
  EXPECT_TRUE(port.published[0].message.retain);
}

TEST_F(SessionTest, AStatusThatIsSaidAgainIsSoSinceThen) {
  make();
  session->set_status(wire::ParticipantStatus::online);
  const auto began = session->status().since;
  pass(5s);
  session->set_status(wire::ParticipantStatus::online, "two devices do not answer");
  EXPECT_EQ(session->status().since, began);
  session->set_status(wire::ParticipantStatus::starting);
  EXPECT_NE(session->status().since, began);
}

TEST_F(SessionTest, TheBirthComesLastAfterEveryReconnect) {
  options.status_topic = kStatus;
  start();
  connect();
  session->set_status(wire::ParticipantStatus::online);
  acknowledge_all();
  lose();
  publish("t/buffered", "1");
  when_connected = [this] { publish("t/again", "2"); };
  reconnect(true);
  ASSERT_THAT(port.published, SizeIs(3));
  EXPECT_EQ(port.published[0].message.topic, "t/buffered");
  EXPECT_EQ(port.published[1].message.topic, "t/again");
  EXPECT_EQ(port.published[2].message.topic, kStatus);
}

TEST_F(SessionTest, ALiveProcessThatSeesItsOwnDeathSaysThatItLives) {
  options.status_topic = kStatus;
  start();
  connect();
  EXPECT_THAT(port.filters(), ElementsAre(kStatus));
  EXPECT_TRUE(port.subscribed[0].subscriptions[0].no_local);
  session->set_status(wire::ParticipantStatus::online);
  acknowledge_all();
  const Message will = *port.attempts[0].will;
  pass(2s);
  port.arrive(will);
  loop.run_pending();
  ASSERT_THAT(port.published, SizeIs(1));
  EXPECT_THAT(port.published[0].message.payload, HasSubstr("online"));
  acknowledge_all();
  port.arrive(will);  // not faster than once a second
  port.arrive(will);
  loop.run_pending();
  EXPECT_THAT(port.published, IsEmpty());
  pass(1s);
  EXPECT_THAT(port.published, SizeIs(1));
  EXPECT_THAT(messages, IsEmpty());
}

TEST_F(SessionTest, ItsOwnBirthComingBackIsNoNews) {
  options.status_topic = kStatus;
  start();
  connect();
  session->set_status(wire::ParticipantStatus::online);
  const Message birth = port.published.at(0).message;
  acknowledge_all();
  pass(2s);
  port.arrive(birth);  // a 3.1.1 broker knows no "no local"
  loop.run_pending();
  EXPECT_THAT(port.published, IsEmpty());
}

TEST_F(SessionTest, AnotherProcessUnderOurNameIsToldOnce) {
  options.status_topic = kStatus;
  start();
  connect();
  session->set_status(wire::ParticipantStatus::online);
  acknowledge_all();
  for (int i = 0; i < 3; ++i) {
    port.arrive({kStatus, R"({"status":"online","session":"other"})"});
    pass(2s);
  }
  EXPECT_THAT(notices, ElementsAre(HasSubstr("two programs run under one name")));
}

TEST_F(SessionTest, WhoHasTakenOurSessionMeanwhileIsTold) {
  options.status_topic = kStatus;
  node::Message other{kStatus, R"({"status":"online","session":"other"})"};
  other.retain = true;
  start();
  connect();
  session->set_status(wire::ParticipantStatus::online);
  port.arrive(other);  // what a predecessor that crashed has left
  acknowledge_all();
  EXPECT_THAT(notices, IsEmpty());
  lose();
  reconnect(true);
  ASSERT_THAT(port.subscribed, Not(IsEmpty()));
  const node::Subscription& last = port.subscribed.back().subscriptions.at(0);
  EXPECT_EQ(last.filter, kStatus);
  EXPECT_EQ(last.retain_handling, node::RetainHandling::send);
  port.arrive(other);
  loop.run_pending();
  EXPECT_THAT(notices, ElementsAre(HasSubstr("two programs run under one name")));
}

TEST_F(SessionTest, StopHandsEverythingOverAndSaysOffline) {
  options.status_topic = kStatus;
  options.inflight_limit = 1;
  start();
  connect();
  session->set_status(wire::ParticipantStatus::online);
  publish("t", "1");
  publish("t", "2");
  session->stop("asked to");
  ASSERT_THAT(port.published, SizeIs(4));
  EXPECT_EQ(port.published[2].message.payload, "2");
  EXPECT_THAT(port.published[3].message.payload, HasSubstr("asked to"));
  EXPECT_EQ(port.disconnects, 1);
  pass(1h);
  EXPECT_THAT(port.attempts, SizeIs(1));
}

TEST_F(SessionTest, WhatThePortSaysAfterTheSessionIsGoneIsDropped) {
  start();
  connect();
  port.arrive({"t", "1"});
  session.reset();
  loop.run_pending();
  EXPECT_THAT(messages, IsEmpty());
  EXPECT_EQ(port.disconnects, 1);
}

TEST_F(SessionTest, HasNoRoomWhenTheLoopIsFull) {
  node::Loop small(clock, 2);
  node::Session tight(small, port, options, handlers());
  tight.start();
  port.accept();
  EXPECT_TRUE(port.listener().has_room());
  port.arrive({"t", "1"});
  EXPECT_FALSE(port.listener().has_room());
  port.arrive({"t", "2"});  // goes in all the same: only the port's own waiting keeps the bound
  small.run_pending();
  EXPECT_THAT(messages, SizeIs(2));
  EXPECT_TRUE(port.listener().has_room());
}

}  // namespace
}  // namespace gable::test
