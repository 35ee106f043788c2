// What Gable relies on a broker for, as cases that run against the real mosquitto and against the in-memory
// broker, so that the second cannot drift from the first. L1 to L13 are the experiments of the architecture
// study; L6 and L10 need other processes and are in broker_process_test.cpp. L12 (a shell expands `$state`)
// is a fact about shells and has no test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract_fixture.hpp"

namespace gable::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Lt;

// ── retained messages ──

TEST_P(BrokerContract, RetainedIsReplayedMarkedAndReplaced) {
  auto& writer = join("writer");
  bench().publish(writer, kept("state/a", "1"));
  bench().publish(writer, kept("state/a", "2"));
  auto& reader = watch("state/#");
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("state/a=2"));
  EXPECT_TRUE(reader.messages().at(0).retain);
  // Live it comes without the mark.
  bench().publish(writer, kept("state/a", "3"));
  bench().settle(reader);
  EXPECT_FALSE(reader.messages().at(1).retain);
}

TEST_P(BrokerContract, EmptyRetainedDeletes) {
  auto& writer = join("writer");
  auto& live = watch("state/#");
  bench().publish(writer, kept("state/a", "1"));
  bench().publish(writer, kept("state/a", ""));
  bench().settle(live);
  EXPECT_THAT(live.texts(), ElementsAre("state/a=1", "state/a="));
  auto& late = watch("state/#");
  bench().settle(late);
  EXPECT_THAT(late.texts(), IsEmpty());
}

TEST_P(BrokerContract, RetainedMessagesExpire) {
  auto& writer = join("writer");
  bench().publish(writer, expiring(kept("state/short", "1"), 1));
  bench().publish(writer, expiring(kept("state/long", "1"), 60));
  bench().elapse(milliseconds(2100));
  auto& reader = watch("state/#");
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("state/long=1"));
  EXPECT_THAT(reader.messages().at(0).expiry_seconds.value_or(60), Lt(60U));
}

TEST_P(BrokerContract, RetainedSurviveAnOrderlyRestart) {
  auto& writer = join("writer");
  bench().publish(writer, kept("state/a", "1"));
  bench().restart();
  bench().await("the end of the connection", [&] { return writer.disconnected().has_value(); });
  EXPECT_FALSE(writer.disconnected()->fatal);
  EXPECT_EQ(writer.port->publish(kept("state/b", "1")), 0U) << "a token without a connection";
  auto& reader = watch("state/#");
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("state/a=1"));
}

// ── bursts: L1, L2 ──

TEST_P(BrokerContract, L1DefaultQueueCutsABurstAtQos1AndDropsTheSentinel) {
  publish_many(join("writer"));
  auto& reader = join("reader");
  bench().in_one_piece(reader, [&] {
    reader.port->subscribe({{"many/#", 1}, {"sentinel", 1}});
    reader.port->publish(text("sentinel", "x"));
  });
  bench().await(
      "what was queued", [&] { return reader.count() >= kQueueLimit; }, seconds(20));
  bench().settle(reader);
  EXPECT_EQ(reader.count(), kQueueLimit);
  EXPECT_THAT(reader.messages("sentinel"), IsEmpty());
}

TEST_P(BrokerContract, L1Qos0GetsTheWholeBurst) {
  publish_many(join("writer"));
  auto& reader = watch("many/#", 0);
  bench().settle(reader, 0);
  EXPECT_EQ(reader.count(), kMany);
}

TEST_P(BrokerContract, L2WithoutALimitTheSentinelComesAfterAll) {
  bench({.queue_limit = false});
  publish_many(join("writer"));
  auto& reader = join("reader");
  bench().in_one_piece(reader, [&] {
    reader.port->subscribe({{"many/#", 1}, {"sentinel", 1}});
    reader.port->publish(text("sentinel", "x"));
  });
  bench().await(
      "the sentinel", [&] { return !reader.messages("sentinel").empty(); }, seconds(20));
  EXPECT_EQ(reader.count(), kMany + 1);
  EXPECT_EQ(reader.messages().back().topic, "sentinel");
}

