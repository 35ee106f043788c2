#include "deliveries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signature.hpp"
#include "wire/json.hpp"

namespace gable::notify {
namespace {

using testing::Contains;
using wire::Object;

TEST(DeliveriesTest, Signatures) {
  // RFC 4231, test case 2.
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  TargetConfig target;
  target.secret = "Jefe";
  target.header = "X-Sig";
  const auto hook = webhook_of({"i", "t", "m", R"({"a":1})", Moment(0)}, target);
  EXPECT_THAT(hook.headers, Contains("X-Sig: sha256=" + hmac_sha256("Jefe", hook.body)));
  EXPECT_EQ(wire::to_json(*wire::parse_object(hook.body)->find("data")), R"({"a":1})");
}

TEST(DeliveriesTest, WhatIsSaidAndWithWhichVoice) {
  TargetConfig target;
  target.voice = "en";
  const auto plain = speech_of({"i", "", "m", "", {}}, target, "/x");
  EXPECT_EQ(plain.voice, "en");
  const auto own = speech_of(
      {"i", "", "m", R"({"language":"de","options":{"voice":"de+f2","speed":9999}})", {}}, target, "/x");
  EXPECT_EQ(own.voice, "de+f2");
  EXPECT_EQ(own.speed, 450);
  EXPECT_EQ(speech_of({"i", "", "m", R"({"language":"-w/etc/passwd"})", {}}, target, "/x").voice, "en");
  target.player = "media_player.k";
  target.volume = 0.5;
  EXPECT_EQ(wire::to_json(play_call(target, "http://x/y.wav", true)),
            R"({"target":{"entity_id":"media_player.k"},"data":{"media_content_id":"http://x/y.wav",)"
            R"("media_content_type":"music","announce":true,"extra":{"volume":0.5}}})");
  EXPECT_EQ(play_call(target, "u", false).find("data")->as_object()->find("announce"), nullptr);
}

TEST(DeliveriesTest, MessagesHaveWordsAndAnEnd) {
  const TargetConfig target;
  EXPECT_TRUE(read_message({{"message", "m"}, {"data", Object{{"a", 1}}}}, target));
  EXPECT_TRUE(read_message({{"message", ""}, {"title", "t"}}, target));
  EXPECT_FALSE(read_message({{"message", ""}}, target));
  EXPECT_FALSE(read_message({{"message", std::string(kTextLimit + 1, 'x')}}, target));
  EXPECT_FALSE(
      read_message({{"message", "m"}, {"data", Object{{"a", std::string(kDataLimit, 'x')}}}}, target));
}

}  // namespace
}  // namespace gable::notify
