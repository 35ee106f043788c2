// The second half of the broker contract (see broker_contract_test.cpp): subscriptions, publishing, rights
// and MQTT 3.1.1.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "contract_fixture.hpp"

namespace gable::test {
namespace {

using node::RetainHandling;
using std::chrono::seconds;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Lt;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr int kNotAuthorized = 135;

// ── subscriptions: L8, L9 ──

TEST_P(BrokerContract, Wildcards) {
  struct Case {
    const char* filter;
    std::vector<std::string> topics;
  };
  const std::vector<Case> cases{
      {"a/+/c", {"a/b/c"}}, {"a/#", {"a", "a/b", "a/b/c", "a/b/c/d"}},
      {"+", {"a"}},         {"+/b", {"a/b"}},
      {"/+", {"/x"}},       {"+/+", {"a/b", "/x"}},
      {"a/b", {"a/b"}},     {"#", {"a", "a/b", "a/b/c", "a/b/c/d", "/x"}},
  };
  auto& writer = join("writer");
  for (const auto* topic : {"a", "a/b", "a/b/c", "a/b/c/d", "/x"}) bench().publish(writer, kept(topic, "1"));
  for (const auto& test : cases) {
    auto& reader = watch(test.filter);
    bench().settle(reader);
    std::vector<std::string> topics;
    // "#" hears the barrier too: a copy may come after the one that settle() waited for.
    for (const auto& message : reader.messages()) {
      if (!message.topic.starts_with("contract/")) topics.push_back(message.topic);
    }
    EXPECT_THAT(topics, testing::UnorderedElementsAreArray(test.topics)) << test.filter;
  }
}

// So nobody may subscribe to overlapping filters on one connection and count what comes.
TEST_P(BrokerContract, OverlappingSubscriptionsDeliverACopyEach) {
  auto& reader = join("reader");
  bench().subscribe(reader, {{"a/#", 1}, {"a/+", 1}, {"a/b", 1}});
  bench().publish(join("writer"), text("a/b", "1"));
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), ElementsAre("a/b=1", "a/b=1", "a/b=1"));
}

TEST_P(BrokerContract, UnsubscribedGetsNothing) {
  auto& reader = watch("a");
  const auto token = reader.port->unsubscribe({"a"});
  bench().await("UNSUBACK", [&] { return reader.acknowledged(token).has_value(); });
  bench().publish(join("writer"), text("a", "1"));
  bench().settle(reader);
  EXPECT_THAT(reader.texts(), IsEmpty());
}

TEST_P(BrokerContract, SubscriptionLowersTheQos) {
  auto& reader = watch("a", 0);
  bench().publish(join("writer"), text("a", "1"));
  bench().settle(reader, 0);
  ASSERT_THAT(reader.messages(), SizeIs(1));
  EXPECT_EQ(reader.messages().at(0).qos, 0);
}

TEST_P(BrokerContract, L8RetainHandlingNeverRefusesStoredCommands) {
  auto& writer = join("writer");
  bench().publish(writer, kept("set/lamp", "stored"));
  auto& hub = join("hub");
  bench().subscribe(hub, {{"set/#", 1, RetainHandling::never, true, false}});
  bench().settle(hub);
  EXPECT_THAT(hub.texts(), IsEmpty());
  bench().publish(writer, kept("set/lamp", "live, kept"));
  bench().publish(writer, text("set/lamp", "live"));
  bench().settle(hub);
  ASSERT_THAT(hub.texts(), ElementsAre("set/lamp=live, kept", "set/lamp=live"));
  EXPECT_TRUE(hub.messages().at(0).retain) << "retain as published";
  EXPECT_FALSE(hub.messages().at(1).retain);
}

TEST_P(BrokerContract, RetainHandlingIfNewReplaysOnce) {
  bench().publish(join("writer"), kept("state/a", "1"));
  auto& reader = join("reader");
  const std::vector<node::Subscription> wanted{{"state/#", 1, RetainHandling::send_if_new, false, false}};
  bench().subscribe(reader, wanted);
  bench().subscribe(reader, wanted);
  bench().settle(reader);
  EXPECT_THAT(reader.messages(), SizeIs(1));
}

TEST_P(BrokerContract, L9NoLocal) {
  auto& hub = join("hub");
  bench().subscribe(hub, {{"state/#", 1, RetainHandling::send, false, true}});
  bench().publish(hub, text("state/a", "own"));
  bench().publish(join("writer"), text("state/a", "other"));
  bench().settle(hub);
  EXPECT_THAT(hub.texts(), ElementsAre("state/a=other"));
}

// The hub reads its own plane back at the start.
TEST_P(BrokerContract, L9NoLocalGivesWhatIsStored) {
  auto& hub = join("hub");
  bench().publish(hub, kept("state/a", "own"));
  bench().subscribe(hub, {{"state/#", 1, RetainHandling::send, false, true}});
  bench().settle(hub);
  EXPECT_THAT(hub.texts(), ElementsAre("state/a=own"));
}

// ── publishing ──

TEST_P(BrokerContract, Qos1KeepsTheOrder) {
  auto& reader = watch("count");
  auto& writer = join("writer");
  std::vector<std::string> sent;
  while (sent.size() < 500) {
    for (std::size_t i = 0; i < kWindow; ++i) {
      writer.port->publish(text("count", std::to_string(sent.size())));
      sent.push_back("count=" + std::to_string(sent.size()));
    }
    bench().await("these", [&] { return reader.count() >= sent.size(); });
  }
  EXPECT_EQ(reader.texts(), sent);
}