TEST_P(BrokerContract, QueueOfAnAbsentClientEndsAtTheLimit) {
  auto& reader = join(client("reader", false));
  bench().subscribe(reader, {{"many/#", 1}});
  bench().cut(reader);
  publish_many(join("writer"));
  bench().connect(reader, client("reader", false));
  bench().await(
      "what was queued", [&] { return reader.count() >= 1000; }, seconds(20));
  bench().settle(reader);
  EXPECT_EQ(reader.count(), 1000U);
  EXPECT_EQ(reader.messages().front().topic, "many/0");
}

// ── last wills and take-overs: L3, L4, L5, L13 ──

TEST_P(BrokerContract, WillIsPublishedWhenTheConnectionIsLost) {
  auto& watcher = watch("status");
  auto& house = join(with_will(client("bridge"), 0));
  bench().cut(house);
  bench().await("the will", [&] { return watcher.count() == 1; });
  EXPECT_THAT(watcher.texts(), ElementsAre("status=offline"));
  auto& late = watch("status");
  bench().settle(late);
  EXPECT_THAT(late.texts(), ElementsAre("status=offline")) << "the will was to be retained";
}

TEST_P(BrokerContract, WillWaitsForItsDelay) {
  auto& watcher = watch("status");
  auto& house = join(with_will(client("bridge", false), 2));
  bench().cut(house);
  bench().settle(watcher);
  EXPECT_THAT(watcher.texts(), IsEmpty());
  bench().await("the will", [&] { return watcher.count() == 1; });
}

TEST_P(BrokerContract, OrderlyEndSendsNoWill) {
  auto& watcher = watch("status");
  auto& house = join(with_will(client("bridge"), 0));
  house.port->publish(kept("status", "bye"));
  house.port->disconnect();
  bench().await("the last word", [&] { return watcher.count() == 1; });
  bench().settle(watcher);
  EXPECT_THAT(watcher.texts(), ElementsAre("status=bye")) << "what was published before arrives, and no will";
}

TEST_P(BrokerContract, L3UnderAnotherClientIdTheOldWillComesLate) {
  auto& watcher = watch("status");
  auto first = with_will(client("bridge-1"), 0);
  first.keep_alive_seconds = 3;  // given up after 4.5 s: time for the second to come even on a busy machine
  auto& frozen = join(first);
  bench().publish(frozen, kept("status", "online"));
  bench().freeze(frozen);
  auto& second = join(with_will(client("bridge-2"), 0));
  bench().publish(second, kept("status", "online"));
  bench().await(
      "the late will", [&] { return watcher.count() == 3; }, seconds(10));
  EXPECT_THAT(watcher.texts(), ElementsAre("status=online", "status=online", "status=offline"));
}

TEST_P(BrokerContract, L4TakeOverOfACleanSessionFlaps) {
  auto& watcher = watch("status");
  auto& old = join(with_will(client("bridge"), 0));
  bench().publish(old, kept("status", "online"));
  auto& young = join(with_will(client("bridge"), 0));
  bench().publish(young, kept("status", "online"));
  bench().settle(watcher);
  EXPECT_THAT(watcher.texts(), ElementsAre("status=online", "status=offline", "status=online"));
  bench().await("the end of the old one", [&] { return old.disconnected().has_value(); });
  // Paho sometimes sees only the end, when the broker's DISCONNECT comes together with it.
  EXPECT_THAT(old.disconnected()->reason_code, testing::AnyOf(142, 0));
}

TEST_P(BrokerContract, L5TakeOverOfAKeptSessionDoesNotFlap) {
  auto& watcher = watch("status");
  auto& old = join(with_will(client("bridge", false), 3));
  bench().publish(old, kept("status", "online"));
  bench().freeze(old);
  auto& young = join(with_will(client("bridge", false), 3));
  EXPECT_TRUE(young.connected()->session_present);
  bench().publish(young, kept("status", "online"));
  bench().elapse(milliseconds(5000));
  bench().settle(watcher);
  EXPECT_THAT(watcher.texts(), ElementsAre("status=online", "status=online"));
}

