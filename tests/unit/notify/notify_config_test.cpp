#include "notify_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::notify {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::string problem(const std::string& target, const std::string& more = "") {
  try {
    read_notify_text("notify.yaml", "targets:\n  a: {" + target + "}\n" + more);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return {};
}

TEST(NotifyConfigTest, OneOfEachKind) {
  const auto config = read_notify_text("notify.yaml", R"(
listen: 192.0.2.1:8127
url: http://hub.lan:8127
targets:
  anna: {kind: mail, server: smtps://mail.example.org, user: u, password: p, from: house@example.org, to: anna@example.org}
  hook: {kind: webhook, url: 'https://example.org/x?y=1', secret: s, waiting: 5, burst: 2, pause: 1 min, keep: 1h, retry: 10s}
  phone: {kind: ntfy, url: https://ntfy.example.org/house, password: tk_x}
  kitchen: {kind: speech, player: media_player.kitchen, voice: en-gb+f3, speed: 140, volume: 0.5}
)");
  ASSERT_EQ(config.targets.size(), 4U);
  EXPECT_TRUE(config.targets[0].encrypted);
  EXPECT_EQ(config.targets[1].policy.per_message, 1min);
  EXPECT_EQ(config.targets[1].policy.waiting, 5U);
  EXPECT_EQ(config.targets[2].url, "https://ntfy.example.org/");
  EXPECT_EQ(config.targets[2].topic, "house");
  EXPECT_EQ(config.targets[3].policy.keep, 2min);
  EXPECT_EQ(config.listen_port, 8127);
}

TEST(NotifyConfigTest, MistakesAreNamedWithTheirPlace) {
  EXPECT_THAT(problem("kind: pigeon"), HasSubstr("notify.yaml:2:"));
  EXPECT_THAT(problem("kind: webhook, url: 'ftp://x'"), HasSubstr("https://"));
  EXPECT_THAT(problem("kind: webhook, url: 'http://x', header: 'A: b'"), HasSubstr("HTTP header"));
  EXPECT_THAT(problem("kind: webhook, url: 'http://x', to: b"), HasSubstr("to"));
  EXPECT_THAT(problem("kind: ntfy, url: 'http://x'"), HasSubstr("topic"));
  EXPECT_THAT(problem("kind: mail, server: 'smtp://x', from: a@b, to: nobody"), HasSubstr("mail address"));
  EXPECT_THAT(problem("kind: mail, server: 'smtp://x', from: a@b, to: a@b, user: u, password: p"),
              HasSubstr("starttls"));
  EXPECT_THAT(problem("kind: speech, player: light.x"), HasSubstr("media_player.kitchen"));
  EXPECT_THAT(problem("kind: speech, player: media_player.x, voice: '-w/etc'"), HasSubstr("voice"));
  EXPECT_THAT(problem("kind: webhook, url: 'http://x', keep: 30d"), HasSubstr("7 d"));
  EXPECT_THAT(problem("kind: webhook, url: 'http://x'", "listen: localhost:1"), HasSubstr("IPv4"));
  EXPECT_THROW(read_notify_config({}), node::ConfigError);
}

}  // namespace
}  // namespace gable::notify
