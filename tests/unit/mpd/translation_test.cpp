#include "translation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/report_check.hpp"

namespace gable::mpd {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const wire::Time kNow = wire::Time(std::chrono::hours(24));

TEST(TranslationTest, EverythingReportedIsWithinTheDescription) {
  const PlayerConfig config{"kitchen", "Kitchen", "", {}, "", {}};
  const auto model = describe(config, {{{0, "Speaker", true}}, {"Morning"}});
  const auto& player = model.description().entities.front().second;
  Status status;
  status.state = PlayState::play;
  status.volume = 30;
  status.song = 0;
  status.elapsed = 3.2;
  status.error = std::string(5000, 'x') + "\xff";
  Song song;
  song.file = "a\xff/b.ogg";
  song.track = 3;
  song.duration = 60;
  const std::optional<Song> playing = song;
  const Position position = position_of(status, {}, kNow);
  for (const auto& [name, value] : player_state({status, playing, position, "Morning", true})) {
    const auto wrong = bridge::check_report(player, name, value);
    EXPECT_FALSE(wrong) << name << ": " << wrong->text;
  }
}

TEST(TranslationTest, APositionIsToldWhenItJumpsNotWhenItMoves) {
  Status status;
  status.state = PlayState::play;
  status.song_id = 1;
  status.elapsed = 10;
  const Position told = position_of(status, {}, kNow);
  status.elapsed = 15.5;
  EXPECT_EQ(position_of(status, told, kNow + 5s).seconds, 10);
  EXPECT_EQ(position_of(status, told, kNow + 1s).seconds, 15.5);
  status.song_id = 2;
  EXPECT_EQ(position_of(status, told, kNow + 5s).song_id, 2);
  status.state = PlayState::pause;
  const Position paused = position_of(status, told, kNow);
  EXPECT_EQ(position_of(status, paused, kNow + 60s).at, paused.at);
}

TEST(TranslationTest, OutputsOfOneNameHaveKeysOfTheirOwn) {
  EXPECT_THAT(output_keys({{0, "Küche & Bad", true}, {1, "Küche & Bad", true}, {2, "", false}}),
              ElementsAre("output_kuche_bad", "output_kuche_bad_2", testing::StartsWith("output_")));
}

TEST(TranslationTest, ChoicesSurviveTheirFile) {
  const Choices choices = parse_choices(choices_text({{{3, "A: b", true}}, {"Morning", "E: v"}}));
  ASSERT_EQ(choices.outputs.size(), 1U);
  EXPECT_EQ(choices.outputs[0].id, 3);
  EXPECT_EQ(choices.outputs[0].name, "A: b");
  EXPECT_THAT(choices.playlists, ElementsAre("Morning", "E: v"));
  EXPECT_TRUE(parse_choices("nonsense\n\n: \n").playlists.empty());
}

}  // namespace
}  // namespace gable::mpd