TEST_P(BrokerContract, L13CleanRestartWithinTheDelayCancelsTheWill) {
  auto& watcher = watch("status");
  auto& old = join(with_will(client("bridge"), 3));
  bench().publish(old, kept("status", "online"));
  bench().cut(old);
  auto& young = join(with_will(client("bridge"), 3));
  EXPECT_FALSE(young.connected()->session_present);
  bench().publish(young, kept("status", "online again"));
  bench().elapse(milliseconds(5000));
  bench().settle(watcher);
  EXPECT_THAT(watcher.texts(), ElementsAre("status=online", "status=online again"));
}

// ── sessions: L7 ──

TEST_P(BrokerContract, SessionKeepsSubscriptionsAndQueuesInOrder) {
  auto& reader = join(client("reader", false));
  EXPECT_FALSE(reader.connected()->session_present);
  bench().subscribe(reader, {{"set/#", 1}});
  bench().cut(reader);
  auto& writer = join("writer");
  for (const auto* payload : {"1", "2", "3"}) bench().publish(writer, text("set/lamp", payload));
  bench().publish(writer, text("set/lamp", "not kept", 0));
  EXPECT_TRUE(bench().connect(reader, client("reader", false)).session_present);
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("set/lamp=1", "set/lamp=2", "set/lamp=3"));
}

TEST_P(BrokerContract, CleanStartForgetsTheSession) {
  auto& reader = join(client("reader", false));
  bench().subscribe(reader, {{"set/#", 1}});
  bench().cut(reader);
  auto& writer = join("writer");
  bench().publish(writer, text("set/lamp", "1"));
  EXPECT_FALSE(bench().connect(reader, client("reader", true)).session_present);
  bench().publish(writer, text("set/lamp", "2"));
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), IsEmpty());
}

TEST_P(BrokerContract, SessionEndsAfterItsExpiry) {
  auto options = client("reader", false);
  options.session_expiry_seconds = 1;
  auto& reader = join(options);
  bench().subscribe(reader, {{"set/#", 1}});
  bench().cut(reader);
  bench().elapse(milliseconds(3500));
  EXPECT_FALSE(bench().connect(reader, options).session_present);
}

TEST_P(BrokerContract, L7QueuedCommandsExpire) {
  auto& reader = join(client("reader", false));
  bench().subscribe(reader, {{"set/#", 1}});
  bench().cut(reader);
  auto& writer = join("writer");
  bench().publish(writer, expiring(text("set/lamp", "on"), 1));
  bench().publish(writer, text("set/lamp", "off"));
  bench().publish(writer, expiring(text("set/lamp", "dim"), 60));
  bench().elapse(milliseconds(2100));
  bench().connect(reader, client("reader", false));
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("set/lamp=off", "set/lamp=dim"));
  EXPECT_THAT(reader.messages().at(1).expiry_seconds.value_or(60), Lt(60U));
}

TEST_P(BrokerContract, UnacknowledgedMessageComesAgain) {
  auto& reader = join(client("reader", false));
  bench().subscribe(reader, {{"set/#", 1}});
  bench().freeze(reader);
  auto& writer = join("writer");
  bench().publish(writer, text("set/lamp", "1"));
  auto& same = join(client("reader", false));
  bench().settle(same);
  EXPECT_THAT(same.texts(), ElementsAre("set/lamp=1"));
}

INSTANTIATE_TEST_SUITE_P(Brokers, BrokerContract, testing::Values("memory", "mosquitto"),
                         [](const testing::TestParamInfo<const char*>& param) {
                           return std::string(param.param);
                         });

}  // namespace
}  // namespace gable::test
