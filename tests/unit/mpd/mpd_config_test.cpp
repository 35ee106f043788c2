#include "mpd_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::mpd {
namespace {

using testing::HasSubstr;

std::string problem(std::string_view yaml) {
  try {
    read_mpd_text("mpd.yaml", yaml);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return {};
}

TEST(MpdConfigTest, OnePlayerHereWithoutAFile) {
  const auto players = read_mpd_config({});
  ASSERT_EQ(players.size(), 1U);
  EXPECT_EQ(players[0].address.text(), "localhost:6600");
}

TEST(MpdConfigTest, WholePlayer) {
  const auto players = read_mpd_text("mpd.yaml",
                                     "players:\n  kitchen: {address: '[::1]:6601', name: Kitchen, area: "
                                     "Kitchen, password: x, announce_volume: 70}\n"
                                     "  attic: {address: /run/mpd/socket}\n");
  ASSERT_EQ(players.size(), 2U);
  EXPECT_EQ(players[0].address.text(), "[::1]:6601");
  EXPECT_EQ(players[0].announce_volume, 70);
  EXPECT_EQ(players[1].address.path, "/run/mpd/socket");
  EXPECT_EQ(players[1].name, "attic");
}

TEST(MpdConfigTest, MistakesAreNamedWithTheirPlace) {
  EXPECT_THAT(problem("players: {a: {address: 'x:0'}}"), HasSubstr("mpd.yaml:1:"));
  EXPECT_THAT(problem("players: {}"), HasSubstr("at least one player"));
  EXPECT_THAT(problem("players: {'a b': {address: x}}"), HasSubstr("is no id"));
  EXPECT_THAT(problem("players: {a: {adress: x}}"), HasSubstr("address"));
  EXPECT_THAT(problem("players: {a: {address: x, announce_volume: 101}}"), HasSubstr("100"));
}

TEST(MpdConfigTest, Addresses) {
  EXPECT_EQ(parse_address("host")->port, 6600);
  EXPECT_EQ(parse_address("[fe80::1]")->host, "fe80::1");
  EXPECT_EQ(parse_address("@mpd")->path, "@mpd");
  for (const char* wrong :
       {"", "/", "host:", "host:65536", "host:1x", "[::1", "[::1]6600", ":6600", "a b", "http://x"})
    EXPECT_FALSE(parse_address(wrong)) << wrong;
}

}  // namespace
}  // namespace gable::mpd