TEST_P(BrokerContract, RequestPropertiesPassThrough) {
  auto& reader = watch("set/#");
  auto request = text("set/lamp", "on");
  request.response_topic = "client/me/1";
  request.correlation = std::string(
      "4\0"
      "2",
      3);
  bench().publish(join("writer"), request);
  bench().settle(reader);
  ASSERT_THAT(reader.messages(), SizeIs(1));
  EXPECT_EQ(reader.messages().at(0).response_topic, "client/me/1");
  EXPECT_EQ(reader.messages().at(0).correlation, request.correlation);
}

TEST_P(BrokerContract, NobodyListensIsNoRefusal) {
  auto& writer = join("writer");
  const int code = bench().publish(writer, text("nobody/hears", "1"));
  EXPECT_THAT(code, testing::AnyOf(0, 16));
}

TEST_P(BrokerContract, TokensAreNeverUsedTwice) {
  auto& writer = join("writer");
  std::vector<std::uint64_t> tokens;
  tokens.reserve(5);
  for (int i = 0; i < 4; ++i) tokens.push_back(writer.port->publish(text("a", "1", i % 2)));
  bench().await("acknowledgements", [&] { return writer.acknowledged_count() == 4; });
  bench().cut(writer);
  bench().connect(writer, client("writer"));
  tokens.push_back(writer.port->publish(text("a", "1")));
  EXPECT_THAT(tokens, Each(testing::Ne(0U)));
  EXPECT_THAT((std::set<std::uint64_t>(tokens.begin(), tokens.end())), SizeIs(tokens.size()));
}

// ── rights: L11 ──

TEST_P(BrokerContract, L11OneLineServesEveryBridge) {
  BrokerSetup setup;
  setup.users = {{"lamp", "l"}, {"hub", "h"}};
  setup.acl =
      "pattern readwrite gable/bridge/%u/#\npattern readwrite contract/#\nuser hub\ntopic readwrite "
      "gable/#\n";
  bench(setup);
  auto options = client("gable-bridge-lamp");
  options.user = "lamp";
  options.password = "l";
  auto& lamp = join(options);
  EXPECT_THAT(bench().publish(lamp, kept("gable/bridge/lamp/status", "1")), Lt(0x80));
  for (const auto* topic : {"gable/bridge/other/status", "gable/state/light/desk", "gable/set/light/desk"}) {
    EXPECT_EQ(bench().publish(lamp, kept(topic, "1")), kNotAuthorized) << topic;
  }
  options.client_id = options.user = "hub";
  options.password = "h";
  auto& hub = join(options);
  bench().publish(hub, kept("gable/state/light/desk", "on"));
  // Too wide a subscription is granted, and filtered in silence.
  EXPECT_THAT(bench().subscribe(lamp, {{"gable/#", 1}}), ElementsAre(1));
  bench().publish(hub, text("gable/hub/log", "x"));
  bench().publish(hub, text("gable/bridge/lamp/set/desk", "on"));
  bench().settle(lamp);
  EXPECT_THAT(lamp.texts(),
              UnorderedElementsAre("gable/bridge/lamp/status=1", "gable/bridge/lamp/set/desk=on"));
}

TEST_P(BrokerContract, WrongPasswordIsFatal) {
  BrokerSetup setup;
  setup.users = {{"lamp", "secret"}};
  auto& peer = bench(setup).add_peer();
  auto options = client("lamp");
  options.user = "lamp";
  options.password = "guess";
  EXPECT_THROW(bench().connect(peer, options), std::runtime_error);
  ASSERT_TRUE(peer.disconnected());
  EXPECT_TRUE(peer.disconnected()->fatal);
  EXPECT_FALSE(peer.disconnected()->protocol_refused);
}

// ── MQTT 3.1.1 ──

TEST_P(BrokerContract, Version311WorksWithoutTheExtras) {
  auto options = client("old", false);
  options.protocol_version = 4;
  auto& old = join(options);
  EXPECT_EQ(old.connected()->protocol_version, 4);
  EXPECT_THAT(bench().subscribe(old, {{"set/#", 1, RetainHandling::never, true, false}}), ElementsAre(1));
  auto request = expiring(kept("set/lamp", "on"), 60);
  request.response_topic = "client/me/1";
  bench().publish(join("writer"), request);
  bench().settle(old);
  ASSERT_THAT(old.texts(), ElementsAre("set/lamp=on"));
  EXPECT_FALSE(old.messages().at(0).retain) << "no retain as published";
  EXPECT_EQ(old.messages().at(0).response_topic, "");
  EXPECT_FALSE(old.messages().at(0).expiry_seconds);
  // Its session is kept because it was not clean.
  bench().cut(old);
  EXPECT_TRUE(bench().connect(old, options).session_present);
}

TEST_P(BrokerContract, Version311WillHasNoDelay) {
  auto& watcher = watch("status");
  auto options = with_will(client("old"), 30);
  options.protocol_version = 4;
  auto& old = join(options);
  bench().cut(old);
  bench().await(
      "the will", [&] { return watcher.count() == 1; }, seconds(2));
}

}  // namespace
}  // namespace gable::test
