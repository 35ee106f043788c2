#include "protocol/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::mpd {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* kIdle = "idle player mixer options playlist output stored_playlist\n";

template <class Event>
Event take(Client& client) {
  const auto event = client.take_event();
  if (!event || !std::holds_alternative<Event>(*event)) {
    ADD_FAILURE() << "another event, or none";
    return {};
  }
  return std::get<Event>(*event);
}

class ClientTest : public testing::Test {
 protected:
  void greet() {
    client.received("OK MPD 0.23.5\n", 1s);
    EXPECT_EQ(take<Ready>(client).version, "0.23.5");
    EXPECT_EQ(client.take_output(), kIdle);
  }
  Client client{"", 0s};
};

TEST_F(ClientTest, IdlesUntilThereIsSomethingToSayAndIdlesAgain) {
  greet();
  EXPECT_TRUE(client.send(1, {"status"}, 2s));
  EXPECT_TRUE(client.send(2, {"setvol \"3\"", "status"}, 2s));
  EXPECT_EQ(client.take_output(),
            "noidle\nstatus\ncommand_list_ok_begin\nsetvol \"3\"\nstatus\ncommand_list_end\n");
  client.received("OK\nstate: play\nOK\nlist_OK\nstate: stop\nlist_OK\nOK\n", 3s);
  EXPECT_EQ(take<Answered>(client).id, 1U);
  const auto second = take<Answered>(client);
  EXPECT_EQ(second.id, 2U);
  EXPECT_EQ(*second.reply.sections.at(1).find("state"), "stop");
  EXPECT_EQ(client.take_output(), kIdle);
}

TEST_F(ClientTest, WhatChangesIsPushedEvenWhileACommandIsOnItsWay) {
  greet();
  client.received("changed: mixer\nchanged: player\nOK\n", 2s);
  EXPECT_THAT(take<Changed>(client).subsystems, testing::ElementsAre("mixer", "player"));
  EXPECT_EQ(client.take_output(), kIdle);
  // The server pushes in the moment in which noidle leaves: its answer is that of the idle.
  client.send(1, {"status"}, 3s);
  client.received("changed: output\nOK\nstate: play\nOK\n", 3s);
  EXPECT_THAT(take<Changed>(client).subsystems, testing::ElementsAre("output"));
  EXPECT_EQ(take<Answered>(client).id, 1U);
}

TEST_F(ClientTest, ARefusalIsAnAnswer) {
  greet();
  client.send(1, {"play \"9\""}, 2s);
  client.received("OK\nACK [2@0] {play} Bad song index\n", 2s);
  EXPECT_EQ(take<Answered>(client).reply.refusal->text, "Bad song index");
  EXPECT_TRUE(client.ready());
}

TEST_F(ClientTest, LateAnswersEndTheConnection) {
  greet();
  client.send(1, {"status"}, 2s);
  EXPECT_EQ(client.deadline(), 12s);
  client.received("OK\n", 4s);  // of the idle: now it is the command's turn
  EXPECT_EQ(client.deadline(), 14s);
  client.tick(13s);
  EXPECT_FALSE(client.take_event());
  client.tick(14s);
  EXPECT_THAT(take<Broken>(client).reason, HasSubstr("does not answer"));
  EXPECT_FALSE(client.send(2, {"status"}, 14s));
  client.received("state: play\nOK\n", 15s);
  EXPECT_FALSE(client.take_event());
}

TEST_F(ClientTest, AQuietServerIsAskedWhetherItLives) {
  greet();
  EXPECT_EQ(client.deadline(), 31s);
  client.take_output();
  client.tick(31s);
  EXPECT_EQ(client.take_output(), "noidle\nping\n");
  client.received("OK\nOK\n", 32s);
  EXPECT_FALSE(client.take_event());
  EXPECT_EQ(client.take_output(), kIdle);
  EXPECT_EQ(client.deadline(), 62s);
}

TEST_F(ClientTest, NoGreeting) {
  client.tick(10s);
  EXPECT_THAT(take<Broken>(client).reason, HasSubstr("no greeting"));
}

TEST_F(ClientTest, AnswersToNoQuestionAndGarbage) {
  greet();
  client.received("OK\nOK\nOK\n", 2s);  // idles that end at once are taken; there is always one
  EXPECT_TRUE(client.ready());
  client.received("what\n", 2s);
  EXPECT_THAT(take<Broken>(client).reason, HasSubstr("key: value"));
  EXPECT_EQ(client.take_output(), "");
}

TEST_F(ClientTest, TheQueueHasAnEnd) {
  greet();
  std::uint64_t sent = 0;
  while (sent < 10'000 && client.send(sent, {"status"}, 2s)) ++sent;
  EXPECT_EQ(sent, ClientLimits().queue - 1);  // idle is one of them
  EXPECT_TRUE(client.ready());
}

TEST(ClientPasswordTest, ComesFirstAndIsNotTriedAgainWhenItIsWrong) {
  Client client("se\"cret", 0s);
  client.received("OK MPD 0.23.5\n", 1s);
  EXPECT_EQ(client.take_output(), "password \"se\\\"cret\"\n");
  EXPECT_FALSE(client.send(1, {"status"}, 1s));
  client.received("ACK [3@0] {password} incorrect password\n", 1s);
  const auto broken = take<Broken>(client);
  EXPECT_TRUE(broken.refused);
  EXPECT_THAT(broken.reason, HasSubstr("incorrect password"));

  Client right("x", 0s);
  right.received("OK MPD 0.23.5\nOK\n", 1s);
  take<Ready>(right);
  EXPECT_TRUE(right.ready());

  Client none("", 0s);
  none.received("OK MPD 0.23.5\nACK [4@0] {idle} you don't have permission for \"idle\"\n", 1s);
  take<Ready>(none);
  const auto refused = take<Broken>(none);
  EXPECT_TRUE(refused.refused);
  EXPECT_THAT(refused.reason, HasSubstr("wants a password"));
}

}  // namespace
}  // namespace gable::mpd
