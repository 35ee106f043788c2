#include "player_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::mpd {
namespace {

using Lines = std::vector<std::string>;
using wire::Object;

Lines lines(const std::string& service, Object data = {}, const Status& status = {}) {
  bridge::Command command;
  command.service = service;
  command.data = std::move(data);
  const auto made = lines_for(command, status, 30);
  return made ? *made : Lines{"refused: " + made.error().text};
}

TEST(PlayerCommandsTest, InThePlayersWords) {
  EXPECT_EQ(lines("volume_set", {{"volume_level", 0.425}}), (Lines{"setvol \"43\""}));
  EXPECT_EQ(lines("volume_mute", {{"is_volume_muted", false}}), (Lines{"setvol \"30\""}));
  EXPECT_EQ(lines("repeat_set", {{"repeat", "one"}}), (Lines{"repeat \"1\"", "single \"1\""}));
  EXPECT_EQ(lines("media_seek", {{"seek_position", 61.25}}), (Lines{"seekcur \"61.250\""}));
  EXPECT_EQ(lines("select_source", {{"source", "Mor\"ning"}}),
            (Lines{"clear", "load \"Mor\\\"ning\"", "play"}));
  EXPECT_THAT(lines("select_source", {{"source", "a\nstop"}})[0], testing::HasSubstr("refused"));
  EXPECT_THAT(lines("volume_up")[0], testing::HasSubstr("tells no volume"));
  EXPECT_THAT(lines("join")[0], testing::HasSubstr("join"));
  Status loud;
  loud.volume = 98;
  EXPECT_EQ(lines("volume_up", {}, loud), (Lines{"setvol \"100\""}));
}

TEST(PlayerCommandsTest, WhereItIsPutIntoTheQueue) {
  Status status;
  status.queue_length = 5;
  status.song = 1;
  const auto order = [](const char* place, bool playlist = false) {
    Object data{{"media_content_id", "x"}, {"enqueue", place}};
    if (playlist) data.set("media_content_type", "playlist");
    return *read_order(data);
  };
  EXPECT_EQ(lines_for(order("replace"), status), (Lines{"add \"x\" \"5\"", "play \"5\"", "delete \"0:5\""}));
  EXPECT_EQ(lines_for(order("replace"), {}), (Lines{"add \"x\" \"0\"", "play \"0\""}));
  EXPECT_EQ(lines_for(order("add"), status), (Lines{"add \"x\" \"5\""}));
  EXPECT_EQ(lines_for(order("next"), status), (Lines{"add \"x\" \"2\""}));
  EXPECT_EQ(lines_for(order("play", true), status), (Lines{"load \"x\" \"0:\" \"2\"", "play \"2\""}));
}

TEST(PlayerCommandsTest, OrdersAsRulesWriteThem) {
  const auto newer =
      read_order({{"media", Object{{"media_content_id", "x"}, {"media_content_type", "playlist"}}}});
  ASSERT_TRUE(newer);
  EXPECT_TRUE(newer->playlist);
  EXPECT_EQ(read_order({{"media_content_id", "x"}, {"enqueue", true}})->place, MediaOrder::Place::add);
  EXPECT_EQ(read_order({{"media_content_id", "x"}, {"extra", Object{{"volume", 0.5}}}})->volume, 50);
  for (const Object& wrong :
       {Object{}, Object{{"media_content_id", ""}}, Object{{"media_content_id", "a\nb"}},
        Object{{"media_content_id", std::string(5000, 'x')}},
        Object{{"media_content_id", "media-source://x"}},
        Object{{"media_content_id", "x"}, {"enqueue", "soon"}},
        Object{{"media_content_id", "x"}, {"extra", Object{{"volume", 2}}}},
        Object{{"media_content_id", "x"}, {"announce", true}, {"media_content_type", "playlist"}}})
    EXPECT_FALSE(read_order(wrong));
}

}  // namespace
}  // namespace gable::mpd
